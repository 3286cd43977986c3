"""The rows of a whole database in a form no database owns: read from one, written into another.

A row is a list of JSON values in the order of its table's columns; a column has a name and a sort, which says how its
values look on either side. What another database makes for itself (its migrations, the words of search) is left out.
"""

import base64
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field

AT_ONCE = 2_000
"""Rows read and written at a time."""
MADE_ANEW = ("search_searchrow", "django_session")
"""Found words are gathered again; nobody stays signed in on another machine."""
SORTS = {
    "UUIDField": "key", "DateTimeField": "moment", "DateField": "day", "TimeField": "day", "BooleanField": "truth",
    "DecimalField": "exact", "JSONField": "json", "BinaryField": "bytes", "GenericIPAddressField": "address",
}  # fmt: skip


class Column(NamedTuple):
    """``places``: decimals of an exact number, else 0."""

    name: str
    sort: str
    places: int = 0


@dataclass(frozen=True)
class Table:
    """A table and its columns."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> str:
        """The columns as SQL names them."""
        return ", ".join(f'"{column.name}"' for column in self.columns)


def _column(field: "Field[Any, Any]") -> Column:
    seen: Any = field
    while getattr(seen, "target_field", None) is not None:
        seen = seen.target_field
    sort = SORTS.get(seen.get_internal_type(), "plain")
    return Column(str(field.column), sort, seen.decimal_places if sort == "exact" else 0)


def tables() -> list[Table]:
    """Every table of the house as the code has it, by name."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta  # the only way to a model's columns
        if meta.managed and not meta.proxy and meta.db_table not in MADE_ANEW:
            found[meta.db_table] = Table(meta.db_table, tuple(map(_column, meta.local_concrete_fields)))
    return [found[name] for name in sorted(found)]


def migrations_of(database: BaseDatabaseWrapper) -> list[str]:
    """The migrations that ran there, as "app.name", sorted; none in an empty database."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(database).applied_migrations())


def _moment(value: Any) -> str:
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    at = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
    return str(at.isoformat(timespec="microseconds"))


def _day(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


TOLD: dict[str, Callable[[Any], Any]] = {
    "key": lambda value: str(value if isinstance(value, UUID) else UUID(value)),
    "moment": _moment,
    "day": _day,
    "truth": bool,
    "json": lambda value: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
    "bytes": lambda value: base64.b64encode(bytes(value)).decode("ascii"),
    "address": str,
}
"""How a value of a driver looks in JSON; other sorts look as they are."""


def _told(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.sort == "exact":
        return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-column.places)))
    told = TOLD.get(column.sort)
    return told(value) if told else value


def read(database: BaseDatabaseWrapper, table: Table) -> Iterator[list[Any]]:
    """All rows of a table, as they stand in the transaction around the call."""
    with database.chunked_cursor() as cursor:
        cursor.execute(f'SELECT {table.names} FROM "{table.name}"')  # noqa: S608  # names of our own models
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield [_told(column, value) for column, value in zip(table.columns, row, strict=True)]


def _heard(sort: str, value: Any) -> Any:
    """A JSON value as the driver of SQLite takes it."""
    match sort:
        case "key":
            return value.replace("-", "")
        case "moment":
            return str(dt.datetime.fromisoformat(value).replace(tzinfo=None))
        case "bytes":
            return base64.b64decode(value)
        case _:
            return value


def clear(database: BaseDatabaseWrapper, named: Iterable[Table]) -> None:
    """Empty these tables."""
    with database.cursor() as cursor:
        names = ", ".join(f'"{table.name}"' for table in named)
        if database.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {names} CASCADE")
        else:
            for name in names.split(", "):
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608  # names of our own models


def write(database: BaseDatabaseWrapper, table: Table, rows: Iterable[list[Any]]) -> int:
    """Write rows into an empty table; how many. Raises IntegrityError, DataError of the database."""
    sorts = [column.sort for column in table.columns]
    if database.vendor == "postgresql":
        return _copy_in(database, table, sorts, rows)
    marks = ", ".join(["%s"] * len(sorts))
    statement = f'INSERT INTO "{table.name}" ({table.names}) VALUES ({marks})'  # noqa: S608  # as above
    count, pile = 0, []
    with database.cursor() as cursor:
        for row in rows:
            pile.append(
                [None if value is None else _heard(sort, value) for sort, value in zip(sorts, row, strict=True)]
            )
            count += 1
            if len(pile) == AT_ONCE:
                cursor.executemany(statement, pile)
                pile = []
        if pile:
            cursor.executemany(statement, pile)
    return count


def _copy_in(database: BaseDatabaseWrapper, table: Table, sorts: list[str], rows: Iterable[list[Any]]) -> int:
    count = 0
    statement = f'COPY "{table.name}" ({table.names}) FROM STDIN'
    with database.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(
                [
                    base64.b64decode(value) if sort == "bytes" and value is not None else value
                    for sort, value in zip(sorts, row, strict=True)
                ]
            )
            count += 1
    return count


def reset_counters(database: BaseDatabaseWrapper) -> None:
    """Let numbers the database gives go on behind those that were written."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with database.cursor() as cursor:
        for statement in database.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


class Digest:
    """What a table holds, whatever the order of its rows: their number and the sum of their hashes."""

    def __init__(self, table: Table) -> None:
        self._json = [at for at, column in enumerate(table.columns) if column.sort == "json"]
        self.rows, self._sum = 0, 0

    def take(self, row: list[Any]) -> list[Any]:
        """Count a row; returns it."""
        plain = list(row)
        for at in self._json:
            if plain[at] is not None:
                plain[at] = json.loads(plain[at])
        line = json.dumps(plain, ensure_ascii=False, sort_keys=True).encode("utf-8")
        self._sum += int.from_bytes(sha256(line).digest(), "big")
        self.rows += 1
        return row

    @property
    def told(self) -> list[Any]:
        """``[rows, hash]``."""
        return [self.rows, f"{self._sum % (1 << 256):064x}"]


def digest_of(database: BaseDatabaseWrapper, table: Table) -> list[Any]:
    """``[rows, hash]`` of a table as it stands."""
    found = Digest(table)
    for row in read(database, table):
        found.take(row)
    return found.told
