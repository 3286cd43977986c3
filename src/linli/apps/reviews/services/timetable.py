"""Planning a timetable: what is asked becomes slots at once; where the proof needs longer, a job goes on."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.algorithms import panels as planning
from linli.algorithms.panels import Demand, Infeasible, Task
from linli.apps.reviews.models import Conditions, ReviewSession, Timetable, clock_of, minutes_of
from linli.apps.reviews.permissions import organizes
from linli.apps.reviews.queries.timetable import Arrangement, Reading, parted, read_timetable, task_of
from linli.apps.reviews.services.keeping import in_preparation, require
from linli.apps.reviews.services.panels import Planned, write_slots
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

MOST_DAYS = 5
SECONDS = 20.0
"""How long a job looks for the proof."""
Solve = Callable[[Task], planning.Timetable]


def plan_timetable(
    session: ReviewSession, *, asked: Conditions, actor: Actor | None, at: datetime | None = None
) -> Timetable:
    """Plan the whole timetable anew. It stands at once, nearly always proven; where it is not, or nothing fits yet, a
    job goes on (``job_id``). Demands that cannot be met together are kept in ``clash``; the slots stay as they were.

    Raises Refusal for days, hours or wishes that contradict themselves, and where nothing can be planned yet.
    """
    at = at or timezone.now()
    require(organizes, actor, session)
    in_preparation(session)
    check(asked)
    reading = read_timetable(session)
    if not reading.panels or not reading.entries:
        raise Refusal(_("Add panels and enter projects first; then there is something to plan."), code="nothing-there")
    with transaction.atomic():
        row = _noted(session, asked, at)
        try:
            _refuse_too_late(*parted(reading, asked))
            table, arrangement = best_of(reading, asked, planning.sketch)
        except Infeasible as none:
            Timetable.objects.filter(pk=row.pk).update(clash=[_plain(one) for one in none.clash])
        else:
            _settle(row, reading, table, arrangement, actor=actor, at=at)
        row.refresh_from_db()
    return row


def check(asked: Conditions) -> None:
    """Refuse days, hours, breaks or wishes that contradict themselves."""
    if not 1 <= len(asked.days) <= MOST_DAYS or list(asked.days) != sorted(set(asked.days)):
        raise Refusal(_("Name one to five days in their order, each once."), field="day_1")
    if asked.closes <= asked.opens:
        raise Refusal(_("The day ends before it begins."), field="closes")
    _check_rests(asked)
    units = [one.unit for one in asked.wishes]
    if len(set(units)) != len(units):
        raise Refusal(_("Write all wishes of a unit in one line."), field="wish_1_unit")
    if any(one.day is not None and one.day > len(asked.days) for one in asked.wishes):
        raise Refusal(_("A wish names a day that is not there."), field="wish_1_day")


def _check_rests(asked: Conditions) -> None:
    rests = sorted(asked.rests, key=lambda one: one.starts)
    if any(one.ends <= one.starts or one.starts < asked.opens or one.ends > asked.closes for one in rests):
        raise Refusal(_("Breaks begin before they end, within the hours of the day."), field="pause_1_from")
    if any(one.ends > other.starts for one, other in pairwise(rests)):
        raise Refusal(_("Two breaks overlap."), field="pause_1_from")
    if asked.hours.room < asked.minutes:
        raise Refusal(_("Between the breaks there is no room for a single project."), field="minutes")


def _noted(session: ReviewSession, asked: Conditions, at: datetime) -> Timetable:
    """What was asked, kept whatever comes of it; a proof still looked for is no longer wanted."""
    columns: dict[str, Any] = {"typed": asked.as_data(), "clash": [], "job_id": None, "planned_at": at}
    row, made = Timetable.objects.get_or_create(session=session, defaults=columns)
    if not made:
        Timetable.objects.filter(pk=row.pk).update(version=F("version") + 1, **columns)
        row.refresh_from_db()
    return row


def _settle(
    row: Timetable, reading: Reading, table: planning.Timetable, arrangement: Arrangement, *, actor: Any, at: datetime
) -> None:
    """Write what was found where it fits into the days; look on in a job where it is not proven."""
    from linli.apps.reviews.jobs import prove_timetable  # the job calls back into this module

    fits = table.longest <= capacity(row.wanted)
    if fits:
        keep(row, reading, table, arrangement, before=state_of(reading), actor=actor, at=at)
    if not (fits and table.proven):
        queued = prove_timetable.enqueue(str(row.pk), row.version)
        Timetable.objects.filter(pk=row.pk).update(job_id=UUID(str(queued.id)))


def prove(timetable_id: str, version: int, *, at: datetime | None = None) -> bool:
    """Let the solver prove or better what stands, or name what clashes; nothing where somebody changed it since."""
    at = at or timezone.now()
    row = Timetable.objects.select_related("session__place").filter(pk=timetable_id, version=version).first()
    if row is None or row.session.state != "preparing":
        return False
    reading = read_timetable(row.session)
    try:
        table, arrangement = best_of(reading, row.wanted, lambda task: planning.plan(task, seconds=SECONDS))
    except Infeasible as none:
        clash: tuple[Demand, ...] = none.clash
    else:
        room = capacity(row.wanted)
        clash = () if table.longest <= room else (Demand("longest", "", str(room)),)
    with transaction.atomic():
        columns = {"job_id": None, "clash": [_plain(one) for one in clash]}
        if not Timetable.objects.filter(pk=row.pk, version=version).update(**columns):
            return False
        if not clash:
            before = row.before if row.conditions == row.typed else state_of(reading)
            keep(row, reading, table, arrangement, before=before, actor=None, at=at)
    return True


def capacity(asked: Conditions) -> int:
    """Minutes of projects and change-overs one panel takes on one day; the last unit needs no change-over."""
    return asked.hours.room + asked.change_over


def best_of(reading: Reading, asked: Conditions, solve: Solve) -> tuple[planning.Timetable, Arrangement]:
    """A planning with its order of entries. Confirmed recusals are resolved, the row is blank; all the same the judge
    and the entry are kept apart where that is possible."""
    reading, asked = parted(reading, asked)
    try:
        return _best_of(reading, asked, solve, settled=True)
    except Infeasible:
        return _best_of(reading, asked, solve, settled=False)


def _best_of(
    reading: Reading, asked: Conditions, solve: Solve, *, settled: bool
) -> tuple[planning.Timetable, Arrangement]:
    """Where breaks push a day over its end, a tighter planning is tried."""
    task = task_of(reading, asked, longest=capacity(asked), settled=settled)
    table = solve(task)
    laid = arranged(reading, asked, task, table)
    if late(reading, asked, laid):
        lost = sum(asked.minutes - 1 for _rest in asked.rests)
        try:
            tighter = solve(replace(task, longest=capacity(asked) - lost))
        except Infeasible:
            return table, laid
        again = arranged(reading, asked, task, tighter)
        if tighter.longest <= capacity(asked) and not late(reading, asked, again):
            return tighter, again
    return table, laid


def arranged(reading: Reading, asked: Conditions, task: Task, table: planning.Timetable) -> Arrangement:
    """The order inside each session: by the number of a unit's first entry, wishes of time later."""
    sessions: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for unit in task.units:
        sessions[table.placed[unit.id]][unit.id] = unit.projects
    found: Arrangement = {}
    for (group, day), units in sessions.items():
        order = planning.ordered(units, asked.hours, asked.earliest)
        found[reading.panels[group].pk, asked.days[day]] = [one for unit in order for one in reading.by_unit[unit]]
    return found


