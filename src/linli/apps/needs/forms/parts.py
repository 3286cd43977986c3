"""What is entered about stages, sub-tasks and disputes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries
from linli.apps.needs.forms.choosing import moment, words
from linli.apps.needs.models import Need, StageKind
from linli.apps.needs.models.mediation import ConsentHow, DisputeKind, StepKind
from linli.apps.organizations.queries import found_by
from linli.apps.people.models import Post, User
from linli.apps.places.models import Place


def day(label: Any, **options: Any) -> forms.DateField:
    """One day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class StagesForm(forms.Form):
    """A day for each of the five stages."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in StageKind:
            self.fields[kind.value] = day(kind.label)


class FinishForm(forms.Form):
    note = words(_("What came of it"), 2000, 4)


class MoveForm(forms.Form):
    due = day(_("New day"))
    reason = words(_("Reason"), 300, 2)


class SubTaskForm(forms.Form):
    """Who is asked to do what, in words that tell nobody who the resident is."""

    place = forms.ModelChoiceField(
        Place.objects.none(), label=_("Street or community"), required=False, empty_label="—"
    )
    unit_name = forms.CharField(
        label=_("Department or organization"), max_length=120, required=False,
        help_text=_("Its full name or its unified social credit code, as the register has it."),
    )  # fmt: skip
    outside = forms.CharField(
        label=_("Outside party"), max_length=80, required=False,
        help_text=_("Without an account here: it answers by a link. The office or company, no person's name."),
    )  # fmt: skip
    title = forms.CharField(label=_("What is to be done"), max_length=80)
    matter = words(_("The matter, written for whoever does it"), 2000, 5)
    due = moment(_("Due"))
    shares_contact = forms.BooleanField(
        label=_("The resident agreed: pass name and telephone on to the outside party"), required=False
    )
    checked = forms.BooleanField(
        label=_("I read it once more: no name, telephone, house number or voice of a resident"), required=False
    )

    def __init__(self, *args: Any, need: Need, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = queries.places_for(need)  # type: ignore[attr-defined]  # the stubs know a field, not its choices

    def clean(self) -> dict[str, Any]:
        """``unit``: the place or organization chosen, None for an outside party."""
        data = dict(super().clean() or self.cleaned_data)
        name = data.pop("unit_name", "").strip()
        place = data.pop("place", None)
        rows = found_by(name) if name else []
        if name and len(rows) != 1:
            self.add_error("unit_name", _("The register has no unit called “%(name)s”.") % {"name": name})
        if place is not None and name:
            self.add_error("unit_name", _("Name either a unit or an outside party."))
        data["unit"] = place or (rows[0] if len(rows) == 1 else None)
        return data


class SubAnswerForm(forms.Form):
    text = words(_("What the department did"), 2000, 5)


class ReasonForm(forms.Form):
    reason = words(_("Reason"), 300, 2)


class NothingForm(forms.Form):
    """Nothing is asked."""


class RenewForm(forms.Form):
    ends_at = moment(_("Link ends"))


class RegisterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=DisputeKind.choices, widget=forms.RadioSelect)
    parties = words(
        _("Parties"), 200, 3, help_text=_("One a line, by what they are: 业主、物业公司、楼上住户. No names."),
    )  # fmt: skip

    def clean_parties(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in str(self.cleaned_data["parties"]).splitlines() if line.strip()]


class MediationStepForm(forms.Form):
    kind = forms.ChoiceField(label=_("Step"), choices=StepKind.choices)
    text = words(_("What came of it"), 2000, 4, help_text=_("No names, nothing out of a police file."))


class ResultForm(forms.Form):
    result = words(_("Result"), 2000, 4, help_text=_("No names, nothing out of a police file."))


class ReferForm(ResultForm):
    court = forms.CharField(label=_("Court or mediation office"), max_length=80)


class RaiseForm(forms.Form):
    """Who of the district mediates, and why."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Who mediates in the district"), empty_label=_("Choose"))
    reason = words(_("Reason"), 300, 2)

    def __init__(self, *args: Any, need: Need, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = Post.objects.in_force(timezone.localdate()).filter(place=need.street.parent_id).order_by()
        rows = User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "username")
        self.fields["user"].queryset = rows  # type: ignore[attr-defined]  # as above


class ConsentForm(forms.Form):
    how = forms.ChoiceField(label=_("How it agreed"), choices=ConsentHow.choices, widget=forms.RadioSelect)
