"""Shifts: planned by the week, held by whoever came, called off or counted with a reason. Numbers only, never who."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.lifecycle import SHEETS, SHIFTS
from linli.apps.ordering.models import (
    TWO,
    WEEKDAYS,
    CheckWay,
    Contractor,
    SheetState,
    Shift,
    ShiftCheck,
    ShiftPlan,
    ShiftState,
)
from linli.apps.ordering.permissions import delivers
from linli.apps.ordering.services.keeping import require, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

LIVE = (SheetState.CLAIMED, SheetState.UNDER_WAY)
ALLOWANCE = 30
"""Minutes before the beginning and after the end of a shift that still count as its hours."""
PAPER_DAYS = timedelta(days=60)
MOST_SHIFTS = 1_100
"""Three years of every day."""
DAY = timedelta(days=1)
BEFORE = _("The day lies before the contract begins or after it ends: %(since)s to %(until)s.")


@dataclass(frozen=True)
class PlanText:
    """When and where somebody comes: ``weekdays`` as digits (1 is Monday), hours of the day, from a day to a day."""

    weekdays: str
    begins: time
    ends: time
    first_on: date
    last_on: date
    venue: str
    people_needed: int = 1


def plan_shifts(
    contractor: Contractor, *, text: PlanText, actor: Actor | None, is_demo: bool = False, at: datetime | None = None
) -> ShiftPlan:
    """Every shift of the weekdays from a day to a day. Two go where the sheet's service is given in homes.

    Refuses days outside the term of the sheet, no day at all, fewer than two for a home, a sheet nobody has.
    """
    require(delivers, actor, contractor)
    sheet = contractor.sheet
    if sheet.state not in LIVE:
        raise Refusal(_("Shifts are planned once the sheet is claimed, and until it is accepted."), code="not-claimed")
    row = _plan(contractor, text)
    row.is_demo = is_demo
    days = [day for day in _days(text.first_on, text.last_on) if str(day.isoweekday()) in row.weekdays]
    if not days:
        raise Refusal(_("None of these weekdays lies between the two days."), field="weekdays")
    if len(days) > MOST_SHIFTS:
        raise Refusal(_("That is more shifts than three years have days."), field="last_on")
    with transaction.atomic():
        if sheet.state == SheetState.CLAIMED:
            SHEETS.apply("begin", sheet, actor=actor, at=at)
        row.save(force_insert=True)
        Shift.objects.bulk_create(_shift(row, day) for day in days)
        facts = {"venue": row.venue, "first": row.first_on, "last": row.last_on, "shifts": len(days)}
        record("ordering.shift.plan", contractor, actor=actor, facts=facts, at=at)
    return row


def _plan(contractor: Contractor, text: PlanText) -> ShiftPlan:
    sheet = contractor.sheet
    at_home = sheet.at_home
    if text.ends <= text.begins:
        raise Refusal(_("The end lies before the beginning."), field="ends")
    if text.last_on < text.first_on:
        raise Refusal(_("The last day lies before the first."), field="last_on")
    for field, day in (("first_on", text.first_on), ("last_on", text.last_on)):
        if not sheet.starts <= day <= sheet.ends:
            raise Refusal(BEFORE % {"since": sheet.starts, "until": sheet.ends}, field=field, code="outside-term")
    if text.people_needed < (TWO if at_home else 1):
        sentence = _("Two go into a home, always.") if at_home else _("At least one comes.")
        raise Refusal(sentence, field="people_needed", code="two-go" if at_home else "nobody")
    weekdays = "".join(day for day in WEEKDAYS if day in text.weekdays)
    return ShiftPlan(
        contractor=contractor, weekdays=weekdays, begins=text.begins, ends=text.ends, first_on=text.first_on,
        last_on=text.last_on, venue=said(text.venue, "venue", _("Say where it is."), most=120),
        people_needed=text.people_needed, at_home=at_home,
    )  # fmt: skip


def _days(first: date, last: date) -> list[date]:
    return [first + DAY * n for n in range((last - first).days + 1)]


def _shift(plan: ShiftPlan, day: date) -> Shift:
    zone = timezone.get_default_timezone()
    return Shift(
        contractor=plan.contractor, plan=plan, starts=datetime.combine(day, plan.begins, zone),
        ends=datetime.combine(day, plan.ends, zone), venue=plan.venue, people_needed=plan.people_needed,
        at_home=plan.at_home, is_demo=plan.is_demo,
    )  # fmt: skip


def check_in(
    shift: Shift,
    *,
    way: CheckWay,
    people: int,
    actor: Actor | None,
    came_at: datetime | None = None,
    at: datetime | None = None,
) -> ShiftCheck:
    """Write down that ``people`` came at ``came_at`` (now unless said): by the list, the paper sheet, the code.

    Outside the hours it is recorded as such and does not hold the shift; nor do fewer people than go. Refuses nobody,
    a moment ahead, a paper older than 60 days; Conflict for a shift called off.
    """
    when = at or timezone.now()
    if way != CheckWay.QR:
        require(delivers, actor, shift)
    came = came_at or when
    _require_possible(shift, people, came, when)
    row = ShiftCheck(shift=shift, way=way, at=came, people=people, outside_hours=not shift.is_within(came, ALLOWANCE))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _recorded(row, actor if way != CheckWay.QR else None, when)
    except IntegrityError:
        raise Conflict(_("This stands on record already."), code="checked") from None
    return row


def _require_possible(shift: Shift, people: int, came: datetime, when: datetime) -> None:
    shift.refresh_from_db(fields=["state", "version"])
    if shift.state == ShiftState.CANCELLED:
        raise Conflict(_("This shift was called off."), code="called-off")
    if people < 1:
        raise Refusal(_("At least one comes."), field="people")
    if came > when:
        raise Refusal(_("This moment lies ahead."), field="came_at")
    if when - came > PAPER_DAYS:
        raise Refusal(_("A sheet is typed within 60 days."), field="came_at", code="too-old")


def _recorded(row: ShiftCheck, actor: Actor | None, at: datetime) -> None:
    """The check in the record of verbs; the shift is held by it, where it bears that."""
    shift = row.shift
    facts: dict[str, Any] = {"people": row.people, "way": row.get_way_display()}
    if row.outside_hours or row.too_few or shift.state == ShiftState.HELD:
        outside = _("outside the hours") if row.outside_hours else ""
        record("ordering.shift.check", shift, actor=actor, facts=facts | {"outside": str(outside)}, at=at)
        return
    SHIFTS.apply("hold", shift, actor=actor, facts=facts, at=at)


def check_in_by_code(plan: ShiftPlan, *, people: int, at: datetime | None = None) -> ShiftCheck:
    """By the code at the venue, without an account: at the shift of the plan that lies nearest to now."""
    when = at or timezone.now()
    return check_in(nearest(plan, when), way=CheckWay.QR, people=people, actor=None, at=when)


def nearest(plan: ShiftPlan, at: datetime) -> Shift:
    """The shift of a plan that lies nearest to a moment, called-off ones left out. Raises Refusal where none is."""
    rows = plan.shifts.exclude(state=ShiftState.CANCELLED)
    ahead = rows.filter(ends__gte=at).order_by("starts").first()
    gone = rows.filter(ends__lt=at).order_by("-starts").first()
    found = [row for row in (ahead, gone) if row is not None]
    if not found:
        raise Refusal(_("No shift of this plan is left."), code="no-shift")
    return min(found, key=lambda row: max(row.starts - at, at - row.ends))


def count_shift(shift: Shift, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The community counts a shift whose checks do not bear it, with its reason.

    Refuses a shift in homes to which somebody is on record as having come alone.
    """
    why = " ".join(reason.split())[:200]
    most = shift.checks.aggregate(most=Max("people"))["most"]
    facts = {"reason": why, "most": most}
    SHIFTS.apply("count", shift, actor=actor, facts=facts, at=at, reason=why)


def cancel_shift(shift: Shift, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """It does not take place, with the reason. Raises Conflict once it was held or missed."""
    why = " ".join(reason.split())[:200]
    SHIFTS.apply("cancel", shift, actor=actor, facts={"reason": why}, at=at, reason=why)


def mark_missed(at: datetime) -> int:
    """Shifts that ended a day ago and to which nobody came: the clock says so; how many."""
    rows = Shift.objects.filter(state=ShiftState.PLANNED, ends__lt=at - DAY).select_related("contractor__sheet")
    found = list(rows[:2_000])
    for row in found:
        SHIFTS.apply("miss", row, actor=None, at=at)
    return len(found)
