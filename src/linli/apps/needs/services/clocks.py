"""The clocks of a need: the official limit, and the street's own limits until it is signed for, reached, begun."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from linli.apps.needs.models import Category, Channel, Limit, Need
from linli.kernel import deadlines
from linli.kernel.deadlines import Deadline, Term, working_hours
from linli.kernel.refs import ref_of
from linli.kernel.settings import value_of, values_of

OFFICIAL, SIGN_FOR, FIRST_CONTACT, FIRST_RESULT = "official", "sign_for", "first_contact", "first_result"
CLOCKS = (OFFICIAL, SIGN_FOR, FIRST_CONTACT, FIRST_RESULT)
HOURS = {Limit.HOURS_2: 2, Limit.HOURS_24: 24}
DAYS = {Limit.DAYS_7: 7, Limit.DAYS_15: 15}


LIMIT, COUNTED = "needs.first_limit", "needs.limit_days"
FIRST = (LIMIT, COUNTED, "needs.sign_for_hours", "needs.first_contact_hours")
"""The figures that count for a need that comes in."""


def first_figures(street: UUID, at: datetime) -> Mapping[str, Any]:
    """What the street chose of them, in one query."""
    return values_of(FIRST, street=street, at=at)


def official_due(limit: str, received: datetime, *, street: UUID, chosen: Mapping[str, Any] | None = None) -> datetime:
    """When the official limit runs out. Hours run round the clock from the moment it came in; of days the first
    is not counted: calendar days end at midnight, working days (a setting of the street) when the office closes.
    """
    if limit in HOURS:
        return received + timedelta(hours=HOURS[Limit(limit)])
    count = DAYS[Limit(limit)]
    counted = chosen[COUNTED] if chosen is not None else value_of(COUNTED, street=street, at=received)
    if counted == WORKING:
        return deadlines.add_working_days(received, count, street=street)
    after = timezone.localdate(received) + timedelta(days=count + 1)
    return timezone.make_aware(datetime.combine(after, datetime.min.time()))


CALENDAR, WORKING = "自然日", "工作日"


def limit_of(category: Category | None, chosen: Mapping[str, Any]) -> str:
    """The official limit of a category; what has none yet gets the street's own until it is analysed."""
    return category.limit if category is not None else str(chosen[LIMIT])


def inner(name: str, need: Need, at: datetime) -> Term:
    """An inner limit of the street, in working hours."""
    return working_hours(int(value_of(f"needs.{name}_hours", street=need.street_id, at=at)))


def start(need: Need, kind: str, *, at: datetime) -> None:
    """Start an inner clock that does not run; one that runs goes on."""
    if not _running(need, kind):
        deadlines.start(ref_of(need), kind, due=inner(kind, need, at), at=at, street=need.street_id)


def start_first(need: Need, due: datetime, chosen: Mapping[str, Any], *, at: datetime) -> None:
    """The official clock and the first inner ones of a need that just came in, none of which runs yet."""
    kinds = (SIGN_FOR, FIRST_CONTACT) if need.channel != Channel.GRID else (SIGN_FOR,)  # whoever went round saw it
    clocks: dict[str, datetime | Term] = {kind: working_hours(int(chosen[f"needs.{kind}_hours"])) for kind in kinds}
    if due < at:
        start_official(need, due, at=at)
    else:
        clocks[OFFICIAL] = due
    deadlines.start_many(ref_of(need), clocks, at=at, street=need.street_id)


def start_official(need: Need, due: datetime, *, at: datetime) -> None:
    """Start the official clock with the moment it is due; what came in late is overdue from the first."""
    begun = min(at, due, need.received_at)
    deadlines.start(ref_of(need), OFFICIAL, due=due, at=begun, street=need.street_id)


def correct_official(need: Need, due: datetime) -> None:
    """Another category, another limit: the running clock is set anew, counted from when the need came in."""
    if _running(need, OFFICIAL):
        deadlines.correct(ref_of(need), OFFICIAL, due=due)


def stop(need: Need, *kinds: str, at: datetime) -> None:
    """What was due is done; clocks that do not run are left alone."""
    for row in Deadline.objects.filter(
        ref_kind="needs.need", ref_id=need.pk, kind__in=kinds, met__isnull=True
    ).order_by("kind"):
        deadlines.meet(ref_of(need), row.kind, at=max(at, row.started))


def _running(need: Need, kind: str) -> bool:
    return Deadline.objects.filter(ref_kind="needs.need", ref_id=need.pk, kind=kind, met__isnull=True).exists()
