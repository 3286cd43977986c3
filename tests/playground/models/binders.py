"""A binder that holds files for one reader, and shops that come from a sheet: the playground of files and tables."""

from typing import Any

from django.db import models

from linli.kernel.files.allowing import allow
from linli.kernel.refs import Kind, register
from linli.kernel.refs.record import Record


class Binder(Record):
    reader_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Shop(Record):
    """A shop of the district: one column of every type that a sheet knows."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, blank=True)
    opened = models.DateField(null=True)
    rent = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    seats = models.IntegerField(null=True)
    listed = models.BooleanField(null=True)
    seen_at = models.DateTimeField(null=True)
    entered_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.name


def _of_reader(rows: models.QuerySet[Binder], actor: Any) -> models.QuerySet[Binder]:
    return rows.none() if actor is None else rows.filter(reader_id=actor.actor_id)


def _by_reader(actor: Any, binder: Any) -> bool:
    return binder is not None and actor is not None and binder.reader_id == actor.actor_id


allow("playground.binder", photos=_by_reader, scans=_by_reader)
register(Kind(name="playground.binder", model=Binder, title="Binder", visible_to=_of_reader))
