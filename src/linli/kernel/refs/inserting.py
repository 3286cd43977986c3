"""Many new rows of one table in one prepared statement, instead of long statements built anew for every few rows."""

from collections.abc import Sequence

from django.db import connections, models, router


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one table; values are prepared as by ``save``. Sends no signals, reads nothing back.

    Every row must know its key already, as a ``Record`` does. Raises IntegrityError.
    """
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    fields = [(field.pre_save, field.get_db_prep_save) for field in model._meta.concrete_fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [[prepared(value_of(row, True), connection) for value_of, prepared in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", values)  # noqa: S608  # our names
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  # as bulk_create leaves them
