"""What counts of each matter, read from its rows as they were known at a moment; seven queries for any number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.apps.needs.models import (
    Answer,
    AnswerKind,
    Assignment,
    Channel,
    Content,
    Duty,
    Need,
    NeedState,
    Ticket,
    Verdict,
)
from linli.apps.needs.models.sums import Exclusion
from linli.apps.needs.rubric import Matter
from linli.apps.places.models import Level, PlacePath
from linli.kernel.deadlines.models import Deadline

KIND = "needs.need"
OFFICIAL, FIRST_CONTACT = "official", "first_contact"


class Where(NamedTuple):
    """By what a matter is counted. ``place`` is its community, or the street where it lies in none; ``organization``
    the unit that handles it, None for the place's own staff.
    """

    street: UUID
    day: date
    place: UUID
    organization: UUID | None
    category: UUID | None
    official: bool


@dataclass
class _Rows:
    """What the queries brought, by need; later rows have replaced earlier ones."""

    clocks: dict[tuple[UUID, str], tuple[datetime, datetime | None]]
    answers: dict[UUID, datetime]
    verdicts: dict[UUID, list[dict[str, Any]]]
    units: dict[UUID, UUID | None]
    left_out: set[UUID]
    homes: dict[UUID, UUID]


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day and the first of the next, in the zone of the house."""
    zone = timezone.get_current_timezone()
    return (
        datetime(day.year, day.month, day.day, tzinfo=zone),
        datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=zone),
    )


def open_to_counting(rows: QuerySet[Need] | None = None) -> QuerySet[Need]:
    """Needs that stand behind no wall: only these are in sums everybody of the street reads."""
    rows = Need.objects.all() if rows is None else rows
    return rows.filter(about_kind="", sensitivity="")


def matters(rows: QuerySet[Need], *, known_at: datetime) -> Iterator[tuple[Where, Matter]]:
    """Each need of ``rows`` with what was known of it at ``known_at``. Seven queries.

    Joined and withdrawn needs are left out whenever that happened; all else is read by its own moment.
    """
    found = _gather(rows.order_by(), known_at)
    columns = ("pk", "street", "place", "category", "channel", "state", "received_at", "first_at", "solved_at_level")
    for need in rows.filter(received_at__lte=known_at).order_by().values(*columns):
        yield _where(need, found), _matter(need, found, known_at)


def _where(need: dict[str, Any], found: _Rows) -> Where:
    day = timezone.localdate(need["received_at"])
    official = need["channel"] == Channel.TICKET
    place = found.homes.get(need["place"], need["place"])
    return Where(need["street"], day, place, found.units.get(need["pk"]), need["category"], official)


def _matter(need: dict[str, Any], found: _Rows, known_at: datetime) -> Matter:
    key = need["pk"]
    official = need["channel"] == Channel.TICKET
    said = [one for one in found.verdicts.get(key, []) if one["is_official"] == official]
    heard = [one for one in said if one["reached"]]
    last: dict[str, Any] = heard[-1] if heard else {"solved": None, "satisfied": ""}
    contact_due, _met = found.clocks.get((key, FIRST_CONTACT), (None, None))
    due, _met = found.clocks.get((key, OFFICIAL), (None, None))
    first = need["first_at"]
    return Matter(
        received_on=timezone.localdate(need["received_at"]),
        official=official,
        left_out=key in found.left_out or need["state"] in (NeedState.JOINED, NeedState.WITHDRAWN),
        contact_due=contact_due,
        contacted_at=first if first is not None and first <= known_at else None,
        due=due,
        done_at=found.answers.get(key),
        asked=bool(said),
        reached=bool(heard),
        solved=last["solved"],
        satisfied=last["satisfied"],
        reopened=any(one["solved"] is False or one["satisfied"] == Content.DISSATISFIED for one in heard),
        level=need["solved_at_level"],
    )


def _gather(rows: QuerySet[Need], known_at: datetime) -> _Rows:
    keys = rows.values("pk")
    verdicts: dict[UUID, list[dict[str, Any]]] = {}
    given = Verdict.objects.filter(need__in=keys, at__lte=known_at).order_by("need", "number")
    for row in given.values("need", "is_official", "reached", "solved", "satisfied"):
        verdicts.setdefault(row["need"], []).append(dict(row))
    answered = Answer.objects.filter(need__in=keys, kind=AnswerKind.FINAL, given_at__lte=known_at).order_by("number")
    return _Rows(
        clocks=_clocks(rows, known_at),
        answers={need: given_at for need, given_at in answered.values_list("need", "given_at") if given_at},
        verdicts=verdicts,
        units=_units(rows, known_at),
        left_out=_left_out(rows, known_at),
        homes=_homes(rows),
    )


def _homes(rows: QuerySet[Need]) -> dict[UUID, UUID]:
    """Place → the community or village it lies in; a street lies in none."""
    lies = PlacePath.objects.filter(
        descendant__in=rows.values("place"), ancestor__level__in=(Level.COMMUNITY, Level.VILLAGE)
    )
    return dict(lies.order_by().values_list("descendant", "ancestor"))


def _clocks(rows: QuerySet[Need], known_at: datetime) -> dict[tuple[UUID, str], tuple[datetime, datetime | None]]:
    """The official clock as it was last started, and that of the first contact as it was first: opening a need again
    does not make a late contact prompt.
    """
    clocks = Deadline.objects.filter(ref_kind=KIND, ref_id__in=rows.values("pk"), kind__in=(OFFICIAL, FIRST_CONTACT))
    found: dict[tuple[UUID, str], tuple[datetime, datetime | None]] = {}
    started = clocks.filter(started__lte=known_at).order_by("started", "id")
    for key, kind, due, met in started.values_list("ref_id", "kind", "due", "met"):
        if kind == OFFICIAL or (key, kind) not in found:
            found[key, kind] = (due, met)
    return found


def _units(rows: QuerySet[Need], known_at: datetime) -> dict[UUID, UUID | None]:
    """Need → the organization that handles it; the handler's part goes before the owner's."""
    parts = Assignment.objects.filter(need__in=rows.values("pk"), since__lte=known_at)
    parts = parts.filter(duty__in=(Duty.OWNER, Duty.HANDLER)).order_by("since", "id")
    found: dict[UUID, dict[str, UUID | None]] = {}
    for need, duty, organization in parts.values_list("need", "duty", "organization"):
        found.setdefault(need, {})[duty] = organization
    return {key: duties.get(Duty.HANDLER) or duties.get(Duty.OWNER) for key, duties in found.items()}


def _left_out(rows: QuerySet[Need], known_at: datetime) -> set[UUID]:
    keys = rows.values("pk")
    ours = Exclusion.objects.filter(need__in=keys, at__lte=known_at).values_list("need", flat=True)
    gone = Q(excluded=True) | Q(returned=True)
    theirs = Ticket.objects.filter(gone, need__in=keys, imported_at__lte=known_at).values_list("need", flat=True)
    return {*ours, *theirs}
