"""Which changes of a list were made already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.apps.places.models import Level, Place, PlaceName, Predecessor


@dataclass(frozen=True)
class Change:
    """One line of a year's changes. ``number`` is its row in the file."""

    kind: str
    old_code: str
    new_code: str
    day: date
    name: str = ""
    level: Level | None = None
    document: str = ""
    number: int = 0


def applied(changes: Sequence[Change]) -> list[bool]:
    """Whether each change can be seen in the places as they are. Three queries."""
    days = {change.day for change in changes}
    began = set(Place.objects.filter(valid_from__in=days).values_list("code", "valid_from"))
    began |= set(PlaceName.objects.filter(valid_from__in=days).values_list("code", "valid_from"))
    ended = set(Place.objects.filter(valid_to__in=days).values_list("code", "valid_to"))
    former = PlaceName.objects.filter(valid_to__in=days).select_related("place")
    named = {(row.code, row.valid_to): (row.name, row.place) for row in former}
    descent = Predecessor.objects.filter(day__in=days).select_related("place", "predecessor")
    heirs = {(row.predecessor.code, row.place.code, row.day) for row in descent}
    return [_is_done(change, began, ended, named, heirs) for change in changes]


def _is_done(
    change: Change,
    began: set[tuple[str, date]],
    ended: set[tuple[str, date | None]],
    named: dict[tuple[str, date], tuple[str, Place]],
    heirs: set[tuple[str, str, date]],
) -> bool:
    before = (change.old_code, change.day)
    if change.kind == "found":
        return (change.new_code, change.day) in began
    if change.kind == "end":
        return before in ended
    if change.kind in {"merge", "split"}:
        if change.old_code == change.new_code:
            return any(old == change.old_code and day == change.day for old, _new, day in heirs)
        return (change.old_code, change.new_code, change.day) in heirs
    former = named.get(before)
    if former is None:
        return False
    name, place = former
    return place.code == change.new_code if change.kind == "recode" else place.name != name
