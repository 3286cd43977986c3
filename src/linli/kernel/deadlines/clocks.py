"""The verbs of a clock: start, pause, resume, meet, extend; each one compare-and-set."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.deadlines.loading import due_after, due_after_pause
from linli.kernel.deadlines.models import Deadline
from linli.kernel.deadlines.terms import Term, Unit
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.refs import Ref, kind_of
from linli.kernel.scope import Actor

audit.register_action(
    "deadlines.deadline.extend",
    _("extended a deadline"),
    words={"kind": _("deadline"), "before": _("due before"), "after": _("due now"), "reason": _("reason")},
)


def _street_of(ref: Ref) -> UUID | None:
    kind = kind_of(ref.kind)
    record = kind.rows().filter(pk=ref.id).first()
    return None if record is None else kind.street(record)


def _running(ref: Ref, kind: str) -> Deadline:
    row = Deadline.objects.filter(ref_kind=ref.kind, ref_id=ref.id, kind=kind, met__isnull=True).first()
    if row is None:
        raise Missing(_("No such deadline is running on this record."), code="no-clock")
    return row


def _set(row: Deadline, **columns: object) -> Deadline:
    """Write ``columns`` unless the clock was moved since it was read. Raises Conflict."""
    as_read = Q(pk=row.pk, due=row.due, met__isnull=True)
    as_read &= Q(paused__isnull=True) if row.paused is None else Q(paused=row.paused)
    if not Deadline.objects.filter(as_read).update(**columns):
        raise Conflict(_("Somebody else has just moved this deadline. Load the page again to see it."))
    for name, value in columns.items():
        setattr(row, name, value)
    return row


@transaction.atomic
def start(
    ref: Ref, kind: str, *, due: datetime | Term, at: datetime | None = None, street: UUID | None = None
) -> Deadline:
    """Start the clock ``kind`` on a record, due at a moment or after a term.

    ``street`` says whose calendar counts; left out, it is the record's own. Raises Conflict where such a clock
    runs already, Refusal where it would be due before it starts.
    """
    return start_many(ref, {kind: due}, at=at, street=street)[0]


@transaction.atomic
def start_many(
    ref: Ref, clocks: Mapping[str, datetime | Term], *, at: datetime | None = None, street: UUID | None = None
) -> list[Deadline]:
    """Start several clocks on a record at one moment, each ``kind`` due as in :func:`start`, in its order and raising
    what it raises. Two statements, whatever their number.
    """
    moment = at or timezone.now()
    whose = street or _street_of(ref)
    terms = [due for due in clocks.values() if isinstance(due, Term)]
    ends = iter(due_after(moment, *terms, street=whose))
    rows = [
        Deadline(
            ref_kind=ref.kind, ref_id=ref.id, kind=kind, street=whose, started=moment,
            unit=due.unit if isinstance(due, Term) else Unit.CALENDAR_HOURS,
            due=next(ends) if isinstance(due, Term) else due,
        )
        for kind, due in clocks.items()
    ]  # fmt: skip
    if any(row.due < moment for row in rows):
        raise Refusal(_("A deadline cannot be due before it starts."), code="due-before-start")
    try:
        with transaction.atomic():
            return Deadline.objects.bulk_create(rows)
    except IntegrityError:
        raise Conflict(_("This deadline is already running."), code="clock-runs") from None


@transaction.atomic
def pause(ref: Ref, kind: str, *, at: datetime | None = None) -> Deadline:
    """Stop the clock for a while. Raises Missing, Conflict, and Refusal where it is paused or overdue already."""
    moment = at or timezone.now()
    row = _running(ref, kind)
    if row.paused is not None:
        raise Refusal(_("This deadline is paused already."), code="paused")
    if row.due < moment:
        raise Refusal(_("This deadline is overdue; it can be extended, not paused."), code="overdue")
    return _set(row, paused=moment)


@transaction.atomic
def resume(ref: Ref, kind: str, *, at: datetime | None = None) -> Deadline:
    """Let the clock run on, with as much time left as when it was paused. Raises Missing, Conflict, Refusal."""
    moment = at or timezone.now()
    row = _running(ref, kind)
    if row.paused is None:
        raise Refusal(_("This deadline is not paused."), code="not-paused")
    return _set(row, paused=None, due=_moved(row, moment))


@transaction.atomic
def meet(ref: Ref, kind: str, *, at: datetime | None = None) -> Deadline:
    """What was due is done; a paused clock counts as resumed at this moment. Raises Missing, Conflict."""
    moment = at or timezone.now()
    row = _running(ref, kind)
    due = row.due if row.paused is None else _moved(row, moment)
    return _set(row, met=moment, paused=None, due=due)


@transaction.atomic
def correct(ref: Ref, kind: str, *, due: datetime) -> Deadline:
    """Set anew when a running clock is due, because what it was reckoned from turned out otherwise.

    The verb that found it so has its audit row. A paused clock stays paused. Raises Missing, Conflict, Refusal.
    """
    row = _running(ref, kind)
    if due < row.started:
        raise Refusal(_("A deadline cannot be due before it starts."), code="due-before-start")
    return _set(row, due=due)


@transaction.atomic
def extend(
    ref: Ref, kind: str, *, actor: Actor | None, due: datetime, reason: str, at: datetime | None = None
) -> Deadline:
    """Give more time, for a reason that stays on record. Raises Missing, Conflict, Refusal."""
    moment = at or timezone.now()
    row = _running(ref, kind)
    if not reason.strip():
        raise Refusal(_("Say why the deadline is extended."), code="no-reason", field="reason")
    if due <= row.due or due <= moment:
        raise Refusal(_("The new deadline must be later than the old one and than now."), code="no-later", field="due")
    facts = {"kind": kind, "before": _read(row.due), "after": _read(due), "reason": reason}
    _set(row, due=due, extended=row.extended + 1)
    audit.record("deadlines.deadline.extend", ref, actor=actor, facts=facts, at=moment)
    return row


def _read(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _moved(row: Deadline, moment: datetime) -> datetime:
    assert row.paused is not None
    resumed = max(moment, row.paused)
    return due_after_pause(row.due, row.unit, paused=row.paused, resumed=resumed, street=row.street)
