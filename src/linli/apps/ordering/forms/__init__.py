"""Shape of what is entered about menus and orders."""

from linli.apps.ordering.forms.menu import CopyForm, DrawForm, ItemForm, PointForm
from linli.apps.ordering.forms.orders import OrderForm, TakeForm, WishForm

__all__ = ["CopyForm", "DrawForm", "ItemForm", "OrderForm", "PointForm", "TakeForm", "WishForm"]
