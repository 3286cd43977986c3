"""The audit as CSV: one line a row, with number and mac, for whoever checks it outside."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from django.db.models import QuerySet
from django.utils import timezone

from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import entries

HEADINGS = ("链", "序号", "时间", "人员", "事项", "对象", "内容", "来源", "校验码")
CHUNK = 500


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def lines(rows: QuerySet[AuditRow]) -> Iterator[str]:
    """CSV lines (with a byte-order mark, as Excel in Chinese offices needs it), a few rows at a time."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(HEADINGS)
    batch: list[AuditRow] = []
    for row in rows.iterator(chunk_size=CHUNK):
        batch.append(row)
        if len(batch) == CHUNK:
            yield _written(buffer, writer, batch)
            batch = []
    yield _written(buffer, writer, batch)


def _written(buffer: StringIO, writer: "csv._writer", batch: list[AuditRow]) -> str:  # type: ignore[name-defined]  # csv gives its writer no public name
    for entry in entries(batch):
        facts = ";".join(f"{word}:{value}" for word, value in entry.facts)
        when: datetime = timezone.localtime(entry.at)
        cells = (
            entry.row.chain,
            str(entry.number),
            when.strftime("%Y-%m-%d %H:%M:%S"),
            entry.actor,
            entry.title,
            f"{entry.row.kind}:{entry.row.ref_id}" if entry.row.ref_id else "",
            facts,
            entry.source,
            entry.row.mac,
        )
        writer.writerow([_safe(cell) for cell in cells])
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
