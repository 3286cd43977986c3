"""Files read to their corners: workbooks, Word files, PDF, csv; and properties taken out."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from linli.kernel.documents import render_pdf
from linli.kernel.documents.tests.packing import part_of, repacked
from linli.kernel.publication.scanning.files import look_through_file
from linli.kernel.publication.scanning.properties import clean_properties
from linli.kernel.publication.scanning.texts import Lists

pytestmark = pytest.mark.sqlite_only


def told(content: bytes, name: str = "名单") -> list[tuple[str, str, str]]:
    """Kind, place and excerpt of each finding."""
    return [(found.kind.value, found.where, found.excerpt) for found in look_through_file(content, name, Lists())]


def saved(paper: Any) -> bytes:
    packed = BytesIO()
    paper.save(packed)
    return packed.getvalue()


def workbook() -> tuple[Workbook, Any]:
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["单位", "项目", "金额"])
    sheet.append(["槐荫社区", "楼道改造", 12000])
    return book, sheet


def test_it_lets_a_clean_workbook_pass() -> None:
    assert told(saved(workbook()[0])) == []


def test_it_finds_a_number_in_a_cell_however_it_is_kept() -> None:
    book, sheet = workbook()
    sheet["B5"], sheet["C6"] = "联系人13812341234", 13912341234
    assert told(saved(book)) == [
        ("mobile", "名单 · 汇总!B5", "138******34"),
        ("mobile", "名单 · 汇总!C6", "139******34"),
    ]


def test_it_finds_hidden_sheets_rows_and_columns() -> None:
    book, sheet = workbook()
    book.create_sheet("底稿").sheet_state = "hidden"
    book.create_sheet("更深").sheet_state = "veryHidden"
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[2].hidden = True
    assert [(kind, where) for kind, where, _excerpt in told(saved(book))] == [
        ("hidden", "名单 · 汇总!B:B"),
        ("hidden", "名单 · 汇总!2"),
        ("hidden", "名单 · 工作表“底稿”"),
        ("hidden", "名单 · 工作表“更深”"),
    ]


def test_it_finds_comments_and_what_stands_in_them() -> None:
    book, sheet = workbook()
    sheet["A2"].comment = Comment("问13812341234", "")
    kinds = [kind for kind, _where, _excerpt in told(saved(book))]
    assert kinds == ["comment", "mobile"]


def test_it_finds_a_number_in_a_defined_name() -> None:
    book, _sheet = workbook()
    book.defined_names["联系"] = DefinedName("联系", attr_text='"13812341234"')
    assert told(saved(book)) == [("mobile", "名单 · 名称“联系”", "138******34")]


def test_it_finds_the_person_in_the_properties() -> None:
    book, _sheet = workbook()
    book.properties.creator, book.properties.lastModifiedBy = "王秀英", "和安区清河里街道"
    assert told(saved(book)) == [("property", "名单 · 属性“作者”", "王*")]


def test_it_finds_names_in_a_table_about_hardship() -> None:
    book, sheet = workbook()
    sheet.title = "低保名单"
    sheet["A3"], sheet["A4"] = "王秀英", "李建国"
    assert told(saved(book)) == [
        ("hardship", "名单 · 低保名单!A3", "王*"),
        ("hardship", "名单 · 低保名单!A4", "李*"),
    ]


def test_it_finds_names_under_a_heading_about_hardship() -> None:
    book = Workbook()
    for row in (["姓名", "残疾类别"], ["王秀英", "肢体"], ["李某", "视力"]):
        book.active.append(row)
    assert told(saved(book)) == [("hardship", "名单 · Sheet!A2", "王*")]


def test_it_reads_body_tables_heads_and_feet_of_a_word_file() -> None:
    paper = Document()
    paper.add_paragraph("公示")
    paper.add_paragraph("联系人 138-1234-1234")
    table = paper.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("姓名", "困难类别"), ("王秀英", "低保")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    paper.sections[0].footer.paragraphs[0].text = "13912341234"
    paper.core_properties.author = ""
    assert told(saved(paper), "公示.docx") == [
        ("mobile", "公示.docx · 第2段", "138-****-**34"),
        ("hardship", "公示.docx · 第1个表第2行", "王*"),
        ("mobile", "公示.docx · 页脚", "139******34"),
    ]


def test_it_reads_a_number_cut_into_pieces_by_the_writing_program() -> None:
    paper = Document()
    line = paper.add_paragraph()
    for piece in ("138", "1234", "1234"):
        line.add_run(piece).bold = piece == "1234"
    paper.core_properties.author = ""
    assert [kind for kind, _where, _excerpt in told(saved(paper))] == ["mobile"]


def test_it_finds_tracked_changes_and_hidden_text() -> None:
    paper = Document()
    run = paper.add_paragraph().add_run("旧名单13812341234")
    run.font.hidden = True
    deleted = OxmlElement("w:del")
    paper.add_paragraph()._p.append(deleted)
    paper.core_properties.author = ""
    assert [(kind, where) for kind, where, _excerpt in told(saved(paper))] == [
        ("comment", "名单 · 修订痕迹"),
        ("hidden", "名单 · 隐藏文字"),
        ("mobile", "名单 · 第1段"),
    ]


def test_it_finds_a_comment_and_the_author_of_a_word_file() -> None:
    paper = Document()
    line = paper.add_paragraph("公示")
    paper.add_comment(line.runs, text="再核", author="王秀英", initials="王")
    paper.core_properties.author = "王秀英"
    kinds = [(kind, where) for kind, where, _excerpt in told(saved(paper))]
    assert kinds == [("property", "名单 · 属性“作者”"), ("comment", "名单")]


def test_it_reads_the_pages_of_a_pdf() -> None:
    card = {"title": "调解", "office": "王秀英", "phone": "13812341234", "hours": "周二", "body": ""}
    data = {"street": "清河里街道", "as_of": "2026-03-01", "communities": [{"name": "槐荫社区", "cards": [card]}]}
    assert told(render_pdf("people/contact_cards.typ", data), "一览.pdf") == [
        ("mobile", "一览.pdf · 第1页 · 第5行", "138******34")
    ]


def test_it_reads_a_csv_of_the_office_in_its_old_encoding() -> None:
    content = "单位,联系人,电话\n槐荫社区,王某,13812341234\n".encode("gb18030")
    assert told(content, "名单.csv") == [("mobile", "名单.csv · 第2行", "138******34")]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"\x00\x01"]
)
def test_it_passes_nothing_it_cannot_read(content: bytes) -> None:
    assert [kind for kind, _where, _excerpt in told(content)] == ["locked"]


def test_it_opens_no_file_that_declares_entities() -> None:
    content = saved(workbook()[0])
    body = part_of(content, "xl/workbook.xml").replace(b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', 1)
    assert [kind for kind, _where, _excerpt in told(repacked(content, {"xl/workbook.xml": body}))] == ["locked"]


def test_a_picture_asks_for_the_eyes_of_the_checker_and_stops_nothing() -> None:
    (found,) = look_through_file(b"\xff\xd8\xff\xe0" + b"\0" * 20, "照片.jpg", Lists())
    assert (found.kind.value, found.stops) == ("by_eye", False)


def test_cleaning_takes_persons_out_of_the_properties_and_changes_nothing_else() -> None:
    book, _sheet = workbook()
    book.properties.creator, book.properties.lastModifiedBy = "王秀英", "王秀英"
    content = clean_properties(saved(book))
    assert told(content) == []
    assert part_of(content, "xl/worksheets/sheet1.xml") == part_of(saved(book), "xl/worksheets/sheet1.xml")
