"""Switches that stay off: what rules of relief for the grass roots forbid unless a document allows it for a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from linli.kernel.settings.choosing import choose
from linli.kernel.settings.declaring import Declared, declared
from linli.kernel.settings.models import ChosenValue

ENDED = "文件规定的期限已到，系统自动关闭"


@dataclass(frozen=True)
class Switch:
    """A switch with where it is on (``on``: rows by street, None for the whole house) and where it was (``past``)."""

    declared: Declared
    on: list[ChosenValue]
    past: list[ChosenValue]


def _by_document() -> list[Declared]:
    return [item for item in declared() if item.by_document]


def _newest(names: Iterable[str], at: datetime) -> dict[tuple[str, UUID | None], ChosenValue]:
    """The row that counts for each switch and scope; one query."""
    rows = ChosenValue.objects.filter(name__in=list(names), valid_from__lte=at).order_by("valid_from", "id")
    return {(row.name, row.scope_id): row for row in rows}


def switches(*, at: datetime | None = None) -> list[Switch]:
    """Every switch that asks for a document, with where it is on and the documents of before; one query."""
    moment = at or timezone.now()
    day, items = timezone.localdate(moment), _by_document()
    rows = ChosenValue.objects.filter(name__in=[item.name for item in items], valid_from__lte=moment)
    found = list(rows.order_by("valid_from", "id"))
    newest = {(row.name, row.scope_id): row for row in found}
    told = []
    for item in items:
        mine = [row for row in found if row.name == item.name and row.ends_on is not None]
        on = [row for row in mine if newest[row.name, row.scope_id] is row and not _ended(row, day)]
        told.append(Switch(item, on, [row for row in mine if row not in on]))
    return told


def _ended(row: ChosenValue, day: date) -> bool:
    return row.ends_on is not None and row.ends_on < day


def switch_off_ended(*, at: datetime | None = None) -> int:
    """Write down that switches went off whose end has come; returns how many.

    They count as off from the day after their end in any case, whether or not this has run.
    """
    moment = at or timezone.now()
    day, count = timezone.localdate(moment), 0
    for row in _newest([item.name for item in _by_document()], moment).values():
        if row.value is True and _ended(row, day):
            choose(row.name, False, actor=None, street=row.scope_id, reason=f"{ENDED}（{row.document}）", at=moment)
            count += 1
    return count
