"""What the playground's tables tell the rest of the house about themselves."""

from linli.kernel.refs import Kind, register
from tests.playground.models import Pot

POTS = register(Kind("playground.pot", Pot, "额度", lambda rows, actor: rows))
