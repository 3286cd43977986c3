"""A copy of all data of one person: a JSON file for programs and a table for people, prepared by a job."""

import io
import json
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from linli.apps.people.models import DataExport, DataRequest, User
from linli.apps.people.queries.rights import Kept, kept_about, subject_of_request
from linli.kernel import files
from linli.kernel.events import record
from linli.kernel.files import media
from linli.kernel.jobs import report_progress
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of
from linli.kernel.tables import write_xlsx

ACCEPT = files.Accept("data_export", frozenset({media.TEXT, media.XLSX}), 200 * 2**20)
HEADINGS = ("类别", "用途", "依据", "保存期限", "第几条", "项目", "内容")


def prepare(request: DataRequest, *, reader: User, actor: Actor | None, at: datetime | None = None) -> DataExport:
    """Queue the copy; only ``reader`` may fetch it, for the days of the setting ``people.export_days``."""
    from linli.apps.people.jobs import prepare_export  # the job calls back into this module

    at = at or timezone.now()
    expires = at + timedelta(days=value_of("people.export_days", at=at))
    export = DataExport.objects.create(request=request, reader=reader, made_at=at, expires_at=expires)
    queued = prepare_export.enqueue(str(export.pk))
    DataExport.objects.filter(pk=export.pk).update(job_id=UUID(str(queued.id)))
    return export


def make_files(export_id: UUID, *, at: datetime | None = None) -> bool:
    """Write both files and mark the copy as ready. False where it was ready before."""
    export = DataExport.objects.select_related("request__user", "request__person").get(pk=export_id)
    if export.ready_at is not None:
        return False
    with override(settings.LANGUAGE_CODE):
        parts = kept_about(subject_of_request(export.request, reader=export.reader_id))
        report_progress(1, 3)
        text = json.dumps(told(parts), ensure_ascii=False, indent=2, default=str)
        sheet = _sheet(parts)
        report_progress(2, 3)
    owner, at = ref_of(export), at or timezone.now()
    with transaction.atomic():
        for name, content in (("我的资料.json", text.encode()), ("我的资料.xlsx", sheet)):
            files.keep(ContentFile(content, name), accept=ACCEPT, owner=owner, actor=None, name=name, at=at)
        DataExport.objects.filter(pk=export.pk).update(ready_at=at)
        record("people.data_export.ready", export.request, actor=None, at=at)
    report_progress(3, 3)
    return True


def told(parts: list[Kept]) -> list[dict[str, Any]]:
    """The copy as plain data: part by part with purpose, ground and term."""
    return [
        {
            "类别": str(kept.title),
            "用途": str(kept.part.purpose),
            "依据": str(kept.part.basis.label),
            "保存期限": kept.retention.words() if kept.retention else "",
            "是否停止使用": kept.frozen,
            "记录": kept.rows,
        }
        for kept in parts
    ]


def _lines(parts: list[Kept]) -> Iterator[tuple[str, ...]]:
    for part in told(parts):
        head = (part["类别"], part["用途"], part["依据"], part["保存期限"])
        for number, row in enumerate(part["记录"], start=1):
            for word, value in row.items():
                yield (*head, str(number), str(word), "" if value is None else str(value))


def _sheet(parts: list[Kept]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.xlsx"
        write_xlsx(path, HEADINGS, _lines(parts), title="我的资料")
        return io.BytesIO(path.read_bytes()).getvalue()


def forget_exports(before: datetime) -> int:
    """Remove copies that expired before a moment, with their files; the request itself stays. How many."""
    return forget_files(DataExport.objects.filter(expires_at__lt=before))


def forget_files(exports: QuerySet[DataExport]) -> int:
    """Remove these copies and their files; how many."""
    rows = list(exports)
    for export in rows:
        for stored in files.files_of(ref_of(export)):
            files.forget(stored.pk)
        export.delete()
    return len(rows)
