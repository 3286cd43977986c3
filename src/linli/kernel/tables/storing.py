"""Between staged rows and a model: what is there by key, and one INSERT … SELECT that both databases understand."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models

from linli.kernel.refs import new_key
from linli.kernel.tables.cells import stored_moment
from linli.kernel.tables.declared import KEY, Into, Sheet
from linli.kernel.tables.models import Change, Doubt, Import, StagedRow

if TYPE_CHECKING:
    from linli.kernel.tables.checking import Checked

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Row = dict[str, Any]


def plain(value: Any) -> Any:
    """A stored value as the JSON value that the parsers give for it."""
    if isinstance(value, datetime):
        return stored_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID):
        return value.hex
    return value


def field_names(sheet: Sheet) -> dict[str, str]:
    """Key of a row -> field of the model, for the sheet's columns and what its review adds."""
    assert sheet.into is not None
    named = {column.key: column.key for column in sheet.columns}
    return {**named, **sheet.into.fields}


def existing(
    sheet: Sheet, keys: Sequence[tuple[Any, ...]], *, actor: Any
) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """The rows that are there already, by key, as JSON values. At most one query a batch."""
    if not keys:
        return {}
    if sheet.existing is not None:
        return sheet.existing(keys, actor=actor)
    if sheet.into is None:
        return {}
    names = {key: name for key, name in field_names(sheet).items() if name}
    first = names[sheet.key[0]]
    rows = (
        sheet.into.model()
        ._default_manager.filter(**{f"{first}__in": {key[0] for key in keys}})
        .order_by()
        .values_list(*names.values())
    )
    found: dict[tuple[Any, ...], Row] = {}
    for values in rows.iterator():
        row = dict(zip(names, map(plain, values), strict=True))
        found[tuple(row[part] for part in sheet.key)] = row
    return found


def is_empty(sheet: Sheet) -> bool:
    """Whether nothing can be there yet, so that no row needs a look-up."""
    return sheet.existing is None and sheet.into is not None and not sheet.into.model()._default_manager.exists()


def _as_key(value: UUID) -> str | UUID:
    """A key as the driver takes it."""
    return value.hex if connection.vendor == "sqlite" else value


def stage(batch: Import, checked: Sequence["Checked"]) -> None:
    """Insert staged rows: plain tuples, since model instances would take thrice the time."""
    meta = StagedRow._meta
    names = ("id", "batch", "number", "key", "data", "problems", "action", "matches", "doubt", "same_as")
    by_name = {field.name: str(field.column) for field in meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(by_name[name]) for name in names)
    of_batch = _as_key(batch.pk)
    rows = [
        (
            _as_key(new_key()),
            of_batch,
            row.number,
            "\x1f".join(map(str, row.key))[:500],
            _encode(row.data),
            _encode(row.problems) if row.problems else "[]",
            str(row.action.value),
            _encode([vars(match) for match in row.matches]) if row.matches else "[]",
            str(Doubt.OPEN.value) if row.matches else "",
            "",
        )
        for row in checked
    ]
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {meta.db_table} ({columns}) VALUES ({marks})", rows)  # noqa: S608  # our names


def unstage(batch: Import, actions: Sequence[str], *, most: int) -> bool:
    """Delete at most about ``most`` staged rows; False when none was left."""
    rows = StagedRow.objects.filter(batch=batch, action__in=actions)
    edge = rows.order_by("number").values_list("number", flat=True)[most : most + 1].first()
    found = rows if edge is None else rows.filter(number__lt=edge)
    return bool(found._raw_delete(found.db))  # noqa: SLF001  # the collector would load every row first


def _value_of(key: str, field: models.Field[Any, Any]) -> str:
    """SQL that reads one value of a staged row as the column's type."""
    if not KEY.fullmatch(key):
        message = f"not a plain word: {key!r}"
        raise ImproperlyConfigured(message)
    if connection.vendor == "sqlite":
        return f"json_extract(data, '$.{key}')"
    kind = (field.target_field if isinstance(field, models.ForeignKey) else field).db_type(connection) or "text"
    plain_kind = "text" if kind.startswith(("varchar", "text")) else kind
    return f"(data->>'{key}')::{plain_kind}"


