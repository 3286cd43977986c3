"""What is entered when a project is changed, halted, resumed or broken off."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.forms.fields import LinesField, day, words
from linli.apps.projects.models import Project
from linli.apps.projects.services import ChangeText
from linli.kernel.money import MoneyFormField


class SuspendForm(forms.Form):
    reason = words(_("Reason"), 600)


class ResumeForm(forms.Form):
    reason = words(_("Reason"), 600)
    ends_on = day(_("New last day"), required=False, help_text=_("Empty: as it was."))


class TerminateForm(forms.Form):
    """Breaking off: how much of what was paid counts as spent."""

    reason = words(_("Reason"), 600)
    accepted = MoneyFormField(
        label=_("Accepted as spent, in yuan"), min_value=0, initial=Decimal(0),
        help_text=_("Of what was paid. The rest is recovered, what is not paid goes back into the fund."),
    )  # fmt: skip
    due = day(_("Recovered until"), required=False, help_text=_("Empty: 30 days."))


class RecoveryForm(forms.Form):
    receipt = forms.CharField(label=_("Number of the treasury's receipt"), max_length=60)
    paid_on = day(_("Came back on"), initial=timezone.localdate)
    amount = MoneyFormField(label=_("Amount in yuan"), min_value=Decimal("0.01"))


class ChangeForm(forms.Form):
    """项目(预算)变更申请: the budget, the targets and the last day as they shall be."""

    reason = words(_("Reason"), 600)
    resolution = forms.CharField(
        label=_("Resolution of the community"), max_length=200, required=False,
        help_text=_("Which meeting, which day. Needed where more than a tenth of the budget moves."),
    )  # fmt: skip

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project, self.indicators = project, list(project.indicators.all())
        lines = project.commitment.lines.all() if project.commitment else ()
        if lines:
            shown = "\n".join(f"{line.item} | {line.amount} | {line.basis}".rstrip(" |") for line in lines)
            self.fields["lines"] = LinesField(
                label=_("Budget"), initial=shown, widget=forms.Textarea(attrs={"rows": len(lines) + 2})
            )
        for row in self.indicators:
            self.fields[f"target_{row.number}"] = forms.DecimalField(
                label=_("Target: %(name)s") % {"name": f"{row.name}（{row.unit}）" if row.unit else row.name},
                initial=f"{row.target.normalize():f}", min_value=0, max_digits=12, decimal_places=2,
            )  # fmt: skip
        self.fields["ends_on"] = day(_("Last day"), initial=project.ends_on)

    def text(self) -> ChangeText:
        """What shall change."""
        given = self.cleaned_data
        targets = {row.pk: given[f"target_{row.number}"] for row in self.indicators}
        return ChangeText(given["reason"], given["resolution"], given.get("lines") or (), targets, given["ends_on"])


class AnswerForm(forms.Form):
    answer = words(_("Answer"), 300, 2, required=False)


class FileForm(forms.Form):
    number = forms.CharField(label=_("Filing number"), max_length=60)
    on = day(_("Filed on"), initial=timezone.localdate)
