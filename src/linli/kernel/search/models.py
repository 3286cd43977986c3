"""What is searched: one row a record, its text made plain. The tokens stand where the engine wants them."""

import secrets

from django.db import models

from linli.kernel.refs.record import Record


def new_slot() -> int:
    """A number for the engine that counts its rows by integers; random, so that nothing is read from it."""
    return secrets.randbits(62)


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
