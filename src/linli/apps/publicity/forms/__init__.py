"""The shape of what is entered about public notices."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.publicity.models import BoardMoment, Consequence, PublicNotice
from linli.apps.publicity.queries import notice_kinds
from linli.apps.publicity.services import Line, NoticeText
from linli.kernel.money import MoneyFormField

PARTS = 5
"""Cells of one line of the list: unit, project, who carries it out, amount, remark."""


class LinesField(forms.CharField):
    """The list, one entry a line, its cells separated by | or tabs as they come from a table; gives :class:`Line`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("List"))
        options.setdefault(
            "help_text",
            _("One a line: unit | project | carried out by | amount | remark. Rows copied from a table fit too."),
        )
        options.setdefault("widget", forms.Textarea(attrs={"rows": 6}))
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> list[Line]:
        """The lines. Raises ValidationError for one without a project, or with an amount that is none."""
        text = super().clean(value)
        rows = [row for row in text.splitlines() if row.strip()]
        return [_line(number, row) for number, row in enumerate(rows, start=1)]


def _line(number: int, row: str) -> Line:
    cells = [cell.strip() for cell in row.replace("\t", "|").replace("\uff5c", "|").split("|")]
    if len(cells) > PARTS or len(cells) < 2 or not cells[1]:
        raise ValidationError(
            _("Line %(number)s does not read “unit | project | carried out by | amount | remark”."),
            params={"number": number},
        )
    unit, project, bearer, amount, remark = [*cells, "", "", "", ""][:PARTS]
    try:
        value: Decimal | None = MoneyFormField(required=False).clean(amount)
    except ValidationError:
        raise ValidationError(
            _("Line %(number)s: “%(amount)s” is no amount in yuan."), params={"number": number, "amount": amount}
        ) from None
    return Line(project=project, unit=unit, bearer=bearer, amount=value, remark=remark)


def written(notice: PublicNotice) -> str:
    """The list of a notice as :class:`LinesField` reads it."""
    return "\n".join(
        "|".join((line.unit, line.project, line.bearer, "" if line.amount is None else str(line.amount), line.remark))
        for line in notice.lines.all()
    )


class NoticeForm(forms.Form):
    """What a notice says."""

    title = forms.CharField(label=_("Title"), max_length=120)
    body = forms.CharField(
        label=_("Text"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Left empty: the usual sentence of its kind."),
    )  # fmt: skip
    lines = LinesField()
    unit = forms.CharField(label=_("Unit that gives the notice"), max_length=80, required=False)
    office = forms.CharField(label=_("Office that takes objections"), max_length=80, required=False)
    phones = forms.CharField(
        label=_("Telephones of the office"), max_length=120, required=False,
        help_text=_("Left empty, these come from the settings of the street. No telephone of a person."),
    )  # fmt: skip
    address = forms.CharField(label=_("Address of the office"), max_length=160, required=False)
    email = forms.CharField(label=_("E-mail of the office"), max_length=120, required=False)

    def text(self) -> NoticeText:
        """What was entered, as the verbs take it."""
        given = self.cleaned_data
        return NoticeText(**{name: given[name] for name in NoticeText.__dataclass_fields__})


class NewNoticeForm(NoticeForm):
    """A first text: also where it hangs, what kind it is, for how many working days."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind of notice"))
    days = forms.IntegerField(
        label=_("Working days on display"), min_value=1, max_value=30, required=False,
        help_text=_("Left empty: as the street has chosen."),
    )  # fmt: skip
    subject = forms.CharField(widget=forms.HiddenInput, max_length=120)
    grounds = forms.CharField(widget=forms.HiddenInput, max_length=120)
    field_order = ("place", "kind", "title", "body", "lines", "days")

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place, kind = self.fields["place"], self.fields["kind"]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        place.queryset = places
        kind.choices = [(one.code, one.title) for one in notice_kinds().values()]


class AmendForm(NoticeForm):
    """The text of a notice, with the version it was read in."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, notice: PublicNotice, data: Any = None) -> "AmendForm":
        """The form filled with what the notice says."""
        first = {name: getattr(notice, name) for name in (*NoticeText.__dataclass_fields__, "version")}
        return cls(data, initial={**first, "lines": written(notice)})


class ObjectForm(forms.Form):
    """An objection on the portal. Nobody has to say who he is."""

    text = forms.CharField(
        label=_("What do you object to, and why?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    name = forms.CharField(
        label=_("Name of the person"), max_length=40, required=False, help_text=_("Only if you want to give it.")
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, required=False,
        help_text=_("Only if you want an answer. It is kept sealed."),
    )  # fmt: skip


class HeardForm(ObjectForm):
    """An objection told to the office, with the day it came."""

    received_on = forms.DateField(
        label=_("Day it came"), initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The answer and what follows from it."""

    consequence = forms.ChoiceField(
        label=_("What follows from it"), choices=Consequence.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It goes into the report on the notice: no names."),
    )  # fmt: skip


class PhotoForm(forms.Form):
    """A picture of the board."""

    moment = forms.ChoiceField(label=_("When"), choices=BoardMoment.choices, widget=forms.RadioSelect)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Where it hangs"), empty_label=None)
    taken_on = forms.DateField(
        label=_("Taken on"), initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    picture = forms.FileField(label=_("Picture"), help_text=_("JPEG or PNG. Place and camera are taken off."))

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = places
