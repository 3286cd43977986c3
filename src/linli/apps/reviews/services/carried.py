"""The rows of a session that travel: read whole, compared by digest, and what a laptop may change of them.

No expert's row, no account, no telephone, no fee, no PIN, no tie, nothing of another session. A row that is new on the
laptop carries the key it was given there, so it keeps it in the house.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from linli.apps.reviews.models import (
    BallotPick,
    Entry,
    EntryParty,
    Panel,
    PanelBallot,
    PanelSlot,
    Recusal,
    ReviewPromise,
    ReviewQuestion,
    ReviewSession,
    ScoreSheet,
    Seat,
    SheetCorrection,
    TypedSheet,
)
from linli.apps.reviews.services.parcels import CHANGED
from linli.kernel.errors import Refusal

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
EVERY = ("*",)


@dataclass(frozen=True)
class Table:
    """One table that travels. ``path`` leads to the session; ``stays`` are columns that never leave the house;
    ``taken`` those a laptop may change of a row; ``grows`` and ``shrinks``: whether it may add rows, or take away."""

    name: str
    model: type[models.Model]
    path: str
    stays: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    grows: bool = False
    shrinks: bool = False

    def columns(self) -> list[models.Field[Any, Any]]:
        """The columns that travel."""
        return [field for field in self.model._meta.concrete_fields if field.attname not in self.stays]

    def of(self, session: UUID) -> models.QuerySet[Any]:
        """The rows of a session, by key."""
        rows: models.QuerySet[Any] = self.model._default_manager.filter(**{self.path: session})
        return rows.order_by("pk")


TABLES = (
    Table("session", ReviewSession, "pk", ("rehearsal_of_id",)),
    Table("panels", Panel, "session", ("changes",),
          ("rule", "fewest", "fixed_at", "seed", "drawn_at", "current_id", "clock", "clock_from", "clock_left",
           "ballot")),
    Table("entries", Entry, "session", (),
          ("position", "state", "ballot", "score", "highest", "lowest", "counted", "yes", "yes_again", "verdict",
           "verdict_reason", "rank", "tied", "tie_order", "tie_reason", "collected_at", "counter_id", "counter_name",
           "supervisor_id", "supervisor_name", "revealed_at", "withdrawn_reason")),
    Table("parties", EntryParty, "entry__session"),
    Table("slots", PanelSlot, "panel__session"),
    Table("seats", Seat, "session", ("expert_id", "user_id"), ("left_at", "left_reason", "is_chair"), grows=True),
    Table("promises", ReviewPromise, "seat__session", grows=True),
    Table("recusals", Recusal, "entry__session", (), ("state", "reason", "decided_by", "decided_at"), grows=True),
    Table("sheets", ScoreSheet, "entry__session", (), EVERY, grows=True, shrinks=True),
    Table("typings", TypedSheet, "entry__session", (), EVERY, grows=True, shrinks=True),
    Table("corrections", SheetCorrection, "sheet__entry__session", (),
          ("state", "decided_by", "decided_at"), grows=True),
    Table("ballots", PanelBallot, "panel__session", grows=True),
    Table("picks", BallotPick, "ballot__panel__session", grows=True),
    Table("questions", ReviewQuestion, "entry__session", (), ("answer",), grows=True),
)  # fmt: skip
OWN = {table.model: table.name for table in TABLES}


def plain(value: Any) -> Any:
    """A column as JSON keeps it, exact to the microsecond and the hundredth."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def told(row: models.Model, columns: Iterable[models.Field[Any, Any]]) -> dict[str, Any]:
    """A row as plain data."""
    return {field.attname: plain(getattr(row, field.attname)) for field in columns}


def rows_of(session: ReviewSession) -> Tables:
    """Every row of a session that travels, as plain data. One query a table."""
    return {table.name: [told(row, table.columns()) for row in table.of(session.pk)] for table in TABLES}


def digest_of(tables: Mapping[str, Any]) -> str:
    """The SHA-256 of rows, by which it is seen that they still stand as they went out."""
    return sha256(json.dumps(tables, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def revived(model: type[models.Model], given: Mapping[str, Any]) -> Any:
    """A row of plain data as an object that is not stored yet. Raises Refusal for what is no such row."""
    known = {field.attname: field for field in model._meta.concrete_fields}
    try:
        return model(**{name: known[name].to_python(value) for name, value in given.items()})
    except (KeyError, ValidationError, TypeError, ValueError):
        raise Refusal(CHANGED, code="file-rows") from None


def put(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Store rows under their own keys, where they do not stand already."""
    model._default_manager.bulk_create([revived(model, row) for row in rows], ignore_conflicts=True)


def merge(session: ReviewSession, tables: Mapping[str, Rows]) -> None:
    """Bring the house's rows of a session to where the laptop left them: what went is taken away, what changed is
    changed in the columns a laptop may change, what is new is added. Raises Refusal for rows that belong elsewhere."""
    keys = _keys(session, tables)
    try:
        for table in TABLES[1:]:
            _take_away(table, session, keys[table.name])
        Seat.objects.filter(session=session, is_chair=True).update(is_chair=False)
        for table in TABLES[1:]:
            _bring(table, session, tables[table.name], keys)
    except IntegrityError:
        raise Refusal(CHANGED, code="file-rows") from None


def _keys(session: ReviewSession, tables: Mapping[str, Rows]) -> dict[str, set[str]]:
    if set(tables) != {table.name for table in TABLES}:
        raise Refusal(CHANGED, code="file-rows")
    keys = {name: {str(row.get("id")) for row in rows} for name, rows in tables.items()}
    if keys["session"] != {str(session.pk)}:
        raise Refusal(CHANGED, code="file-rows")
    return keys


def _take_away(table: Table, session: ReviewSession, keys: set[str]) -> None:
    gone = [row.pk for row in table.of(session.pk).only("pk") if str(row.pk) not in keys]
    if gone and not table.shrinks:
        raise Refusal(CHANGED, code="file-rows")
    table.model._default_manager.filter(pk__in=gone).delete()


def _bring(table: Table, session: ReviewSession, rows: Rows, keys: Mapping[str, set[str]]) -> None:
    there = {row.pk: row for row in table.of(session.pk)}
    given = [revived(table.model, row) for row in rows]
    for row in given:
        _check_belongs(row, keys, session)
    new = [row for row in given if row.pk not in there]
    if new and not table.grows:
        raise Refusal(CHANGED, code="file-rows")
    columns = [field.attname for field in table.columns()][1:] if table.taken == EVERY else list(table.taken)
    changed = [row for row in given if row.pk in there and _differs(row, there[row.pk], columns)]
    if changed:
        table.model._default_manager.bulk_update(changed, columns, batch_size=200)
    table.model._default_manager.bulk_create(new)


def _differs(row: Any, other: Any, columns: Iterable[str]) -> bool:
    return any(getattr(row, name) != getattr(other, name) for name in columns)


def _check_belongs(row: Any, keys: Mapping[str, set[str]], session: ReviewSession) -> None:
    """Whatever a row points at among the tables that travel must have travelled with it."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value is None or not isinstance(field, models.ForeignKey):
            continue
        name = OWN.get(field.related_model)
        known = keys[name] if name is not None else {str(session.rubric_id)}
        if str(value) not in known:
            raise Refusal(CHANGED, code="file-rows")
