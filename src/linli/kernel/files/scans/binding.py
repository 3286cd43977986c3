"""Many scanned pages, pictures and PDFs mixed, bound to one PDF in the order they were given."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from threading import Lock
from typing import IO, Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from linli.kernel.errors import Refusal, TooMany
from linli.kernel.files import images
from linli.kernel.files import media as t
from linli.kernel.files.accepting import IMAGES, MEGABYTE, Accept, check_size, check_type
from linli.kernel.files.keeping import put, size_of
from linli.kernel.files.models import StoredFile
from linli.kernel.refs import Ref
from linli.kernel.scope.actors import Actor

PAGES = Accept("scanned pages", IMAGES.types | {t.PDF}, 50 * MEGABYTE)
MOST_PAGES = 300
LONGEST = 2480
"""Dots of the longer side of a page drawn from a picture: A4 at some 210 to the inch."""
A4 = (595.276, 841.89)
"""Points."""

_DAMAGED = gettext_noop("The PDF is damaged and cannot be opened. Scan or save it again.")
_LOCKED = gettext_noop("The PDF is protected by a password. Remove the password and upload it again.")
_ONE_AT_A_TIME = Lock()
"""PDFium may be used by one thread of a process at a time."""


def bind(
    pages: Sequence[IO[bytes] | File[Any]],
    *,
    owner: Ref,
    title: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> StoredFile:
    """One PDF of all pages, kept with ``owner`` as "title.pdf"; the caller has asked whether ``actor`` may.

    Pictures stand upright on A4, stripped. Raises Refusal (which page is damaged, locked or no page), TooMany
    (300 pages, 50 MB); then nothing is left over.
    """
    if not pages:
        raise Refusal(_("Choose at least one page."), code="no-pages", field="pages")
    body = bound(pages)
    check_size(size_of(body), PAGES)
    return put(body, t.PDF, owner=owner, actor=actor, name=f"{title}.pdf", at=at)


def pages_in(upload: IO[bytes] | File[Any], *, name: str = "") -> int:
    """How many pages a scan has; a picture is one. Raises Refusal when it is none, damaged or locked."""
    media = _checked(upload, name=name)
    if media != t.PDF:
        images.drawn(upload, media, longest=64)
        return 1
    with _pdf(upload) as opened:
        return len(opened)


def bound(pages: Iterable[IO[bytes] | File[Any]]) -> io.BytesIO:
    """The bytes of :func:`bind`."""
    import pypdfium2 as pdfium

    out = io.BytesIO()
    with _ONE_AT_A_TIME, closing(pdfium.PdfDocument.new()) as book:
        for page in pages:
            media = _checked(page, name=str(getattr(page, "name", "") or ""))
            if media == t.PDF:
                with _opened(page) as other:
                    _room_for(len(book) + len(other))
                    book.import_pages(other)
            else:
                _room_for(len(book) + 1)
                _add_picture(book, images.drawn(page, media, longest=LONGEST))
        book.save(out)
    out.seek(0)
    return out


def _checked(page: IO[bytes] | File[Any], *, name: str) -> str:
    check_size(size_of(page), PAGES)
    return check_type(page, PAGES, name=name)


def _room_for(count: int) -> None:
    if count > MOST_PAGES:
        sentence = _("The pages are more than %(count)s. Bind them in several parts.") % {"count": MOST_PAGES}
        raise TooMany(sentence, code="many-pages", field="pages")


@contextmanager
def _pdf(upload: IO[bytes] | File[Any]) -> Iterator[Any]:
    with _ONE_AT_A_TIME, _opened(upload) as opened:
        yield opened


@contextmanager
def _opened(upload: IO[bytes] | File[Any]) -> Iterator[Any]:
    import pypdfium2 as pdfium
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    upload.seek(0)
    try:
        opened = pdfium.PdfDocument(upload.read())
        if not len(opened):
            raise Refusal(_(_DAMAGED), code="file-damaged", field="file")
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
        raise Refusal(
            _(_LOCKED) if locked else _(_DAMAGED), code="file-type" if locked else "file-damaged", field="file"
        ) from error
    finally:
        upload.seek(0)
    with closing(opened):
        yield opened


def _add_picture(book: Any, picture: Any) -> None:
    """A page of A4, lying where the picture lies, with the picture as large as it can be."""
    import pypdfium2 as pdfium

    paper = A4 if picture.height >= picture.width else A4[::-1]
    scale = min(paper[0] / picture.width, paper[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    page = book.new_page(*paper)
    image = pdfium.PdfImage.new(book)
    image.load_jpeg(images.as_jpeg(picture, quality=80), pages=[page], inline=True)
    image.set_matrix(pdfium.PdfMatrix().scale(width, height).translate((paper[0] - width) / 2, (paper[1] - height) / 2))
    page.insert_obj(image)
    page.gen_content()
    page.close()
