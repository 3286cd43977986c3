"""The shape of what is entered about persons, guardians, merges and rolls."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import DocumentKind, Gender, Person, Relation, RollKind
from linli.apps.people.queries.matching import door_of, doors
from linli.apps.people.services.persons import PersonText
from linli.apps.places.models import Building, Household, Place, Stairwell

UNKNOWN = ("", _("not known"))
SEALED = ("phone", "landline", "id_number")


class DayField(forms.DateField):
    """A day, chosen from the browser's calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PersonForm(forms.Form):
    """What is known of a person; numbers known already stand masked and stay when they are left so."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Name of the person"), max_length=120, help_text=_("As on the document; parts joined by “·”.")
    )
    other_names = forms.CharField(label=_("Names borne before or beside"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Mobile"), max_length=30, required=False, help_text=_("Leave it empty for somebody without one.")
    )
    landline = forms.CharField(label=_("Landline"), max_length=30, required=False)
    id_kind = forms.ChoiceField(label=_("Kind of document"), choices=[UNKNOWN, *DocumentKind.choices], required=False)
    id_number = forms.CharField(label=_("Number of the document"), max_length=30, required=False)
    born_on = DayField(label=_("Date of birth"), required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=[UNKNOWN, *Gender.choices], required=False)
    estate = forms.CharField(label=_("Estate"), max_length=80, required=False)
    building = forms.CharField(label=_("Building"), max_length=40, required=False)
    stairwell = forms.CharField(label=_("Stairwell"), max_length=12, required=False)
    room = forms.CharField(label=_("Door"), max_length=20, required=False)
    relation = forms.CharField(label=_("Relation to the head of household"), max_length=20, required=False)

    def __init__(self, data: Any = None, *, community: Place, person: Person | None = None) -> None:
        self.community, self.person = community, person
        super().__init__(data, initial=_shown(person))

    def clean(self) -> dict[str, Any]:
        """The household behind the words of the door."""
        data = super().clean() or {}
        data["household"] = None
        if data.get("building"):
            door = door_of(
                self.community.pk, data.get("estate", ""), data["building"], data.get("stairwell", ""),
                data.get("room", ""),
            )  # fmt: skip
            data["household"] = doors([door]).get(door)
            if data["household"] is None:
                self.add_error("building", _("There is no such door here. Import the households first, or leave it."))
        return data

    def values(self) -> dict[str, Any]:
        """Columns of PersonText; a masked number sent back unchanged is left out."""
        given = {name: self.cleaned_data[name] for name in PersonText.__dataclass_fields__}
        if self.person is not None:
            for name in SEALED:
                if given[name] == str(getattr(self.person, name)):
                    del given[name]
        return given

    def text(self) -> PersonText:
        """What was entered, as the verb takes it."""
        return PersonText(**self.values())


def _shown(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    home: Household | None = person.household
    names = ("version", "name", "other_names", "id_kind", "born_on", "gender", "relation")
    shown = {name: getattr(person, name) for name in names}
    shown |= {name: str(getattr(person, name)) for name in SEALED}
    if home is not None:
        shown |= {
            "estate": home.building.estate.name if home.building.estate else "",
            "building": home.building.name,
            "stairwell": home.stairwell.number if home.stairwell else "",
            "room": home.room,
        }
    return shown


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class MergeForm(ReasonForm):
    """Which row is the same person, in the versions that were read."""

    other = forms.ChoiceField(label=_("The row that is the same person"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("other", "reason", "version")

    def __init__(self, *args: Any, candidates: list[Person], labels: dict[Any, str], **options: Any) -> None:
        super().__init__(*args, **options)
        other = self.fields["other"]
        assert isinstance(other, forms.ChoiceField)
        other.choices = [(f"{row.pk}:{row.version}", labels[row.pk]) for row in candidates]


class GuardianForm(forms.Form):
    """A guardian of the household, or somebody else by name and telephone."""

    guardian = forms.ModelChoiceField(
        Person.objects.none(), label=_("Somebody of the household"), required=False, empty_label=_("somebody else")
    )
    name = forms.CharField(label=_("Guardian's name"), max_length=120, required=False)
    phone = forms.CharField(label=_("Guardian's telephone"), max_length=30, required=False)
    relation = forms.ChoiceField(label=_("Relation"), choices=Relation.choices)
    consent_on = DayField(label=_("Agreed on"), initial=timezone.localdate)

    def __init__(self, *args: Any, household: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["guardian"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = household


class DayForm(forms.Form):
    """From which day on something has ended."""

    ended_on = DayField(label=_("Ended on"), initial=timezone.localdate)


class StairwellField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A stairwell, told by its building."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.building} {obj}"


class RollForm(forms.Form):
    """Which roll, where, for how long."""

    kind = forms.ChoiceField(label=_("Roll"), choices=RollKind.choices)
    building = forms.ModelChoiceField(
        Building.objects.none(), label=_("Building"), required=False, help_text=_("For the head of a building.")
    )
    stairwell = StairwellField(
        Stairwell.objects.none(), label=_("Stairwell"), required=False,
        help_text=_("For the head and the helpers of a stairwell."),
    )  # fmt: skip
    started_on = DayField(label=_("Since"), initial=timezone.localdate)
    term_ends_on = DayField(label=_("Term until"), required=False)

    def __init__(self, *args: Any, community: Place, **options: Any) -> None:
        super().__init__(*args, **options)
        building, stairwell = self.fields["building"], self.fields["stairwell"]
        assert isinstance(building, forms.ModelChoiceField)
        assert isinstance(stairwell, forms.ModelChoiceField)
        building.queryset = Building.objects.filter(community=community, valid_to__isnull=True)
        stairwell.queryset = (
            Stairwell.objects.filter(building__community=community, building__valid_to__isnull=True)
            .select_related("building")
            .order_by("building__number", "building__name", "order")
        )
