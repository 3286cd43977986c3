"""The two engines: FTS5 on SQLite, tsvector on PostgreSQL. Both are handed ready tokens and asked for sets only."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from linli.kernel.search.query import Condition, spelled

STEP = 400


class Entry(NamedTuple):
    """The tokens of one row of ``SearchRow``."""

    id: UUID
    slot: int
    tokens: list[str]


class Engine(Protocol):
    def put(self, entries: Sequence[Entry]) -> None: ...

    def drop(self, slots: Sequence[int]) -> None: ...

    def matches(self, condition: Condition) -> Q: ...


class Fts5:
    """A virtual table ``search_words`` whose row ids are the slots."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Replace the tokens of these rows."""
        self.drop([entry.slot for entry in entries])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_words (rowid, tokens) VALUES (%s, %s)",
                [(entry.slot, " ".join(entry.tokens)) for entry in entries],
            )

    def drop(self, slots: Sequence[int]) -> None:
        """Forget the tokens of these rows."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(slot,) for slot in slots])

    def matches(self, condition: Condition) -> Q:
        """The condition as a filter on ``SearchRow``."""
        wanted = spelled(condition, both=" AND ", either=" OR ", prefix="*")
        found = RawSQL("SELECT rowid FROM search_words WHERE search_words MATCH %s", [wanted])  # bound
        return Q(slot__in=found)


class TsVector:
    """The column ``vector`` of the table itself, with a GIN index."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Replace the tokens of these rows."""
        with connection.cursor() as cursor:
            for start in range(0, len(entries), STEP):
                some = entries[start : start + STEP]
                cursor.execute(
                    "UPDATE search_searchrow SET vector = array_to_tsvector(string_to_array(given.tokens, ' ')) "
                    "FROM (SELECT unnest(%s::uuid[]) AS id, unnest(%s::text[]) AS tokens) AS given "
                    "WHERE search_searchrow.id = given.id",
                    [[entry.id for entry in some], [" ".join(entry.tokens) for entry in some]],
                )

    def drop(self, slots: Sequence[int]) -> None:
        """Nothing to do: the tokens go with their row."""

    def matches(self, condition: Condition) -> Q:
        """The condition as a filter on ``SearchRow``."""
        wanted = spelled(condition, both=" & ", either=" | ", prefix=":*")
        return Q(RawSQL("search_searchrow.vector @@ %s::tsquery", [wanted], output_field=BooleanField()))


def engine() -> Engine:
    """The engine of the database in use."""
    return Fts5() if connection.vendor == "sqlite" else TsVector()
