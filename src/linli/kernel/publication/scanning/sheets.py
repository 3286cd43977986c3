"""An xlsx read to its corners: cells, hidden sheets, rows and columns, comments, names, properties."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from linli.kernel.publication.scanning.findings import Finding, FindingKind
from linli.kernel.publication.scanning.packages import Package, attribute, local
from linli.kernel.publication.scanning.properties import property_findings
from linli.kernel.publication.scanning.texts import Lists, look_through, look_through_row, speaks_of_hardship

WORKBOOK = "xl/workbook.xml"
HEADINGS = 4
"""Rows at the top that may hold headings."""
MOST = 50


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    hidden: bool


def look_through_xlsx(content: bytes, lists: Lists) -> list[Finding]:
    """Findings of a workbook, each with "sheet!cell". Raises Unreadable."""
    package = Package(content)
    shared = _shared(package)
    found = list(property_findings(package))
    found += _names(package, lists)
    for sheet in _sheets(package):
        if sheet.hidden:
            found.append(Finding(FindingKind.HIDDEN, _("sheet “%(name)s”") % {"name": sheet.name}))
        root = package.part(sheet.part)
        if root is not None:
            found += _hidden_parts(root, sheet.name)
            found += _cells(root, sheet.name, shared, lists)
        if len(found) >= MOST:
            break
    found += _comments(package, lists)
    return found[:MOST]


def _shared(package: Package) -> list[str]:
    root = package.part("xl/sharedStrings.xml")
    return ["".join(_texts(item)) for item in root] if root is not None else []


def _texts(node: ET.Element) -> Iterator[str]:
    """The texts below a node, without the reading aids of East Asian text."""
    for child in node:
        if local(child) == "rPh":
            continue
        if local(child) == "t":
            yield child.text or ""
        else:
            yield from _texts(child)


def _sheets(package: Package) -> Iterator[_Sheet]:
    root = package.part(WORKBOOK)
    targets = package.relations(WORKBOOK)
    for node in root.iter() if root is not None else ():
        if local(node) == "sheet":
            state = node.get("state") or "visible"
            yield _Sheet(node.get("name") or "", targets.get(attribute(node, "id"), ""), state != "visible")


def _names(package: Package, lists: Lists) -> Iterator[Finding]:
    root = package.part(WORKBOOK)
    for node in root.iter() if root is not None else ():
        if local(node) == "definedName":
            for finding in look_through(f"{node.get('name')} {node.get('comment') or ''} {node.text or ''}", lists):
                yield finding.at(_("defined name “%(name)s”") % {"name": node.get("name") or ""})


def _hidden_parts(root: ET.Element, sheet: str) -> Iterator[Finding]:
    for node in root.iter():
        kind = local(node)
        if kind == "col" and node.get("hidden") in {"1", "true"}:
            first, last = _letters(int(node.get("min") or 1)), _letters(int(node.get("max") or 1))
            yield Finding(FindingKind.HIDDEN, f"{sheet}!{first}:{last}")
        elif kind == "row" and node.get("hidden") in {"1", "true"} and len(node):
            yield Finding(FindingKind.HIDDEN, f"{sheet}!{node.get('r') or ''}")


def _letters(column: int) -> str:
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _value(cell: ET.Element, shared: list[str]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return "".join(_texts(cell))
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return _whole(value) if kind == "n" else value


def _whole(value: str) -> str:
    """A number as people read it: 1.3812341234E10 is 13812341234."""
    if "E" not in value.upper():
        return value.removesuffix(".0")
    try:
        return f"{float(value):.0f}"
    except (ValueError, OverflowError):
        return value


def _cells(root: ET.Element, sheet: str, shared: list[str], lists: Lists) -> Iterator[Finding]:
    under = speaks_of_hardship(sheet, lists)
    for number, row in enumerate(node for node in root.iter() if local(node) == "row"):
        cells = [cell for cell in row if local(cell) == "c"]
        values = [_value(cell, shared) for cell in cells]
        for cell, value in zip(cells, values, strict=True):
            for finding in look_through(value, lists) if len(value) > 1 else ():
                yield finding.at(f"{sheet}!{cell.get('r') or ''}")
        for index, finding in look_through_row(values, lists, under=under):
            yield finding.at(f"{sheet}!{cells[index].get('r') or ''}")
        if number < HEADINGS:
            under = under or any(speaks_of_hardship(value, lists) for value in values)


def _comments(package: Package, lists: Lists) -> Iterator[Finding]:
    for part in ("xl/comments", "xl/threadedComments"):
        for _name, root in package.parts(part):
            for node in root.iter():
                if local(node) in {"comment", "threadedComment"}:
                    yield Finding(FindingKind.COMMENT, node.get("ref") or "")
                    yield from look_through("".join(_texts(node)), lists)
