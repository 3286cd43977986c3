"""What is searched: one row a record, its text made plain. The tokens stand where the engine wants them."""

import secrets
from uuid import UUID

from django.db import models

from linli.kernel.refs.record import Record

ROOM = 52
"""Bits of a slot below the number of its street's room: so many are random."""
ROOMS = (1 << 63 - ROOM) - 1


def room_of(street: UUID | None) -> int:
    """The number of the room a street's slots lie in; 0 for what belongs to no street. Two streets may share one."""
    return 0 if street is None else 1 + street.int % ROOMS


def new_slot(street: UUID | None = None) -> int:
    """A number for the engine that counts its rows by integers: random within the street's own room.

    So the rows of a street lie together, and a search in it passes by the others'.
    """
    return room_of(street) << ROOM | secrets.randbits(ROOM)


class SearchRow(Record):
    """The searched text of one record. On PostgreSQL the table has a column ``vector`` that only SQL sees."""

    kind = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    street = models.UUIDField(null=True)
    plain = models.TextField()
    slot = models.BigIntegerField(unique=True, default=new_slot)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref_id"], name="search_once_a_record")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref_id}"
