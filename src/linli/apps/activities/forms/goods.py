"""Forms of goods: what is handed out to whom, who signed."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.forms.planning import DayField
from linli.apps.activities.models import Receiver
from linli.apps.activities.services import HandoutLine
from linli.apps.ledger.models import Voucher
from linli.apps.places.models import Building, Place
from linli.kernel.money import format_yuan
from linli.kernel.refs import Ref, ref_of

NUMBERED = re.compile(r"^\s*(\d{1,4})\s*[.、．,，:：\s]\s*(.+?)\s*(?:[(（](.+?)[)）])?\s*$")


class DistributeForm(forms.Form):
    """What was bought, and who gets it."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=None)
    item = forms.CharField(label=_("What is handed out"), max_length=60)
    bought = forms.IntegerField(
        label=_("How many were bought"), min_value=1, max_value=1_000_000, help_text=_("As the voucher says.")
    )
    measure = forms.CharField(label=_("Counted in"), max_length=8, initial="份")
    per_household = forms.IntegerField(label=_("For each household"), min_value=1, max_value=100, initial=1)
    buildings = forms.ModelMultipleChoiceField(
        Building.objects.none(),
        label=_("Buildings"),
        required=False,
        help_text=_("None chosen: every building."),
        widget=forms.CheckboxSelectMultiple,
    )

    voucher = forms.ModelChoiceField(
        Voucher.objects.none(), label=_("Voucher"), required=False, empty_label=_("none, or not entered here"),
        help_text=_("The invoice by which it was bought."),
    )  # fmt: skip
    subject = forms.ChoiceField(
        label=_("Held for"), required=False, help_text=_("The project it belongs to, if there is one.")
    )

    def __init__(
        self, *args: Any, places: QuerySet[Place], buildings: QuerySet[Building], vouchers: QuerySet[Voucher],
        subjects: Sequence[tuple[Ref, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        place, houses = self.fields["place"], self.fields["buildings"]
        voucher, subject = self.fields["voucher"], self.fields["subject"]
        assert isinstance(voucher, forms.ModelChoiceField)
        assert isinstance(subject, forms.ChoiceField)
        voucher.queryset, voucher.label_from_instance = vouchers, _told  # type: ignore[method-assign,assignment]  # Django's way
        subject.choices = [("", _("nothing in particular")), *((str(ref), label) for ref, label in subjects)]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(houses, forms.ModelMultipleChoiceField)
        place.queryset, houses.queryset = places, buildings
        houses.label_from_instance = _where  # type: ignore[method-assign,assignment]  # Django's way to name a choice

    def clean_voucher(self) -> Ref | None:
        found = self.cleaned_data["voucher"]
        return ref_of(found) if found else None

    def clean_subject(self) -> Ref | None:
        found = self.cleaned_data["subject"]
        return Ref.parse(found) if found else None


def _where(row: Building) -> str:
    """A building with its community and estate: there is a number one in each of them."""
    return " ".join(str(part) for part in (row.community, row.estate, row) if part)


def _told(row: Voucher) -> str:
    """How an invoice stands in the list: its number, who sold it, how much."""
    return " · ".join(part for part in (str(row), row.seller, format_yuan(row.amount)) if part)


class SignForForm(forms.Form):
    """Who signed for a household's part."""

    receiver = forms.CharField(label=_("Received by"), max_length=40)
    relation = forms.ChoiceField(
        label=_("Who received it"), choices=Receiver.choices, widget=forms.RadioSelect, initial=Receiver.SELF
    )
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=1000)
    day = DayField(label=_("Day"), initial=timezone.localdate)

    def clean_relation(self) -> Receiver:
        return Receiver(self.cleaned_data["relation"])


class GoodsSheetForm(forms.Form):
    """The signed lines of a building's sheet."""

    lines = forms.CharField(
        label=_("Signed lines"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The number on the sheet and who signed; a word in brackets: a neighbour received it."),
    )  # fmt: skip
    day = DayField(label=_("Day"), initial=timezone.localdate)
    scan = forms.FileField(label=_("Scan of the sheet"), required=False, help_text=_("PDF or a photo."))

    def clean_lines(self) -> list[HandoutLine]:
        rows = []
        for line in (one for one in self.cleaned_data["lines"].splitlines() if one.strip()):
            match = NUMBERED.match(line)
            if match is None:
                raise forms.ValidationError(_("This line has no number or no name: %(line)s") % {"line": line[:40]})
            relation = Receiver.NEIGHBOUR if match.group(3) else Receiver.SELF
            rows.append(HandoutLine(int(match.group(1)), match.group(2)[:40], relation))
        return rows
