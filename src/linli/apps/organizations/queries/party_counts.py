"""Reads of member counts: the newest of each kind on a day, and day by day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from linli.apps.organizations.models import MemberCount, Organization, PartyOrganization
from linli.apps.organizations.permissions import READERS
from linli.apps.organizations.queries.organization import visible_to
from linli.apps.organizations.queries.party import parties_visible_to
from linli.apps.organizations.rubric import member_kinds
from linli.apps.places.models import Place
from linli.kernel.scope import Actor

Holder = PartyOrganization | Organization | Place
COLUMNS: Mapping[type, str] = {PartyOrganization: "party", Organization: "organization", Place: "place"}
REGISTERED = "registered"


@dataclass(frozen=True)
class CountedDay:
    """What was counted on one day: kind -> number, and where it stands written."""

    as_of: date
    counts: Mapping[str, int]
    source: str


def counts_visible_to(actor: Actor | None, rows: QuerySet[MemberCount] | None = None) -> QuerySet[MemberCount]:
    """Counts of the party organizations, organizations and places the actor sees."""
    rows = MemberCount.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return (
        rows.filter(party__in=parties_visible_to(actor).values("pk"))
        | rows.filter(organization__in=visible_to(actor).order_by().values("pk"))
        | rows.filter(place__in=actor.reach(*READERS).places)
    )


def newest(rows: QuerySet[MemberCount], on: date, column: str) -> QuerySet[MemberCount]:
    """Those of ``rows`` that are, of their holder in ``column`` and their kind, the newest on the day ``on``."""
    same = MemberCount.objects.filter(**{column: OuterRef(column)}, kind=OuterRef("kind"), as_of__lte=on)
    return rows.filter(as_of=Subquery(same.order_by("-as_of").values("as_of")[:1]))


def latest_counts(holders: Iterable[Holder], on: date) -> dict[UUID, dict[str, MemberCount]]:
    """Id of the holder -> kind -> its newest count on the day ``on``. All holders of one model; one query."""
    wanted = list(holders)
    if not wanted:
        return {}
    column = COLUMNS[type(wanted[0])]
    found: dict[UUID, dict[str, MemberCount]] = {}
    for row in newest(MemberCount.objects.filter(**{f"{column}__in": wanted}), on, column):
        found.setdefault(getattr(row, f"{column}_id"), {})[row.kind] = row
    return found


def members(counts: Mapping[str, Any]) -> int | None:
    """Full and probationary members together; where they were not told apart, those on the books; None: not counted."""
    numbers = {kind: getattr(value, "count", value) for kind, value in counts.items()}
    parts = [numbers[kind] for kind in member_kinds() if kind in numbers]
    return sum(parts) if parts else numbers.get(REGISTERED)


def counted_days(holder: Holder) -> list[CountedDay]:
    """Day by day, the latest first. One query."""
    days: dict[date, dict[str, MemberCount]] = {}
    for row in MemberCount.objects.filter(**{COLUMNS[type(holder)]: holder}).order_by("-as_of", "kind"):
        days.setdefault(row.as_of, {})[row.kind] = row
    return [
        CountedDay(
            day,
            {kind: row.count for kind, row in rows.items()},
            "；".join(sorted({row.source for row in rows.values()})),
        )
        for day, rows in days.items()
    ]


def with_members(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """``rows`` of organizations with ``full`` and ``probationary``: their newest counts on ``on``, or None."""
    for kind in member_kinds():
        counted = MemberCount.objects.filter(organization=OuterRef("pk"), kind=kind, as_of__lte=on)
        rows = rows.annotate(**{kind: Subquery(counted.order_by("-as_of").values("count")[:1])})
    return rows


def counts_of_parties(names: Iterable[str], days: Iterable[date]) -> QuerySet[MemberCount]:
    """Counts on one of ``days`` of the party organizations of these names that have not ended. One query."""
    rows = MemberCount.objects.filter(party__name__in=list(names), party__valid_to__isnull=True, as_of__in=list(days))
    return rows.select_related("party__place")


def public_counts(place: Place, on: date) -> dict[UUID, dict[str, MemberCount]]:
    """Id of a party organization at or below ``place``, or of ``place`` -> kind -> newest count. One query."""
    rows = MemberCount.objects.filter(
        Q(place=place) | Q(party__place__paths_up__ancestor=place, party__organization__isnull=True), as_of__lte=on
    )
    found: dict[UUID, dict[str, MemberCount]] = {}
    for row in rows.order_by("as_of"):
        found.setdefault(row.party_id or place.pk, {})[row.kind] = row
    return found
