"""Forms by which heads and hours are counted."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.forms.planning import DayField
from linli.apps.activities.kinds import activity_kinds
from linli.apps.activities.models import Occurrence, Platform
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place


class HeadCountForm(forms.Form):
    """How many were there."""

    total = forms.IntegerField(label=_("People counted"), min_value=1, max_value=1_000_000)
    minors = forms.IntegerField(label=_("Of them children"), min_value=0, initial=0, required=False)

    def clean_minors(self) -> int:
        return self.cleaned_data["minors"] or 0


class ProjectForm(forms.Form):
    """Under which number a volunteers' platform keeps an activity."""

    platform = forms.ChoiceField(
        label=_("Volunteers' platform"), choices=[("", _("None")), *Platform.choices], required=False
    )
    number = forms.CharField(label=_("Project number there"), max_length=40, required=False)


class PlatformHoursForm(forms.Form):
    """Whose hours an export holds, where no activity here has its project number."""

    platform = forms.ChoiceField(label=_("Volunteers' platform"), choices=Platform.choices)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=None)
    team = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Team"), required=False, empty_label=_("No team")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[])

    def __init__(self, *args: Any, places: QuerySet[Place], teams: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset, self.fields["team"].queryset = places, teams  # type: ignore[attr-defined]  # model choice fields
        self.fields["kind"].choices = [(one.code, one.title) for one in activity_kinds().values()]  # type: ignore[attr-defined]  # a choice field


class DateField(forms.ModelChoiceField):  # type: ignore[type-arg,unused-ignore]  # generic in the stubs only
    """A date of an activity, by its title and day."""

    def label_from_instance(self, obj: Any) -> str:
        day = timezone.localdate(obj.starts)
        return f"{obj.activity.title} {day.isoformat()}"


class HoursForm(forms.Form):
    """What a team gave."""

    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=None)
    team = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Team"), required=False, empty_label=_("No team")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[])
    day = DayField(label=_("Day"), initial=timezone.localdate)
    occurrence = DateField(
        Occurrence.objects.none(), label=_("Date of an activity"), required=False, empty_label=_("None of these"),
        help_text=_("So that these hours go out under the activity's project number on a volunteers' platform."),
    )  # fmt: skip
    people = forms.IntegerField(label=_("Volunteers"), min_value=1, max_value=100_000)
    hours = forms.DecimalField(
        label=_("Hours together"), min_value=Decimal("0.5"), max_digits=8, decimal_places=1,
        help_text=_("All volunteers' hours added up, in halves: 6 people for 2 hours are 12."),
    )  # fmt: skip
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        places: QuerySet[Place],
        teams: QuerySet[Organization],
        dates: QuerySet[Occurrence],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occurrence"].queryset = dates  # type: ignore[attr-defined]  # a model choice field
        place, team, kind = self.fields["place"], self.fields["team"], self.fields["kind"]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(team, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        place.queryset, team.queryset = places, teams
        kind.choices = [(one.code, one.title) for one in activity_kinds().values()]

    def clean(self) -> None:
        given = self.cleaned_data
        date, day = given.get("occurrence"), given.get("day")
        if date is not None and day is not None and timezone.localdate(date.starts) != day:
            self.add_error("day", _("This date of the activity was on another day."))
