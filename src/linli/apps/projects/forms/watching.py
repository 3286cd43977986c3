"""What is entered about visits, reports and the mid-term evaluation."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects import rubric
from linli.apps.projects.forms.fields import FindingsField, day, words
from linli.apps.projects.models import Span
from linli.apps.projects.queries import Proposed

today = timezone.localdate


def this_month() -> date:
    """The first day of the month."""
    return today().replace(day=1)


class VisitForm(forms.Form):
    """督导走访记录."""

    visited_on = day(_("Day"), initial=today)
    visitors = forms.CharField(label=_("Visitors and their posts"), max_length=160)
    progress = words(_("Progress"), 600)
    money = words(_("Money"), 600, 2, required=False)
    records = words(_("Files and records"), 600, 2, required=False)
    advice = words(_("Advice"), 600, 2, required=False)
    findings = FindingsField(label=_("Findings"), required=False)


class SettleForm(forms.Form):
    answer = words(_("What was done"), 300)
    on = day(_("Put right on"), initial=today)


class ReportForm(forms.Form):
    """Only what no record tells."""

    span = forms.ChoiceField(label=_("Span"), choices=Span.choices, widget=forms.RadioSelect, initial=Span.MONTH)
    begins_on = day(_("First day of the month or quarter"), initial=this_month)
    problems = words(_("Problems"), 600, 2, required=False)
    next_steps = words(_("Next steps"), 600, 2)
    sessions = forms.IntegerField(
        label=_("Sessions"), min_value=0, required=False, help_text=_("Only where no activity is recorded.")
    )
    person_times = forms.IntegerField(
        label=_("Person-times"), min_value=0, required=False, help_text=_("Only where no activity is recorded.")
    )


class CallForm(forms.Form):
    due = day(_("Self-report until"))


class HandInForm(forms.Form):
    """The mid-term self-report."""

    progress = words(_("What was done against the plan"), 2000, 6)
    problems = words(_("Problems and risks"), 2000, 4, required=False)
    adjustments = words(_("How the plan is adjusted"), 2000, 4, required=False)


class FixedForm(forms.Form):
    on = day(_("Put right on"), initial=today)


class ScoreForm(forms.Form):
    """The sheet as the records fill it; another mark needs its reason."""

    def __init__(self, *args: Any, proposed: list[Proposed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in proposed:
            code, top = one.criterion.code, one.criterion.top
            self.fields[code] = forms.DecimalField(
                label=f"{one.criterion.title}（{top.normalize():f}）", min_value=0, max_value=top, max_digits=5,
                decimal_places=2, initial=one.mark, help_text=str(one.why),
            )  # fmt: skip
            self.fields[f"{code}_why"] = forms.CharField(
                label=_("Reason for another mark: %(title)s") % {"title": one.criterion.title}, max_length=300,
                required=False,
            )  # fmt: skip
        self.fields["misuse"] = forms.CharField(
            label=_("Misuse of money"), max_length=300, required=False,
            help_text=_("Only where money was misused: the total is then zero and the money is recovered."),
        )  # fmt: skip

    def marks(self) -> dict[str, tuple[Any, str]]:
        """Criterion → mark and reason."""
        given = self.cleaned_data
        return {one.code: (given[one.code], given[f"{one.code}_why"]) for one in rubric.SHEET}
