"""Pairs that wait for somebody to say whether they are one matter: only where the reader may know of both."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from linli.apps.needs.models import OPEN, UNFINISHED, Likely, LikelyVerdict, Need
from linli.apps.needs.queries.likeness import reason_of, same_place
from linli.apps.needs.queries.wall import visible_to
from linli.kernel.scope import Actor

MOST_PAIRS = 200


@dataclass(frozen=True)
class Beside:
    """A later need laid beside the earlier one, and why."""

    need: Need
    percent: int
    reason: str


@dataclass(frozen=True)
class Bundle:
    """An earlier need and the later ones that seem to repeat it."""

    need: Need
    beside: tuple[Beside, ...]


def waiting(actor: Actor | None) -> QuerySet[Likely]:
    """Undecided pairs of open needs, both visible to the actor; all of them for the clock."""
    ordinary = Need.objects.filter(sensitivity="", about_kind="")
    later, earlier = ordinary.filter(state__in=OPEN), ordinary.filter(state__in=UNFINISHED)
    if actor is not None:
        later, earlier = visible_to(actor, later), visible_to(actor, earlier)
    return Likely.objects.filter(
        verdict=LikelyVerdict.ASKED, need__in=later.order_by().values("pk"), other__in=earlier.order_by().values("pk")
    )


def bundles(actor: Actor) -> list[Bundle]:
    """What waits, by the earlier need, the newest first. One query beside the wall's."""
    rows = waiting(actor).select_related("need__place__parent__parent", "other__place__parent__parent")
    found: dict[Any, list[Likely]] = {}
    for row in rows.order_by("-found_at", "-id")[:MOST_PAIRS]:
        found.setdefault(row.other_id, []).append(row)
    return [_bundle(some) for some in found.values()]


def _bundle(rows: list[Likely]) -> Bundle:
    first = rows[0].other
    beside = [
        Beside(
            row.need,
            row.percent,
            reason_of(
                row.percent / 100,
                row.need.place if same_place(row.need.place, first.place) else None,
                row.need.received_at - first.received_at,
            ),
        )
        for row in sorted(rows, key=lambda row: row.need.received_at)
    ]
    return Bundle(first, tuple(beside))
