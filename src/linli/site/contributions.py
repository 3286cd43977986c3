"""What the house itself adds: the person's data about signing in, and its record."""

from linli.kernel.contributions import contribute
from linli.site.accounts.leaving import PERSONAL
from linli.site.accounts.recording import listen

contribute(PERSONAL)
listen()
