"""A docx read to its corners: body, heads, feet, notes, comments, tracked changes, hidden text, properties."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from linli.kernel.publication.scanning.findings import Finding, FindingKind
from linli.kernel.publication.scanning.packages import Package, attribute, local
from linli.kernel.publication.scanning.properties import property_findings
from linli.kernel.publication.scanning.texts import Lists, look_through, look_through_row, speaks_of_hardship

BODY = "word/document.xml"
MOST = 50


def _beside(part: str) -> str:
    words = {
        "header": _("page head"),
        "footer": _("page foot"),
        "footnotes": _("footnote"),
        "endnotes": _("endnote"),
        "comments": _("remark in the margin"),
    }
    stem = part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return words.get(stem, "")


def look_through_docx(content: bytes, lists: Lists) -> list[Finding]:
    """Findings of a Word file, each with its paragraph, table cell or part. Raises Unreadable."""
    package = Package(content)
    found = list(property_findings(package))
    for part, root in package.parts("word/"):
        if part == BODY:
            found += _marks(root)
            found += _paragraphs(root, lists)
            found += _tables(root, lists)
        elif _beside(part):
            found += [finding.at(_beside(part)) for finding in _paragraphs(root, lists, numbered=False)]
            found += _comments(part, root)
        if len(found) >= MOST:
            break
    return found[:MOST]


def _comments(part: str, root: ET.Element) -> Iterator[Finding]:
    if part.startswith("word/comments"):
        for node in root:
            if local(node) == "comment":
                yield Finding(FindingKind.COMMENT, excerpt=_text(node)[:2])


def _marks(root: ET.Element) -> Iterator[Finding]:
    """Tracked changes and hidden text, each once however often."""
    seen = {local(node) for node in root.iter() if local(node) in {"ins", "del", "moveFrom", "moveTo"}}
    if seen:
        yield Finding(FindingKind.COMMENT, _("tracked changes"))
    for run in root.iter():
        if local(run) == "r" and _is_hidden(run) and _text(run).strip():
            yield Finding(FindingKind.HIDDEN, _("hidden text"), _text(run).strip()[:1] + "…")
            return


def _is_hidden(run: ET.Element) -> bool:
    for node in run.iter():
        if local(node) in {"vanish", "webHidden"} and attribute(node, "val") not in {"0", "false"}:
            return True
    return False


def _text(node: ET.Element) -> str:
    """All text below a node, that of deletions too."""
    pieces = []
    for child in node.iter():
        kind = local(child)
        if kind in {"t", "delText"}:
            pieces.append(child.text or "")
        elif kind in {"tab", "br", "cr"}:
            pieces.append(" ")
        elif kind == "noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)


def _paragraphs(root: ET.Element, lists: Lists, *, numbered: bool = True) -> Iterator[Finding]:
    number = 0
    for node in root.iter():
        if local(node) != "p":
            continue
        text = _text(node)
        number += bool(text.strip())
        for finding in look_through(text, lists) if text.strip() else ():
            yield finding.at(_("paragraph %(number)s") % {"number": number}) if numbered else finding


def _tables(root: ET.Element, lists: Lists) -> Iterator[Finding]:
    tables = [node for node in root.iter() if local(node) == "tbl"]
    for number, table in enumerate(tables, start=1):
        under = False
        rows = [node for node in table if local(node) == "tr"]
        for line, row in enumerate(rows, start=1):
            cells = [_text(cell) for cell in row if local(cell) == "tc"]
            for _index, finding in look_through_row(cells, lists, under=under):
                yield finding.at(_("table %(table)s, row %(row)s") % {"table": number, "row": line})
            under = under or (line == 1 and any(speaks_of_hardship(cell, lists) for cell in cells))
