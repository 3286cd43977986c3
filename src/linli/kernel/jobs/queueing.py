"""Several jobs queued by one INSERT, some of them only where the database says that somebody waits for them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from linli.kernel.jobs.models import Job

Condition = models.QuerySet[Any] | None


@cache
def _marks(vendor: str) -> str:
    """The places of the columns; PostgreSQL wants to hear of which type a bare value is."""
    fields = Job._meta.concrete_fields
    return ", ".join("%s" if vendor == "sqlite" else f"%s::{field.db_type(connection)}" for field in fields)


def queue(rows: Sequence[tuple[Job, Condition]]) -> None:
    """Insert unsaved jobs in the caller's transaction, one query at most.

    A row that comes with a queryset is written only where that finds something at this moment. The question is
    part of the INSERT, so it costs no query of its own and no process can hold an answer that is out of date.
    """
    if not rows:
        return
    fields = Job._meta.concrete_fields
    quote = connection.ops.quote_name
    marks = _marks(connection.vendor)
    parts, params = [], []
    for job, condition in rows:
        params += [field.get_db_prep_save(field.pre_save(job, add=True), connection) for field in fields]
        where = ""
        if condition is not None:
            asked, facts = condition.order_by().values("pk").query.sql_with_params()
            where = f" WHERE EXISTS ({asked})"
            params += facts
        parts.append(f"SELECT {marks}{where}")
    columns = ", ".join(quote(str(field.column)) for field in fields)
    sql = f"INSERT INTO {quote(Job._meta.db_table)} ({columns}) {' UNION ALL '.join(parts)}"  # our names
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
