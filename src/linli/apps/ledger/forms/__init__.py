"""The shape of what is entered in the ledger."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import queries
from linli.apps.ledger.models import BudgetLine
from linli.apps.ledger.services import Line, Part, read_parts
from linli.apps.organizations.queries import found_by
from linli.apps.places.models import Place
from linli.kernel.errors import Refusal
from linli.kernel.money import InexactAmount, MoneyFormField, yuan

PAPER = _("The paper that states the amount, such as 清财〔2026〕3号.")


def day(label: Any, *, help_text: Any = "") -> forms.DateField:
    """A day, today unless another one is chosen."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, initial=timezone.localdate, help_text=help_text, widget=widget)


class FundForm(forms.Form):
    """A fund and its first amount."""

    street = forms.ModelChoiceField(Place.objects.none(), label=_("Street"), empty_label=None)
    name = forms.CharField(label=_("Name"), max_length=80)
    code = forms.CharField(
        label=_("Short mark"),
        max_length=20,
        help_text=_("The numbers of the commitments begin with it, such as 创投26."),
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    source = forms.ChoiceField(label=_("Source of the money"))
    amount = MoneyFormField(label=_("Amount in yuan"))
    document = forms.CharField(label=_("Number of the paper"), max_length=80, help_text=PAPER)
    on = day(_("Opened on"))

    def __init__(self, *args: Any, streets: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        street, source = self.fields["street"], self.fields["source"]
        assert isinstance(street, forms.ModelChoiceField)
        assert isinstance(source, forms.ChoiceField)
        street.queryset = streets
        source.choices = [(one.code, one.title) for one in queries.sources().values()]
        self.fields["year"].initial = timezone.localdate().year


class ChangeForm(forms.Form):
    """Money added to a fund, or taken back."""

    amount = MoneyFormField(label=_("Amount in yuan"), help_text=_("Added; with a minus: taken back."))
    document = forms.CharField(label=_("Number of the paper"), max_length=80, help_text=PAPER)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    on = day(_("Day"))


class QuotaForm(forms.Form):
    """A part set aside for one place, or for one organization."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), required=False, empty_label="—")
    organization = forms.CharField(
        label=_("or organization"),
        required=False,
        max_length=120,
        help_text=_("Its full name or its unified social credit code, as the register has it."),
    )
    amount = MoneyFormField(label=_("Amount in yuan"), min_value=0)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = places

    def clean(self) -> dict[str, Any]:
        """The one holder under ``holder``."""
        data = super().clean() or {}
        place, name = data.get("place"), data.get("organization")
        if bool(place) == bool(name):
            raise ValidationError(_("Choose a place, or write an organization: one of the two."))
        found = [place] if place else found_by(str(name))
        if len(found) != 1:
            message = _("The register has no organization of this name or code. Enter it there first.")
            raise ValidationError({"organization": message})
        return {"holder": found[0], "amount": data.get("amount")}


class PartsField(forms.CharField):
    """Instalments, one a line: the per cent, a space, the condition; gives a list of :class:`Part`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Instalments"))
        options.setdefault(
            "help_text",
            _("One a line: the per cent, a space, the condition. The shares must sum to exactly 100."),
        )
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**options)

    def clean(self, value: Any) -> list[Part]:
        """The parts as written. Raises ValidationError for a line without a per cent."""
        try:
            return read_parts(super().clean(value))
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


class PlanForm(forms.Form):
    parts = PartsField()


class MetForm(forms.Form):
    on = day(_("Condition met on"))


class PaymentForm(forms.Form):
    """What the treasury's receipt says."""

    receipt = forms.CharField(label=_("Number of the treasury's receipt"), max_length=60)
    paid_on = day(_("Paid on"))
    amount = MoneyFormField(label=_("Amount in yuan"))
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class AdjustForm(forms.Form):
    """Another amount, with its reason and paper; a commitment with a budget gives the lines of the new one."""

    amount = MoneyFormField(label=_("Amount in yuan"))
    document = forms.CharField(label=_("Number of the paper"), max_length=80, help_text=PAPER)
    reason = forms.CharField(label=_("Reason"), max_length=100)
    lines = forms.CharField(
        label=_("Budget"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line: the item, a space, the amount. They sum to the amount above."),
    )

    def __init__(self, *args: Any, lines: Sequence[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lines:
            self.fields["lines"].initial = "\n".join(f"{line.item} {line.amount}" for line in lines)
        else:
            del self.fields["lines"]

    def clean_lines(self) -> list[Line]:
        """The budget as written. Raises ValidationError for a line without an amount."""
        found = []
        for line in self.cleaned_data["lines"].splitlines():
            item, _space, amount = line.strip().rpartition(" ")
            try:
                found += [Line(item.strip(), yuan(amount.replace(",", "").replace("¥", "")))] if line.strip() else []
            except InexactAmount:
                raise ValidationError(_("This line ends with no amount: “%(line)s”.") % {"line": line[:40]}) from None
        return found

    def clean(self) -> dict[str, Any]:
        """The paper joins the reason, as the record tells it."""
        data = super().clean() or {}
        if data.get("document") and data.get("reason"):
            data["reason"] = f"{data['reason']}（{data['document']}）"
        return data


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)
