"""Places become one, or one becomes several: what lies below goes along, every successor names its origin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import (
    Building,
    ChangeKind,
    Estate,
    GridCover,
    Level,
    Place,
    Predecessor,
    SafetyEquipment,
)
from linli.apps.places.queries.history import is_community
from linli.apps.places.services.changing import check_day, require_living
from linli.apps.places.services.founding import found, require_keeper
from linli.apps.places.services.moving import close, take_in
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

Shares = Mapping[UUID, int]
"""The id of a child place, an estate or a building beside estates -> the number of the part it goes to."""


@dataclass(frozen=True)
class NewPlace:
    """A place that a merger or a division founds beside the old ones."""

    code: str
    name: str
    level: Level


def merge(
    places: Sequence[Place],
    *,
    into: Place | NewPlace,
    on: date,
    actor: Actor | None,
    document: str = "",
    at: datetime | None = None,
) -> Place:
    """``places`` end on ``on`` and go, with all that lies below them, into a place that is there or a new one.

    Refuses a place of another level, one that is merged into itself, and estates of one name that would meet.
    """
    _check_merger(places, into)
    for place in places:
        require_keeper(place, actor)
        require_living(place)
    check_day(on, at)
    with transaction.atomic():
        if isinstance(into, NewPlace):
            close(places, on=on)
            heir = _found_beside(places[0], into, on=on, actor=actor, at=at)
        else:
            require_keeper(into, actor)
            require_living(into)
            close(places, on=on)
            heir = into
        for place in places:
            _hand_all(place, heir, on=on, document=document)
            _descend(heir, place, ChangeKind.MERGE, on=on, document=document)
        names = "、".join(place.name for place in places)
        facts = {"from": names, "into": heir.name, "day": on, "document": document}
        for subject in (*places, heir):
            record("places.place.merge", subject, actor=actor, facts=facts, at=at)
        for place in places:
            place.refresh_from_db()
    return heir


def _check_merger(places: Sequence[Place], into: Place | NewPlace) -> None:
    if not places:
        raise Refusal(_("Choose at least one place to merge."), field="places")
    if isinstance(into, Place) and into.pk in {place.pk for place in places}:
        raise Refusal(_("A place cannot be merged into itself."), code="loop", field="into")
    if isinstance(into, NewPlace) and len(places) < 2:
        raise Refusal(_("A new place is made of two or more. To rename one, use the other verb."), field="places")
    levels = {Level.COMMUNITY if is_community(place) else place.level for place in places}
    levels.add(Level.COMMUNITY if into.level in {Level.COMMUNITY, Level.VILLAGE} else into.level)
    if len(levels) > 1:
        raise Refusal(_("Only places of one level are merged."), field="into")
    if Level.DISTRICT in levels:
        raise Refusal(_("Districts are not merged here: each has an installation of its own."), field="places")
    if Level.GRID in levels and len({place.parent_id for place in places}) > 1:
        raise Refusal(_("Grids are merged inside one community."), field="places")


def split(
    place: Place,
    *,
    parts: Sequence[NewPlace],
    on: date,
    actor: Actor | None,
    keep: bool = False,
    shares: Shares | None = None,
    document: str = "",
    at: datetime | None = None,
) -> list[Place]:
    """New places beside ``place`` come out of it; it goes on where ``keep`` says so, else it ends on ``on``.

    ``shares`` says what goes to which part; the rest stays with the place that goes on, else goes to the first.
    """
    require_keeper(place, actor)
    require_living(place)
    check_day(on, at)
    if not parts or (len(parts) < 2 and not keep):
        raise Refusal(_("A place is divided into two or more. Name the parts."), field="parts")
    shares = shares or {}
    if any(not 0 <= part < len(parts) for part in shares.values()):
        raise Refusal(_("Say of every part which new place it goes to."), field="shares")
    with transaction.atomic():
        if not keep:
            close([place], on=on)
        made = [_found_beside(place, part, on=on, actor=actor, at=at) for part in parts]
        for number, part in enumerate(made):
            _hand_share(place, part, {key for key, wanted in shares.items() if wanted == number}, on, document)
            _descend(part, place, ChangeKind.SPLIT, on=on, document=document)
        if not keep:
            _hand_all(place, made[0], on=on, document=document)
        _end_strange_covers(place, on=on)
        names = "、".join(part.name for part in made)
        facts = {"from": place.name, "into": names, "day": on, "document": document}
        for subject in (place, *made):
            record("places.place.split", subject, actor=actor, facts=facts, at=at)
        place.refresh_from_db()
    return made


def _found_beside(place: Place, new: NewPlace, *, on: date, actor: Actor | None, at: datetime | None) -> Place:
    """A new place below the parent of ``place``; of the demo when that is."""
    return found(
        code=new.code,
        name=new.name,
        level=new.level,
        parent=place.parent,
        valid_from=on,
        actor=actor,
        is_demo=place.is_demo,
        at=at,
    )


def _descend(heir: Place, place: Place, kind: ChangeKind, *, on: date, document: str) -> None:
    known = Predecessor.objects.filter(place=heir, predecessor=place)
    if not known.exists():
        Predecessor.objects.create(place=heir, predecessor=place, kind=kind, day=on, document=document)


def _hand_all(place: Place, heir: Place, *, on: date, document: str) -> None:
    """All that lies directly below ``place`` goes to ``heir``."""
    take_in(list(place.children.filter(valid_to__isnull=True).order_by("code")), heir, on=on, document=document)
    if place.level == Level.GRID:
        _hand_covers(place, heir, on=on)
    try:
        with transaction.atomic():
            Estate.objects.filter(community=place).update(community=heir)
            Building.objects.filter(community=place).update(community=heir)
            SafetyEquipment.objects.filter(place=place).update(place=heir)
    except IntegrityError as error:
        raise _meeting(place, heir) from error


def _hand_covers(grid: Place, heir: Place, *, on: date) -> None:
    """What a grid looks after is looked after by its heir from ``on``."""
    rows = GridCover.objects.filter(grid=grid, valid_to__isnull=True)
    rows.filter(valid_from__gte=on).update(grid=heir)
    old = list(rows.filter(valid_from__lt=on))
    rows.filter(pk__in=[cover.pk for cover in old]).update(valid_to=on)
    GridCover.objects.bulk_create(
        [
            GridCover(grid=heir, building_id=cover.building_id, stairwell_id=cover.stairwell_id, valid_from=on)
            for cover in old
        ]
    )


def _end_strange_covers(community: Place, *, on: date) -> None:
    """Houses that left ``community``, or whose grid did, are looked after by no grid of the other one."""
    of_building = GridCover.objects.filter(building__isnull=False).exclude(building__community=F("grid__parent"))
    of_stairwell = GridCover.objects.filter(stairwell__isnull=False).exclude(
        stairwell__building__community=F("grid__parent")
    )
    for rows in (of_building, of_stairwell):
        strange = rows.filter(valid_to__isnull=True, grid__parent__street=community.street_id)
        GridCover.objects.filter(pk__in=list(strange.values_list("pk", flat=True)), valid_from__lt=on).update(
            valid_to=on
        )


def _hand_share(place: Place, part: Place, keys: set[UUID], on: date, document: str) -> None:
    """What ``keys`` name of the things below ``place`` goes to ``part``."""
    children = place.children.filter(pk__in=keys, valid_to__isnull=True).order_by("code")
    take_in(list(children), part, on=on, document=document)
    estates = Estate.objects.filter(community=place, pk__in=keys)
    Building.objects.filter(community=place, estate__in=list(estates)).update(community=part)
    Building.objects.filter(community=place, estate=None, pk__in=keys).update(community=part)
    estates.update(community=part)


def _meeting(place: Place, heir: Place) -> Refusal:
    """The sentence about two things of one name that would meet."""
    names = set(Estate.objects.filter(community=place).values_list("key", flat=True))
    both = Estate.objects.filter(community=heir, key__in=names).values_list("name", flat=True).first()
    return Refusal(
        _("%(one)s and %(other)s both have %(name)s. Rename one of them first.")
        % {"one": place.name, "other": heir.name, "name": both or _("a building of one name")},
        code="names-meet",
        field="into",
    )
