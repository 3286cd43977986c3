"""The verbs of places: a place is founded once, under its parent, and the closure follows."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Level, Place, PlacePath
from linli.apps.places.permissions import founds_places
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.search import index

PARENTS = {
    Level.DISTRICT: (),
    Level.STREET: (Level.DISTRICT,),
    Level.COMMUNITY: (Level.STREET,),
    Level.VILLAGE: (Level.STREET,),
    Level.GRID: (Level.COMMUNITY, Level.VILLAGE),
    Level.POINT: (Level.GRID, Level.COMMUNITY, Level.VILLAGE),
}
DIGITS = {
    Level.DISTRICT: 6,
    Level.STREET: 9,
    Level.COMMUNITY: 12,
    Level.VILLAGE: 12,
    Level.GRID: 15,
    Level.POINT: 18,
}
"""How many leading digits of the code tell one place of a level from another; shorter ones end in zeros."""


def found(
    *,
    code: str,
    name: str,
    level: Level,
    actor: Actor | None,
    valid_from: date,
    parent: Place | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Place:
    """A new place below ``parent``, with its paths. Refuses a wrong parent, a malformed or taken code, no name."""
    if not founds_places(actor, parent):
        raise NotAllowed(_("Only the system administrator founds places."))
    if not name.strip():
        raise Refusal(_("Give the place a name."), field="name")
    _check_parent(level, parent)
    _check_code(code, level, parent)
    place = Place(code=code, name=name.strip(), level=level, parent=parent, valid_from=valid_from, is_demo=is_demo)
    place.street_id = place.pk if level == Level.STREET else parent.street_id if parent else None
    try:
        with transaction.atomic():
            place.save(force_insert=True)
            _draw_paths(place)
            record(
                "places.place.found",
                place,
                actor=actor,
                facts={"code": code, "name": place.name, "level": str(level.label)},
                at=at,
            )
            index(place)
    except IntegrityError as error:
        if not Place.objects.filter(code=code).exists():
            raise
        raise Refusal(
            _("The code %(code)s belongs to another place already. Check the digits.") % {"code": code}, field="code"
        ) from error
    return place


def _check_parent(level: Level, parent: Place | None) -> None:
    allowed = PARENTS[level]
    if parent is None and allowed:
        raise Refusal(_("Say which place it is part of."), field="parent")
    if parent is not None and parent.level not in allowed:
        raise Refusal(
            _("%(level)s cannot be part of %(parent)s. Choose a place of the level above.")
            % {"level": level.label, "parent": parent.name},
            field="parent",
        )


def _check_code(code: str, level: Level, parent: Place | None) -> None:
    length = max(12, DIGITS[level])
    if not (code.isascii() and code.isdigit() and len(code) == length):
        raise Refusal(
            _("The code of this level has %(length)s digits and nothing else.") % {"length": length}, field="code"
        )
    own = DIGITS[level]
    if code[own:].strip("0") or not code[:own].strip("0"):
        raise Refusal(
            _("After the first %(digits)s digits the code of this level ends in zeros.") % {"digits": own},
            field="code",
        )
    if parent is None:
        return
    head = parent.code[: DIGITS[Level(parent.level)]]
    if not code.startswith(head) or not code[len(head) : own].strip("0"):
        raise Refusal(
            _("The code must begin with %(head)s, the code of %(parent)s.") % {"head": head, "parent": parent.name},
            field="code",
        )


def _draw_paths(place: Place) -> None:
    above = PlacePath.objects.filter(descendant=place.parent_id) if place.parent_id else PlacePath.objects.none()
    rows = [PlacePath(ancestor_id=path.ancestor_id, descendant=place, depth=path.depth + 1) for path in above]
    PlacePath.objects.bulk_create([PlacePath(ancestor=place, descendant=place, depth=0), *rows])
