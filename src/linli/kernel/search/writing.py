"""Keeping the index: a record's row is written in the transaction of the verb that changed the record."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from linli.kernel.refs import Kind, Ref, kind_of, ref_of
from linli.kernel.search.engines import Entry, engine
from linli.kernel.search.models import ROOM, SearchRow, new_slot, room_of
from linli.kernel.search.sources import plain_text, searchables
from linli.kernel.search.tokens import tokens_of

BATCH = 500


def index(record: Model) -> None:
    """Make a record of a searchable kind found by its text as it is now. Four queries."""
    index_many([record])


@transaction.atomic
def index_many(records: Iterable[Any]) -> int:
    """Index records of one kind, again or for the first time; returns how many have a text."""
    pile = list(records)
    if not pile:
        return 0
    kind = kind_of(pile[0])
    source = searchables()[kind.name]
    texts = {record.pk: plain_text(source, record) for record in pile}
    _drop(SearchRow.objects.filter(kind=kind.name, ref_id__in=[key for key, text in texts.items() if not text]))
    filled = sorted((record for record in pile if texts[record.pk]), key=lambda record: record.pk)
    for start in range(0, len(filled), BATCH):
        _write(kind, filled[start : start + BATCH], texts)
    return len(filled)


def _write(kind: Kind, records: list[Any], texts: dict[Any, str]) -> None:
    rows = [
        SearchRow(kind=kind.name, ref_id=record.pk, street=street, plain=texts[record.pk], slot=new_slot(street))
        for record in records
        for street in (kind.street(record),)
    ]
    SearchRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "ref_id"], update_fields=["plain", "street"]
    )
    kept = list(SearchRow.objects.filter(kind=kind.name, ref_id__in=[row.ref_id for row in rows]).defer("plain"))
    _move_house(kept)
    engine().put([Entry(row.pk, row.slot, tokens_of(texts[row.ref_id]), row.street) for row in kept])


def _move_house(rows: list[SearchRow]) -> None:
    """Give rows whose record went to another street a slot in that street's room."""
    moved = [row for row in rows if row.slot >> ROOM != room_of(row.street)]
    if moved:
        engine().drop([row.slot for row in moved])
        for row in moved:
            row.slot = new_slot(row.street)
        SearchRow.objects.bulk_update(moved, ["slot"])


@transaction.atomic
def remove(target: Ref | Model) -> bool:
    """Let a record be found no more. True when it was found until now."""
    ref = target if isinstance(target, Ref) else ref_of(target)
    return _drop(SearchRow.objects.filter(kind=ref.kind, ref_id=ref.id)) > 0


def _drop(rows: QuerySet[SearchRow]) -> int:
    slots = list(rows.values_list("slot", flat=True))
    if slots:
        engine().drop(slots)
        for start in range(0, len(slots), BATCH):
            SearchRow.objects.filter(slot__in=slots[start : start + BATCH]).delete()
    return len(slots)


def _in_batches(kind: Kind) -> Iterator[list[Any]]:
    last = None
    rows = kind.rows().order_by("pk")
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        yield batch
        last = batch[-1].pk


def rebuild(*, progress: Callable[[int, int], None] | None = None) -> int:
    """Index everything anew and forget what is gone, in small transactions; returns how many can be found.

    Safe while people work and to break off: what was written stays, a second run finishes it.
    """
    sources = searchables()
    total = sum(kind_of(name).rows().count() for name in sources)
    done = found = 0
    for name in sources:
        kind = kind_of(name)
        for batch in _in_batches(kind):
            found += index_many(batch)
            done += len(batch)
            if progress is not None:
                progress(min(done, total), total)
        with transaction.atomic():
            _drop(SearchRow.objects.filter(kind=name).exclude(ref_id__in=kind.rows().values("pk")))
    with transaction.atomic():
        _drop(SearchRow.objects.exclude(kind__in=list(sources)))
    return found
