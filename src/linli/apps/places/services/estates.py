"""Entering estates, buildings, stairwells, households, and saying which grid looks after them."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Building, Estate, EstateKind, GridCover, Household, Level, Place, Stairwell
from linli.apps.places.permissions import keeps_places
from linli.apps.places.queries import COMMUNITIES, words
from linli.kernel import audit, search
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def add_estate(
    *,
    community: Place,
    name: str,
    kind: EstateKind,
    valid_from: date,
    actor: Actor | None,
    address: str = "",
    aliases: str = "",
    at: datetime | None = None,
) -> Estate:
    """A new estate of a community. Refuses a place that is no community, no name, and a name that is taken."""
    name = name.strip()
    estate = Estate(
        community=community,
        name=name,
        key=words.plain(name),
        kind=kind,
        address=address.strip(),
        aliases=aliases.strip(),
        valid_from=valid_from,
    )
    _require_keeper(estate, actor)
    _check_community(community)
    if not estate.key:
        raise Refusal(_("Give the estate a name."), field="name")
    facts = {"name": name, "kind": kind.label}
    _insert(
        estate, "places.estate.add", facts, _("This community has an estate of this name already."), actor=actor, at=at
    )
    return estate


def change_estate(
    estate: Estate, *, actor: Actor | None, at: datetime | None = None, **changes: str | date | None
) -> Estate:
    """The estate with other ``name``, ``kind``, ``address``, ``aliases``, ``valid_from`` or ``valid_to``."""
    _require_keeper(estate, actor)
    before = audit.seen(estate, changes)
    for name, value in changes.items():
        setattr(estate, name, value.strip() if isinstance(value, str) else value)
    estate.key = words.plain(estate.name)
    if not estate.key:
        raise Refusal(_("Give the estate a name."), field="name")
    if estate.valid_to and estate.valid_to <= estate.valid_from:
        raise Refusal(_("The last day comes after the first."), field="valid_to")
    facts = audit.changes(before, audit.seen(estate, changes))
    try:
        with transaction.atomic():
            estate.save()
            record("places.estate.change", estate, actor=actor, facts=facts, at=at)
            search.index(estate)
    except IntegrityError as error:
        raise Refusal(_("This community has an estate of this name already."), field="name") from error
    return estate


def add_building(
    *,
    community: Place,
    name: str,
    valid_from: date,
    actor: Actor | None,
    estate: Estate | None = None,
    storeys: int | None = None,
    stairwells: int = 0,
    at: datetime | None = None,
) -> Building:
    """A new building with its stairwells 1 to ``stairwells``. Refuses a name taken in its estate."""
    building = Building(
        community=community,
        estate=estate,
        name=name.strip(),
        key=words.building_key(name),
        number=words.first_number(words.numerals(words.plain(name))),
        storeys=storeys,
        valid_from=valid_from,
    )
    _require_keeper(building, actor)
    _check_community(community)
    if not building.key:
        raise Refusal(_("Give the building a name, such as 2号楼."), field="name")
    if estate is not None and estate.community_id != community.pk:
        raise Refusal(_("The estate lies in another community."), field="estate")
    with transaction.atomic():
        facts = {"name": building.name, "estate": estate.name if estate else "", "stairwells": stairwells}
        sentence = _("There is a building of this name here already.")
        _insert(building, "places.building.add", facts, sentence, actor=actor, at=at)
        made = [Stairwell(building=building, number=str(one), order=one) for one in range(1, stairwells + 1)]
        Stairwell.objects.bulk_create(made)
    return building


def add_stairwell(building: Building, *, number: str, actor: Actor | None, at: datetime | None = None) -> Stairwell:
    """One more stairwell of a building. Refuses a number it has already."""
    _require_keeper(building, actor)
    number = words.stairwell_number(number)
    if not number:
        raise Refusal(_("Give the stairwell a number."), field="number")
    stairwell = Stairwell(building=building, number=number, order=words.first_number(number))
    sentence = _("This building has a stairwell of this number already.")
    _insert(stairwell, "places.stairwell.add", {"number": number}, sentence, actor=actor, at=at, about=building)
    return stairwell


def add_household(
    building: Building,
    *,
    room: str,
    actor: Actor | None,
    stairwell: Stairwell | None = None,
    at: datetime | None = None,
) -> Household:
    """One more household of a building. Refuses a stairwell of another building and a door that is there already."""
    _require_keeper(building, actor)
    room = words.room_number(room)
    if not room:
        raise Refusal(_("Give the number of the door."), field="room")
    if stairwell is not None and stairwell.building_id != building.pk:
        raise Refusal(_("The stairwell belongs to another building."), field="stairwell")
    household = Household(building=building, stairwell=stairwell, room=room, order=words.first_number(room))
    sentence = _("This door is there already.")
    _insert(household, "places.household.add", {"room": room}, sentence, actor=actor, at=at, about=building)
    return household


def cover(
    grid: Place,
    *,
    on: date,
    actor: Actor | None,
    building: Building | None = None,
    stairwell: Stairwell | None = None,
    at: datetime | None = None,
) -> GridCover:
    """From ``on`` the grid looks after a building or a stairwell; what looked after it until then ends that day.

    Refuses a grid of another community, and a day before an earlier cover ended.
    """
    of = {"stairwell": stairwell} if stairwell is not None else {"building": building}
    house = stairwell.building if stairwell is not None else building
    if house is None or (building is not None and stairwell is not None):
        raise Refusal(_("Say which building or which stairwell: name exactly one."), field="building")
    _require_keeper(house, actor)
    if grid.level != Level.GRID or grid.parent_id != house.community_id:
        raise Refusal(_("Choose a grid of the community the building stands in."), field="grid")
    try:
        with transaction.atomic():
            before = _close(of, on)
            made = GridCover.objects.create(grid=grid, valid_from=on, **of)
            facts = {"grid": audit.Change(before, str(grid)), **_named(house, stairwell), "day": on}
            record("places.grid.cover", house, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody gave this building to a grid a moment ago. Look at it again.")) from error
    return made


def uncover(
    *,
    on: date,
    actor: Actor | None,
    building: Building | None = None,
    stairwell: Stairwell | None = None,
    at: datetime | None = None,
) -> None:
    """From ``on`` no grid of its own looks after a building or a stairwell."""
    of = {"stairwell": stairwell} if stairwell is not None else {"building": building}
    house = stairwell.building if stairwell is not None else building
    assert house is not None
    _require_keeper(house, actor)
    with transaction.atomic():
        facts = {"grid": audit.Change(_close(of, on), ""), **_named(house, stairwell), "day": on}
        record("places.grid.uncover", house, actor=actor, facts=facts, at=at)


def _named(house: Building, stairwell: Stairwell | None) -> dict[str, str]:
    return {"building": str(house), "stairwell": audit.in_chinese(stairwell)}


def _close(of: dict[str, Any], on: date) -> str:
    """End the cover that runs; the grid it was, or ""."""
    rows = GridCover.objects.filter(**of)
    last = rows.filter(valid_to__isnull=True).select_related("grid").first()
    rows.filter(valid_to__isnull=True, valid_from__lt=on).update(valid_to=on)
    if rows.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on)).exists():
        raise Refusal(
            _("Another grid looks after it from that day or later. Choose a later day."), code="overlap", field="on"
        )
    return str(last.grid) if last is not None else ""


def _require_keeper(subject: models.Model, actor: Actor | None) -> None:
    if not keeps_places(actor, subject):
        raise NotAllowed(_("Only people who work in this community keep its estates and buildings."))


def _check_community(place: Place) -> None:
    if place.level not in COMMUNITIES:
        raise Refusal(_("Estates and buildings stand in a community or village. Choose one."), field="community")


def _insert(
    row: models.Model,
    action: str,
    facts: dict[str, Any],
    taken: str | Promise,
    *,
    actor: Actor | None,
    at: datetime | None,
    about: models.Model | None = None,
) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(action, about or row, actor=actor, facts=facts, at=at)
            if isinstance(row, Estate):
                search.index(row)
    except IntegrityError as error:
        raise Refusal(taken, field="name") from error
