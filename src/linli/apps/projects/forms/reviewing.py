"""What is entered around a closing review: the session, the projects in it, who attends, the summary of the year."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Level, Place
from linli.apps.projects.forms.closing import day, text, word
from linli.apps.projects.models import ClosingFile, MeetingPart, ProgrammeSummary
from linli.apps.projects.services.closing.panels import MOST_GROUPS, Grouping
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Panel, ReviewSession
from linli.apps.rounds.models import Programme
from linli.kernel.rubric.models import RubricVersion

SHEET = "closing_review"
"""The shipped sheet of closing reviews (3.3); also the choice that stands for it until somebody has taken it."""


def sheets() -> list[tuple[str, str]]:
    """The newest version of each rubric that stands, the sheet of closing reviews first."""
    newest: dict[str, tuple[str, str]] = {}
    for row in RubricVersion.objects.select_related("rubric").order_by("rubric__title", "number"):
        newest[row.rubric.name] = (str(row.pk), f"{row.rubric.title} {row.number}")
    first = newest.pop(SHEET, None) or (SHEET, reviews.SAMPLES[SHEET])
    return [first, *newest.values()]


class SheetField(forms.ChoiceField):
    """The rubric by which the marks are given."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=sheets, **options)

    def clean(self, value: Any) -> RubricVersion:
        """The version; the shipped sheet is taken into the register when it is first chosen."""
        chosen = super().clean(value)
        found: RubricVersion = reviews.take_sample(SHEET) if chosen == SHEET else RubricVersion.objects.get(pk=chosen)
        return found


class ReviewForm(forms.Form):
    """A closing review: where, when, by which sheet."""

    title = forms.CharField(label=_("Title of the review"), max_length=60)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Organized by"), empty_label=None)
    first_day = day(_("First day"))
    last_day = day(_("Last day"), required=False)
    venue = forms.CharField(label=_("Venue"), max_length=80, required=False)
    rubric = SheetField(label=_("Rubric"))

    def __init__(self, data: Any = None, *, places: Any) -> None:
        this_year = timezone.localdate().year
        super().__init__(data, initial={"title": f"{this_year}年度结项评审会"})
        streets = places.filter(level=Level.STREET).order_by("code")
        self.fields["place"].queryset = streets  # type: ignore[attr-defined]  # a choice of models

    def columns(self) -> dict[str, Any]:
        """What the verb takes: the first two criteria part equal scores, as in every review by marks."""
        given = dict(self.cleaned_data)
        return {**given, "tie_criteria": [row.code for row in given["rubric"].rows.all()[:2]]}


class EnterManyForm(forms.Form):
    """Which accepted projects stand before which panels."""

    projects = forms.MultipleChoiceField(label=_("Projects"), widget=forms.CheckboxSelectMultiple)
    by = forms.ChoiceField(label=_("Panels"), choices=Grouping.choices, widget=forms.RadioSelect)
    groups = forms.IntegerField(
        label=_("Number of groups"), min_value=1, max_value=MOST_GROUPS, initial=4, required=False,
        help_text=_("For “spread evenly”. Groups that are not there yet are added."),
    )  # fmt: skip
    panel = forms.ModelChoiceField(
        Panel.objects.none(), label=_("Panel"), required=False, help_text=_("For “all before the panel chosen below”.")
    )

    def __init__(self, data: Any = None, *, session: ReviewSession, files: Sequence[ClosingFile]) -> None:
        super().__init__(data, initial={"projects": [str(one.pk) for one in files], "by": Grouping.GROUPS})
        self.closings = {str(one.pk): one for one in files}
        choices = [
            (key, f"{one.project.number} {one.project.title} · {one.project.carried_by}")
            for key, one in self.closings.items()
        ]
        self.fields["projects"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField, seen as Field
        self.fields["panel"].queryset = session.panels.all()  # type: ignore[attr-defined]  # see above

    def columns(self) -> dict[str, Any]:
        """What the verb takes beside the session."""
        given = self.cleaned_data
        files = [self.closings[key] for key in self.closings if key in given["projects"]]
        return {"files": files, "by": given["by"], "panel": given["panel"], "groups": given["groups"] or 1}


class AttendForm(forms.Form):
    """Somebody who attends, by his part."""

    day = forms.TypedChoiceField(label=_("Day"))
    part = forms.ChoiceField(label=_("attends as"), choices=MeetingPart.choices)
    unit = word(_("unit"), 20)
    name = word(_("Name of the person"), 40)

    def __init__(self, data: Any = None, *, days: Sequence[Any], **first: Any) -> None:
        super().__init__(data, initial=first)
        shown = {one.isoformat(): one for one in days}
        field = self.fields["day"]
        field.choices = [(key, key) for key in shown]  # type: ignore[attr-defined]  # a ChoiceField, seen as Field
        field.coerce = shown.__getitem__  # type: ignore[attr-defined]  # see above


class NewSummaryForm(forms.Form):
    """Of which programme and year."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), empty_label=None)
    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2199)

    def __init__(self, data: Any = None, *, programmes: Any) -> None:
        super().__init__(data, initial={"year": timezone.localdate().year})
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]  # a choice of models


class SummaryForm(forms.Form):
    """The four sections; figures are not typed, they come from the records."""

    overview = text(_("the projects in outline"), most=4000, rows=6, required=False)
    delivery = text(_("how they were carried out"), most=4000, rows=6, required=False)
    growth = text(_("how they grew"), most=4000, rows=6, required=False)
    outlook = text(_("what comes next"), most=4000, rows=6, required=False)

    def __init__(self, data: Any = None, *, summary: ProgrammeSummary) -> None:
        names = ("overview", "delivery", "growth", "outlook")
        super().__init__(data, initial={name: getattr(summary, name) for name in names})


class StreetSlidesForm(forms.Form):
    """Slides of a street."""

    street = forms.ModelChoiceField(Place.objects.none(), label=_("Street"), empty_label=None)
    upload = forms.FileField(label=_("slides (.pptx)"))

    def __init__(self, *args: Any, places: Any) -> None:
        super().__init__(*args)
        streets = places.filter(level=Level.STREET).order_by("code")
        self.fields["street"].queryset = streets  # type: ignore[attr-defined]  # a choice of models
