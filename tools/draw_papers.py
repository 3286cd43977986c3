"""Draws the Word templates we ship, so that their layout (GB/T 9704-2012) is written down and can be drawn again.

``python tools/draw_papers.py`` writes each template into the folder ``data/papers`` of the app that owns it.
"""

# ruff: noqa: SLF001  # python-docx offers no public way to these elements
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

APPS = Path(__file__).resolve().parents[1] / "src" / "linli" / "apps"
TWO, THREE, FOUR, FIVE = Pt(22), Pt(16), Pt(14), Pt(10.5)
LINE = Pt(28.95)
RED = RGBColor(0xE6, 0x00, 0x12)
SONG, XIAOBIAO, FANGSONG, HEITI = "宋体", "方正小标宋简体", "仿宋_GB2312", "黑体"


def element(name: str, **attributes: object) -> Any:
    """An OOXML element with ``w:`` attributes."""
    node = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), str(value))
    return node


def write(paragraph: Any, text: str, *, face: str = FANGSONG, size: Pt = THREE, color: RGBColor | None = None) -> Any:
    """Add a run set in ``face``; figures stand in the same face."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    if color is not None:
        run.font.color.rgb = color
    return run


def line(document: Any, text: str = "", *, align: Any = None, indent: int = 0, **face: Any) -> Any:
    """A paragraph of exactly one line's pitch, its first line ``indent`` characters in."""
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    shape.space_before = shape.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align
    if indent:
        size = face.get("size", THREE)
        paragraph._p.get_or_add_pPr().append(
            element("ind", firstLineChars=indent * 100, firstLine=int(size.pt * indent * 20))
        )
    if text:
        write(paragraph, text, **face)
    return paragraph


def border(paragraph: Any, side: str, *, color: str, size: int) -> None:
    """A rule above or below a paragraph; ``size`` in eighths of a point."""
    edges = element("pBdr")
    edges.append(element(side, val="single", sz=size, space=1, color=color))
    paragraph._p.get_or_add_pPr().append(edges)


def page_number(footer: Any, *, align: Any) -> None:
    """「— 1 —」, 四号宋体, one character in from the edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    side = "right" if align == WD_ALIGN_PARAGRAPH.RIGHT else "left"
    paragraph._p.get_or_add_pPr().append(element("ind", **{f"{side}Chars": 100, side: 280}))
    write(paragraph, "— ", face=SONG, size=FOUR)
    for kind, code in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = write(paragraph, "", face=SONG, size=FOUR)
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            text = element("instrText")
            text.text = code
            run._r.append(text)
    write(paragraph, " —", face=SONG, size=FOUR)


def official() -> Any:
    """An empty official paper: A4, text block 156 × 225 mm, 22 lines of 28 characters."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(26), Mm(35)
    section.footer_distance = Mm(25)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = element("docGrid")
        section._sectPr.append(grid)
    for key, value in (("type", "lines"), ("linePitch", "579")):
        grid.set(qn(f"w:{key}"), value)
    document.settings.odd_and_even_pages_header_footer = True
    page_number(section.footer, align=WD_ALIGN_PARAGRAPH.RIGHT)
    page_number(section.even_page_footer, align=WD_ALIGN_PARAGRAPH.LEFT)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FANGSONG, THREE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    normal.element.rPr.append(element("spacing", val=-5))  # 28 characters of 16 pt in 156 mm
    for key in ("title", "subject", "author", "comments", "keywords"):
        setattr(document.core_properties, key, "")
    return document


def red_head(document: Any) -> None:
    """代拟稿, the office's name in red, the number left blank, the red rule."""
    centre = WD_ALIGN_PARAGRAPH.CENTER
    line(document, "代拟稿", face=HEITI)
    line(document)
    head = line(document, align=centre)
    head.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    write(head, "{{ office }}文件", face=XIAOBIAO, size=Pt(30), color=RED)
    line(document)
    number = line(document, "{{ office_mark }}〔{{ year }}〕  号", align=centre)
    border(number, "bottom", color="E60012", size=18)
    line(document)


