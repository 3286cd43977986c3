"""The questionnaire as a form: the same for a phone, for a paper that is typed, and for a call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from linli.apps.surveys.kinds import (
    GRADES,
    LONGEST,
    MULTIPLE,
    RATING,
    SCALE,
    SINGLE,
    TEXT,
    TOP,
    UNKNOWN,
    Asked,
    Question,
    asked,
    read_sections,
)
from linli.apps.surveys.models import Survey

CANNOT_SAY = "没参加过，说不清"
MISSING = {"required": _("Please answer this question.")}


@dataclass
class Group:
    """Questions that stand together: the heading of the section, and of which subject they ask."""

    title: str
    subject: str = ""
    fields: list[BoundField] = field(default_factory=list)


class CodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("Code of the answer slip"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """One questionnaire. ``code``: also asks for the code of a slip, filled in with it; None where none is needed.

    ``presence``: the words by which it is asked whether the rated team was there; "" where it cannot have been.
    A survey that rates nobody does not ask.
    """

    def __init__(self, data: Any = None, *, survey: Survey, code: str | None = None, presence: Any = "") -> None:
        super().__init__(data)
        self.sections = read_sections(survey.sections)
        self.labels = [row.label for row in survey.subjects.all()]
        self.rows = list(asked(self.sections, len(self.labels)))
        if code is not None:
            self.fields["code"] = CodeForm.base_fields["code"]
            self.initial["code"] = code
        for one in self.rows:
            self.fields[f"a_{one.name}"] = field_of(one.question)
        if presence and any(section.each for section in self.sections):
            self.fields["in_presence"] = forms.BooleanField(label=presence, required=False)

    def answers(self) -> dict[str, Any]:
        """Name of a question → what was answered."""
        given = {one.name: self.cleaned_data.get(f"a_{one.name}") for one in self.rows}
        return {name: value for name, value in given.items() if value not in (None, "", [])}

    def explain(self, name: str | None, sentence: str) -> None:
        """Put a sentence beside the question it is about."""
        known = name if name in self.fields else f"a_{name}"
        self.add_error(known if known in self.fields else None, sentence)

    def groups(self) -> Iterator[Group]:
        """The questions in the order of the page, under their headings."""
        rows = iter(self.rows)
        for section in self.sections:
            turns = self.labels if section.each else [""]
            for label in turns:
                names = [next(rows) for _question in section.questions]
                told = label if len(self.labels) > 1 or label == "" else ""
                yield Group(section.title, told, [self[f"a_{one.name}"] for one in names])

    def told(self, names: Sequence[str]) -> list[str]:
        """Questions by their names, as a sentence says them."""
        return [self._label(one) for one in self.rows if one.name in names]

    def _label(self, one: Asked) -> str:
        label = self.labels[one.subject - 1] if one.subject and len(self.labels) > 1 else ""
        return f"{label}：{one.question.text}" if label else one.question.text


def field_of(question: Question) -> forms.Field:
    """A form field for one question."""
    given: dict[str, Any] = {
        "label": question.text, "required": question.required, "error_messages": MISSING,
    }  # fmt: skip
    if question.kind == TEXT:
        area = forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST})
        return forms.CharField(max_length=LONGEST, widget=area, **given)
    if question.kind == MULTIPLE:
        return forms.TypedMultipleChoiceField(
            choices=list(enumerate(question.choices, 1)), coerce=int, widget=forms.CheckboxSelectMultiple, **given
        )
    choices = {
        RATING: [*GRADES.items(), (UNKNOWN, CANNOT_SAY)],
        SINGLE: list(enumerate(question.choices, 1)),
        SCALE: [(number, str(number)) for number in range(1, TOP + 1)],
    }[question.kind]
    radio = forms.RadioSelect(attrs={"class": "scale"} if question.kind == SCALE else None)
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, widget=radio, **given)
