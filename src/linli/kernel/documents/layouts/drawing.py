"""The blocks of a described paper, drawn into a Word file one after the other."""

# ruff: noqa: SLF001  # python-docx offers no public way to these elements
from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Emu, Mm, Pt

from linli.kernel.documents.layouts.blocks import (
    Block,
    FilledBy,
    Grid,
    Head,
    NewSheet,
    Opinion,
    Rows,
    Signatures,
    Text,
    balanced,
    shown,
)
from linli.kernel.documents.layouts.word import (
    ALIGN,
    FANGSONG,
    FIVE,
    HEITI,
    KAITI,
    SMALL_FOUR,
    TWO,
    XIAOBIAO,
    element,
    indent,
    keep_whole,
    repeat_head,
    tight,
    write,
)

HEADS = {1: (HEITI, False), 2: (KAITI, False), 3: (FANGSONG, True)}


class Pen:
    """Draws into ``document``: text in ``size``, its lines ``pitch`` apart (None: single)."""

    def __init__(self, document: Any, *, size: Pt, pitch: Pt | None) -> None:
        self.document = document
        self.size = size
        self.pitch = pitch

    def line(self, text: str = "", *, first: int = 0, align: str = "", **face: Any) -> Any:
        """A paragraph, its first line ``first`` characters in."""
        paragraph = tight(self.document.add_paragraph(), pitch=self.pitch)
        if align:
            paragraph.alignment = ALIGN[align]
        face.setdefault("size", self.size)
        if first:
            indent(paragraph, characters=first, size=face["size"])
        if text:
            write(paragraph, text, **face)
        return paragraph

    def draw(self, block: Block) -> None:
        """One block."""
        _DRAWERS[type(block)](self, block)

    @property
    def width(self) -> int:
        """Of the text, in EMU."""
        section = self.document.sections[-1]
        return int(section.page_width - section.left_margin - section.right_margin)

    def table(self, rows: int, widths: Sequence[float]) -> Any:
        """An empty table with rules, as wide as the text."""
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Emu(int(self.width * width / sum(widths)))
            for cell in column.cells:
                cell.width = column.width
        return table


def fill(cell: Any, text: str, *, size: Pt, align: str = "left", label: bool = False) -> Any:
    """A cell's text, standing in its middle."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = tight(cell.paragraphs[0])
    paragraph.alignment = ALIGN[align]
    paragraph._p.get_or_add_pPr().append(element("snapToGrid", val=0))
    write(paragraph, text, face=HEITI if label else FANGSONG, size=size)
    return paragraph


def _head(pen: Pen, block: Head) -> None:
    face, bold = HEADS[min(3, max(1, block.level))]
    pen.line(block.text, first=2, face=face, bold=bold).paragraph_format.keep_with_next = True


def _text(pen: Pen, block: Text) -> None:
    for piece in block.text.split("\n"):
        pen.line(piece, first=2 if block.indent and block.align == "left" else 0, align=block.align)


def _rows(pen: Pen, block: Rows) -> None:
    if block.caption:
        pen.line(block.caption, face=HEITI).paragraph_format.keep_with_next = True
    given = [list(row) for row in block.rows]
    table = pen.table(1 + len(given) + (block.total is not None), [column.width for column in block.columns])
    cells = _cells_of(table)
    repeat_head(table.rows[0])
    for cell, column in zip(cells[0], block.columns, strict=True):
        fill(cell, column.title, size=FIVE, align="center", label=True)
    lines = [*given, *([block.total] if block.total is not None else [])]
    for number, (line, values) in enumerate(zip(cells[1:], lines, strict=True)):
        last = block.total is not None and number == len(lines) - 1
        for cell, value, column in zip(line, values, block.columns, strict=True):
            fill(cell, shown(value), size=FIVE, align=column.align, label=last)
    for row in table.rows:
        keep_whole(row, tall=7)


def _cells_of(table: Any) -> list[list[Any]]:
    """The cells row by row, read once: asking python-docx row by row is slow."""
    flat, across = table._cells, len(table.columns)
    return [flat[start : start + across] for start in range(0, len(flat), across)]


def _grid(pen: Pen, block: Grid) -> None:
    table = pen.table(len(block.rows), list(block.widths) or [1.0] * block.columns)
    cells, size = _cells_of(table), min(pen.size, SMALL_FOUR)
    for row, line, given in zip(table.rows, cells, block.rows, strict=True):
        at = 0
        for cell in given:
            place = line[at] if cell.span == 1 else line[at].merge(line[at + cell.span - 1])
            fill(place, cell.text, size=size, align="center" if cell.label else "left", label=cell.label)
            at += cell.span
        keep_whole(row, tall=max(cell.tall for cell in given))


def _opinion(pen: Pen, block: Opinion) -> None:
    table, size = pen.table(1, [1, 5]), min(pen.size, SMALL_FOUR)
    label, room = _cells_of(table)[0]
    fill(label, block.title, size=size, align="center", label=True)
    first = fill(room, block.text, size=size)
    room.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
    first.paragraph_format.space_after = Mm(max(4, block.tall - 24))
    signs = tight(room.add_paragraph())
    signs.alignment = ALIGN["right"]
    write(signs, f"{block.signs}　　　　　　{block.seal}", size=size)
    day = tight(room.add_paragraph())
    day.alignment = ALIGN["right"]
    write(day, "　　　年　　月　　日", size=size)
    keep_whole(table.rows[0], tall=block.tall)


def _new_sheet(pen: Pen, block: NewSheet) -> None:
    title = tight(pen.document.add_paragraph())
    title.paragraph_format.page_break_before = True
    title.alignment = ALIGN["center"]
    write(title, balanced(block.title, room=20), face=XIAOBIAO, size=TWO)
    pen.line()


def _signatures(pen: Pen, block: Signatures) -> None:
    pen.line()
    pen.line("　　　　　　".join(f"{who}：" for who in block.who))


def _filled_by(pen: Pen, block: FilledBy) -> None:
    day = shown(block.day) or "　　　年　　月　　日"
    said = (
        f"填报单位（盖章）：{block.unit}　　填报人：{block.person}　　审核人：{block.checker}　　"
        f"联系电话：{block.phone}　　填报日期：{day}"
    )
    pen.line(said, size=FIVE).paragraph_format.space_after = Pt(4)


_DRAWERS: dict[type, Callable[[Pen, Any], None]] = {
    Head: _head,
    Text: _text,
    Rows: _rows,
    Grid: _grid,
    Opinion: _opinion,
    Signatures: _signatures,
    NewSheet: _new_sheet,
    FilledBy: _filled_by,
}
