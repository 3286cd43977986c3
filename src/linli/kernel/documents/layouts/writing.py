"""A described paper as Word, in the faces offices have: 方正小标宋简体, 仿宋_GB2312, 黑体, 楷体_GB2312, 宋体."""

# python-docx offers no public way to these elements
from io import BytesIO
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from linli.kernel.documents.layouts import drawing
from linli.kernel.documents.layouts.blocks import Attachment, Layout, Paper, balanced, shown
from linli.kernel.documents.layouts.word import (
    ALIGN,
    FIVE,
    FOUR,
    HEITI,
    LINE,
    RED,
    SMALL_FOUR,
    SONG,
    THREE,
    TINY,
    TWO,
    XIAOBIAO,
    field,
    indent,
    new_document,
    rule,
    saved,
    size_section,
    tight,
    write,
)

OFFICIAL = frozenset({Layout.RED_HEAD, Layout.MINUTES, Layout.NOTICE})
PITCHES = {Layout.TABLE: None, Layout.FORM: None, Layout.PLAIN: Pt(22)}
SIZES = {Layout.TABLE: FIVE, Layout.FORM: SMALL_FOUR, Layout.PLAIN: SMALL_FOUR}


def write_paper(paper: Paper) -> bytes:
    """The Word file of a paper, with number and seal left blank."""
    document = new_document()
    official, across = paper.layout in OFFICIAL, paper.layout == Layout.TABLE
    pen = drawing.Pen(document, size=SIZES.get(paper.layout, THREE), pitch=PITCHES.get(paper.layout, LINE))
    section = document.sections[0]
    size_section(section, official=official, across=across)
    document.settings.odd_and_even_pages_header_footer = official
    _feet(section, paper, official=official, across=across)
    if paper.has_code:
        _code(section, paper.address)
    _heading(pen, paper)
    _body(pen, paper)
    for number, item in enumerate(paper.attachments, start=1):
        _attachment(pen, paper, item, number)
    if paper.imprint:
        _imprint(pen, paper)
    return saved(document)


def _feet(section: Any, paper: Paper, *, official: bool, across: bool) -> None:
    edge = Mm(297 - 36 if across else 156 if official else 166)
    feet = ((section.footer, "right"), (section.even_page_footer, "left")) if official else ((section.footer, ""),)
    for foot, side in (*feet, (section.first_page_footer, "right" if official else "")):
        foot.is_linked_to_previous = False
        first = foot.paragraphs[0]
        first.style = "Normal"
        if side:
            first.alignment = ALIGN[side]
            indent(first, characters=1, size=FOUR, side=side)
            _words_and_field(first, "— ", "PAGE", " —", face=SONG, size=FOUR)
            first = foot.add_paragraph(style="Normal")
        tight(first).paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
        _words_and_field(first, f"{paper.unit}　{paper.serial}\t第", "PAGE", "页　共", face=SONG, size=TINY)
        _words_and_field(first, "", "NUMPAGES", "页", face=SONG, size=TINY)


def _words_and_field(paragraph: Any, before: str, code: str, after: str, **face: Any) -> None:
    write(paragraph, before, **face)
    field(paragraph, code, **face)
    write(paragraph, after, **face)


def _code(section: Any, address: str) -> None:
    """The QR code in the head of the first page, where it takes no room from the text."""
    import segno

    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=6, border=2)
    drawn.seek(0)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    paragraph = tight(section.first_page_header.paragraphs[0])
    paragraph.alignment = ALIGN["right"]
    paragraph.add_run().add_picture(drawn, width=Mm(18))


def _heading(pen: "drawing.Pen", paper: Paper) -> None:
    if paper.layout in (Layout.RED_HEAD, Layout.MINUTES):
        pen.line("代拟稿", face=HEITI)
        pen.line()
        minutes = paper.layout == Layout.MINUTES
        name = paper.head or f"{paper.unit}{'会议纪要' if minutes else '文件'}"
        head = tight(pen.document.add_paragraph())
        head.alignment = ALIGN["center"]
        write(head, name, face=XIAOBIAO, size=Pt(30)).font.color.rgb = RED
        pen.line()
        year = paper.day.year if paper.day else ""
        number = pen.line(f"〔{year}〕第　　期" if minutes else f"{paper.mark}〔{year}〕　　号", align="center")
        rule(number, "bottom", color="E60012", size=18)
        pen.line()
    title = tight(pen.document.add_paragraph())
    title.alignment = ALIGN["center"]
    write(title, paper.heading, face=XIAOBIAO, size=TWO)
    pen.line()


def _body(pen: "drawing.Pen", paper: Paper) -> None:
    if paper.addressees:
        pen.line(f"{paper.addressees}：")
    for name, said in paper.facts:
        line = pen.line()
        write(line, f"{name}：", face=HEITI, size=pen.size)
        write(line, said, size=pen.size)
    for block in paper.blocks:
        pen.draw(block)
    if paper.contact:
        pen.line(paper.contact, first=2)
    for number, item in enumerate(paper.attachments, start=1):
        pen.line(f"{'附件：' if number == 1 else '　　　'}{number}. {item.title}", first=2)
    if paper.seal_line and paper.layout in (Layout.RED_HEAD, Layout.NOTICE, Layout.PLAIN):
        _signature(pen, paper)


def _signature(pen: "drawing.Pen", paper: Paper) -> None:
    """Unit and day under two empty lines, four characters in from the right; the seal is left blank."""
    for _number in range(2):
        pen.line()
    for text in (paper.unit, shown(paper.day)):
        indent(pen.line(text, align="right"), characters=4, size=pen.size, side="right")


def _attachment(pen: "drawing.Pen", paper: Paper, item: Attachment, number: int) -> None:
    official = paper.layout in OFFICIAL
    section = pen.document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    size_section(section, official=official, across=item.across)
    pen.line(f"附件{number}", face=HEITI)
    title = tight(pen.document.add_paragraph())
    title.alignment = ALIGN["center"]
    write(title, balanced(item.title, room=34 if item.across else 20), face=XIAOBIAO, size=TWO)
    pen.line()
    for block in item.blocks:
        pen.draw(block)


def _imprint(pen: "drawing.Pen", paper: Paper) -> None:
    assert paper.imprint is not None  # asked before
    pen.line()
    if paper.imprint.copies_to:
        rule(tight(pen.line(f"抄送：{paper.imprint.copies_to}。", size=FOUR)), "top")
    last = tight(pen.line(f"{paper.imprint.printed_by}\t{shown(paper.day)}印发", size=FOUR))
    last.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    rule(last, "top", "bottom")
