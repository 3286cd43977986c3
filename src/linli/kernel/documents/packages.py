"""What a template may hold before we open it, Word file or slides: a bounded zip, no entities, no way out."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 400
MOST_RATIO = 200
INERT = "ppt/printerSettings/"
"""What PowerPoint remembers of a printer: data of a driver, never run."""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "PAGEREF", "SEQ", "HYPERLINK", "="})
"""Field codes that only reckon inside the paper. All others (DDE, DDEAUTO, INCLUDETEXT, …) are refused."""
ACTIVE = re.compile(r"(vba|macro|activex|embeddings|oleobject|\.bin$|\.exe$|\.js$|afchunk|customui)", re.IGNORECASE)


def _refuse(sentence: str | Promise) -> Refusal:
    return Refusal(sentence, code="bad-template", field="template")


SLIDES = "ppt/presentation.xml"
"""The part that makes a package slides, as ``main`` of :func:`check_package`."""


def check_package(content: bytes, *, main: str = "word/document.xml") -> None:
    """Refuse a template that is no Word file (or slides, by ``main``), too large, packed like a bomb, or active."""
    no_such = (
        _("This is no file of slides (.pptx). Save it in PowerPoint or WPS as .pptx first.")
        if main == SLIDES
        else _("This is no Word file (.docx). Save it in Word or WPS as .docx first.")
    )
    if len(content) > MOST_BYTES:
        raise _refuse(_("The template is larger than 10 MB."))
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        names = {entry.filename for entry in archive.infolist()}
    except zipfile.BadZipFile:
        raise _refuse(no_such) from None
    if main not in names or "[Content_Types].xml" not in names:
        raise _refuse(no_such)
    with archive:
        for name, part in _unpacked(archive):
            if ACTIVE.search(name) and not name.startswith(INERT):
                raise _refuse(_("The template holds macros or embedded objects. Remove them and save it again."))
            if name.endswith((".xml", ".rels")):
                _check_part(name, part)


def _unpacked(archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    entries = archive.infolist()
    packed_wrong = any(
        entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > MOST_PARTS or packed_wrong or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _refuse(_("The template unpacks to more than a paper needs; it was not opened."))
    parts, left = [], MOST_UNPACKED
    for entry in entries:
        try:
            with archive.open(entry) as file:
                part = file.read(left + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
            raise _refuse(_("The template is damaged or protected by a password.")) from None
        left -= len(part)
        if left < 0:
            raise _refuse(_("The template unpacks to more than a paper needs; it was not opened."))
        parts.append((entry.filename, part))
    return parts


def _check_part(name: str, part: bytes) -> None:
    bare = part.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise _refuse(_("The template declares XML entities, which no Word file needs; it was not opened."))
    try:
        root = ET.fromstring(part)  # noqa: S314  # entities and document types were refused above
    except ET.ParseError:
        raise _refuse(_("The template is damaged or protected by a password.")) from None
    if name == "[Content_Types].xml" and any("macro" in (node.get("ContentType") or "").lower() for node in root):
        raise _refuse(_("The template holds macros or embedded objects. Remove them and save it again."))
    if name.endswith(".rels"):
        _check_relationships(root)
    else:
        _check_fields(root)


def _check_relationships(root: ET.Element) -> None:
    for node in root.iter():
        if (node.get("TargetMode") or "").lower() == "external":
            raise _refuse(_("The template points to something outside itself (a link, picture or other template)."))


def _check_fields(root: ET.Element) -> None:
    codes = [node.get(f"{WORD}instr") or "" for node in root.iter(f"{WORD}fldSimple")]
    open_code: list[str] = []
    for node in root.iter():
        if node.tag == f"{WORD}fldChar":
            codes.append("".join(open_code))
            open_code = []
        elif node.tag == f"{WORD}instrText":
            open_code.append(node.text or "")
    codes.append("".join(open_code))
    for code in codes:
        word = code.split()[0].upper() if code.split() else ""
        if word and word not in FIELDS:
            raise _refuse(_("The template holds the field “%(word)s”, which is not allowed.") % {"word": word[:20]})
