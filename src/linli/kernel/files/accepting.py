"""What a place of upload takes: types by content, size, and the sentence for everything else."""

from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from linli.kernel.errors import Refusal, TooMany
from linli.kernel.files import media as t
from linli.kernel.files.soundness import is_bomb, is_cut

MEGABYTE = 2**20


@dataclass(frozen=True)
class Accept:
    """``types`` are media types as ``content_type_of`` tells them; ``max_bytes`` the largest size."""

    name: str
    types: frozenset[str]
    max_bytes: int


IMAGES = Accept("images", frozenset({t.JPEG, t.PNG, t.WEBP, t.GIF}), 20 * MEGABYTE)
SHEETS = Accept("sheets", frozenset({t.XLSX, t.XLS, t.ODS, t.TEXT}), 50 * MEGABYTE)
PAPERS = Accept(
    "papers",
    IMAGES.types | {t.PDF, t.OFD, t.XLSX, t.DOCX, t.PPTX, t.XLS, t.DOC, t.PPT, t.ODS},
    50 * MEGABYTE,
)
VOICE = Accept("voice", frozenset({t.WEBM, t.OGG, t.M4A, t.MP3}), 4 * MEGABYTE)
"""Speech of about a minute; how long it is, is read where that matters (``sounds.py``)."""
LARGEST = max(accept.max_bytes for accept in (IMAGES, SHEETS, PAPERS, VOICE))
"""Bytes of the largest file that any place takes; a longer one is refused while it comes in (``uploading.py``)."""

_DAMAGED = gettext_noop("The file is damaged or incomplete. Open it, save it again and upload the new file.")
_WHY = {
    t.LOCKED: gettext_noop("The file is protected by a password. Remove the password and upload it again."),
    t.MACROS: gettext_noop("The file contains macros. Save it as an ordinary workbook and upload it again."),
    t.SVG: gettext_noop("SVG drawings are not taken. Save the drawing as PNG and upload it again."),
    t.HEIC: gettext_noop("HEIC pictures are not taken. Save the picture as JPEG and upload it again."),
    t.BROKEN_ZIP: _DAMAGED,
    t.OLE: _DAMAGED,
    t.HTML: gettext_noop(
        "The file is a web page, whatever its name says. Open it in Excel or WPS, save it as .xlsx and upload that."
    ),
}
NAMES = {
    t.JPEG: "JPEG", t.PNG: "PNG", t.GIF: "GIF", t.WEBP: "WebP", t.PDF: "PDF", t.OFD: "OFD", t.XLSX: "xlsx",
    t.XLS: "xls", t.ODS: "ods", t.DOCX: "docx", t.DOC: "doc", t.PPTX: "pptx", t.PPT: "ppt", t.TEXT: "csv",
    t.WEBM: "webm", t.OGG: "ogg", t.M4A: "m4a", t.MP3: "mp3", t.XML: "XML",
}  # fmt: skip


def check_size(size: int, accept: Accept) -> None:
    """Refuse an empty file and one above the limit. Raises Refusal, TooMany."""
    if size == 0:
        raise Refusal(_("The file is empty (0 bytes). Choose another file."), code="file-empty", field="file")
    if size > accept.max_bytes:
        sentence = _("The file has %(size)s MB; at most %(limit)s MB are taken.") % {
            "size": f"{size / MEGABYTE:.1f}",
            "limit": accept.max_bytes // MEGABYTE or f"{accept.max_bytes / MEGABYTE:.2f}",
        }
        raise TooMany(sentence, code="file-too-large", field="file")


def check_type(file: IO[bytes], accept: Accept, *, name: str = "") -> str:
    """The media type by content. Raises Refusal with the reason when it is not taken here, or is not sound.

    ``name`` is only used to say that a suffix promises something else.
    """
    found = t.content_type_of(file)
    if found in accept.types:
        if is_cut(file, found):
            raise Refusal(_(_DAMAGED), code="file-damaged", field="file")
        if is_bomb(file, found):
            sentence = _("The file would unpack to far more than a document needs. It was not opened and not kept.")
            raise Refusal(sentence, code="file-bomb", field="file")
        return found
    if found in _WHY:
        raise Refusal(_(_WHY[found]), code="file-type", field="file")
    known = "、".join(sorted({NAMES.get(item, item) for item in accept.types}, key=str.lower))
    suffix = "." + name.rpartition(".")[2].lower()
    if any(suffix in _claims(item) for item in accept.types):
        sentence = _("The name ends in %(suffix)s, but the content is something else. Taken are: %(kinds)s.")
        raise Refusal(sentence % {"suffix": suffix, "kinds": known}, code="file-type", field="file")
    plain = _("This kind of file is not taken here. Taken are: %(kinds)s.")
    raise Refusal(plain % {"kinds": known}, code="file-type", field="file")


def _claims(media: str) -> tuple[str, ...]:
    """The suffixes by which a name says that it is of this type."""
    return (".jpg", ".jpeg") if media == t.JPEG else (t.SUFFIXES.get(media, ".csv"),)
