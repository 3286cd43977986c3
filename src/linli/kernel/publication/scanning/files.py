"""Reading one file for everything that may not be public: by what it is, never by its name."""

import csv
import io
from collections.abc import Callable

from django.utils.translation import gettext as _

from linli.kernel.files import media
from linli.kernel.privacy.masks import mask_name
from linli.kernel.publication.scanning.findings import Finding, FindingKind
from linli.kernel.publication.scanning.packages import Unreadable
from linli.kernel.publication.scanning.papers import look_through_docx
from linli.kernel.publication.scanning.properties import names_a_person
from linli.kernel.publication.scanning.sheets import look_through_xlsx
from linli.kernel.publication.scanning.texts import Lists, look_through, look_through_row, speaks_of_hardship

MOST = 50
PICTURES = frozenset({media.JPEG, media.PNG, media.GIF, media.WEBP})
MOST_PAGES = 300


def look_through_file(content: bytes, name: str, lists: Lists) -> list[Finding]:
    """Findings of an xlsx, docx, pdf, csv or text. A picture asks for the checker's eyes; anything else is refused."""
    kind = media.content_type_of(io.BytesIO(content))
    if kind in PICTURES:
        return [Finding(FindingKind.BY_EYE, name)]
    reader = _READERS.get(kind)
    if reader is None:
        return [Finding(FindingKind.LOCKED, name)]
    try:
        return [finding.at(name) for finding in reader(content, lists)]
    except Unreadable:
        return [Finding(FindingKind.LOCKED, name)]


def _look_through_text(content: bytes, lists: Lists) -> list[Finding]:
    """A csv, or any plain text: rows are looked at as rows too."""
    text = _decoded(content)
    found = look_through(text, lists)
    under = False
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        for _index, finding in look_through_row(row, lists, under=under):
            found.append(finding.at(_("line %(number)s") % {"number": number}))
        under = under or (number == 1 and any(speaks_of_hardship(cell, lists) for cell in row))
        if len(found) >= MOST:
            break
    return found[:MOST]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _look_through_pdf(content: bytes, lists: Lists) -> list[Finding]:
    """The text of every page, author and title, attached files. A page without text asks for eyes."""
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise Unreadable from None
    with paper:
        found = _of_metadata(paper.get_metadata_dict(), lists)
        if paper.count_attachments():
            found.append(Finding(FindingKind.HIDDEN, _("attached files")))
        if len(paper) > MOST_PAGES:
            raise Unreadable
        for number in range(len(paper)):
            place = _("page %(number)s") % {"number": number + 1}
            text = paper[number].get_textpage().get_text_bounded().replace("\r\n", "\n")
            if not text.strip():
                found.append(Finding(FindingKind.BY_EYE, place))
            found += [finding.at(place) for finding in look_through(text, lists)]
            if len(found) >= MOST:
                break
    return found[:MOST]


def _of_metadata(said: dict[str, str], lists: Lists) -> list[Finding]:
    author = said.get("Author", "").strip()
    found = [Finding(FindingKind.PROPERTY, _("property “author”"), mask_name(author))] if names_a_person(author) else []
    for key in ("Title", "Subject", "Keywords"):
        found += [finding.at(key) for finding in look_through(said.get(key, ""), lists)]
    return found


_READERS: dict[str, Callable[[bytes, Lists], list[Finding]]] = {
    media.XLSX: look_through_xlsx,
    media.DOCX: look_through_docx,
    media.PDF: _look_through_pdf,
    media.TEXT: _look_through_text,
}
