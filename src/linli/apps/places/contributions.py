"""What places add to the rest of the house: their kinds, what is found of them, and what their verbs are called."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.places import queries
from linli.apps.places.models import Building, Estate, Figure, Outline, Place
from linli.apps.places.permissions import changes_tree, keeps_community, reads_burden, reads_places
from linli.apps.places.queries.drawing import draw
from linli.apps.places.tables import BUILDINGS, CHANGES, ESTATES, HOUSEHOLDS, PLACES
from linli.kernel.audit import register_action
from linli.kernel.audit.reading import name_streets_by
from linli.kernel.contributions import (
    NavItem,
    NavSection,
    Number,
    PagePart,
    PortalDoor,
    Reading,
    Searchable,
    SheetOffer,
    declare_slot,
)
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register
from linli.kernel.scope import Actor
from linli.kernel.settings import Declared, declare

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
    "document": _("number of the decision"),
    "parent": _("part of"),
    "places": _("places below"),
    "from": _("from"),
    "into": _("into"),
    "figure": _("figure"),
    "value": _("number given"),
    "source": _("taken from"),
    "as_of": _("as of"),
    "coordinates": _("coordinates"),
    "points": _("points"),
    "count": _("pieces"),
    "notice_at": _("where the notice hangs"),
    "notice_on": _("notice since"),
    "filed_on": _("filed with the police on"),
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
    "places.figure.enter": _("entered a figure"),
    "places.figure.remove": _("took back a figure"),
    "places.outline.draw": _("took over an outline"),
    "places.outline.remove": _("removed the outline"),
    "places.safety.register": _("registered safety equipment"),
    "places.safety.change": _("changed the register of safety equipment"),
    "places.safety.remove": _("took safety equipment off the register"),
}


class InStreet(Kind):
    """Places with their street, which tells those of one name apart."""

    def rows(self) -> Any:
        return super().rows().select_related("street")


class InCommunity(Kind):
    """Records with the community their street is read from."""

    def rows(self) -> Any:
        return super().rows().select_related("community")


def _address(place: Place) -> str:
    return reverse("places:place", args=[place.pk])


def _text(place: Place) -> str:
    before = [f"{row.name}\n{row.code}" for row in place.former_names.all()]
    return "\n".join((place.name, str(place), place.code, *before))


def _above(place: Place) -> str:
    """The level, and the street where it is not one itself: what tells places of one name apart."""
    street = place.street
    told = f"{street} · " if street is not None and street.pk != place.pk else ""
    return f"{told}{place.get_level_display()}"


def _open(rows: Any) -> Any:
    """Communities and villages that exist today."""
    return rows.filter(pk__in=queries.open_communities(timezone.localdate()).order_by().values("pk"))


def _public_page(place: Place) -> str:
    return reverse("places:community", args=[place.pk])


def _visible(rows: Any, actor: Any) -> Any:
    return queries.visible_to(actor, rows)


def _street(record: Estate | Building) -> UUID | None:
    return record.community.street_id


FILING = Declared(
    queries.FILING_DAYS,
    _("Days after the notice within which safety equipment is filed with the police"),
    int,
    30,
    source="公共安全视频图像信息系统管理条例",
    grade="A",
    least=1,
    most=90,
    unit="天",
)


def _estates(rows: Any, actor: Any) -> Any:
    return queries.estates_visible_to(actor, rows)


def _buildings(rows: Any, actor: Any) -> Any:
    return queries.buildings_visible_to(actor, rows)


def _estate_page(estate: Estate) -> str:
    return reverse("places:estate", args=[estate.pk])


def _building_page(building: Building) -> str:
    return reverse("places:building", args=[building.pk])


def estates_here(actor: Actor | None, place: Place, on: date, before: date) -> Reading | None:
    """Estates inside a place. One query."""
    if not reads_places(actor, None):
        return None
    inside = Estate.objects.filter(community__paths_up__ancestor=place)
    counted = inside.aggregate(
        now=Count("pk", filter=Q(*queries.in_force_on(on))), then=Count("pk", filter=Q(*queries.in_force_on(before)))
    )
    return Reading(counted["now"], f"{reverse('places:estates')}?under={place.pk}", counted["then"])


def residents_here(actor: Actor | None, place: Place, on: date, before: date) -> Reading | None:
    """The latest figure of residents, with its source, and the latest of a month ago. One query."""
    if not reads_places(actor, None):
        return None
    rows = Figure.objects.filter(place=place, kind="residents", as_of__lte=on).order_by("-as_of", "-id")
    told = list(rows[:60])
    if not told:
        return None
    then = next((row.value for row in told if row.as_of <= before), None)
    source = f"{told[0].source} {date_format(told[0].as_of)}"
    return Reading(told[0].value, reverse("places:place", args=[place.pk]), then, source)


def profile_part(actor: Actor | None, community: Place) -> dict[str, Any] | None:
    """The figures of a community, for its neighbours. One query."""
    profile = queries.profile(community)
    return {"profile": profile} if profile else None


def outline_part(actor: Actor | None, community: Place) -> dict[str, Any] | None:
    """The outline of a community, where one was entered. One query."""
    drawn = draw(community, Outline.objects.filter(place=community).select_related("place"))
    return {"drawn": drawn} if drawn else None


def _names_of(streets: Iterable[UUID]) -> dict[UUID, str]:
    return {place.pk: str(place) for place in Place.objects.filter(pk__in=list(streets))}


def contribute() -> None:
    """Called once, when the house starts."""
    _fronts()
    name_streets_by(_names_of)
    register(
        InStreet("places.place", Place, _("Place"), _visible, address=_address, street=lambda place: place.street_id)
    )
    register(InCommunity("places.estate", Estate, _("Estate"), _estates, address=_estate_page, street=_street))
    register(
        InCommunity("places.building", Building, _("Building"), _buildings, address=_building_page, street=_street)
    )
    add(Searchable("places.place", _text, where=_above, public=_open, public_address=_public_page))
    add(
        Searchable(
            "places.estate",
            lambda estate: f"{estate.name}\n{estate.aliases}\n{estate.address}",
            where=lambda estate: f"{estate.community} {estate.address}".strip(),
        )
    )
    declare(FILING)
    for slot in ("places.community", "places.ending", "places.portal.say"):
        declare_slot(slot, budget=2)
    declare_slot("places.place", budget=6)  # of places that ended, parts list all that stayed behind
    _offer_sheets()
    _menu()
    for name, title in ACTIONS.items():
        register_action(name, title, words=WORDS)


def _menu() -> None:
    add(NavSection("community", _("Community"), order=20))
    items = (
        ("places", _("Places"), "places:list", reads_places, "map-pin", 10),
        ("places.address", _("Find an address"), "places:address", reads_places, "search", 20),
        ("places.burden", _("What is asked of communities"), "places:burden", reads_burden, "list-check", 90),
    )
    for name, title, page, opens, icon, order in items:
        add(NavItem(name, title, page, opens, icon=icon, order=order, section="community"))


def _fronts() -> None:
    add(
        Number("places.residents", _("Permanent residents"), residents_here, order=10),
        Number("places.estates", _("Estates"), estates_here, order=25),
        PagePart("places.community", "places.profile", "places/part_profile.html", profile_part, order=20),
        PagePart("places.community", "places.outline", "places/part_drawn.html", outline_part, order=90),
        PortalDoor(
            "community",
            _("Our community"),
            "places:community",
            "building-community",
            _("Figures, outline and everything public"),
            order=70,
            of_community=True,
        ),
    )


def _offer_sheets() -> None:
    for sheet, title, allowed in (
        (PLACES, _("Places"), changes_tree),
        (CHANGES, _("Changes of places"), changes_tree),
        (ESTATES, _("Estates"), keeps_community),
        (BUILDINGS, _("Buildings"), keeps_community),
        (HOUSEHOLDS, _("Households"), keeps_community),
    ):
        add(SheetOffer(sheet.name, title, sheet, allowed))
