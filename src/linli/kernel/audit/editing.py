"""What an edit did to a row, column by column: before and after, in words, personal ones sealed."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from linli.kernel.audit.facts import DATA_LANGUAGE, Change, Personal


@runtime_checkable
class Masked(Protocol):
    """A value that prints masked: two are compared by what they hide, and recorded as they print."""

    def for_machine(self, *, because: str) -> str: ...


class Value(NamedTuple):
    """One column of a row at one moment: what is compared, and what the record says of it."""

    held: Any
    told: Any


def seen(row: models.Model, columns: Iterable[str]) -> dict[str, Value]:
    """How ``columns`` of ``row`` stand now; taken before an edit and after it."""
    return {name: _value(row, row._meta.get_field(name)) for name in columns}


def _value(row: models.Model, field: Any) -> Value:
    value = getattr(row, field.attname)
    if isinstance(value, Masked):
        return Value(value.for_machine(because="comparison"), str(value))
    if field.is_relation:
        return Value(value, in_chinese(getattr(row, field.name)))
    labels = dict(field.flatchoices) if field.choices else {}
    return Value(value, labels.get(value, value))


def told(row: models.Model, column: str) -> Any:
    """What the record says of one column of ``row``: a choice by its label, read in Chinese when it is written."""
    return _value(row, row._meta.get_field(column)).told


def in_chinese(thing: object) -> str:
    """A record as the audit names it, in Chinese whoever acts; "" for None."""
    with override(DATA_LANGUAGE):
        return "" if thing is None else str(thing)


def changes(before: Mapping[str, Value], after: Mapping[str, Value], *, of: UUID | None = None) -> dict[str, Any]:
    """Column -> :class:`Change` for those that differ; with ``of`` each side is sealed with that person's key."""
    found = {}
    for name, now in after.items():
        was = before[name]
        if _given(was.held) != _given(now.held):
            found[name] = Change(*(_kept(value.told, of) for value in (was, now)))
    return found


def _given(held: Any) -> Any:
    """An empty text and nothing are the same."""
    return None if held == "" else held


def _kept(told: Any, of: UUID | None) -> Any:
    if of is None or told in (None, ""):
        return told
    with override(DATA_LANGUAGE):
        text = (gettext("yes") if told else gettext("no")) if isinstance(told, bool) else str(told)
    return Personal(of, text)


def words_of(model: type[models.Model], *columns: str) -> dict[str, str | Promise]:
    """Column -> its name for readers, as ``register_action`` takes it."""
    titles = {field.name: field.verbose_name for field in model._meta.fields}
    return {name: titles[name] for name in columns}
