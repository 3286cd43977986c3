"""The two engines: FTS5 on SQLite, tsvector on PostgreSQL. Both are handed ready tokens and asked for sets only."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from linli.kernel.search.models import ROOM, room_of
from linli.kernel.search.query import Condition, spelled
from linli.kernel.search.tokens import street_token

STEP = 400


class Entry(NamedTuple):
    """The tokens of one row of ``SearchRow``."""

    id: UUID
    slot: int
    tokens: list[str]
    street: UUID | None = None


class Engine(Protocol):
    def put(self, entries: Sequence[Entry]) -> None: ...

    def drop(self, slots: Sequence[int]) -> None: ...

    def matches(self, condition: Condition, streets: Collection[UUID] | None = None) -> Q: ...


class Fts5:
    """A virtual table ``search_words`` whose row ids are the slots; it is written in their order, as FTS5 likes it."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Replace the tokens of these rows."""
        entries = sorted(entries, key=lambda entry: entry.slot)
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

    def matches(self, condition: Condition, streets: Collection[UUID] | None = None) -> Q:
        """The condition as a filter on ``SearchRow``; of some streets only their rooms are read."""
        wanted = spelled(condition, both=" AND ", either=" OR ", prefix="*")
        everywhere = "SELECT rowid FROM search_words WHERE search_words MATCH %s"
        if streets is None:
            return Q(slot__in=RawSQL(everywhere, [wanted]))  # noqa: S611  # what was typed is bound
        rooms = sorted({room_of(street) for street in streets})
        part = f"{everywhere} AND rowid BETWEEN %s AND %s"
        bounds = [(wanted, room << ROOM, (room + 1 << ROOM) - 1) for room in rooms]
        statement = " UNION ALL ".join([part] * len(rooms))
        found = RawSQL(statement, [value for one in bounds for value in one])  # noqa: S611  # as above
        return Q(slot__in=found, street__in=list(streets)) if rooms else Q(pk__in=[])


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
                    [[entry.id for entry in some], [" ".join(self._of(entry)) for entry in some]],
                )

    def _of(self, entry: Entry) -> list[str]:
        return entry.tokens if entry.street is None else [*entry.tokens, street_token(entry.street)]

    def drop(self, slots: Sequence[int]) -> None:
        """Nothing to do: the tokens go with their row."""

    def matches(self, condition: Condition, streets: Collection[UUID] | None = None) -> Q:
        """The condition as a filter on ``SearchRow``; of some streets by their own token, which the index joins."""
        wanted = spelled(condition, both=" & ", either=" | ", prefix=":*")
        if streets is not None:
            if not streets:
                return Q(pk__in=[])
            wanted += f" & ({' | '.join(sorted(street_token(street) for street in streets))})"
        return Q(RawSQL("search_searchrow.vector @@ %s::tsquery", [wanted], output_field=BooleanField()))


def engine() -> Engine:
    """The engine of the database in use."""
    return Fts5() if connection.vendor == "sqlite" else TsVector()
