"""Limits over rows: everybody who would write under one limit takes its version row first."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Missing
from linli.kernel.refs.record import Record


class LimitRow(Record):
    """A row that carries a limit over other rows. ``version`` counts how often it was taken."""

    version = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


@contextmanager
def locked(*rows: LimitRow) -> Iterator[None]:
    """One transaction in which nobody else can work under the same rows: take them, then sum, then write.

    The rows are taken by an UPDATE of their version, several in order of table and id so that two takers
    never wait for each other in a ring, and are then read afresh. Works alike on SQLite and on PostgreSQL
    (READ COMMITTED). Raises Missing where a row is gone.
    """
    with transaction.atomic():
        for row in sorted(rows, key=lambda row: (type(row).__qualname__, row.pk)):
            everything = type(row)._base_manager  # noqa: SLF001  # Django's word for "no row hidden"
            taken = everything.filter(pk=row.pk).update(version=F("version") + 1)
            if not taken:
                raise Missing(_("What this limit belongs to no longer exists."))
        for row in rows:
            row.refresh_from_db()
        yield


class NumberRun(LimitRow):
    """The base of a table of last numbers, one row for each run (a street and a year)."""

    last = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


def next_number(run: type[NumberRun], **key: Any) -> int:
    """The next number of the run under ``key``, from 1 and without a gap: whoever comes second waits for the first.

    Call it inside the verb's transaction, so that a verb that fails gives its number back.
    """
    everything = run._base_manager  # noqa: SLF001  # Django's word for "no row hidden"
    rows = everything.filter(**key)
    with transaction.atomic(savepoint=False):
        while not rows.update(last=F("last") + 1, version=F("version") + 1):
            everything.bulk_create([run(**key)], ignore_conflicts=True)
        return int(rows.values_list("last", flat=True).get())  # the row is ours until the transaction ends
