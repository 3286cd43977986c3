"""What is entered for months and exits."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.models import BookState, EvidenceKind, FigureKind, MonthSheet, Stage, SupportKind
from linli.apps.incubation.rubric import SHEET
from linli.apps.places.models import Place


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def words(label: Any, most: int, rows: int = 4, **options: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
        super().__init__(widget=widget, input_formats=["%Y-%m"], **options)


class PressForm(forms.Form):
    """Nothing to enter: the page says what happens, the button does it."""


class ReasonForm(forms.Form):
    reason = words(_("Reason"), 300)


class TextForm(forms.Form):
    text = words(_("What the organization says"), 1000, 6)


class AnswerForm(forms.Form):
    upheld = forms.TypedChoiceField(
        label=_("Decision"), choices=(("1", _("Upheld")), ("0", _("Not upheld"))), widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
    )  # fmt: skip
    answer = words(_("Answer with its reason"), 500)


class LeavingForm(forms.Form):
    on = day(_("Left on"), initial=timezone.localdate)


class LeaveForm(forms.Form):
    month = MonthField(label=_("Calendar month"))
    reason = words(_("Reason"), 200, 2)


class DraftForm(forms.Form):
    month = MonthField(label=_("Calendar month"))


class EvidenceForm(forms.Form):
    """One piece of evidence; shifts say how many of how many, a check whether it was good."""

    month = MonthField(label=_("Calendar month"))
    kind = forms.ChoiceField(label=_("Kind"), choices=EvidenceKind.choices)
    on = day(_("Day"), initial=timezone.localdate)
    planned = forms.IntegerField(
        label=_("Planned shifts"), min_value=0, max_value=200, initial=0, help_text=_("For shifts alone.")
    )
    count = forms.IntegerField(
        label=_("Attended shifts, or 1 for a good check and 0 for a bad one"), min_value=0, max_value=200, initial=1
    )
    note = words(_("What shows it"), 200, 2)


class DayForm(forms.Form):
    on = day(_("Day"), initial=timezone.localdate)


class OutcomeForm(DayForm):
    outcome = words(_("What came of it"), 300, 3)


class Chosen(forms.ModelChoiceField[Any]):
    """One of the records the reader may choose, given when the form is made."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(queryset=None, label=label, **options)


class ChoosingForm(forms.Form):
    """A form whose choices are given by name: ``rows={"desk": queryset}``."""

    def __init__(self, *args: Any, rows: Mapping[str, QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found


class GiveDeskForm(ChoosingForm):
    desk = Chosen(_("Free desk"))
    since = day(_("Since"), initial=timezone.localdate)


class CaseForm(ChoosingForm):
    service = forms.ChoiceField(label=_("Service"), choices=SupportKind.choices)
    title = forms.CharField(label=_("What it is about"), max_length=120)
    opened_on = day(_("Since"), initial=timezone.localdate)
    agency = Chosen(_("Done by"), required=False, help_text=_("Bookkeeping names the agency that keeps the books."))
    agreement = Chosen(_("Agreement"), required=False)


class BookForm(forms.Form):
    month = MonthField(label=_("Calendar month"))
    state = forms.ChoiceField(label=_("How far the books are"), choices=BookState.choices)
    on = day(_("Day"), initial=timezone.localdate)
    note = words(_("Remark"), 200, 2, required=False)


class FigureForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=FigureKind.choices)
    on = day(_("As of"), initial=timezone.localdate)
    count = forms.IntegerField(label=_("How many"), min_value=0, max_value=1_000_000)
    source = forms.CharField(label=_("Source"), max_length=160)


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    on = day(_("Day"), initial=timezone.localdate)
    leaders = forms.IntegerField(
        label=_("Leaders trained"), min_value=0, max_value=500, initial=0, help_text=_("A count, no names.")
    )
    note = words(_("Remark"), 200, 2, required=False)


class CenterForm(ChoosingForm):
    place = Chosen(_("Place"))
    name = forms.CharField(label=_("Name"), max_length=60)
    opened_on = day(_("Open since"), initial=timezone.localdate)
    operator = Chosen(_("Run by"), required=False)


class DesksForm(ChoosingForm):
    center = Chosen(_("Center"))
    numbers = words(_("Numbers of the desks"), 1000, 3, help_text=_("Apart by a blank or on lines of their own."))

    def clean_numbers(self) -> list[str]:
        return str(self.cleaned_data["numbers"]).replace("、", " ").replace("，", " ").replace(",", " ").split()


class AwardForm(ChoosingForm):
    place = Chosen(_("Place"))
    title = forms.CharField(label=_("Title of the award"), max_length=60)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    count = forms.IntegerField(
        label=_("How many people"), min_value=0, max_value=100_000, help_text=_("A count, no names.")
    )
    source = forms.CharField(label=_("Source"), max_length=160)


class TrainingForm(ChoosingForm):
    street = Chosen(_("Street"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    month = forms.IntegerField(label=_("Month of the year"), min_value=1, max_value=12)
    title = forms.CharField(label=_("Course"), max_length=80)
    series = forms.CharField(label=_("Series"), max_length=40, required=False)
    audience = forms.CharField(label=_("Meant for"), max_length=80)
    sessions = forms.IntegerField(label=_("Sessions planned"), min_value=1, max_value=400)
    person_times = forms.IntegerField(label=_("Person-times planned"), min_value=0, max_value=100_000)


class UnitForm(ChoosingForm):
    project = Chosen(_("Project"))
    organization = Chosen(_("Organization"))
    unit = Chosen(_("Unit worked at"))
    since = day(_("Since"), initial=timezone.localdate)


class CorrectForm(forms.Form):
    code = forms.ChoiceField(label=_("Criterion"), choices=[(one.code, one.title) for one in SHEET])
    mark = forms.DecimalField(label=_("New mark"), min_value=0, max_digits=3, decimal_places=2)
    reason = words(_("Reason"), 300)


class RateForm(forms.Form):
    """A mark and a reason for each criterion; what is left empty is not rated by this rater."""

    def __init__(self, *args: Any, sheet: MonthSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {row.code: row for row in sheet.marks.all()}
        for one in SHEET:
            row = rows[one.code]
            told = {"rule": one.rule, "why": row.why}
            self.fields[f"mark_{one.code}"] = forms.DecimalField(
                label=_("%(title)s (0 to %(top)s)") % {"title": one.title, "top": f"{one.top.normalize():f}"},
                min_value=0, max_value=one.top, max_digits=3, decimal_places=2, required=False,
                help_text=_("%(rule)s. Records: %(why)s") % told,
            )  # fmt: skip
            self.fields[f"reason_{one.code}"] = forms.CharField(
                label=_("Reason: %(title)s") % {"title": one.title}, max_length=200, required=False
            )


class ReportForm(forms.Form):
    first_day = day(_("Day of the report"), initial=timezone.localdate)


class StarsForm(forms.Form):
    """A year, and the street where somebody keeps several."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2199)
    street = forms.ModelChoiceField(label=_("Street"), queryset=Place.objects.none(), empty_label=None)

    def __init__(self, *args: Any, streets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["street"]
        choice.queryset = streets
        self.fields["year"].initial = timezone.localdate().year


class StarNoticeForm(forms.Form):
    """Whom objections go to, where the settings do not say it or somebody says it otherwise."""

    office = forms.CharField(
        label=_("Office that takes objections"), max_length=80, required=False,
        help_text=_("Empty: as the settings of the street say."),
    )  # fmt: skip
    phones = forms.CharField(label=_("Telephones of the office"), max_length=120, required=False)
