"""A year's changes carried out in the order of the list, all or none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Level, Place
from linli.apps.places.queries import codes
from linli.apps.places.queries.changes import Change, applied
from linli.apps.places.queries.history import carriers_of
from linli.apps.places.services.changing import end, recode, rename
from linli.apps.places.services.founding import found
from linli.apps.places.services.merging import NewPlace, merge, split
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

__all__ = ["Change", "apply_changes"]


@transaction.atomic
def apply_changes(changes: Sequence[Change], *, actor: Actor | None, at: datetime | None = None) -> int:
    """Carry out what was not carried out yet; returns how many rows that were. Refuses all with the row's number.

    The rows of one merger (one new code) or one division (one old code) are carried out with the first of them.
    """
    waiting = [change for change, is_done in zip(changes, applied(changes), strict=True) if not is_done]
    handled: set[int] = set()
    for index, change in enumerate(waiting):
        if index in handled:
            continue
        together = [other for other in range(index, len(waiting)) if _is_one(change, waiting[other])]
        handled.update(together)
        try:
            _apply([waiting[other] for other in together], actor=actor, at=at)
        except Refusal as no:
            raise Refusal(
                _("Row %(number)s: %(sentence)s") % {"number": change.number, "sentence": no.sentence}, code=no.code
            ) from no
    return len(waiting)


def _is_one(first: Change, other: Change) -> bool:
    if first is other:
        return True
    if (first.kind, first.day) != (other.kind, other.day):
        return False
    return (first.kind == "merge" and first.new_code == other.new_code) or (
        first.kind == "split" and first.old_code == other.old_code
    )


def _apply(rows: Sequence[Change], *, actor: Actor | None, at: datetime | None) -> None:
    change = rows[0]
    there = carriers_of(
        {row.old_code for row in rows} | {row.new_code for row in rows} | set(_parents(change.new_code))
    )
    if change.kind == "merge":
        _merge(rows, there, actor=actor, at=at)
    elif change.kind == "split":
        _split(rows, there, actor=actor, at=at)
    elif change.kind == "found":
        parent = _parent(change.new_code, there)
        found(
            code=change.new_code,
            name=change.name,
            level=_level(change),
            parent=parent,
            valid_from=change.day,
            actor=actor,
            at=at,
        )
    else:
        place = _place(change.old_code, there)
        if change.kind == "rename":
            rename(place, name=change.name, on=change.day, document=change.document, actor=actor, at=at)
        elif change.kind == "end":
            end(place, on=change.day, document=change.document, actor=actor, at=at)
        else:
            _recode(change, place, there, actor=actor, at=at)


def _recode(change: Change, place: Place, there: dict[str, Place], *, actor: Actor | None, at: datetime | None) -> None:
    parent = _parent(change.new_code, there)
    moved = parent if parent is not None and parent.pk != place.parent_id else None
    asked = {"on": change.day, "document": change.document, "actor": actor, "at": at}
    recode(place, code=change.new_code, parent=moved, **asked)  # type: ignore[arg-type]  # a dict of mixed values
    if change.name and change.name != place.name:
        rename(place, name=change.name, **asked)  # type: ignore[arg-type]  # a dict of mixed values


def _merge(rows: Sequence[Change], there: dict[str, Place], *, actor: Actor | None, at: datetime | None) -> None:
    change = rows[0]
    named = next((row.name for row in rows if row.name), "")
    places = [_place(row.old_code, there) for row in rows]
    into = there.get(change.new_code)
    merge(
        places,
        into=into or NewPlace(change.new_code, named, _level(change)),
        on=change.day,
        document=change.document,
        actor=actor,
        at=at,
    )
    if into is not None and named and named != into.name:
        rename(into, name=named, on=change.day, document=change.document, actor=actor, at=at)


def _split(rows: Sequence[Change], there: dict[str, Place], *, actor: Actor | None, at: datetime | None) -> None:
    change = rows[0]
    place = _place(change.old_code, there)
    own = next((row for row in rows if row.new_code == row.old_code), None)
    parts = [NewPlace(row.new_code, row.name, _level(row)) for row in rows if row is not own]
    split(place, parts=parts, keep=own is not None, on=change.day, document=change.document, actor=actor, at=at)
    if own is not None and own.name and own.name != place.name:
        rename(place, name=own.name, on=change.day, document=change.document, actor=actor, at=at)


def _place(code: str, there: dict[str, Place]) -> Place:
    if code not in there:
        raise Refusal(_("No place in force carries the code %(code)s.") % {"code": code}, field="old_code")
    return there[code]


def _level(change: Change) -> Level:
    level = change.level or codes.level_of(change.new_code)
    if level is None:
        raise Refusal(_("%(code)s is not a code of a place.") % {"code": change.new_code}, field="new_code")
    return level


def _parents(code: str) -> list[str]:
    level = codes.level_of(code)
    return list(codes.parents_of(code, level)) if level else []


def _parent(code: str, there: dict[str, Place]) -> Place | None:
    return next((there[above] for above in _parents(code) if above in there), None)
