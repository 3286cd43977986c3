"""Pieces of Word that python-docx has no words for: faces, rules, page numbers, repeated heads, merged cells."""

# ruff: noqa: SLF001  # python-docx offers no public way to these elements
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from linli.kernel.publication import clean_properties

TWO, THREE, FOUR, SMALL_FOUR, FIVE, TINY = Pt(22), Pt(16), Pt(14), Pt(12), Pt(10.5), Pt(9)
LINE = Pt(28.95)
RED = RGBColor(0xE6, 0x00, 0x12)
SONG, XIAOBIAO, FANGSONG, HEITI, KAITI = "宋体", "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def element(name: str, **attributes: object) -> Any:
    """An OOXML element with ``w:`` attributes."""
    node = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), str(value))
    return node


def write(paragraph: Any, text: str, *, face: str = FANGSONG, size: Pt = THREE, bold: bool = False) -> Any:
    """Add a run set in ``face``; line ends become line breaks."""
    run = paragraph.add_run()
    for number, piece in enumerate(text.split("\n")):
        if number:
            run.add_break()
        for tab, words in enumerate(piece.split("\t")):
            if tab:
                run.add_tab()
            run.add_text(words)
    run.font.name, run.font.size, run.font.bold = face, size, bold or None
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    return run


def indent(paragraph: Any, *, characters: int, size: Pt, side: str = "firstLine") -> None:
    """In by so many characters, at the first line or at an edge."""
    points = int(size.pt * characters * 20)
    paragraph._p.get_or_add_pPr().append(element("ind", **{f"{side}Chars": characters * 100, side: points}))


def rule(paragraph: Any, *sides: str, color: str = "000000", size: int = 6) -> None:
    """Rules above or below a paragraph; ``size`` in eighths of a point."""
    edges = element("pBdr")
    for side in sides:
        edges.append(element(side, val="single", sz=size, space=1, color=color))
    paragraph._p.get_or_add_pPr().append(edges)


def field(paragraph: Any, code: str, **face: Any) -> None:
    """A field Word reckons itself: PAGE, NUMPAGES."""
    for kind in ("begin", "", "end"):
        run = write(paragraph, "", **face)
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            text = element("instrText")
            text.text = f" {code} "
            run._r.append(text)


def tight(paragraph: Any, *, pitch: Pt | None = None) -> Any:
    """No space before or after; exactly ``pitch`` from line to line, or single."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    if pitch is None:
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    return paragraph


def repeat_head(row: Any) -> None:
    """The row stands at the top of every page its table reaches."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_whole(row: Any, *, tall: float = 0) -> None:
    """The row is not cut by the end of a page, and at least ``tall`` millimetres."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    if tall:
        row.height = Mm(tall)


def new_document() -> Any:
    """A4, without a name in its properties, 仿宋."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FANGSONG, THREE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    normal.element.rPr.append(element("lang", val="en-US", eastAsia="zh-CN"))
    for key in ("title", "subject", "author", "comments", "keywords", "last_modified_by"):
        setattr(document.core_properties, key, "")
    return document


def size_section(section: Any, *, official: bool, across: bool) -> None:
    """The margins of GB/T 9704-2012 for official papers, tighter ones for tables and forms."""
    wide, high = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    section.page_width, section.page_height = wide, high
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    edges = (37, 28, 26, 35) if official and not across else (20, 18, 18, 20) if across else (22, 22, 22, 22)
    section.top_margin, section.left_margin, section.right_margin, section.bottom_margin = map(Mm, edges)
    section.header_distance = Mm(8)
    section.footer_distance = Mm(20 if official and not across else 10)


def saved(document: Any) -> bytes:
    """The file."""
    packed = BytesIO()
    document.save(packed)
    return clean_properties(packed.getvalue())
