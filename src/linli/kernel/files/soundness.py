"""Whether a file is whole and harmless to open: a PDF has its end, a package does not unpack to more than it may."""

import zipfile
from typing import IO

from linli.kernel.files import media as t

TAIL = 4096
MOST_UNPACKED = 500 * 2**20
"""Bytes that all parts of a package say they unpack to; readers take no byte more than was said."""
MOST_PARTS = 5_000
MOST_RATIO = 500
"""How many times larger than its packed form a part of more than a megabyte may be."""
PACKAGES = frozenset({t.XLSX, t.DOCX, t.PPTX, t.ODS, t.OFD, t.ZIP})


def is_cut(file: IO[bytes], media: str) -> bool:
    """Whether a PDF lacks the mark that ends every PDF, as one does whose upload or scan was broken off."""
    if media != t.PDF:
        return False
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    return b"%%EOF" not in tail


def is_bomb(file: IO[bytes], media: str) -> bool:
    """Whether a package is packed so that opening it would fill the memory or the disk."""
    if media not in PACKAGES:
        return False
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    file.seek(0)
    swollen = any(one.file_size > 2**20 and one.file_size > MOST_RATIO * max(one.compress_size, 1) for one in entries)
    return swollen or len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > MOST_UNPACKED
