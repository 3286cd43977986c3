"""How many pages a kept file has, where the file itself tells it."""

import re
import zipfile
from typing import IO

from linli.kernel.files.keeping import opened
from linli.kernel.files.media import DOCX, PDF
from linli.kernel.files.models import StoredFile

SAID = re.compile(rb"<Pages>(\d{1,5})</Pages>")
MOST = 100_000
"""Bytes of a property sheet; one that is longer is none."""


def page_count(stored: StoredFile) -> int | None:
    """Pages of a PDF, or those a Word file says it had when it was last laid out; a picture is one.

    None where nothing tells it: a Word file that was never opened, a damaged or unknown file.
    """
    if stored.content_type.startswith("image/"):
        return 1
    count = {PDF: _of_pdf, DOCX: _of_word}.get(stored.content_type)
    if count is None:
        return None
    try:
        with opened(stored) as body:
            return count(body)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def _of_pdf(body: IO[bytes]) -> int | None:
    import pypdfium2 as pdfium

    try:
        paper = pdfium.PdfDocument(body)
    except pdfium.PdfiumError:
        return None
    try:
        return len(paper)
    finally:
        paper.close()


def _of_word(body: IO[bytes]) -> int | None:
    with zipfile.ZipFile(body) as parts:
        sheet = parts.getinfo("docProps/app.xml")
        found = SAID.search(parts.read(sheet)) if sheet.file_size <= MOST else None
    return int(found.group(1)) if found else None
