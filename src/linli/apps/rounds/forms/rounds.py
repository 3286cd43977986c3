"""The shape of what is entered about programmes and rounds."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.reviews.models import Panel
from linli.apps.rounds.forms.fields import OrganizationField, day, moment, text
from linli.apps.rounds.kinds import templates, word_sets
from linli.apps.rounds.models import Phase, Programme, Proposal, Round, RoundKind, WordKind


class ProgrammeForm(forms.Form):
    """A new programme with the dictionaries it starts from."""

    name = forms.CharField(label=_("Name of the programme"), max_length=80)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Run by"), empty_label=None)
    purpose = text(_("What it is for"), most=1000)
    sets = forms.MultipleChoiceField(
        label=_("Dictionaries to start from"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They become the programme's own words, to be changed at any time."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ModelChoiceField(places, label=_("Run by"), empty_label=None)
        rows = [(one.code, f"{one.title}：{'、'.join(one.words)}") for one in word_sets().values()]
        self.fields["sets"].choices = rows  # type: ignore[attr-defined]  # a choice field


class WordForm(forms.Form):
    """A new word of a dictionary."""

    kind = forms.ChoiceField(label=_("Dictionary"), choices=WordKind.choices)
    title = forms.CharField(label=_("Word"), max_length=60)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2199)
    clause = forms.CharField(label=_("Clause"), required=False, max_length=200)


class NewRoundForm(forms.Form):
    """A new round of a programme."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), empty_label=None)
    template = forms.ChoiceField(label=_("Template"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=120)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2199)
    kind = forms.ChoiceField(label=_("Kind"), choices=RoundKind.choices)
    base = forms.ModelChoiceField(
        Round.objects.none(), label=_("Belongs to the round"), required=False, empty_label="—",
        help_text=_("Only for an addition in mid-year or a recall."),
    )  # fmt: skip
    contact = forms.CharField(label=_("Who answers questions"), required=False, max_length=120)
    call = text(_("What the call says"), 6, most=4000)

    def __init__(self, *args: Any, programmes: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"] = forms.ModelChoiceField(programmes, label=_("Programme"), empty_label=None)
        self.fields["base"].queryset = rounds  # type: ignore[attr-defined]  # a model choice field
        lines = {one.code: " → ".join(step.title for step in one.phases) for one in templates().values()}
        shapes = [(one.code, f"{one.title}：{lines[one.code]}") for one in templates().values()]
        self.fields["template"].choices = shapes  # type: ignore[attr-defined]  # a choice field
        self.fields["year"].initial = timezone.localdate().year


class PhaseForm(forms.Form):
    """When one phase runs."""

    opens_at = moment(_("Opens"))
    closes_at = moment(_("Closes"))

    def __init__(self, data: Any = None, *, phase: Phase) -> None:
        initial = {name: getattr(phase, name) for name in ("opens_at", "closes_at")}
        shown = {name: timezone.localtime(value) if value else None for name, value in initial.items()}
        super().__init__(data, initial=shown, prefix=str(phase.order))
        self.phase = phase


class ReasonForm(forms.Form):
    """Why."""

    reason = text(_("Reason"), 3, most=600, required=True)


class WhereForm(forms.Form):
    """Where the opening takes place."""

    where = forms.CharField(label=_("Where"), max_length=120)


class NothingForm(forms.Form):
    """A button alone."""


class YearForm(forms.Form):
    """The title of next year's round."""

    title = forms.CharField(label=_("Title"), max_length=120)


class CodesForm(forms.Form):
    """How many access codes, until when, and why."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=1)
    expires = moment(_("Good until"), required=True)
    reason = text(_("Reason"), 2, most=300, required=True)


class AgencyForm(forms.Form):
    """Which agency looks after which communities."""

    agency = OrganizationField(label=_("Supporting agency"))
    communities = forms.ModelMultipleChoiceField(
        Place.objects.none(), label=_("Communities"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, communities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["communities"].queryset = communities  # type: ignore[attr-defined]  # a model choice field


class IdeaForm(forms.Form):
    """An idea, as a neighbour tells it."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Community"), empty_label=None)
    title = forms.CharField(label=_("The idea in one line"), max_length=80)
    text = text(_("What you would like to do"), 5, most=2000, required=True)
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=60,
        help_text=_("So that somebody can come back to you. Sealed."),
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=30)

    def __init__(self, *args: Any, communities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = communities  # type: ignore[attr-defined]  # a model choice field


class PaperIdeaForm(IdeaForm):
    """The same, typed in from paper or told at the counter."""

    source = forms.ChoiceField(label=_("How it came"))
    paper = forms.FileField(label=_("Scan of the paper"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from linli.apps.rounds.models import IdeaSource

        rows = [choice for choice in IdeaSource.choices if choice[0] != IdeaSource.PORTAL]
        self.fields["text"].label = _("What the neighbour would like to do")
        self.fields["name"].label = _("Name of the neighbour")
        self.fields["source"].choices = rows  # type: ignore[attr-defined]  # a choice field


class TakeUpForm(forms.Form):
    """Who proposes what began as an idea: whoever told it, or the community."""

    proposer = forms.ChoiceField(label=_("Who proposes"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, proposers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposer"].choices = proposers  # type: ignore[attr-defined]  # a choice field
        self.fields["proposer"].initial = proposers[0][0]


class EnterForm(forms.Form):
    """Which proposals go before which panel of a review."""

    panel = forms.ModelChoiceField(Panel.objects.none(), label=_("Review and panel"), empty_label=None)
    proposals = forms.ModelMultipleChoiceField(
        Proposal.objects.none(), label=_("Proposals"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, panels: Any, proposals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows, told in (
            ("panel", panels, lambda one: f"{one.session.title} · {one.name}"),
            ("proposals", proposals, lambda one: f"{one.serial} {one.title}（{one.place.name}）"),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a model choice field
            self.fields[name].label_from_instance = told  # type: ignore[attr-defined]  # the same


class AnswerForm(forms.Form):
    """A paper that came: who issued it, its number, its day, the scan with the seal."""

    unit = forms.CharField(label=_("Issued by"), max_length=60)
    number = forms.CharField(label=_("Number of the paper"), max_length=40)
    issued_on = day(_("Issued on"))
    scan = forms.FileField(label=_("Sealed scan"))


class CoachingForm(forms.Form):
    """An hour of coaching."""

    held_on = day(_("Day"))
    changed = text(_("What changed"), 3, most=1000, required=True)
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300)
