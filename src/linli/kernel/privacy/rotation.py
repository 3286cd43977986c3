"""Changing keys: a new current key, then every sealed value written anew under it, in small steps."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from linli.kernel.privacy.columns import Fingerprint, SealedText
from linli.kernel.privacy.sealed import Sealed, Token
from linli.kernel.privacy.sorts import fingerprint_of
from linli.kernel.seals import Unreadable, current_keyring, wrap_anew
from linli.kernel.seals.keyring import new_key
from linli.kernel.seals.sealing import key_id_of, seal

BATCH = 200
PURPOSES = ("fields", "lookup", "owners")


def rotate(purpose: str) -> str:
    """Add a new current key for ``purpose`` ("fields", "lookup", "owners"); returns its id. Old seals still open."""
    return new_key(purpose)


def _columns() -> Iterator[tuple[type[models.Model], SealedText, list[Fingerprint]]]:
    for model in apps.get_models():
        fields = model._meta.local_concrete_fields
        for field in fields:
            if isinstance(field, SealedText):
                yield model, field, [f for f in fields if isinstance(f, Fingerprint) and f.of == field.name]


def _batches(model: type[models.Model], column: SealedText) -> Iterator[list[Any]]:
    """Rows with a value, by key, a batch at a time; each batch is one short read."""
    last = None
    rows = model._default_manager.exclude(**{column.name: ""}).order_by("pk")
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        yield batch
        last = batch[-1].pk


def _write(row: models.Model, column: SealedText, prints: list[Fingerprint]) -> int:
    """Write one value anew unless it is so already or somebody changed it meanwhile. 1 when written."""
    sealed: Sealed = getattr(row, column.attname)
    token = sealed.sealed_token()
    text = sealed.for_machine(because="new key")
    changes: dict[str, Any] = {}
    for found in prints:
        fresh = fingerprint_of(column.sort, text)
        if getattr(row, found.attname) != fresh:
            changes[found.attname] = fresh
    current, _ = current_keyring().key_for("fields")
    if key_id_of(token) != current:
        changes[column.attname] = Token(seal(text, context=sealed.context))
    if not changes:
        return 0
    same = row._meta.model._default_manager.filter(pk=row.pk, **{column.name: sealed})
    return same.update(**changes)


def reseal(*, progress: Callable[[int, int], None] | None = None) -> tuple[int, list[str]]:
    """Write every sealed value, and the keys of owners, under the current keys. Returns how many were written, and
    the unreadable ones.

    Safe to run twice and to break off: what is done is left alone. A row that somebody saves meanwhile wins.
    """
    written, unreadable = 0, []
    columns = list(_columns())
    for number, (model, column, prints) in enumerate(columns, start=1):
        for batch in _batches(model, column):
            for row in batch:
                try:
                    written += _write(row, column, prints)
                except Unreadable:
                    unreadable.append(f"{model._meta.label}.{column.name}:{row.pk}")
        if progress is not None:
            progress(number, len(columns))
    wrapped, lost = wrap_anew(BATCH)
    return written + wrapped, [*unreadable, *lost]
