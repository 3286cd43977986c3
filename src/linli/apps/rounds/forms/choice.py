"""What is entered about a residents' choice: its terms, its share, slips, papers, and the ballot itself."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Person
from linli.apps.people.queries import persons_visible_to
from linli.apps.people.queries.searching import search_roster
from linli.apps.places.models import Building, Place
from linli.apps.rounds.forms.fields import day, moment
from linli.apps.rounds.models import MOST_SHARE, Admission, BallotKind, ChoiceProject, Phase, ResidentsChoice
from linli.apps.rounds.services import Terms
from linli.kernel.money import MoneyFormField, format_yuan
from linli.kernel.scope import Actor

PRINTED = 500
"""Slips printed at a time."""


class TermsForm(forms.Form):
    """How the choice is held, and when."""

    kind = forms.ChoiceField(label=_("Kind of ballot"), choices=BallotKind.choices, widget=forms.RadioSelect)
    most = forms.IntegerField(
        label=_("Most on one ballot"), min_value=1, max_value=100, initial=3,
        help_text=_("How many projects may be picked, or how many points are divided."),
    )  # fmt: skip
    admission = forms.ChoiceField(label=_("Who is admitted"), choices=Admission.choices, widget=forms.RadioSelect)
    least_age = forms.IntegerField(label=_("Least age"), min_value=0, max_value=100, initial=18)
    opens_at = moment(_("Opens"), required=True)
    closes_at = moment(_("Closes"), required=True)
    after = forms.ModelChoiceField(Phase.objects.none(), label=_("Comes after the phase"), empty_label=None)
    pot = MoneyFormField(
        label=_("Sum to be divided"), required=False,
        help_text=_("Stands in the open data. Empty: what all projects ask for."),
    )  # fmt: skip

    def __init__(self, *args: Any, phases: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["after"].queryset = phases  # type: ignore[attr-defined]  # a choice of records

    def terms(self) -> Terms:
        """The terms as the service takes them."""
        names = ("kind", "most", "admission", "least_age")
        given = {name: self.cleaned_data[name] for name in names}
        return Terms(**given, pot=self.cleaned_data["pot"] or Decimal(0))


class ShareForm(forms.Form):
    """The decision that gives the choice a part of the score."""

    share = forms.DecimalField(
        label=_("Part of the score in per cent"), max_digits=4, decimal_places=2,
        help_text=_("At most %(most)d per cent.") % {"most": MOST_SHARE},
    )  # fmt: skip
    body = forms.CharField(label=_("Who decided"), max_length=80)
    held_on = day(_("day"))
    minutes_number = forms.CharField(label=_("Number of the minutes"), max_length=60)


class SlipsForm(forms.Form):
    """For whom slips are printed, and how many."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Community"), empty_label=None)
    building = forms.ModelChoiceField(
        Building.objects.none(), label=_("Building"), required=False, empty_label=_("the whole community")
    )
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=PRINTED, initial=50)

    def __init__(self, *args: Any, communities: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = communities  # type: ignore[attr-defined]  # a choice of records
        rows = Building.objects.filter(community__in=communities.order_by().values("pk"))
        rows = rows.select_related("estate", "community").order_by("community__code", "estate__name", "number")
        self.fields["building"].queryset = rows  # type: ignore[attr-defined]  # same


class PersonField(forms.CharField):
    """Somebody of the roster within reach, by the name or, where several bear it, a whole number."""

    def __init__(self, *, actor: Actor | None, **options: Any) -> None:
        super().__init__(max_length=60, **options)
        self.actor = actor

    def clean(self, value: Any) -> Person | None:
        """The person. Raises ValidationError for nobody and for several."""
        words = super().clean(value)
        if not words:
            return None
        found = search_roster(persons_visible_to(self.actor), words).rows
        rows: list[Person] = list(found.filter(merged_into__isnull=True, left_on__isnull=True)[:20])
        rows = [row for row in rows if row.name == words] or rows
        if not rows:
            raise ValidationError(_("Nobody on the roster within your reach is found by this."))
        if len(rows) > 1:
            raise ValidationError(_("Several are found by this. Write the telephone or document number in full."))
        return rows[0]


class PaperForm(forms.Form):
    """Who gets a paper: whoever brings a slip, or somebody on the roster."""

    def __init__(self, *args: Any, choice: ResidentsChoice, actor: Actor | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if choice.admission == Admission.SLIP:
            self.fields["code"] = forms.CharField(label=_("Code on the slip"), max_length=20)
        else:
            self.fields["person"] = PersonField(
                actor=actor, label=_("Resident"), help_text=_("Name, or telephone or document number in full.")
            )


class FileForm(forms.Form):
    """The file of a choice held elsewhere."""

    file = forms.FileField(label=_("File (.pb)"))


def label_of(project: ChoiceProject) -> Any:
    """A project as it stands on the ballot: number, title, community, what it asks for, its goal."""
    proposal = project.proposal
    told = f"{proposal.place.name} · {format_yuan(project.asked)}"
    goal = f"{proposal.goal[:80]}…" if len(proposal.goal) > 80 else proposal.goal
    return format_html(
        '<span class="ballot-text"><strong>{} {}</strong><span class="ballot-note">{}</span>'
        '<span class="ballot-note">{}</span></span>',
        project.number, proposal.title, told, goal,
    )  # fmt: skip


def name_of(project: ChoiceProject) -> str:
    """A project as whoever types a paper looks for it."""
    return f"{project.number} {project.proposal.title}"


class BallotForm(forms.Form):
    """One ballot: projects to tick, or points to divide; with the code of a slip where one is asked for.

    ``may_be_blank``: typed from paper, where a spoiled one is left empty.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        choice: ResidentsChoice,
        projects: Sequence[ChoiceProject],
        code: str | None = None,
        may_be_blank: bool = False,
    ) -> None:
        super().__init__(data)
        self.pointed = choice.kind == BallotKind.POINTS
        self.projects = list(projects)
        shown = name_of if may_be_blank else label_of
        if code is not None:
            self.fields["code"] = forms.CharField(
                label=_("Code on the slip"), max_length=20, initial=code,
                widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
            )  # fmt: skip
        if self.pointed:
            self._points(choice, shown)
        else:
            self.fields["picks"] = forms.TypedMultipleChoiceField(
                label=_("Choose at most %(most)d") % {"most": choice.most}, coerce=int,
                required=not may_be_blank, error_messages={"required": _("Choose at least one project.")},
                choices=[(one.number, shown(one)) for one in self.projects], widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def _points(self, choice: ResidentsChoice, shown: Callable[[ChoiceProject], Any]) -> None:
        for one in self.projects:
            self.fields[f"points_{one.number}"] = forms.IntegerField(
                label=shown(one), required=False, min_value=0, max_value=choice.most,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip

    def picks(self) -> dict[int, int]:
        """Number of a project → points; 1 where it was ticked."""
        if self.pointed:
            given = {one.number: self.cleaned_data.get(f"points_{one.number}") or 0 for one in self.projects}
            return {number: points for number, points in given.items() if points}
        return dict.fromkeys(self.cleaned_data["picks"], 1)


def sent_again(form: BallotForm) -> Iterable[tuple[str, str]]:
    """(name, value) of everything a valid ballot was sent with, to be carried over the page of review."""
    for number, points in form.picks().items():
        yield (f"points_{number}", str(points)) if form.pointed else ("picks", str(number))
    if "code" in form.fields:
        yield "code", form.cleaned_data["code"]
