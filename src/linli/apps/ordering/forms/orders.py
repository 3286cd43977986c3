"""Forms by which people order and wish; a name and a telephone are enough."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import CatalogItem, Channel
from linli.apps.ordering.services import OrderText

TEL = {"inputmode": "tel", "autocomplete": "tel"}


class OrderForm(forms.Form):
    """Ordering on the portal."""

    name = forms.CharField(label=_("Name of the person"), max_length=40)
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, required=False, widget=forms.TextInput(attrs=TEL),
        help_text=_("To call you before somebody comes. It is kept sealed."),
    )  # fmt: skip
    door = forms.CharField(
        label=_("Door"), max_length=120, required=False, help_text=_("Estate, building, stairwell and door."),
    )  # fmt: skip
    quantity = forms.IntegerField(label=_("quantity"), min_value=1, max_value=99, initial=1)
    wished = forms.CharField(
        label=_("when it suits"), max_length=80, required=False, help_text=_("For example Saturday morning."),
    )  # fmt: skip
    relative_of = forms.CharField(
        label=_("Are you a relative of staff who decide about this service?"), max_length=60, required=False,
        help_text=_("If so, write whose. It is no obstacle; it stands on the order for all to see who decide."),
    )  # fmt: skip

    def __init__(self, *args: Any, item: CatalogItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.quota == 1:
            del self.fields["quantity"]

    def text(self) -> OrderText:
        """What the service takes."""
        return OrderText(**{name: value for name, value in self.cleaned_data.items() if name != "channel"})


class TakeForm(OrderForm):
    """Ordered by staff, for somebody who called, came or was visited."""

    channel = forms.ChoiceField(
        label=_("how it came"), choices=[(one.value, one.label) for one in (Channel.PHONE, Channel.WORKER)]
    )
    in_hardship = forms.BooleanField(
        label=_("household in hardship"), required=False,
        help_text=_("As the community's list says. Read by those who take orders, and by nobody else."),
    )  # fmt: skip
    note = forms.CharField(label=_("what must be known"), max_length=200, required=False)

    field_order = ("channel", "name", "phone", "door", "quantity", "wished", "in_hardship", "note", "relative_of")


class WishForm(forms.Form):
    """A wish, in a few words."""

    words = forms.CharField(
        label=_("What do you wish for?"), max_length=60, help_text=_("It is counted. Your name is not asked."),
    )  # fmt: skip
