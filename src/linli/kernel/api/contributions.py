"""What the API adds: an answer for the personal data it holds."""

from linli.kernel.api.personal import PERSONAL
from linli.kernel.contributions import contribute

contribute(PERSONAL)
