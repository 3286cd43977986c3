"""Tables that only tests need, a file a mechanism."""

from tests.playground.models.pots import Pot, Spend

__all__ = ["Pot", "Spend"]
