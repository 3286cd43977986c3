"""A list handed out as a workbook."""

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.http import FileResponse

from linli.kernel.tables import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """Rows below their headings as a workbook called ``title``."""
    with tempfile.TemporaryDirectory(prefix="linli-places-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, headings, rows, title=title)
        body = io.BytesIO(path.read_bytes())
    return FileResponse(body, as_attachment=True, filename=f"{title}.xlsx", content_type=XLSX)