def starts_of(reading: Reading, asked: Conditions, entries: list[UUID]) -> list[int]:
    """When each of these entries begins, minutes since midnight."""
    return planning.lay([reading.units[one].key for one in entries], asked.hours, asked.earliest)


def late(reading: Reading, asked: Conditions, arrangement: Arrangement) -> bool:
    """Whether a day runs over its end."""
    closes = minutes_of(asked.closes)
    return any(starts_of(reading, asked, one)[-1] + asked.minutes > closes for one in arrangement.values() if one)


def _refuse_too_late(reading: Reading, asked: Conditions) -> None:
    """A unit that may not begin before a time and cannot end in time then. Raises Infeasible."""
    for unit, earliest in asked.earliest.items():
        alone = starts_of(reading, asked, reading.by_unit.get(unit, []))
        if alone and alone[-1] + asked.minutes > minutes_of(asked.closes):
            begins = Demand("not_before", unit, f"{clock_of(earliest):%H:%M}")
            raise Infeasible((begins, Demand("closes", "", f"{asked.closes:%H:%M}")))


def keep(
    row: Timetable,
    reading: Reading,
    table: planning.Timetable,
    arrangement: Arrangement,
    *,
    before: dict[str, Any] | None,
    actor: Any,
    at: datetime,
) -> None:
    """Write a planning: slots, figures, the days of the session; the state ``before`` can be called back."""
    row.conditions = row.typed
    write_arrangement(row, reading, arrangement, actor=actor, at=at)
    Timetable.objects.filter(pk=row.pk).update(
        longest=table.longest,
        shortest=table.shortest,
        bound=table.bound,
        shortest_bound=table.shortest_bound,
        conditions=row.typed,
        moved=False,
        before=before,
    )


def write_arrangement(
    row: Timetable,
    reading: Reading,
    arrangement: Arrangement,
    *,
    actor: Any,
    at: datetime,
    told: tuple[str, Any, dict[str, Any]] | None = None,
) -> None:
    """Turn an arrangement into slots with their clock times; breaks stand where projects follow. The session takes
    place on the days of the timetable."""
    slots = laid_out(row.asked, reading, arrangement)
    write_slots(row.session, slots=slots, actor=actor, at=at, told=told)
    days = row.asked.days
    ReviewSession.objects.filter(pk=row.session_id).update(first_day=days[0], last_day=days[-1])


def laid_out(asked: Conditions, reading: Reading, arrangement: Arrangement) -> list[Planned]:
    """The slots of an arrangement, with the breaks after which something follows."""
    panels = {panel.pk: panel for panel in reading.panels}
    slots = []
    for (panel, day), entries in arrangement.items():
        starts = starts_of(reading, asked, entries)
        for start, entry in zip(starts, entries, strict=True):
            slots.append(Planned(panels[panel], day, clock_of(start), asked.minutes, reading.entries[entry]))
        for rest in asked.rests:
            if starts and minutes_of(rest.starts) < starts[-1]:
                minutes = minutes_of(rest.ends) - minutes_of(rest.starts)
                slots.append(Planned(panels[panel], day, rest.starts, minutes, title=rest.title))
    return slots


def state_of(reading: Reading) -> dict[str, Any] | None:
    """What stands now, as plain data to be called back; None where nothing was planned."""
    if reading.timetable is None or reading.timetable.conditions is None:
        return None
    there = [
        {"panel": str(panel), "day": day.isoformat(), "entries": [str(one) for one in entries]}
        for (panel, day), entries in reading.arrangement.items()
    ]
    return {"conditions": reading.timetable.conditions, "arrangement": there}


def _plain(demand: Demand) -> dict[str, str]:
    return {"kind": demand.kind, "unit": demand.unit, "value": demand.value}
