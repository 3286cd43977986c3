"""Looking a value up: record over street over installation over default, as of a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal
from linli.kernel.settings.declaring import MUST_CHOOSE, Declared, Level, declared, declared_named
from linli.kernel.settings.models import ChosenValue


@dataclass(frozen=True)
class Found:
    """A value and where it comes from (``level`` None: the declared default; ``value`` None: must be chosen)."""

    declared: Declared
    value: Any
    level: Level | None
    since: datetime | None

    @property
    def missing(self) -> bool:
        return self.level is None and self.declared.default is MUST_CHOOSE


def stored(value: Any) -> Any:
    """A value as JSON keeps it: decimals as text."""
    if isinstance(value, Decimal):
        return str(value)
    return [str(part) for part in value] if isinstance(value, list) else value


def look(
    names: Iterable[str] | None = None,
    *,
    street: UUID | None = None,
    record: UUID | None = None,
    at: datetime | None = None,
) -> dict[str, Found]:
    """Many settings in one query. ``names`` None: all that are declared. Raises for an unknown name."""
    wanted = declared() if names is None else tuple(declared_named(name) for name in names)
    moment = at or timezone.now()
    scopes = [key for key in (street, record) if key is not None]
    rows = ChosenValue.objects.filter(name__in=[item.name for item in wanted], valid_from__lte=moment)
    rows = rows.filter(Q(scope_id__isnull=True) | Q(scope_id__in=scopes))
    best: dict[str, ChosenValue] = {}
    for row in rows.order_by("level", "valid_from", "id"):
        best[row.name] = row
    day = timezone.localdate(moment)
    return {item.name: _found(item, best.get(item.name), day) for item in wanted}


def _found(item: Declared, row: ChosenValue | None, day: date) -> Found:
    if row is None or (row.ends_on is not None and row.ends_on < day):
        return Found(item, None if item.default is MUST_CHOOSE else item.default, None, None)
    return Found(item, item.clean(row.value), Level(row.level), row.valid_from)


NOBODY_CHOSE = _(
    "“%(title)s” has not been chosen yet. No rule gives a figure, so the street decides it in its settings."
)


def value_of(name: str, *, street: UUID | None = None, record: UUID | None = None, at: datetime | None = None) -> Any:
    """The value that counts. Raises Refusal where it must be chosen and nobody has."""
    return values_of([name], street=street, record=record, at=at)[name]


def values_of(
    names: Iterable[str], *, street: UUID | None = None, record: UUID | None = None, at: datetime | None = None
) -> dict[str, Any]:
    """Name → the value that counts, in one query. Raises Refusal for the first that must be chosen and is not."""
    values = {}
    for name, found in look(names, street=street, record=record, at=at).items():
        if found.missing:
            raise Refusal(NOBODY_CHOSE % {"title": found.declared.title}, code="must-choose")
        values[name] = found.value
    return values


@transaction.atomic
def copy_values(names: Iterable[str], *, to: UUID, street: UUID | None, at: datetime | None = None) -> int:
    """Freeze the present values of ``names`` on a record (a round that opens). Later choices do not reach it.

    Returns how many were copied; a value that must be chosen and is not raises Refusal and copies nothing.
    """
    moment = at or timezone.now()
    names = list(names)
    values = {name: value_of(name, street=street, record=to, at=moment) for name in names}
    rows = [
        ChosenValue(name=name, level=Level.RECORD, scope_id=to, value=stored(value), valid_from=moment, copied=True)
        for name, value in values.items()
    ]
    return len(ChosenValue.objects.bulk_create(rows))
