"""What places add to the rest of the house: their kinds, what is found of them, and what their verbs are called."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.places import queries
from linli.apps.places.models import Building, Estate, Place
from linli.apps.places.permissions import changes_tree, keeps_community, reads_places
from linli.apps.places.tables import BUILDINGS, CHANGES, ESTATES, HOUSEHOLDS, PLACES
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, Searchable, SheetOffer, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register

WORDS: dict[str, str | Promise] = {
    "code": _("code"),
    "name": _("name"),
    "level": _("level"),
    "kind": _("type"),
    "estate": _("estate"),
    "building": _("building"),
    "stairwell": _("stairwell"),
    "stairwells": _("stairwells"),
    "number": _("number"),
    "room": _("door"),
    "grid": _("grid"),
    "day": _("day"),
    "address": _("street and number"),
    "aliases": _("other names"),
    "valid_from": _("valid from"),
    "valid_to": _("valid to"),
    "document": _("document number"),
    "parent": _("part of"),
    "places": _("places below"),
    "from": _("from"),
    "into": _("into"),
}
ACTIONS = {
    "places.place.found": _("founded the place"),
    "places.place.rename": _("renamed the place"),
    "places.place.recode": _("gave the place another code"),
    "places.place.end": _("ended the place"),
    "places.place.merge": _("merged places"),
    "places.place.split": _("divided the place"),
    "places.estate.add": _("entered the estate"),
    "places.estate.change": _("changed the estate"),
    "places.building.add": _("entered the building"),
    "places.stairwell.add": _("entered a stairwell"),
    "places.household.add": _("entered a household"),
    "places.grid.cover": _("gave it to a grid"),
    "places.grid.uncover": _("took it from its grid"),
}


class InCommunity(Kind):
    """Records with the community their street is read from."""

    def rows(self) -> Any:
        return super().rows().select_related("community")


def _address(place: Place) -> str:
    return f"{reverse('places:list')}?under={place.pk}"


def _text(place: Place) -> str:
    before = [f"{row.name}\n{row.code}" for row in place.former_names.all()]
    return "\n".join((place.name, str(place), place.code, *before))


def _visible(rows: Any, actor: Any) -> Any:
    return queries.visible_to(actor, rows)


def _street(record: Estate | Building) -> UUID | None:
    return record.community.street_id


def contribute() -> None:
    """Called once, when the house starts."""
    register(Kind("places.place", Place, _("Place"), _visible, address=_address, street=lambda place: place.street_id))
    register(
        InCommunity(
            "places.estate",
            Estate,
            _("Estate"),
            lambda rows, actor: queries.estates_visible_to(actor, rows),
            street=_street,
        )
    )
    register(
        InCommunity(
            "places.building",
            Building,
            _("Building"),
            lambda rows, actor: queries.buildings_visible_to(actor, rows),
            street=_street,
        )
    )
    add(Searchable("places.place", _text))
    add(Searchable("places.estate", lambda estate: f"{estate.name}\n{estate.aliases}\n{estate.address}"))
    declare_slot("places.community", budget=2)
    for sheet, title, allowed in (
        (PLACES, _("Places"), changes_tree),
        (CHANGES, _("Changes of places"), changes_tree),
        (ESTATES, _("Estates"), keeps_community),
        (BUILDINGS, _("Buildings"), keeps_community),
        (HOUSEHOLDS, _("Households"), keeps_community),
    ):
        add(SheetOffer(sheet.name, title, sheet, allowed))
    add(NavItem("places", _("Places"), "places:list", reads_places, icon="map-pin", order=80))
    for name, title in ACTIONS.items():
        register_action(name, title, words=WORDS)
