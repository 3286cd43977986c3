"""Estates, buildings, stairwells and doors, as they are entered."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.places.forms.dates import day
from linli.apps.places.models import Building, EstateKind, Place, Stairwell

MOST_DOORS = 400


class EstateForm(forms.Form):
    """An estate of a community."""

    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Type"), choices=EstateKind.choices)
    address = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    aliases = forms.CharField(
        label=_("Other names"),
        max_length=200,
        required=False,
        help_text=_("What people also call it, parted by 、 so that an address is understood."),
    )
    valid_from = day(_("Valid from"))


class BuildingForm(forms.Form):
    """A building with its stairwells."""

    name = forms.CharField(label=_("Building"), max_length=40, help_text=_("As it stands on the house: 2号楼."))
    stairwells = forms.IntegerField(label=_("Number of stairwells"), min_value=0, max_value=99, initial=0)
    storeys = forms.IntegerField(label=_("Storeys"), min_value=1, max_value=200, required=False)
    valid_from = day(_("Valid from"))


class StairwellForm(forms.Form):
    """One more stairwell."""

    number = forms.CharField(label=_("Stairwell"), max_length=12)


class DoorsForm(forms.Form):
    """Doors of a building, several in one line."""

    stairwell = forms.ModelChoiceField(
        Stairwell.objects.none(), label=_("Stairwell"), required=False, empty_label=_("none")
    )
    rooms = forms.CharField(
        label=_("Doors"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_("Numbers parted by spaces, commas or lines: 101 102 201 202."),
    )

    def __init__(self, *args: Any, building: Building, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stairwell"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = building.stairwells.all()

    def clean_rooms(self) -> list[str]:
        """The doors, each once."""
        text = str(self.cleaned_data["rooms"])
        for mark in ",，、;；\n\r\t":
            text = text.replace(mark, " ")
        rooms = list(dict.fromkeys(text.split()))
        if len(rooms) > MOST_DOORS:
            raise forms.ValidationError(_("More than 400 doors at once: import them from a table."))
        if any(len(room) > 20 for room in rooms):
            raise forms.ValidationError(_("The number of a door has at most 20 characters."))
        return rooms


class CoverForm(forms.Form):
    """Which grid looks after a building or one of its stairwells, from which day."""

    grid = forms.ModelChoiceField(Place.objects.none(), label=_("Grid"), empty_label=None)
    stairwell = forms.ModelChoiceField(
        Stairwell.objects.none(), label=_("Only this stairwell"), required=False, empty_label=_("the whole building")
    )
    on = day(_("In charge since"))

    def __init__(self, *args: Any, building: Building, grids: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("grid", grids), ("stairwell", building.stairwells.all())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
