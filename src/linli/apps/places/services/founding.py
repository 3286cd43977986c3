"""Founding a place: once, under its parent; the closure and the labels follow."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Level, Place, PlacePath
from linli.apps.places.permissions import changes_places, founds_districts
from linli.apps.places.queries import codes
from linli.apps.places.queries.labels import labels_of
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.search import index, index_many

PARENTS: dict[Level, tuple[Level, ...]] = {
    Level.DISTRICT: (),
    Level.STREET: (Level.DISTRICT,),
    Level.COMMUNITY: (Level.STREET,),
    Level.VILLAGE: (Level.STREET,),
    Level.GRID: (Level.COMMUNITY, Level.VILLAGE),
    Level.POINT: (Level.GRID, Level.COMMUNITY, Level.VILLAGE),
}


def found(
    *,
    code: str,
    name: str,
    level: Level,
    actor: Actor | None,
    valid_from: date,
    parent: Place | None = None,
    region: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> Place:
    """A new place below ``parent``, with its paths. Refuses a wrong parent, a malformed or taken code, no name."""
    require_keeper(parent, actor)
    name = name.strip()
    check_name(name)
    check_parent(level, parent)
    check_code(code, level, parent)
    check_free(code, valid_from)
    place = Place(code=code, name=name, label=name, level=level, parent=parent, valid_from=valid_from, is_demo=is_demo)
    place.region = region.strip() if level == Level.DISTRICT else ""
    place.street_id = place.pk if level == Level.STREET else parent.street_id if parent else None
    try:
        with transaction.atomic():
            place.save(force_insert=True)
            draw_paths([place])
            facts = {"code": code, "name": name, "level": level.label}
            record("places.place.found", place, actor=actor, facts=facts, at=at)
            tell_apart([name])
            place.refresh_from_db(fields=["label"])
            index(place)
    except IntegrityError as error:
        if not Place.objects.filter(code=code).exists():
            raise
        raise taken(code) from error
    return place


def require_keeper(place: Place | None, actor: Actor | None) -> None:
    """Refuse whoever does not look after the tree at ``place``; None is above all districts."""
    may = founds_districts(actor, None) if place is None else changes_places(actor, place)
    if not may:
        raise NotAllowed(_("Only an officer of this street or the system administrator changes places here."))


def check_name(name: str) -> None:
    """Refuse an empty name and one too long for its column."""
    if not name:
        raise Refusal(_("Give the place a name."), field="name")
    if len(name) > 80:
        raise Refusal(_("The name is longer than 80 characters. Shorten it."), field="name")


def check_parent(level: Level, parent: Place | None) -> None:
    """Refuse a level that does not stand under its parent's."""
    allowed = PARENTS[level]
    if parent is None and allowed:
        raise Refusal(_("Say which place it is part of."), field="parent")
    if parent is not None and parent.level not in allowed:
        raise Refusal(
            _("%(level)s cannot be part of %(parent)s. Choose a place of the level above.")
            % {"level": level.label, "parent": parent.name},
            field="parent",
        )


def check_code(code: str, level: Level, parent: Place | None) -> None:
    """Refuse a code that is malformed, says another level, or does not begin as its parent's does."""
    length, own = codes.length_of(level), codes.DIGITS[level]
    if not (code.isascii() and code.isdigit() and len(code) == length):
        raise Refusal(
            _("The code of this level has %(length)s digits and nothing else.") % {"length": length}, field="code"
        )
    if not codes.is_code(code, level):
        raise Refusal(
            _("After the first %(digits)s digits the code of this level ends in zeros.") % {"digits": own},
            field="code",
        )
    if level == Level.STREET and codes.township_of(code) is None:
        raise Refusal(
            _("Digits 7 to 9 of a street or town lie between 001 and 599 (GB/T 10114). Compare the code."),
            field="code",
        )
    if parent is None:
        return
    head = codes.head_of(parent.code, Level(parent.level))
    if not code.startswith(head) or not code[len(head) : own].strip("0"):
        raise Refusal(
            _("The code must begin with %(head)s, the code of %(parent)s.") % {"head": head, "parent": parent.name},
            field="code",
        )


def check_free(code: str, valid_from: date, *, but: Place | None = None) -> None:
    """Refuse a code that another place carries on or after ``valid_from``."""
    rows = Place.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), code=code)
    if (rows.exclude(pk=but.pk) if but else rows).exists():
        raise taken(code)


def taken(code: str) -> Refusal:
    """The sentence about a code that is in use."""
    return Refusal(
        _("The code %(code)s belongs to another place already. Check the digits.") % {"code": code}, field="code"
    )


def draw_paths(places: Iterable[Place]) -> None:
    """The closure rows of new places that stand in an order in which a parent comes before its children."""
    new = list(places)
    above: dict[UUID, list[tuple[UUID, int]]] = {}
    for path in PlacePath.objects.filter(descendant__in={place.parent_id for place in new if place.parent_id}):
        above.setdefault(path.descendant_id, []).append((path.ancestor_id, path.depth))
    rows: list[PlacePath] = []
    for place in new:
        mine = [(place.pk, 0), *((key, depth + 1) for key, depth in above.get(place.parent_id or place.pk, ()))]
        above[place.pk] = list(mine)
        rows += [PlacePath(ancestor_id=key, descendant_id=place.pk, depth=depth) for key, depth in mine]
    PlacePath.objects.bulk_create(rows, batch_size=500)


def tell_apart(names: Iterable[str]) -> None:
    """Label anew all places called one of ``names``; those whose label changed are found by it."""
    labels = labels_of(set(names))
    rows = Place.objects.filter(pk__in=labels).prefetch_related("former_names")
    changed = [place for place in rows if place.label != labels[place.pk]]
    for place in changed:
        place.label = labels[place.pk]
    Place.objects.bulk_update(changed, ["label"], batch_size=500)
    index_many(changed)
