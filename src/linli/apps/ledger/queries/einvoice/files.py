"""An invoice as a file: PDF with its words, its attached XML and its QR code; a photo with its QR code."""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageOps

from linli.apps.ledger.queries.einvoice.ofd import read_ofd
from linli.apps.ledger.queries.einvoice.qr import read_qr
from linli.apps.ledger.queries.einvoice.reading import Reading, joined
from linli.apps.ledger.queries.einvoice.text import read_text
from linli.apps.ledger.queries.einvoice.xml import LARGEST, read_xml
from linli.kernel.files import content_type_of

MOST_PAGES = 3
MOST_PIXELS = 60_000_000
SIDE = 2400
"""Pixels of the longer side a photo is looked at with."""


def read_file(content: bytes) -> Reading:
    """What the file says, by what it is; an empty reading for whatever cannot be read. Never raises."""
    media = content_type_of(io.BytesIO(content))
    if media.startswith("image/"):
        return read_picture(content)
    if media == "application/pdf":
        return read_pdf(content)
    if media.endswith("xml"):
        return read_xml(content)
    return read_ofd(content) if media == "application/ofd" else Reading()


def read_picture(content: bytes) -> Reading:
    """The QR code of a photo or scan, upright or not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > MOST_PIXELS:
            return Reading()
        picture.draft("L", (SIDE, SIDE))
        seen = ImageOps.exif_transpose(picture).convert("L")
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, Image.DecompressionBombError):
        return Reading()
    seen.thumbnail((SIDE, SIDE))
    return _of_codes(seen)


def _of_codes(picture: Any) -> Reading:
    """The first QR code in the picture that is an invoice's."""
    import zxingcpp

    for code in zxingcpp.read_barcodes(picture):
        found = read_qr(code.text)
        if found:
            return found
    return Reading()


def read_pdf(content: bytes) -> Reading:
    """The attached XML, then the QR code, then the words: each fills what the one before it lacks."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as paper:
            attached = [read_xml(body) for body in _attached(paper)]
            pages = [paper[number] for number in range(min(len(paper), MOST_PAGES))]
            words = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
            code = _of_codes(pages[0].render(scale=3, grayscale=True).to_pil()) if pages else Reading()
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError):
        return Reading()
    found = joined(Reading(source="pdf"), *attached, code, read_text(words, source="pdf"))
    return found or Reading()


def _attached(paper: Any) -> Iterator[bytes]:
    for number in range(min(paper.count_attachments(), MOST_PAGES)):
        one = paper.get_attachment(number)
        body = bytes(one.get_data())
        if len(body) <= LARGEST and one.get_name().lower().endswith(".xml"):
            yield body
