"""Days entered by hand: who may, and for which street."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.deadlines.models import CalendarDay
from linli.kernel.errors import Missing, NotAllowed, Refusal
from linli.kernel.scope import Actor, Anchor, Role

KEEPERS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECTION_HEAD, Role.LEADER})
WORDS: dict[str, str | Promise] = {"day": _("day"), "is_working": _("working day"), "note": _("note")}
audit.register_action("deadlines.calendar_day.set", _("entered a day into the calendar"), words=WORDS)
audit.register_action("deadlines.calendar_day.clear", _("took a day out of the calendar"), words=WORDS)


def may_keep(actor: Actor | None, street: UUID | None) -> bool:
    """A street's days: its administrator, section head or leader. The district's: whoever holds one of these
    for a record of no street. The clock may both."""
    if actor is None:
        return True
    anchor = Anchor(place=street)
    return anchor in actor.holds_at(KEEPERS, [anchor])


def entered_days(street: UUID | None, *, since: date) -> QuerySet[CalendarDay]:
    """Days entered for ``street`` (None: the district) from ``since`` on, in order."""
    return CalendarDay.objects.filter(street=street, day__gte=since)


@transaction.atomic
def set_day(
    day: date,
    *,
    is_working: bool,
    actor: Actor | None,
    street: UUID | None,
    note: str = "",
    at: datetime | None = None,
) -> CalendarDay:
    """Enter or change a day. Deadlines that run keep their date; new ones reckon with it.

    Raises NotAllowed, and Refusal for a note that is too long.
    """
    if not may_keep(actor, street):
        raise NotAllowed(_("Only the administrator of the street may change its calendar."))
    if len(note) > 60:
        raise Refusal(_("A note has at most 60 characters."), field="note")
    row, _made = CalendarDay.objects.update_or_create(
        street=street, day=day, defaults={"is_working": is_working, "note": note}
    )
    _tell("deadlines.calendar_day.set", row, actor=actor, at=at)
    return row


@transaction.atomic
def clear_day(day: date, *, actor: Actor | None, street: UUID | None, at: datetime | None = None) -> None:
    """Take an entered day back, so that the published calendar counts again. Raises NotAllowed, Missing."""
    if not may_keep(actor, street):
        raise NotAllowed(_("Only the administrator of the street may change its calendar."))
    row = CalendarDay.objects.filter(street=street, day=day).first()
    if row is None:
        raise Missing(_("This day is not entered in the calendar."))
    row.delete()
    _tell("deadlines.calendar_day.clear", row, actor=actor, at=at)


def _tell(action: str, row: CalendarDay, *, actor: Actor | None, at: datetime | None) -> None:
    facts = {"day": row.day.isoformat(), "is_working": row.is_working, "note": row.note}
    chain = f"street:{row.street}" if row.street else ""
    audit.record(action, None, actor=actor, facts=facts, at=at, chain=chain)
