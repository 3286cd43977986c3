"""What is entered while a project is carried out."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.forms.fields import BY_NAME, IndicatorsField, LinesField, OrganizationField, PartsField, day
from linli.apps.projects.models import PartnerKind

today = timezone.localdate


class ReachForm(forms.Form):
    on = day(_("Reached on"), initial=today)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class EvidenceForm(forms.Form):
    """A file, or the word where the paper lies."""

    upload = forms.FileField(label=_("File"), required=False, help_text=_("Picture, PDF, OFD, Word or Excel."))
    on_paper = forms.CharField(
        label=_("Where the paper lies"), max_length=120, required=False,
        help_text=_("Where there is no file: cupboard, folder."),
    )  # fmt: skip


class AskEvidenceForm(forms.Form):
    title = forms.CharField(label=_("Evidence"), max_length=80)


class ActualForm(forms.Form):
    value = forms.DecimalField(label=_("Actual figure"), min_value=0, max_digits=12, decimal_places=2)
    on = day(_("As of"), initial=today)
    grounds = forms.CharField(label=_("What it rests on"), max_length=200, required=False)


class IndicatorsForm(forms.Form):
    indicators = IndicatorsField(label=_("Indicators"))


class BudgetForm(forms.Form):
    lines = LinesField(label=_("Budget"))


class GroupForm(forms.Form):
    """Whom the project is for."""

    name = forms.CharField(label=_("Target group"), max_length=120)
    count = forms.IntegerField(label=_("How many people"), min_value=0, required=False)
    source = forms.CharField(label=_("Source of the figure"), max_length=120, required=False)
    age_from = forms.IntegerField(label=_("From the age of"), min_value=0, max_value=150, required=False)
    age_to = forms.IntegerField(label=_("Up to the age of"), min_value=0, max_value=150, required=False)


class PartnerForm(forms.Form):
    """Who else takes part."""

    kind = forms.ChoiceField(label=_("Kind of partner"), choices=PartnerKind.choices)
    organization = OrganizationField(
        label=_("Organization of the register"), max_length=120, required=False, help_text=BY_NAME
    )
    name = forms.CharField(label=_("Name where the register has none"), max_length=120, required=False)
    gives = forms.CharField(label=_("What it contributes"), max_length=200, required=False)


class OutcomeForm(forms.Form):
    name = forms.CharField(label=_("Outcome"), max_length=80)
    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, max_digits=14, decimal_places=2)
    unit = forms.CharField(label=_("Unit of the figure"), max_length=12)
    on = day(_("As of"), initial=today)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class GrowthForm(forms.Form):
    """How a team grew; no person is named."""

    team = OrganizationField(label=_("Team of the register"), max_length=120, required=False, help_text=BY_NAME)
    name = forms.CharField(label=_("Name where the register has none"), max_length=120, required=False)
    before = forms.CharField(label=_("What it was"), max_length=80)
    after = forms.CharField(label=_("What it became"), max_length=80)
    members = forms.IntegerField(label=_("Number of members"), min_value=0, required=False)
    on = day(_("Since"), initial=today)
    note = forms.CharField(label=_("What it rests on"), max_length=200, required=False)


class TaskTeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=120)
    task = forms.CharField(label=_("Task"), max_length=200)
    began_on = day(_("Since"), initial=today)
    parts = PartsField(label=_("Who belongs to it"))


class TeamReportForm(forms.Form):
    found = forms.IntegerField(label=_("Problems found"), min_value=0)
    solved = forms.IntegerField(label=_("Problems solved"), min_value=0)
    ended_on = day(_("Ended on"), required=False)
