"""The clocks of a need: the official limit, and the street's own limits until it is signed for, reached, begun."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from linli.apps.needs.models import Category, Limit, Need
from linli.kernel import deadlines
from linli.kernel.deadlines import Deadline, Term, working_hours
from linli.kernel.refs import ref_of
from linli.kernel.settings import value_of, values_of

OFFICIAL, SIGN_FOR, FIRST_CONTACT, FIRST_RESULT = "official", "sign_for", "first_contact", "first_result"
CLOCKS = (OFFICIAL, SIGN_FOR, FIRST_CONTACT, FIRST_RESULT)
HOURS = {Limit.HOURS_2: 2, Limit.HOURS_24: 24}
DAYS = {Limit.DAYS_7: 7, Limit.DAYS_15: 15}


def official_due(limit: str, received: datetime, *, street: UUID) -> datetime:
    """When the official limit runs out. Hours run round the clock from the moment it came in; of days the first
    is not counted: calendar days end at midnight, working days (a setting of the street) when the office closes.
    """
    if limit in HOURS:
        return received + timedelta(hours=HOURS[Limit(limit)])
    count = DAYS[Limit(limit)]
    if value_of("needs.limit_days", street=street, at=received) == WORKING:
        return deadlines.add_working_days(received, count, street=street)
    after = timezone.localdate(received) + timedelta(days=count + 1)
    return timezone.make_aware(datetime.combine(after, datetime.min.time()))


CALENDAR, WORKING = "自然日", "工作日"


def limit_of(category: Category | None, *, street: UUID, received: datetime) -> str:
    """The official limit of a category; what has none yet gets the street's own until it is analysed."""
    if category is not None:
        return category.limit
    return str(value_of("needs.first_limit", street=street, at=received))


def inner(name: str, need: Need, at: datetime) -> Term:
    """An inner limit of the street, in working hours."""
    return working_hours(int(value_of(f"needs.{name}_hours", street=need.street_id, at=at)))


def start(need: Need, kind: str, *, at: datetime) -> None:
    """Start an inner clock that does not run; one that runs goes on."""
    if not _running(need, kind):
        deadlines.start(ref_of(need), kind, due=inner(kind, need, at), at=at, street=need.street_id)


def start_first(need: Need, *, at: datetime) -> None:
    """The inner clocks of a need that just came in: none runs yet, and both limits are looked up at once."""
    names = {kind: f"needs.{kind}_hours" for kind in (SIGN_FOR, FIRST_CONTACT)}
    found = values_of(names.values(), street=need.street_id, at=at)
    for kind, name in names.items():
        deadlines.start(ref_of(need), kind, due=working_hours(int(found[name])), at=at, street=need.street_id)


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
