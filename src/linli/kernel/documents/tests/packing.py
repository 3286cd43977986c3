"""Small Word files for tests: harmless ones, and ones with a part exchanged or added."""

import zipfile
from io import BytesIO

from docx import Document


def docx_of(*lines: str, header: str = "", footer: str = "", properties: str = "") -> bytes:
    """A Word file with a paragraph a line."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    document.core_properties.title = properties
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    """The same file with parts exchanged or added."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
    return packed.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)
