"""The shape of what is entered about agreements."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models import Agreement, Mode, OpinionView, Side
from linli.apps.agreements.queries import clauses
from linli.apps.agreements.services import AgreementText, Indicator, Part, Party
from linli.apps.ledger.services import read_parts
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import found_by
from linli.kernel.errors import Refusal
from linli.kernel.money import MoneyFormField

BY_NAME = _("Its full name or its unified social credit code, as the register has it.")


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class OrganizationField(forms.CharField):
    """An organization of the register, written as its name or its credit code."""

    def clean(self, value: Any) -> Organization | None:
        """The one organization. Raises ValidationError where there is none, or several."""
        text = super().clean(value)
        if not text:
            return None
        found = found_by(text)
        if len(found) != 1:
            raise ValidationError(_("The register has no organization of this name or code. Enter it there first."))
        return found[0]


class PartsField(forms.CharField):
    """Instalments, one a line."""

    def clean(self, value: Any) -> list[Part]:
        """The parts. Raises ValidationError."""
        try:
            return read_parts(super().clean(value))
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


class IndicatorsField(forms.CharField):
    """Indicators, one a line: what | how much | unit | until when."""

    def clean(self, value: Any) -> list[Indicator]:
        """The indicators. Raises ValidationError for a line that does not read so."""
        lines = [line for line in super().clean(value).replace("\uff5c", "|").splitlines() if line.strip()]
        return [_indicator(number, line) for number, line in enumerate(lines, start=1)]


def _indicator(number: int, line: str) -> Indicator:
    cells = [cell.strip() for cell in line.split("|")]
    try:
        name, target, unit, due = [*cells, "", "", ""][:4]
        if not name or not target or len(cells) > 4:
            raise ValueError(line)
        return Indicator(name, target, unit, date.fromisoformat(due) if due else None)
    except ValueError:
        raise ValidationError(
            _("Line %(number)s does not read “what | how much | unit | 2026-12-31”."), params={"number": number}
        ) from None


class AgreementForm(forms.Form):
    """What an agreement says; 甲方 comes from the settings of the street."""

    title = forms.CharField(label=_("Title"), max_length=160)
    second = OrganizationField(label=_("Second party: who carries it out"), max_length=120, help_text=BY_NAME)
    third = OrganizationField(
        label=_("Third party: who holds the money, or who supervises"), max_length=120, required=False,
        help_text=BY_NAME,
    )  # fmt: skip
    content = forms.CharField(label=_("What is done"), max_length=6000, widget=forms.Textarea(attrs={"rows": 6}))
    indicators = IndicatorsField(
        label=_("Indicators"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: what | how much | unit | until when (2026-12-31)."),
    )  # fmt: skip
    amount = MoneyFormField(label=_("Amount in yuan"), min_value=0)
    mode = forms.ChoiceField(label=_("How it is paid"), choices=Mode.choices, widget=forms.RadioSelect)
    parts = PartsField(
        label=_("Instalments"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only when it is paid out. One a line: the per cent, a space, the condition. No rule gives them."),
    )  # fmt: skip
    begins_on = day(_("From"))
    ends_on = day(_("Until"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in clauses().values():
            widget = forms.Textarea(attrs={"rows": 3})
            self.fields[f"duty_{one.code}"] = forms.CharField(
                label=one.title, max_length=2000, initial=one.text, widget=widget, required=False
            )

    def text(self) -> AgreementText:
        """What was entered, as the verbs take it."""
        given = self.cleaned_data
        parties = [Party(Side.SECOND, given["second"])]
        if given["third"]:
            parties.append(Party(Side.THIRD, given["third"]))
        return AgreementText(
            title=given["title"], content=given["content"], amount=given["amount"], mode=Mode(given["mode"]),
            parties=parties, begins_on=given["begins_on"], ends_on=given["ends_on"], parts=given["parts"],
            indicators=given["indicators"], duties={code: given[f"duty_{code}"] for code in clauses()},
        )  # fmt: skip


def written(agreement: Agreement) -> dict[str, Any]:
    """An agreement as the form shows it."""
    parties = {party.side: party.credit_code or party.name for party in agreement.parties.all()}
    parts = "\n".join(f"{part.share.normalize():f} {part.condition}" for part in agreement.parts.all())
    indicators = "\n".join(
        "|".join((row.name, row.target, row.unit, row.due.isoformat() if row.due else ""))
        for row in agreement.indicators.all()
    )
    columns = ("title", "content", "amount", "mode", "begins_on", "ends_on", "version")
    return {
        **{name: getattr(agreement, name) for name in columns},
        "second": parties.get(Side.SECOND, ""),
        "third": parties.get(Side.THIRD, ""),
        "parts": parts if agreement.mode == Mode.DISBURSE else "",
        "indicators": indicators,
        **{f"duty_{row.code}": row.text for row in agreement.clauses.all()},
    }


class OpinionForm(forms.Form):
    """What an office says."""

    view = forms.ChoiceField(label=_("Opinion"), choices=OpinionView.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In words"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SignForm(forms.Form):
    """The sealed paper as it came back."""

    scan = forms.FileField(label=_("Scan of the sealed paper"), help_text=_("PDF, OFD or pictures in one file."))
    signed_on = day(_("Signed on"), initial=timezone.localdate)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=99, initial=3)


class ShelfForm(forms.Form):
    shelf = forms.CharField(label=_("Where the paper is kept"), max_length=80)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class TemplateForm(forms.Form):
    upload = forms.FileField(
        label=_("Word file"),
        help_text=_("Only declared fields may stand in it; anything else is refused."),
    )