def _constants(into: Into, taken: set[str], *, actor: Any) -> dict[models.Field[Any, Any], Any]:
    """Columns that no row fills: the owner's constants, else the field's default."""
    meta = into.model()._meta
    given = dict(into.constants(actor)) if into.constants is not None else {}
    found: dict[models.Field[Any, Any], Any] = {}
    for field in meta.concrete_fields:
        if field.name in taken or field.primary_key:
            continue
        value = given.pop(field.name, None) if field.name in given else field.get_default()
        if value is None and not field.null:
            message = f"{meta.label}.{field.name} has no value: name it in the sheet's constants"
            raise ImproperlyConfigured(message)
        found[field] = value
    if given:
        message = f"{meta.label} has no fields {sorted(given)}"
        raise ImproperlyConfigured(message)
    return found


def write(sheet: Sheet, batch: Import, *, actor: Any) -> None:
    """Take the new and changed rows of an import over in one statement. Call it inside a transaction.

    A row made here gets the key of its staged row; a row already there keeps its own and its constants. Rows said
    to be the same as a record there are given to the sheet's ``same``.
    """
    taken = StagedRow.objects.filter(batch=batch, action__in=[Change.NEW, Change.CHANGED])
    rows = taken.exclude(doubt=Doubt.SAME)
    if sheet.before is not None:
        sheet.before(rows, actor=actor)
    if sheet.same is not None:
        sheet.same(taken.filter(doubt=Doubt.SAME).order_by("number"), actor=actor)
    if sheet.commit is not None:
        sheet.commit(rows, actor=actor)
        return
    assert sheet.into is not None
    sql, params = _statement(sheet, sheet.into, batch, actor=actor)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _statement(sheet: Sheet, into: Into, batch: Import, *, actor: Any) -> tuple[str, list[Any]]:
    meta = into.model()._meta
    quote = connection.ops.quote_name
    names = {key: name for key, name in field_names(sheet).items() if name and key in _filled(sheet, batch)}
    fields = {key: meta.get_field(name) for key, name in names.items()}
    constants = _constants(into, {field.name for field in fields.values()}, actor=actor)
    columns = [quote(str(field.column)) for field in (*fields.values(), *constants)]
    values = [_value_of(key, field) for key, field in fields.items()]
    kinds = ["%s" if connection.vendor == "sqlite" else f"%s::{field.db_type(connection)}" for field in constants]
    params = [field.get_db_prep_save(value, connection) for field, value in constants.items()]
    if isinstance(meta.pk, models.UUIDField):
        key_of = _value_of(into.pk, meta.pk) if into.pk else "id"
        columns, values = [quote(str(meta.pk.column)), *columns], [key_of, *values]
    by_key = [meta.pk] if into.pk else [fields[part] for part in sheet.key]
    of_key = [quote(str(field.column)) for field in by_key]
    changed = [quote(str(field.column)) for key, field in fields.items() if key not in sheet.key]
    update = "UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in changed) if changed else "NOTHING"
    sql = (
        f"INSERT INTO {quote(meta.db_table)} ({', '.join(columns)}) "  # noqa: S608  # names of our own models
        f"SELECT {', '.join([*values, *kinds])} FROM {quote(StagedRow._meta.db_table)} "
        "WHERE batch_id = %s AND action IN ('new', 'changed') AND doubt <> 'same' "
        f"ON CONFLICT ({', '.join(of_key)}) DO {update}"
    )
    of_batch = StagedRow._meta.get_field("batch").get_db_prep_value(batch.pk, connection)
    return sql, [*params, of_batch]


def _filled(sheet: Sheet, batch: Import) -> set[str]:
    """Keys that rows of this import hold: columns found in the file, and what the review adds."""
    added = set(sheet.into.fields) - {column.key for column in sheet.columns} if sheet.into else set()
    return set(batch.positions) | added
