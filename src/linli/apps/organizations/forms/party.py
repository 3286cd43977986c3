"""The shape of what is entered about party organizations; no form asks for a person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries
from linli.apps.organizations.forms.register import OrganizationField, PlaceField, day
from linli.apps.organizations.models import OrganizationKind, PartyKind, PartyOrganization
from linli.apps.organizations.rubric import count_kinds
from linli.apps.places.models import Place

SOURCE_HELP = _("The paper or notice where it stands.")
GROUPINGS = (("place", _("Place")), ("street", _("Street")), ("kind", _("Kind")))


class PartyField(forms.CharField):
    """A party organization of the register, written as its name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Its full name, as the register has it."))
        super().__init__(max_length=120, **options)

    def clean(self, value: Any) -> PartyOrganization | None:
        text = super().clean(value)
        if not text:
            return None
        found = queries.parties_found_by(text)
        if not found:
            raise ValidationError(_("The register has no party organization of this name. Enter it there first."))
        if len(found) > 1:
            where = "、".join(f"{one.name}（{one.place.name}）" for one in found)
            raise ValidationError(_("Several bear this name: %(where)s. Rename one of them.") % {"where": where})
        return found[0]


class NewPartyForm(forms.Form):
    """A first entry. ``place`` counts unless a unit is named: then its seat does."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=PartyKind.choices)
    place = PlaceField(Place.objects.none(), label=_("Place"), empty_label=None)
    organization = OrganizationField(
        label=_("Of the unit"),
        required=False,
        help_text=_("Only for the party organization of one unit: its name or credit code. It then sits at its seat."),
    )
    parent = PartyField(
        label=_("Stands under"),
        required=False,
        help_text=_("Its full name, as the register has it. A party group needs one; others may stand alone."),
    )
    valid_from = day(_("Founded on"))
    elected_on = day(_("Last election"), required=False, help_text=_("The term counts from this day."))
    source = forms.CharField(label=_("Source"), max_length=160, help_text=SOURCE_HELP)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = PlaceField(places, label=_("Place"), empty_label=None)


class ChangePartyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=PartyKind.choices)
    on = day(_("From which day"))
    source = forms.CharField(label=_("Source"), max_length=160, help_text=SOURCE_HELP)


class MovePartyForm(forms.Form):
    parent = PartyField(
        label=_("Stands under"), required=False, help_text=_("Left empty: it stands at the top of the tree.")
    )
    on = day(_("From which day"))
    source = forms.CharField(label=_("Source"), max_length=160, help_text=SOURCE_HELP)


class ElectionForm(forms.Form):
    on = day(_("Day of the election"))


class UnitForm(forms.Form):
    what = OrganizationField(label=_("Unit"))
    on = day(_("From which day"))


class SpaceForm(forms.Form):
    """A grid, estate, building or stairwell, chosen as "kind:id"."""

    what = forms.ChoiceField(label=_("Space"))
    on = day(_("From which day"))

    def __init__(self, *args: Any, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"] = forms.ChoiceField(label=_("Space"), choices=choices)


class InstructorForm(forms.Form):
    on = day(_("From which day"))
    source = forms.CharField(label=_("Source"), max_length=160, help_text=SOURCE_HELP)


class CountForm(forms.Form):
    """Numbers of one day, one field a kind; an empty one was not counted."""

    as_of = day(_("Day of the count"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, word in count_kinds().items():
            self.fields[code] = forms.IntegerField(label=word.title, required=False, min_value=0, max_value=1_000_000)
        self.fields["source"] = forms.CharField(label=_("Source"), max_length=160, help_text=SOURCE_HELP)


class CoverageForm(forms.Form):
    """Which organizations, on which day or days, told by what."""

    on = day(_("On the day"))
    against = day(_("Beside the day"), required=False)
    by = forms.ChoiceField(label=_("Row by row"), choices=GROUPINGS)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds counted"), choices=OrganizationKind.choices, widget=forms.CheckboxSelectMultiple
    )
