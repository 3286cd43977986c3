"""A mark on every printed page of a workbook: its header and footer, added to the sheet as it was written."""

import shutil
import zipfile
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

SHEET = "xl/worksheets/sheet1.xml"
END = b"</worksheet>"
LONGEST = 240
"""Excel takes 255 characters of a header or footer."""


def mark_pages(path: Path, mark: str) -> None:
    """Put ``mark`` at the top and the foot of every printed page of the workbook's only sheet."""
    words = escape(mark[:LONGEST].replace("&", "&&"))
    added = f"<headerFooter><oddHeader>&amp;C{words}</oddHeader><oddFooter>&amp;C{words}</oddFooter></headerFooter>"
    marked = path.with_suffix(".marked")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(marked, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.infolist():
            if part.filename != SHEET:
                new.writestr(part, old.read(part))
                continue
            with old.open(part) as source, new.open(SHEET, "w", force_zip64=part.file_size > 2**31) as target:
                _copy(source, target, added.encode())
    shutil.move(marked, path)


def _copy(source: IO[bytes], target: IO[bytes], added: bytes) -> None:
    """The sheet piece by piece, with ``added`` before its end."""
    kept = b""
    while chunk := source.read(2**20):
        kept += chunk
        target.write(kept[: -len(END)])
        kept = kept[-len(END) :]
    target.write(kept.replace(END, added + END))
