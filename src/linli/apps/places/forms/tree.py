"""Founding, renaming, recoding, ending, merging and dividing places, as they are entered."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.places.forms.dates import day
from linli.apps.places.models import Estate, Level, Place
from linli.apps.places.services import PARENTS, NewPlace

CODE_HELP = _("12 digits that begin with the code of the place above; grids have 15, points 18.")
DOCUMENT_HELP = _("The number of the decision, so that the change can be found again.")
STAYS = ""


def levels_below(place: Place) -> list[tuple[str, Any]]:
    """The levels that may stand directly under a place."""
    return [(level.value, level.label) for level in Level if place.level in PARENTS[level]]


class FoundForm(forms.Form):
    """A new place below another."""

    name = forms.CharField(label=_("Name"), max_length=80)
    code = forms.CharField(label=_("Place code"), max_length=18, help_text=CODE_HELP)
    level = forms.ChoiceField(label=_("Level"))
    valid_from = day(_("Valid from"))

    def __init__(self, *args: Any, parent: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"] = forms.ChoiceField(label=_("Level"), choices=levels_below(parent))


class _Change(forms.Form):
    """The day and the decision every change has."""

    on = day(_("Day of the change"), help_text=_("Today or an earlier day."))
    document = forms.CharField(
        label=_("Number of the decision"), max_length=80, required=False, help_text=DOCUMENT_HELP
    )


class RenameForm(_Change):
    """Another name."""

    name = forms.CharField(label=_("New name"), max_length=80)
    field_order = ("name",)


class RecodeForm(_Change):
    """Another code, and another place above where the code says so."""

    code = forms.CharField(label=_("New code"), max_length=18, help_text=CODE_HELP)
    field_order = ("code",)


class EndForm(_Change):
    """The end without a successor."""


class MergeForm(_Change):
    """What goes along, and into which place: one that is there or a new one."""

    others = forms.ModelMultipleChoiceField(
        Place.objects.none(), label=_("Merged together with it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    into = forms.ModelChoiceField(
        Place.objects.none(), label=_("Into this place"), required=False, empty_label=_("A new place, named below")
    )
    name = forms.CharField(label=_("Name of the new place"), max_length=80, required=False)
    code = forms.CharField(label=_("Code of the new place"), max_length=18, required=False)
    field_order = ("into", "name", "code", "others")

    def __init__(self, *args: Any, place: Place, mates: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        for name in ("others", "into"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = mates

    def target(self) -> Place | NewPlace:
        """Where everything goes."""
        data = self.cleaned_data
        if data["into"] is not None:
            chosen: Place = data["into"]
            return chosen
        return NewPlace(data["code"], data["name"], Level(self.place.level))

    def merged(self) -> list[Place]:
        """The places that end."""
        into = self.cleaned_data["into"]
        return [self.place, *(one for one in self.cleaned_data["others"] if one != into)]


class SplitForm(_Change):
    """Up to three new places, and what goes to which."""

    keep = forms.BooleanField(label=_("The place itself goes on with what is left"), required=False)
    field_order = ("keep", "name_1", "code_1", "name_2", "code_2", "name_3", "code_3")

    def __init__(self, *args: Any, place: Place, children: list[Place], estates: list[Estate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        for number in (1, 2, 3):
            at = {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Name of new place %(number)s") % at, max_length=80, required=number == 1
            )
            self.fields[f"code_{number}"] = forms.CharField(
                label=_("Code of new place %(number)s") % at, max_length=18, required=number == 1
            )
        parts: list[tuple[str, Any]] = [(STAYS, _("with what is left"))]
        parts += [(str(number), _("to new place %(number)s") % {"number": number + 1}) for number in range(3)]
        self.shared = [*children, *estates]
        for one in self.shared:
            self.fields[f"share_{one.pk.hex}"] = forms.ChoiceField(label=str(one), choices=parts, required=False)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number in (2, 3):
            if bool(data.get(f"name_{number}")) != bool(data.get(f"code_{number}")):
                self.add_error(f"code_{number}", _("A new place has both a name and a code."))
        return data

    def parts(self) -> list[NewPlace]:
        """The new places."""
        data, level = self.cleaned_data, Level(self.place.level)
        named = [(data[f"code_{number}"], data[f"name_{number}"]) for number in (1, 2, 3)]
        return [NewPlace(code, name, level) for code, name in named if code]

    def shares(self) -> dict[Any, int]:
        """What goes to which new place."""
        chosen = {one.pk: self.cleaned_data[f"share_{one.pk.hex}"] for one in self.shared}
        return {key: int(part) for key, part in chosen.items() if part != STAYS}
