"""Tables that only tests need, a file a mechanism."""

from tests.playground.models.binders import Binder, Shop
from tests.playground.models.pots import Pot, Spend

__all__ = ["Binder", "Pot", "Shop", "Spend"]
