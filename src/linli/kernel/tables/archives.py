"""What a workbook's zip claims, checked before anything is unpacked; and where its formulas ended in errors."""

import html
import re
import zipfile
from pathlib import Path

from linli.kernel.tables.refusing import refusal

MOST_PARTS = 5_000
MOST_BYTES = 700 * 2**20
"""A sheet of 100,000 rows by 15 columns unpacks to some 80 MB."""
SMALL = 30 * 2**20
MOST_RATIO = 120
"""Real sheets pack 5 to 40 times; deflate reaches 1,032."""
MOST_ERRORS = 20_000

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=\"e\"[^>]*)>(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?"
                    rb"<(?:\w+:)?v>([^<]*)</")  # fmt: skip
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b")
_PLACE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")


def check_claims(path: Path) -> None:
    """Refuse a damaged archive, one locked part by part, and one that would unpack to far too much. Raises Refusal."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise refusal("damaged") from error
    if any(part.flag_bits & 1 for part in parts):
        raise refusal("locked")
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, min(sum(part.compress_size for part in parts), path.stat().st_size))
    if len(parts) > MOST_PARTS or unpacked > MOST_BYTES or (unpacked > SMALL and unpacked / packed > MOST_RATIO):
        raise refusal("unpacks")


def formula_errors(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """By sheet name: (row, column) counted from 0 -> "#REF!" for cells whose formula ended in an error.

    The reader of workbooks gives such cells as empty, which would hide them. Unusual archives give nothing.
    """
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(path) as archive:
        for name, part in _parts(archive).items():
            errors = _errors_in(archive, part)
            if errors:
                found[name] = errors
    return found


def formula_cells(path: Path) -> dict[str, set[tuple[int, int]]]:
    """By sheet name: (row, column) counted from 0 of every cell that holds a formula, whatever it gives."""
    with zipfile.ZipFile(path) as archive:
        return {name: _formulas_in(archive, part) for name, part in _parts(archive).items()}


def _formulas_in(archive: zipfile.ZipFile, part: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(2**20):
            text = rest + chunk
            for attributes in _FORMULA.findall(text):
                place = _PLACE.fullmatch(_attributes(attributes).get("r", "").encode())
                if place:
                    found.add((int(place[2]) - 1, _index(place[1])))
            rest = text[-4096:]
    return found


def ods_has_formulas(path: Path) -> bool:
    """Whether an OpenDocument sheet holds any formula."""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        rest = b""
        while chunk := stream.read(2**20):
            if b"table:formula=" in rest + chunk:
                return True
            rest = chunk[-64:]
    return False


def _attributes(text: bytes) -> dict[str, str]:
    return {key.decode(): html.unescape(value.decode("utf-8", "replace")) for key, value in _ATTRIBUTE.findall(text)}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its name."""
    try:
        book = archive.read("xl/workbook.xml")
        links = archive.read("xl/_rels/workbook.xml.rels")
    except (KeyError, zipfile.BadZipFile, RuntimeError, EOFError):
        return {}
    targets = {link.get("Id", ""): link.get("Target", "") for link in map(_attributes, _LINK.findall(links))}
    parts: dict[str, str] = {}
    for sheet in map(_attributes, _SHEET.findall(book)):
        target = targets.get(sheet.get("r:id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist():
            parts[sheet.get("name", "")] = part
    return parts


def _errors_in(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    errors: dict[tuple[int, int], str] = {}
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(2**20):
            text = rest + chunk
            if b't="e"' in text:
                for attributes, value in _ERROR.findall(text):
                    place = _PLACE.fullmatch(_attributes(attributes).get("r", "").encode())
                    if place:
                        errors[int(place[2]) - 1, _index(place[1])] = value.decode("utf-8", "replace")
            rest = text[-4096:]
            if len(errors) > MOST_ERRORS:
                break
    return errors


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
