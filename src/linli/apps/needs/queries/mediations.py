"""Disputes the reader is named in; and, for all who read there, how many were settled at which level (E33)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from linli.apps.needs.models.mediation import DisputeKind, Mediation, MediationLevel, MediationState
from linli.apps.needs.permissions import READERS
from linli.apps.needs.queries.facts import bounds
from linli.apps.needs.queries.wall import visible_to
from linli.kernel.scope import Actor, holds_everywhere

AGREED, FAILED, REFERRED = MediationState.AGREED, MediationState.FAILED, MediationState.REFERRED


def mediations_for(actor: Actor | None, rows: QuerySet[Mediation] | None = None) -> QuerySet[Mediation]:
    """The disputes whose need the actor is named in: the wall of needs, nothing beside it."""
    rows = Mediation.objects.all() if rows is None else rows
    return rows.filter(need__in=visible_to(actor).order_by().values("pk"))


@dataclass(frozen=True)
class OutcomeLine:
    """What became of disputes at a level, of a matter or in a place. A dispute raised to the district counts there,
    and at the street's level as raised, that is: not settled on the spot. Never about persons.
    """

    name: str
    agreed: int = 0
    failed: int = 0
    referred: int = 0
    raised: int = 0

    @property
    def ended(self) -> int:
        return self.agreed + self.failed + self.referred + self.raised

    @property
    def rate(self) -> str:
        """Per cent agreed of those that ended, one decimal; "" for none."""
        return f"{100 * self.agreed / self.ended:.1f}" if self.ended else ""


@dataclass(frozen=True)
class Outcomes:
    """By level, by matter, by place; ``hidden`` where there are too few to tell without showing a household."""

    levels: list[OutcomeLine]
    matters: list[OutcomeLine]
    places: list[OutcomeLine]
    hidden: bool = False


def outcomes(actor: Actor | None, *, since: date, until: date, least: int) -> Outcomes:
    """Disputes that ended from ``since`` to ``until`` where the actor's post reads; no complaint. One query.

    A line with fewer than ``least`` is left out and says so: staff who are not named must not know a household by it.
    """
    rows = Mediation.objects.filter(ended_at__gte=bounds(since)[0], ended_at__lt=bounds(until)[1], need__about_kind="")
    if actor is None:
        rows = rows.none()
    elif not holds_everywhere(actor, *READERS):
        rows = rows.filter(place__in=actor.reach(*READERS).places)
    fields = ("level", "kind", "place__name", "state")
    found: list[dict[str, Any]] = list(rows.order_by().values(*fields).annotate(count=Count("pk")))
    street = _line(str(MediationLevel.STREET.label), [one for one in found if one["level"] == MediationLevel.STREET])
    above = [one for one in found if one["level"] == MediationLevel.DISTRICT]
    raised = sum(one["count"] for one in above)
    street = OutcomeLine(street.name, street.agreed, street.failed, street.referred, raised)
    district = _line(str(MediationLevel.DISTRICT.label), above)
    matters = _grouped(found, lambda one: str(DisputeKind(one["kind"]).label))
    places = _grouped(found, lambda one: str(one["place__name"]))
    every = [street, district, *matters, *places]

    def shown(lines: list[OutcomeLine]) -> list[OutcomeLine]:
        return [line for line in lines if line.ended >= least]

    hidden = any(0 < line.ended < least for line in every)
    return Outcomes(shown([street, district]), shown(matters), shown(places), hidden=hidden)


def _line(name: str, rows: Iterable[dict[str, Any]]) -> OutcomeLine:
    counts = dict.fromkeys((AGREED, FAILED, REFERRED), 0)
    for row in rows:
        counts[row["state"]] += row["count"]
    return OutcomeLine(name, counts[AGREED], counts[FAILED], counts[REFERRED])


def _grouped(rows: list[dict[str, Any]], name: Callable[[dict[str, Any]], str]) -> list[OutcomeLine]:
    names = sorted({name(row) for row in rows})
    return [_line(one or _("unknown"), [row for row in rows if name(row) == one]) for one in names]
