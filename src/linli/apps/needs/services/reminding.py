"""Reminders of the two clocks: who has a need hears once that a limit runs out soon, and once that it ran out."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import OPEN, Assignment, Duty, Need
from linli.apps.needs.services.clocks import CLOCKS, SIGN_FOR
from linli.apps.needs.services.telling import people_of, tell
from linli.kernel.deadlines import Deadline, running

AHEAD = timedelta(hours=2)
MOST = 500


def remind(*, at: datetime) -> int:
    """Tell whoever has the need of limits that run out within two hours, and of those that ran out; how many."""
    rows = running().filter(ref_kind="needs.need", kind__in=CLOCKS, paused__isnull=True)
    due = list(rows.filter(due__lte=at + AHEAD, due__gt=at - timedelta(days=1))[:MOST])
    needs = Need.objects.filter(pk__in={row.ref_id for row in due}, state__in=OPEN).in_bulk()
    parts = _parts(set(needs))
    found = 0
    for row in due:
        need = needs.get(row.ref_id)
        if need is not None:
            _remind(need, row, parts.get(need.pk, []), at)
            found += 1
    return found


def _parts(needs: set[UUID]) -> dict[UUID, list[Assignment]]:
    rows = Assignment.objects.filter(need__in=needs, until__isnull=True, duty__in=(Duty.OWNER, Duty.HANDLER))
    found: dict[UUID, list[Assignment]] = {}
    for part in rows.select_related("user", "place", "need"):
        found.setdefault(part.need_id, []).append(part)
    return found


def _remind(need: Need, row: Deadline, parts: list[Assignment], at: datetime) -> None:
    """The handler hears of every clock, the owner too; of signing for it the handler alone, once there is one."""
    handlers = [part for part in parts if part.duty == Duty.HANDLER]
    asked = handlers if handlers and row.kind == SIGN_FOR else parts
    late = row.due <= at
    text = _("A limit of need %(number)s has run out.") if late else _("A limit of need %(number)s runs out soon.")
    users = [user for part in asked for user in people_of(part)]
    key = f"{row.pk}:{row.due:%Y%m%d%H%M}:{'late' if late else 'soon'}"
    tell(need, users, kind="needs.need.due", text=text, actor=None, at=at, dedupe=key)
