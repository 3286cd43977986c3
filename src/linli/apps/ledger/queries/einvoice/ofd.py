"""An OFD invoice: a zip of XML, opened within limits; the attached invoice data first, then the printed words."""

import io
import re
import zipfile
import zlib

from linli.apps.ledger.queries.einvoice.reading import Reading, joined, plain
from linli.apps.ledger.queries.einvoice.text import read_text
from linli.apps.ledger.queries.einvoice.xml import LARGEST, elements, read_xml

MOST_ENTRIES = 500
MOST_BYTES = 20 * 2**20
"""Of everything that is unpacked of one file."""


def read_ofd(content: bytes) -> Reading:
    """What the OFD says; an empty reading for a damaged or swollen one. Nothing is written to disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            parts = _parts(box)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return Reading()
    data = [read_xml(body) for name, body in parts if "attach" in name or "invoice" in name]
    head = [read_xml(body) for name, body in parts if name.endswith("ofd.xml")]
    words = "\n".join(_words(body) for name, body in parts if name.endswith("content.xml"))
    found = joined(Reading(source="ofd"), *data, *head, read_text(words, source="ofd"))
    return found or Reading()


def _parts(box: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    """(name, bytes) of the XML parts, in order, within the limits. Raises BadZipFile beyond them."""
    entries = box.infolist()
    if len(entries) > MOST_ENTRIES:
        raise zipfile.BadZipFile
    found, total = [], 0
    for entry in entries:
        name = entry.filename.lower()
        if not name.endswith(".xml"):
            continue
        with box.open(entry) as part:
            body = part.read(LARGEST + 1)
        total += len(body)
        if len(body) > LARGEST or total > MOST_BYTES:
            raise zipfile.BadZipFile
        found.append((name, body))
    return found


def _words(body: bytes) -> str:
    """The printed words of one page, in the order they are drawn."""
    codes = [plain(one.text) for name, one in elements(body) if name == "TextCode"]
    return re.sub(r"[ \t]+", " ", "\n".join(codes))
