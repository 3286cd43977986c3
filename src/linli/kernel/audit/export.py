"""The audit as a table: one line a row with the columns of the page, and the whole mac to be checked outside."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from linli.kernel.audit.facts import DATA_LANGUAGE
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import chain_names, entries, record_labels

HEADINGS = ("时间", "人员", "来源", "事项", "对象", "内容", "链", "序号", "校验码", "对象编号")
TITLE = "审计"
SEALED_AWAY = "保存期满，内容已封存"
CHUNK = 500

Line = tuple[datetime | str | int, ...]


def table(rows: QuerySet[AuditRow], *, numbered: bool = True) -> Iterator[Line]:
    """The cells under :data:`HEADINGS`, in Chinese, read a few rows at a time; a few queries for 500 rows.

    Without numbers nobody can tell from a gap that rows are hidden from him.
    """
    found = rows.iterator(chunk_size=CHUNK)
    while batch := list(islice(found, CHUNK)):
        with override(DATA_LANGUAGE):
            told = _lines(batch, numbered=numbered)
        yield from told


def _lines(batch: list[AuditRow], *, numbered: bool) -> list[Line]:
    labels, chains = record_labels(batch), chain_names(row.chain for row in batch)
    told: list[Line] = []
    for entry in entries(batch):
        row = entry.row
        facts = "；".join(f"{word}：{value}" for word, value in entry.facts)
        ref = f"{row.kind}:{row.ref_id}" if row.ref_id else ""
        told.append(
            (
                entry.at, entry.actor, entry.source, entry.title, labels.get(row.pk, ""),
                SEALED_AWAY if entry.forgotten else facts, chains[row.chain], row.number if numbered else "", row.mac,
                ref,
            )
        )  # fmt: skip
    return told


def _cell(value: datetime | str | int) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def lines(rows: QuerySet[AuditRow], *, numbered: bool = True) -> Iterator[str]:
    """CSV lines (with a byte-order mark, as Excel in Chinese offices needs it), a few rows at a time."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(HEADINGS)
    for number, line in enumerate(table(rows, numbered=numbered), 1):
        writer.writerow([_cell(value) for value in line])
        if number % CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
