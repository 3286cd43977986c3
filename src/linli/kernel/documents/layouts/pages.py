"""A described paper as PDF: one typst template for all keys, the description as JSON."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from linli.kernel.documents.layouts.blocks import (
    Attachment,
    Block,
    Cell,
    FilledBy,
    Grid,
    Head,
    NewSheet,
    Opinion,
    Paper,
    Rows,
    Signatures,
    Text,
    balanced,
    shown,
)
from linli.kernel.documents.printing import render_pdf
from linli.kernel.privacy.leaving import mark_for


def print_paper(paper: Paper) -> bytes:
    """The PDF of a paper: pages numbered x of y, the head of every table on every page. Raises PaperFault.

    Where its tables tell of people it is marked, and raises ReasonWanted until whoever fetches it said what for.
    """
    pictures = {"code.svg": code_of(paper.address)} if paper.has_code else {}
    mark = mark_for(paper.title, _headings(paper))
    return render_pdf("documents/paper.typ", as_data(paper), pictures=pictures, watermark=mark)


def _headings(paper: Paper) -> list[str]:
    """The heads of all tables of a paper that are filled in; a blank sheet to sign tells of nobody."""
    blocks = [*paper.blocks, *(block for item in paper.attachments for block in item.blocks)]
    filled = [block for block in blocks if isinstance(block, Rows) and any(any(row[1:]) for row in block.rows)]
    return [column.title for block in filled for column in block.columns]


def code_of(address: str) -> bytes:
    """The QR code of an address as SVG."""
    import segno

    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue()


def as_data(paper: Paper) -> dict[str, Any]:
    """The paper as plain data for the template."""
    return {
        "layout": paper.layout.value,
        "title": paper.heading,
        "unit": paper.unit,
        "day": shown(paper.day),
        "year": str(paper.day.year) if paper.day else "",
        "serial": paper.serial,
        "mark": paper.mark,
        "head": paper.head,
        "addressees": paper.addressees,
        "facts": [list(fact) for fact in paper.facts],
        "blocks": [_block(block) for block in paper.blocks],
        "attachments": [_attachment(item) for item in paper.attachments],
        "contact": paper.contact,
        "imprint": {"copies_to": paper.imprint.copies_to, "printed_by": paper.imprint.printed_by}
        if paper.imprint
        else None,
        "code": paper.has_code,
        "seal_line": paper.seal_line,
    }


def _attachment(item: Attachment) -> dict[str, Any]:
    return {
        "title": item.title,
        "heading": balanced(item.title, room=34 if item.across else 20),
        "across": item.across,
        "blocks": [_block(block) for block in item.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    return _KINDS[type(block)](block)


def _head(block: Head) -> dict[str, Any]:
    return {"kind": "head", "text": block.text, "level": block.level}


def _text(block: Text) -> dict[str, Any]:
    return {"kind": "text", "text": block.text, "indent": block.indent, "align": block.align}


def _grid(block: Grid) -> dict[str, Any]:
    widths = [float(width) for width in block.widths] or [1.0] * block.columns
    rows = [[_cell(cell) for cell in row] for row in block.rows]
    return {"kind": "grid", "rows": rows, "widths": [str(width) for width in widths]}


def _opinion(block: Opinion) -> dict[str, Any]:
    said = {"title": block.title, "text": block.text, "signs": block.signs, "seal": block.seal}
    return {"kind": "opinion", **said, "tall": str(block.tall)}


def _new_sheet(block: NewSheet) -> dict[str, Any]:
    return {"kind": "sheet", "title": balanced(block.title, room=20)}


def _signatures(block: Signatures) -> dict[str, Any]:
    return {"kind": "signatures", "who": list(block.who)}


def _rows(block: Rows) -> dict[str, Any]:
    return {
        "kind": "rows",
        "caption": block.caption,
        "columns": [
            {"title": column.title, "width": str(float(column.width)), "align": column.align}
            for column in block.columns
        ],
        "rows": [[shown(value) for value in row] for row in block.rows],
        "total": [shown(value) for value in block.total] if block.total is not None else None,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": cell.text, "span": cell.span, "label": cell.label, "tall": str(float(cell.tall))}


def _filled_by(block: FilledBy) -> dict[str, Any]:
    return {
        "kind": "filled",
        "unit": block.unit,
        "person": block.person,
        "checker": block.checker,
        "phone": block.phone,
        "day": shown(block.day) or "　　　年　　月　　日",
    }


_KINDS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Head: _head,
    Text: _text,
    Rows: _rows,
    Grid: _grid,
    Opinion: _opinion,
    Signatures: _signatures,
    NewSheet: _new_sheet,
    FilledBy: _filled_by,
}
