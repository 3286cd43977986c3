"""Bound forms in Word: written with a content control around each answer, read from Word, WPS or LibreOffice."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from linli.kernel.tables.bound.declared import CODE_LABEL, BoundForm, Grid, Raw, plain
from linli.kernel.tables.bound.pairing import paired
from linli.kernel.tables.declared import Column, Type
from linli.kernel.tables.refusing import refusal
from linli.kernel.tables.template import explanation, heading

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAG = "linli."
MOST_BYTES = 30 * 2**20
PACK = 150
"""A paper packs some ten times; deflate reaches 1,032."""
LONG = 200
"""From so many characters on an answer gets a line of its own."""


def write_docx(form: BoundForm, *, code: str = "", values: Mapping[str, Any] | None = None) -> bytes:
    """The form on A4, its answers bound; ``values`` stand in it already, grids as lists of rows by key."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    given = values or {}
    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin = page.bottom_margin = Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "仿宋_GB2312", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heavy = paper.styles.add_style("FormTitle", WD_STYLE_TYPE.CHARACTER)
    heavy.font.size, heavy.font.name = Pt(20), "方正小标宋简体"
    heavy.element.rPr.rFonts.set(qn("w:eastAsia"), "方正小标宋简体")
    title.add_run(form.title, style=heavy)
    if code:
        paper.add_paragraph(f"{CODE_LABEL}：{code}（请勿改动）").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if form.note:
        paper.add_paragraph(form.note)
    _fields(paper, form, given)
    for grid in form.grids:
        paper.add_paragraph(grid.title).paragraph_format.space_before = Pt(10)
        _grid(paper, grid, given.get(grid.key) or ())
    for name in ("author", "last_modified_by", "comments", "title"):
        setattr(paper.core_properties, name, "")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def shown(column: Column, value: Any) -> str:
    """A stored value as it stands on paper."""
    if value is None or value == "":
        return ""
    if column.type is Type.YES_NO:
        return "是" if value else "否"
    return dict(column.choices).get(str(value), str(value))


def _fields(paper: Any, form: BoundForm, given: Mapping[str, Any]) -> None:
    from docx.shared import Mm, Pt

    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for column_of_table, width in zip(table.columns, (Mm(46), Mm(120)), strict=True):
        column_of_table.width = width
    for column in form.fields:
        label, answer = table.add_row().cells
        label.width, answer.width = Mm(46), Mm(120)
        label.paragraphs[0].add_run(heading(column))
        note = label.add_paragraph().add_run(explanation(column))
        note.font.size = Pt(8)
        _bind(answer, column, shown(column, given.get(column.key)))
        if column.type is Type.TEXT and column.max_length > LONG:
            table.rows[-1].height = Mm(60)


def _bind(cell: Any, column: Column, text: str) -> None:
    """Put a content control into a cell; its tag names the field, whatever is written into it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    control, about, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    for name, value in (("w:alias", column.title), ("w:tag", TAG + column.key)):
        node = OxmlElement(name)
        node.set(qn("w:val"), value)
        about.append(node)
    about.append(_kind(column))
    for place, line in enumerate(text.split("\n")):
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = line
        run.extend(([OxmlElement("w:br")] if place else []) + [words])
        content.append(run)
    control.extend((about, content))
    cell.paragraphs[0]._p.append(control)  # noqa: SLF001  # python-docx has no content controls of its own


def _kind(column: Column) -> Any:
    """A list to choose from, or free text."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    words = [word for _stored, word in column.choices] or (["是", "否"] if column.type is Type.YES_NO else [])
    if not words:
        return OxmlElement("w:richText")  # plain-text controls lose line breaks in LibreOffice 7
    choices = OxmlElement("w:comboBox")
    for word in words:
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), word)
        item.set(qn("w:value"), word)
        choices.append(item)
    return choices


def _grid(paper: Any, grid: Grid, rows: Sequence[Mapping[str, Any]]) -> None:
    table = paper.add_table(rows=1, cols=len(grid.columns))
    table.style = "Table Grid"
    for cell, column in zip(table.rows[0].cells, grid.columns, strict=True):
        cell.paragraphs[0].add_run(heading(column)).bold = True
    for place in range(max(len(rows), grid.rows)):
        cells = table.add_row().cells
        given = rows[place] if place < len(rows) else {}
        for cell, column in zip(cells, grid.columns, strict=True):
            cell.paragraphs[0].add_run(shown(column, given.get(column.key)))


def raw_docx(content: bytes, form: BoundForm) -> Raw:
    """What stands in a Word file, as the form's fields. Raises Refusal for a file that is no sound Word file."""
    root = _body(content)
    labels, bound = form.labels(), dict[str, str]()
    for control in root.iter(f"{W}sdt"):
        key, inside = _key(control, labels), control.find(f"{W}sdtContent")
        if key and inside is not None:
            hint = control.find(f"{W}sdtPr/{W}showingPlcHdr")
            bound.setdefault(key, "" if hint is not None else text_of(inside))
    rows: list[list[str]] = [
        [text_of(paragraph)] for paragraph in root.iter(f"{W}p") if CODE_LABEL in text_of(paragraph)
    ]
    rows += [[text_of(cell) for cell in _cells(row)] for row in root.iter(f"{W}tr")]
    return paired(form, rows, bound)


def _key(control: ET.Element, labels: Mapping[str, str]) -> str:
    """The field of a content control: by its tag; an office that drops tags keeps the title."""
    tag, alias = (control.find(f"{W}sdtPr/{W}{name}") for name in ("tag", "alias"))
    word = (tag.get(f"{W}val") or "") if tag is not None else ""
    if word.startswith(TAG):
        return word.removeprefix(TAG)
    return labels.get(plain(alias.get(f"{W}val")), "") if alias is not None else ""


def _body(content: bytes) -> ET.Element:
    """The main part, never unpacked beyond bounds and never with entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            about = archive.getinfo("word/document.xml")
            if about.file_size > MOST_BYTES or about.file_size > PACK * max(about.compress_size, 20_000):
                raise refusal("unpacks")
            with archive.open(about) as file:
                part = file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise refusal("damaged") from error
    if len(part) > MOST_BYTES or b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
        raise refusal("damaged")
    try:
        return ET.fromstring(part)  # noqa: S314  # entities and document types were refused above
    except ET.ParseError as error:
        raise refusal("damaged") from error


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    """The cells of a row, also those an office put a control around."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag == f"{W}sdt":
            for content in child.findall(f"{W}sdtContent"):
                yield from _cells(content)


def text_of(node: ET.Element) -> str:
    """The words a reader sees: paragraphs as lines, without what was struck out by a tracked change."""
    paragraphs = [node] if node.tag == f"{W}p" else list(node.iter(f"{W}p"))
    lines = ["".join(_words(paragraph)) for paragraph in paragraphs or [node]]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _words(node: ET.Element) -> Iterator[str]:
    for child in node:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif child.tag == f"{W}tab":
            yield " "
        elif child.tag not in (f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}p"):
            yield from _words(child)
