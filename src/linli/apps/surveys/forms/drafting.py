"""The shape of what is entered about a survey: its words, its questions, whom it asks."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.surveys.kinds import MULTIPLE, RATING, SCALE, SINGLE, TEXT, Question, Section, templates
from linli.apps.surveys.models import AskedBy, Layers
from linli.apps.surveys.services.drafting import USUAL

KINDS = (
    (RATING, _("Grades from very satisfied to very dissatisfied")),
    (SINGLE, _("One of several choices")),
    (MULTIPLE, _("Several of several choices")),
    (SCALE, _("A scale of 1 to 10")),
    (TEXT, _("In words")),
)


def day(label: Any) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class WordsForm(forms.Form):
    """Title, purpose, last day, open link."""

    title = forms.CharField(label=_("Title"), max_length=80)
    lead = forms.CharField(
        label=_("What it is for"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands on top of the page and of the slip."),
    )  # fmt: skip
    last_day = day(_("Last day"))
    openly = forms.BooleanField(
        label=_("Also open a link that everybody may answer"), required=False,
        help_text=_("Its answers are labelled self-selected and counted apart; they stand for nobody else."),
    )  # fmt: skip


class NewForm(WordsForm):
    """A new survey: where, from which template."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=None)
    template = forms.ChoiceField(label=_("Questions to start from"), widget=forms.RadioSelect, initial="projects")
    subject = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    field_order = ("title", "place", "template", "last_day", "openly")

    def __init__(self, *args: Any, places: Any, subjects: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["lead"]
        self.fields["place"] = forms.ModelChoiceField(places, label=_("Place"), empty_label=None)
        self.fields["template"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.code, f"{one.title}：{' '.join(q.text for s in one.sections for q in s.questions)}")
            for one in templates().values()
        ]
        self.fields["subject"].choices = [(str(ref), str(ref)) for ref in subjects]  # type: ignore[attr-defined]  # same
        self.initial.setdefault("last_day", timezone.localdate() + USUAL)
        self.order_fields(self.field_order)


class LastDayForm(forms.Form):
    """Take answers until another day."""

    last_day = day(_("Last day"))


class SectionForm(forms.Form):
    """A heading of questions."""

    title = forms.CharField(label=_("Heading"), max_length=60)
    each = forms.BooleanField(
        label=_("Ask this of each project"),
        required=False,
        help_text=_("The first question with grades in such a section makes the satisfaction rate."),
    )

    def section(self, questions: tuple[Question, ...] = ()) -> Section:
        """The section with these questions."""
        return Section(self.cleaned_data["title"].strip(), questions, self.cleaned_data["each"])


class QuestionForm(forms.Form):
    """One question."""

    text = forms.CharField(label=_("Question"), max_length=120)
    kind = forms.ChoiceField(label=_("How it is answered"), choices=KINDS, widget=forms.RadioSelect, initial=RATING)
    choices = forms.CharField(
        label=_("Choices"), required=False, max_length=1200, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line; only for one or several of several choices."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("Must be answered"), required=False)

    def question(self, key: str = "") -> Question:
        """The question under its key."""
        data = self.cleaned_data
        lines = [line.strip() for line in data["choices"].splitlines() if line.strip()]
        choices = tuple(lines) if data["kind"] in (SINGLE, MULTIPLE) else ()
        return Question(key, data["kind"], data["text"].strip(), choices, data["required"])


class SampleForm(forms.Form):
    """How a sample is drawn."""

    by = forms.ChoiceField(
        label=_("Divide the households"), choices=Layers.choices, widget=forms.RadioSelect, initial="building"
    )
    size = forms.IntegerField(label=_("Households to ask"), min_value=1)
    seed = forms.IntegerField(
        label=_("Seed"), required=False, min_value=0, max_value=10**9,
        help_text=_("Leave it empty to throw one. With the same seed anybody can draw the same households again."),
    )  # fmt: skip


class GroupForm(forms.Form):
    """Who gets slips on the spot."""

    name = forms.CharField(
        label=_("Who gets them"), max_length=60, help_text=_("For instance: everybody who came to the last lesson.")
    )
    count = forms.IntegerField(label=_("How many slips"), min_value=1, initial=30)


class ByForm(forms.Form):
    """By slip or by telephone."""

    by = forms.ChoiceField(label=_("How they are asked"), choices=AskedBy.choices, widget=forms.RadioSelect)


class NothingForm(forms.Form):
    """A button with nothing to fill in."""
