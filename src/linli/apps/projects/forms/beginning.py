"""What a project begins with: the class of an award's project, or everything of one entered directly."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Level, Place
from linli.apps.projects.forms.fields import BY_NAME, IndicatorsField, OrganizationField, day, words
from linli.apps.projects.models import ProjectKind
from linli.apps.projects.permissions import KEEPERS
from linli.apps.projects.services import GroupText, ProjectText
from linli.apps.rounds.models import ProviderKind
from linli.kernel.money import MoneyFormField
from linli.kernel.scope import Actor


class BeginForm(forms.Form):
    """The class of a project that begins from an award."""

    kind = forms.ChoiceField(
        label=_("Class of the project"), choices=ProjectKind.choices, widget=forms.RadioSelect,
        help_text=_("The class says which milestones and evidence are required."),
    )  # fmt: skip
    starts_on = day(_("First day"), required=False)
    ends_on = day(_("Until"), required=False)


class ProjectForm(forms.Form):
    """A project without a round."""

    title = forms.CharField(label=_("Title"), max_length=80)
    place = forms.ModelChoiceField(label=_("Community"), queryset=Place.objects.none(), empty_label=_("Choose"))
    bearer = OrganizationField(
        label=_("Carried out by"), max_length=120, required=False,
        help_text=_("An organization of the register; empty: the community itself."),
    )  # fmt: skip
    agency = OrganizationField(label=_("Supporting agency"), max_length=120, required=False, help_text=BY_NAME)
    kind = forms.ChoiceField(label=_("Class of the project"), choices=ProjectKind.choices, widget=forms.RadioSelect)
    provider = forms.ChoiceField(label=_("Kind of provider"), choices=ProviderKind.choices)
    starts_on = day(_("First day"))
    ends_on = day(_("Until"))
    amount = MoneyFormField(label=_("Amount in yuan"), min_value=0)
    money_from = forms.CharField(label=_("Where the money comes from"), max_length=80, required=False)
    goal = words(_("Goal"), 2000, required=False)
    content = words(_("What is done"), 6000, required=False)
    group = forms.CharField(label=_("Target group"), max_length=120, required=False)
    count = forms.IntegerField(label=_("How many people"), min_value=0, required=False)
    indicators = IndicatorsField(label=_("Indicators"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Place.objects.filter(pk__in=actor.reach(*KEEPERS).places, level__in=(Level.COMMUNITY, Level.VILLAGE))
        self.fields["place"].queryset = here.order_by("code")  # type: ignore[attr-defined]  # a choice of models

    def text(self) -> ProjectText:
        """What was entered, as the verb takes it."""
        given = self.cleaned_data
        columns = (
            "title", "starts_on", "ends_on", "amount", "money_from", "goal", "content", "indicators",
        )  # fmt: skip
        groups = [GroupText(given["group"], given["count"])] if given["group"] else []
        return ProjectText(
            kind=ProjectKind(given["kind"]), provider=ProviderKind(given["provider"]), groups=groups,
            **{name: given[name] for name in columns},
        )  # fmt: skip
