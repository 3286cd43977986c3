"""The shape of what is entered in a closing review."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models import ClosingFile, Condition, CoverageKind, Taken
from linli.apps.projects.services.closing import AdviceText
from linli.apps.reviews.models import Panel, ReviewSession


def day(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def text(label: Any, *, most: int, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Some lines of text."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text, widget=widget)


def word(label: Any, most: int, *, required: bool = True) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, required=required)


class NothingForm(forms.Form):
    """A verb that needs no word."""


class SectionsForm(forms.Form):
    """The sections of one file, and how many people were served."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, closing: ClosingFile) -> None:
        sections = list(closing.sections.all())
        texts = {one.code: one.text for one in sections}
        super().__init__(data, initial={"seen": closing.version, "users": closing.users, **texts})
        for one in sections:
            self.fields[one.code] = text(one.title, most=8000, rows=6, required=False)
        self.fields["users"] = forms.IntegerField(label=_("people served"), min_value=0, required=False)
        self.codes = [one.code for one in sections]

    def changes(self) -> dict[str, Any]:
        """What ``write_sections`` takes."""
        given = self.cleaned_data
        return {"texts": {code: given[code] for code in self.codes}, "users": given["users"], "seen": given["seen"]}


class ReasonForm(forms.Form):
    reason = text(_("Reason"), most=600)


class ExceptionForm(forms.Form):
    ground = forms.ChoiceField(label=_("condition of the review"), choices=Condition.choices)
    reason = text(_("Reason"), most=600)
    body = word(_("who decided"), 80)
    minutes_number = word(_("number of the minutes"), 60)
    decided_on = day(_("day"))


class EnterForm(forms.Form):
    """A closing review in preparation, and the panel."""

    session = forms.ModelChoiceField(label=_("Review"), queryset=ReviewSession.objects.none())
    panel = forms.ModelChoiceField(label=_("Panel"), queryset=Panel.objects.none(), required=False)
    presenter = word(_("presented by"), 60, required=False)

    def __init__(self, *args: Any, sessions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]  # a ModelChoiceField, seen as Field
        panels = Panel.objects.filter(session__in=sessions).select_related("session")
        self.fields["panel"].queryset = panels  # type: ignore[attr-defined]  # see above


class GradeForm(forms.Form):
    score = forms.DecimalField(label=_("score"), max_digits=5, decimal_places=2, min_value=0, max_value=100)
    grounds = word(_("what it rests on"), 300)


class MisuseForm(forms.Form):
    found = text(_("misuse that was found"), most=600)
    grounds = word(_("what it rests on"), 300)


class AppealForm(forms.Form):
    text = text(_("what is asked"), most=1000)


class AppealAnswerForm(forms.Form):
    answer = text(_("answer"), most=1000)
    score = forms.DecimalField(
        label=_("new score"), max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False,
        help_text=_("Leave it empty where the grade stands."),
    )  # fmt: skip


class OpinionsForm(forms.Form):
    source = word(_("given by"), 120)
    items = text(_("opinions"), most=6000, rows=8, help_text=_("One a line: problem | suggestion."))

    def clean_items(self) -> list[AdviceText]:
        """Each line as a problem and a suggestion. Raises ValidationError."""
        lines = [line for line in self.cleaned_data["items"].replace("\uff5c", "|").splitlines() if line.strip()]
        cells = [[cell.strip() for cell in line.split("|")] for line in lines]
        if any(len(one) != 2 or not all(one) for one in cells):
            raise forms.ValidationError(_("Write each opinion as a problem and a suggestion."))
        return [AdviceText(*one) for one in cells]


class AnswerForm(forms.Form):
    taken = forms.ChoiceField(label=_("how it is taken"), choices=Taken.choices)
    measure = text(_("measure"), most=400, required=False)
    responsible = word(_("unit or post in charge"), 80, required=False)
    until = day(_("done by"), required=False)
    reason = text(_("reason, where it is not followed in full"), most=400, required=False)


class DoneForm(forms.Form):
    done_on = day(_("done on"))
    note = text(_("how it was done"), most=300)


class PrizeForm(forms.Form):
    title = word(_("title of the honour"), 60)
    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2199)
    given_on = day(_("day"))
    number = word(_("number of the document"), 60, required=False)


class CoverageForm(forms.Form):
    kind = forms.ChoiceField(label=_("kind"), choices=CoverageKind.choices)
    outlet = word(_("medium or authority"), 80)
    title = word(_("title"), 120)
    on = day(_("day"))
    address = forms.URLField(label=_("address on the web"), max_length=300, required=False, assume_scheme="https")


class StoryForm(forms.Form):
    title = word(_("title"), 80)
    text = text(_("text"), most=8000, rows=10)
    unit = word(_("unit"), 80)
    author = word(_("author"), 40)


class ShowcaseForm(forms.Form):
    """Texts, and two pictures of the project by their number."""

    title = word(_("title"), 80)
    text = text(_("text"), most=4000, rows=8)
    before = forms.TypedChoiceField(label=_("picture before"), coerce=UUID, empty_value=None, required=False)
    after = forms.TypedChoiceField(label=_("picture after"), coerce=UUID, empty_value=None, required=False)

    def __init__(self, *args: Any, photos: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("none")), *((str(one.pk), one.name) for one in photos)]
        for name in ("before", "after"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, seen as Field


class SlidesForm(forms.Form):
    upload = forms.FileField(label=_("slides (.pptx)"))