def grid_table(document: Any, heads: list[tuple[str, int]], opening: str, cells: list[str]) -> None:
    """A table with a repeated head and one row for each of a list; widths in millimetres."""
    table = document.add_table(rows=4, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for row in table.rows:
        row.height = Mm(8)
    table.rows[2]._tr.get_or_add_trPr().append(element("cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
    for column, (_text, width) in zip(table.columns, heads, strict=True):
        column.width = Mm(width)
    for (text, width), *column in zip(heads, *(row.cells for row in table.rows), strict=True):
        for cell in column:
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            cell.paragraphs[0]._p.get_or_add_pPr().append(element("snapToGrid", val=0))
        write(column[0].paragraphs[0], text, face=HEITI, size=FIVE)
        column[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(table.rows[1].cells[0].paragraphs[0], opening, size=FIVE)
    for cell, text in zip(table.rows[2].cells, cells, strict=True):
        write(cell.paragraphs[0], text, size=FIVE)
    write(table.rows[3].cells[0].paragraphs[0], "{%tr endfor %}", size=FIVE)


def imprint(document: Any) -> None:
    """版记: between rules, who receives copies, who prints and when."""
    for text, sides in (
        ("抄送：{{ copies_to }}。", ("top",)),
        ("{{ printing_office }}\t{{ date|day }}印发", ("top", "bottom")),
    ):
        paragraph = line(document, text, size=FOUR)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
        edges = element("pBdr")
        for side in sides:
            edges.append(element(side, val="single", sz=6, space=1, color="000000"))
        paragraph._p.get_or_add_pPr().append(edges)


CENTRE = WD_ALIGN_PARAGRAPH.CENTER
PARAGRAPHS = (
    (
        "一、公布范围",
        (
            "本次公布{{ community_count }}个社区共{{ card_count }}张联系卡，"
            "内容为联系事项、联系岗位、办公电话和服务时间，不含个人手机号码。"
        ),
    ),
    ("二、张贴要求", "各社区于{{ post_by|day }}前在居务公开栏、楼门公告栏张贴，并在办事窗口摆放。"),
    (
        "三、及时更新",
        "岗位、电话或服务时间有变动的，社区应在变动后5个工作日内更新联系卡，按程序核对、审定后重新公布。",
    ),
)


def contact_card_notice() -> Any:
    """关于公布社区联系卡的通知（代拟稿）， with the cards as 附件1."""
    document = official()
    red_head(document)
    line(document, "关于公布{{ year }}年社区联系卡的通知", align=CENTRE, face=XIAOBIAO, size=TWO)
    line(document)
    line(document, "{{ addressees }}：")
    line(
        document,
        "为方便居民就近咨询、反映问题，现将经社区核对、街道审定的社区联系卡予以公布（见附件1），并就有关事项通知如下。",
        indent=2,
    )
    for head, body in PARAGRAPHS:
        line(document, head, indent=2, face=HEITI).paragraph_format.keep_with_next = True
        line(document, body, indent=2)
    line(document, "联系人：{{ contact }}，联系电话：{{ contact_phone }}。", indent=2)
    line(document)
    line(document, "附件：1. 社区联系卡一览表", indent=2)
    signature(document)
    cards_attachment(document)
    line(document)
    imprint(document)
    return document


def signature(document: Any) -> None:
    """Who issues it and when, four characters in from the right, under two empty lines."""
    for _ in range(2):
        line(document)
    for text in ("{{ office }}", "{{ date|day }}"):
        paragraph = line(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph._p.get_or_add_pPr().append(element("ind", rightChars=400, right=1280))


def cards_attachment(document: Any) -> None:
    """附件1 on a page of its own: the cards as a table."""
    line(document).add_run().add_break(WD_BREAK.PAGE)
    line(document, "附件1", face=HEITI)
    line(document)
    line(document, "社区联系卡一览表", align=CENTRE, face=XIAOBIAO, size=TWO)
    line(document)
    fields = ("community", "title", "office", "phone", "hours")
    grid_table(
        document,
        [("序号", 11), ("社区", 23), ("联系事项", 34), ("联系岗位", 28), ("办公电话", 27), ("服务时间", 33)],
        "{%tr for card in cards %}",
        ["{{ loop.index }}", *(f"{{{{ card.{field} }}}}" for field in fields)],
    )


def main() -> None:
    """Write every template."""
    folder = APPS / "people" / "data" / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    contact_card_notice().save(str(folder / "contact_card_notice.docx"))


if __name__ == "__main__":
    main()
