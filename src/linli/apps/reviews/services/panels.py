"""Panels of a session, who sits in them, their timetable, lots and clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.algorithms.lots import lot_of
from linli.apps.reviews.models import (
    Duty,
    Entry,
    EntryState,
    Expert,
    Panel,
    PanelSlot,
    ReviewSession,
    Seat,
    SessionState,
)
from linli.apps.reviews.permissions import keeps_time, organizes, runs_the_room
from linli.apps.reviews.services.keeping import (
    in_preparation,
    require,
    require_here,
    require_state,
    said,
    tell,
    touch,
)
from linli.apps.reviews.services.rules import fix_anew
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor

CLOCKS = ("talk", "questions")


def add_panel(
    session: ReviewSession, *, name: str, actor: Actor | None, venue: str = "", at: datetime | None = None
) -> Panel:
    """One more panel of a session in preparation."""
    require(organizes, actor, session)
    in_preparation(session)
    name = said(name, "name", _("Give the panel a name."))
    last = session.panels.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            panel = Panel.objects.create(session=session, name=name, venue=venue.strip(), position=last + 1)
            tell("panel.add", panel, session=session, actor=actor, facts={"name": name}, at=at)
    except IntegrityError:
        raise Refusal(_("This review has a panel of this name already."), field="name") from None
    return panel


def seat_judge(
    panel: Panel,
    *,
    actor: Actor | None,
    expert: Expert | None = None,
    name: str = "",
    unit: str = "",
    group: str = "",
    is_chair: bool = False,
    at: datetime | None = None,
) -> Seat:
    """A judge of the pool (or, by name, a residents' representative) takes a seat in a panel, also while it runs
    as long as the rule stands. Refuses a group without weight."""
    session = panel.session
    require(organizes, actor, session)
    require_state(session, SessionState.PREPARING, SessionState.RUNNING)
    if expert is not None and not expert.is_active:
        raise Refusal(_("This expert is not invited at present."), field="expert")
    if session.group_weights and group not in session.group_weights:
        raise Refusal(_("Choose one of the groups of judges that have a weight."), field="group")
    known = {"name": expert.name, "unit": expert.unit, "user": expert.user} if expert else {"name": name, "unit": unit}
    seat = Seat(session=session, panel=panel, expert=expert, group=group, is_chair=is_chair, **known)
    return _take(seat, actor=actor, at=at)


def seat_staff(
    session: ReviewSession,
    *,
    duty: Duty,
    name: str,
    actor: Actor | None,
    panel: Panel | None = None,
    user: Any = None,
    unit: str = "",
    at: datetime | None = None,
) -> Seat:
    """Host, timekeeper, counter, supervisor or screen of one panel, or of all."""
    require(organizes, actor, session)
    require_state(session, SessionState.PREPARING, SessionState.RUNNING)
    if duty == Duty.JUDGE:
        raise Refusal(_("A judge takes a seat in a panel."), field="duty")
    seat = Seat(session=session, panel=panel, duty=duty, name=name, unit=unit, user=user)
    return _take(seat, actor=actor, at=at)


def _take(seat: Seat, *, actor: Actor | None, at: datetime | None) -> Seat:
    seat.name = said(seat.name, "name", _("Name whoever sits there."))
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
            if seat.duty == Duty.JUDGE and seat.panel is not None and seat.session.state == SessionState.RUNNING:
                fix_anew(seat.panel, at=at or timezone.now())
            facts = {"duty": seat.duty}
            tell("seat.take", seat, session=seat.session, actor=actor, facts=facts, at=at)
            touch(seat.panel)
    except IntegrityError:
        raise Refusal(_("This expert sits in the panel already, or the panel has a chair already.")) from None
    return seat


def leave_seat(seat: Seat, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Somebody does not come, or goes before the end. In preparation the seat is taken away, later it stays on record.

    Refuses when fewer marks than the rule needs would remain.
    """
    at = at or timezone.now()
    require(organizes, actor, seat)
    require_state(seat.session, SessionState.PREPARING, SessionState.RUNNING)
    reason = said(reason, "reason", _("Say why."))
    with transaction.atomic():
        facts = {"duty": seat.duty, "reason": reason}
        tell("seat.leave", seat, session=seat.session, actor=actor, facts=facts, at=at)
        touch(seat.panel)
        if seat.session.state == SessionState.PREPARING:
            seat.delete()
            return
        Seat.objects.filter(pk=seat.pk, left_at__isnull=True).update(left_at=at, left_reason=reason, is_chair=False)
        seat.refresh_from_db()
        if seat.panel is not None and seat.duty == Duty.JUDGE:
            fix_anew(seat.panel, at=at)


def make_chair(seat: Seat, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The judge who chooses among equals; one a panel."""
    require(organizes, actor, seat)
    require_here(seat.session)
    if seat.duty != Duty.JUDGE or seat.left_at is not None:
        raise Refusal(_("Only a judge of the panel takes the chair."))
    with transaction.atomic():
        Seat.objects.filter(panel=seat.panel, is_chair=True).update(is_chair=False)
        Seat.objects.filter(pk=seat.pk).update(is_chair=True)
        tell("seat.chair", seat, session=seat.session, actor=actor, at=at)
    seat.is_chair = True


@dataclass(frozen=True)
class Planned:
    """One line of a timetable to be kept: an entry, or a break with a title."""

    panel: Panel
    day: date
    starts: time
    minutes: int
    entry: Entry | None = None
    title: str = ""

    def as_slot(self) -> PanelSlot:
        """The row it becomes."""
        return PanelSlot(
            panel=self.panel, day=self.day, starts=self.starts, minutes=self.minutes, entry=self.entry, title=self.title
        )


def set_timetable(
    session: ReviewSession, *, slots: Iterable[Planned], actor: Actor | None, at: datetime | None = None
) -> int:
    """Replace the whole timetable; each entry goes to the panel of its slot and takes its place in the order.

    Returns the number of slots. Refuses while scoring runs, and two slots at one time in one panel.
    """
    require(organizes, actor, session)
    in_preparation(session)
    return write_slots(session, slots=slots, actor=actor, at=at)


def write_slots(
    session: ReviewSession,
    *,
    slots: Iterable[Planned],
    actor: Actor | None,
    at: datetime | None = None,
    told: tuple[str, Any, dict[str, Any]] | None = None,
) -> int:
    """The writing alone, for verbs that have asked already; ``told`` (action, record, facts) is theirs to say."""
    rows = sorted(slots, key=lambda slot: (slot.panel.position, slot.day, slot.starts))
    entries = []
    for number, slot in enumerate(rows, 1):
        if slot.entry is not None:
            slot.entry.panel, slot.entry.position = slot.panel, number
            entries.append(slot.entry)
    try:
        with transaction.atomic():
            PanelSlot.objects.filter(panel__session=session).delete()
            Entry.objects.bulk_update(entries, ["panel", "position"])
            made = PanelSlot.objects.bulk_create(slot.as_slot() for slot in rows)
            action, record, facts = told or ("session.timetable", session, {"slots": len(made)})
            tell(action, record, session=session, actor=actor, facts=facts, at=at)
    except IntegrityError:
        raise Refusal(_("Two lines of the timetable fall on one time, or one entry stands twice.")) from None
    return len(made)


def draw_lots(panel: Panel, *, seed: str, actor: Actor | None, at: datetime | None = None) -> list[Entry]:
    """The order of the entries, drawn once from a seed everybody hears: by the digest of "seed:number of the entry".

    Anybody can draw it again: ``printf 'seed:7' | sha256sum``, smallest first. Raises Conflict for a second draw.
    """
    at = at or timezone.now()
    require(runs_the_room, actor, panel)
    require_here(panel.session)
    seed = said(seed, "seed", _("Say the seed: a number everybody in the room hears."))
    with transaction.atomic():
        if not Panel.objects.filter(pk=panel.pk, drawn_at__isnull=True).update(seed=seed, drawn_at=at):
            raise Conflict(_("The lots were drawn already; the seed stands."), code="lots-drawn")
        entries = list(panel.entries.exclude(state=EntryState.WITHDRAWN))
        if any(entry.state != EntryState.WAITING for entry in entries):
            raise Conflict(_("An entry was called already: the order stands."), code="lots-late")
        entries.sort(key=lambda entry: lot_of(seed, entry.number))
        for position, entry in enumerate(entries, 1):
            entry.position = position
        Entry.objects.bulk_update(entries, ["position"])
        facts = {"seed": seed, "order": "、".join(str(entry.number) for entry in entries)}
        tell("panel.draw", panel, session=panel.session, actor=actor, facts=facts, at=at)
        touch(panel)
    panel.seed, panel.drawn_at = seed, at
    return entries


def run_clock(panel: Panel, *, clock: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Start the clock "talk" or "questions" of the current entry anew; an empty name stops and clears it."""
    at = at or timezone.now()
    require(keeps_time, actor, panel)
    require_here(panel.session)
    if clock and clock not in CLOCKS:
        raise Refusal(_("There is no such clock."))
    minutes = {"talk": panel.session.talk_minutes, "questions": panel.session.question_minutes}.get(clock, 0)
    _set_clock(panel, clock, at if clock else None, minutes * 60)


def pause_clock(panel: Panel, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Stop the clock where it stands; pressed again, it goes on."""
    at = at or timezone.now()
    require(keeps_time, actor, panel)
    panel.refresh_from_db()
    require_here(panel.session)
    _set_clock(panel, panel.clock, None if panel.clock_from else at, max(panel.seconds_left(at), 0))


def _set_clock(panel: Panel, clock: str, since: datetime | None, left: int) -> None:
    Panel.objects.filter(pk=panel.pk).update(clock=clock, clock_from=since, clock_left=left)
    panel.clock, panel.clock_from, panel.clock_left = clock, since, left
    touch(panel)
