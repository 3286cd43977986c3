"""What is entered about figures and proactive issues."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Category
from linli.apps.needs.models.proactive import IssueSource
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import found_by
from linli.apps.places.models import Place

today = timezone.localdate


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def _words(label: Any, most: int, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class NoticeForm(forms.Form):
    """An issue somebody noticed, before anybody complained."""

    title = forms.CharField(
        label=_("Matter to put right"), max_length=120, help_text=_("A matter and a place, no name of a resident.")
    )
    source = forms.ChoiceField(label=_("Where it was noticed"), choices=IssueSource.choices)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=_("Choose"))
    point = forms.CharField(label=_("Point"), max_length=120, required=False)
    category = forms.ModelChoiceField(Category.objects.none(), label=_("Category"), required=False, empty_label="—")
    on = _day(_("Noticed on"), initial=today)

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]  # the stubs know a field, not its choices
        kept = Category.objects.filter(is_active=True)
        self.fields["category"].queryset = kept  # type: ignore[attr-defined]  # as above


class PlanForm(forms.Form):
    """Who sees to it, how, by when."""

    unit_place = forms.ModelChoiceField(
        Place.objects.none(), label=_("Community or street"), required=False, empty_label="—"
    )
    unit_name = forms.CharField(
        label=_("Or an organization"),
        max_length=120,
        required=False,
        help_text=_("Its full name or its unified social credit code, as the register has it."),
    )
    measure = _words(_("Measure"), 1000)
    due = _day(_("Due"))

    def __init__(self, *args: Any, places: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit_place"].queryset = places  # type: ignore[attr-defined]  # the stubs know a field, not its choices

    def clean(self) -> dict[str, Any]:
        """One unit of two fields. Raises ValidationError for none, both, or a name the register does not have."""
        data: dict[str, Any] = super().clean() or {}
        place, name = data.get("unit_place"), data.get("unit_name", "").strip()
        if bool(place) == bool(name):
            raise ValidationError(_("Name one unit: a community or street, or an organization."))
        data["unit"] = place or _registered(name)
        return data


def _registered(name: str) -> Organization:
    found = found_by(name)
    if len(found) != 1:
        raise ValidationError(_("The register has no organization of this name or code. Enter it there first."))
    return found[0]


class ChangeForm(PlanForm):
    progress = _words(_("Progress"), 2000, required=False)


class StrikeOffForm(forms.Form):
    progress = _words(_("What was done"), 2000)
    on = _day(_("Struck off on"), initial=today)


class ReasonForm(forms.Form):
    reason = _words(_("Reason"), 300, 2)


class AgainForm(ReasonForm):
    due = _day(_("Due"))
