"""The sheet of one judge as a form: a number for each criterion, or an opinion; and a comment."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import Entry, Ground, Mode, ReviewSession, ScoreSheet, Verdict
from linli.apps.reviews.services import Said
from linli.kernel import rubric
from linli.kernel.rubric import Criterion

NOTE = forms.Textarea(attrs={"rows": 2, "maxlength": 600})


class SheetForm(forms.Form):
    """Fields come from the rubric of the session; what stands in the database is asked by the verb again."""

    def __init__(self, data: Any = None, *, session: ReviewSession, sheet: ScoreSheet | None = None) -> None:
        self.session = session
        self.criteria: tuple[Criterion, ...] = ()
        if session.mode == Mode.MARKS and session.rubric is not None:
            self.criteria = rubric.scale_of(session.rubric).criteria
        super().__init__(data, initial=_initial(sheet))
        for criterion in self.criteria:
            self.fields[criterion.code] = _mark(criterion)
        if session.mode == Mode.OPINIONS:
            self.fields["opinion"] = forms.ChoiceField(
                label=_("Opinion"), choices=Verdict.choices, widget=forms.RadioSelect
            )
        self.fields["comment"] = forms.CharField(
            label=_("Remark on the entry"), required=False, max_length=600, widget=NOTE
        )

    @property
    def said(self) -> Said:
        """What the form says, as the verb takes it. Only after ``is_valid()``."""
        given = self.cleaned_data
        marks = {one.code: str(given[one.code]) for one in self.criteria if given.get(one.code) is not None}
        return Said(marks, opinion=given.get("opinion", ""), comment=given.get("comment", ""))


def _initial(sheet: ScoreSheet | None) -> dict[str, Any]:
    if sheet is None:
        return {}
    marks = {code: mark.rstrip("0").rstrip(".") if "." in mark else mark for code, mark in sheet.marks.items()}
    return {**marks, "opinion": sheet.opinion, "comment": sheet.comment}


def _mark(criterion: Criterion) -> forms.DecimalField:
    anchors = [[str(one.least), str(one.most), one.label] for one in criterion.anchors]
    words = " · ".join(f"{one.least.normalize():f}–{one.most.normalize():f} {one.label}" for one in criterion.anchors)
    top = f"{criterion.top.normalize():f}"
    attrs = {
        "data-stepper": "1",
        "data-anchors": json.dumps(anchors, ensure_ascii=False),
        "data-weight": f"{criterion.weight.normalize():f}",
        "inputmode": "decimal",
        "step": "any",
    }
    return forms.DecimalField(
        label=f"{criterion.title}（0–{top}）",
        min_value=0,
        max_value=criterion.top,
        decimal_places=2,
        max_digits=6,
        help_text=words,
        widget=forms.NumberInput(attrs=attrs),
    )


class DeclareForm(forms.Form):
    """A tie the judge says himself."""

    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices, initial=Ground.OTHER)
    fact = forms.CharField(label=_("What ties you to it"), max_length=200)


class BallotForm(forms.Form):
    """The entries up for a ballot, to be ticked."""

    def __init__(self, data: Any = None, *, up: list[Entry]) -> None:
        super().__init__(data)
        choices = [(str(one.pk), f"{one.number}. {one.title}") for one in up]
        self.fields["yes"] = forms.MultipleChoiceField(
            label=_("Entries"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
