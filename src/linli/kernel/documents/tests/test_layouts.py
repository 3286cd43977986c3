"""The layout kit: every key as PDF and as Word, from one description."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.oxml.ns import qn

from linli.kernel import documents
from linli.kernel.documents import (
    Attachment,
    Cell,
    Column,
    FilledBy,
    Grid,
    Head,
    Imprint,
    Layout,
    NewSheet,
    Opinion,
    Paper,
    Rows,
    Signatures,
    Text,
    print_paper,
    write_paper,
    yuan_in_capitals,
)
from linli.kernel.documents.layouts.blocks import balanced
from linli.kernel.publication.scanning.files import look_through_file
from linli.kernel.publication.scanning.texts import Lists

pytestmark = pytest.mark.sqlite_only

DAY = date(2026, 3, 2)
COLUMNS = [Column("序号", 0.6, "center"), Column("项目名称", 3), Column("金额（元）", 1.2, "right")]
TABLE = Rows(COLUMNS, [[1, "楼道微更新", Decimal("25000.5")]], total=["合计", "", Decimal("25000.5")])
UNIT, SERIAL = "清河里街道办事处", "清河里-2026-0012"


def paper(layout: Layout, *blocks: Any, **more: Any) -> Paper:
    return Paper(layout, "项目安排", UNIT, DAY, SERIAL, blocks, **more)


FORM = (
    Grid(
        [[Cell("项目名称", label=True), Cell("楼道微更新", 3)], [Cell("类别", label=True), Cell(), Cell(), Cell()]], 4
    ),
    Opinion("街道\n意见", "同意。"),
)
RED_HEAD = paper(
    Layout.RED_HEAD, Head("一、范围"), Text("各社区均可申报。"), addressees="各社区", mark="清街发",
    contact="联系人：社区建设科。",
    attachments=[Attachment("汇总表", [TABLE], across=True), Attachment("负面清单", [Text("一、办公支出。")])],
    imprint=Imprint("区民政局", "党政综合办公室"), inside=True, address="https://linli.example/desk/1/",
)  # fmt: skip
SAID = {
    Layout.RED_HEAD: RED_HEAD,
    Layout.MINUTES: paper(Layout.MINUTES, Text("同意。"), facts=[("时间", "3月2日"), ("出席", "五人")]),
    Layout.NOTICE: paper(Layout.NOTICE, Text("现予公示。"), TABLE),
    Layout.TABLE: paper(
        Layout.TABLE, FilledBy(UNIT, "韩某", "吴某", "010-62880001", DAY), TABLE, Signatures(["计分人"])
    ),
    Layout.FORM: paper(Layout.FORM, *FORM),
    Layout.PLAIN: paper(Layout.PLAIN, Text("时间：4月12日。"), seal_line=False),
}
TABLE_TEXT = "序号项目名称金额（元）1楼道微更新25,000.50合计25,000.50"
FOOT = "清河里街道办事处清河里-2026-0012第1页共1页"
IMPRINT = "抄送：区民政局。党政综合办公室2026年3月2日印发"
SEALED = "清河里街道办事处2026年3月2日"
PRINTED = {
    Layout.MINUTES: ["代拟稿清河里街道办事处会议纪要〔2026〕第期项目安排时间：3月2日出席：五人同意。—1—" + FOOT],
    Layout.NOTICE: ["项目安排现予公示。" + TABLE_TEXT + SEALED + "—1—" + FOOT],
    Layout.TABLE: [
        "项目安排填报单位（盖章）：清河里街道办事处填报人：韩某审核人：吴某联系电话：010-62880001填报日期：2026年3月2日"
        + TABLE_TEXT + "计分人：" + FOOT
    ],
    Layout.FORM: ["项目安排项目名称楼道微更新类别街道意见同意。负责人（签字）：（盖章）年月日" + FOOT],
    Layout.PLAIN: ["项目安排时间：4月12日。" + FOOT],
    Layout.RED_HEAD: [
        "代拟稿清河里街道办事处文件清街发〔2026〕号项目安排各社区：一、范围各社区均可申报。联系人：社区建设科。"
        "附件：1.汇总表2.负面清单" + SEALED + "—1—清河里街道办事处清河里-2026-0012第1页共3页",
        "附件1汇总表" + TABLE_TEXT + "—2—清河里街道办事处清河里-2026-0012第2页共3页",
        "附件2负面清单一、办公支出。" + IMPRINT + "—3—清河里街道办事处清河里-2026-0012第3页共3页",
    ],
}  # fmt: skip


def pages(content: bytes) -> list[str]:
    with pdfium.PdfDocument(content) as opened:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def sizes(content: bytes) -> list[tuple[int, int]]:
    with pdfium.PdfDocument(content) as opened:
        return [tuple(round(edge / 72 * 25.4) for edge in page.get_size()) for page in opened]  # type: ignore[misc]  # two edges


def words(content: bytes) -> list[str]:
    """Paragraphs and cells of a Word file, in their order, without blanks."""
    body = Document(BytesIO(content)).element.body
    texts = ("".join(node.text or "" for node in line.iter(qn("w:t"))) for line in body.iter(qn("w:p")))
    return [text for text in ("".join(text.split()) for text in texts) if text]


@pytest.mark.parametrize("layout", SAID)
def test_it_prints_every_key_with_unit_day_serial_and_page(layout: Layout) -> None:
    assert pages(print_paper(SAID[layout])) == PRINTED[layout]


def test_it_turns_the_sheet_for_tables_only() -> None:
    upright, across = (210, 297), (297, 210)
    assert sizes(print_paper(RED_HEAD)) == [upright, across, upright]
    assert sizes(print_paper(SAID[Layout.TABLE])) == [across]


@pytest.mark.parametrize("layout", SAID)
def test_word_says_what_the_print_says(layout: Layout) -> None:
    printed = "".join(PRINTED[layout])
    for mark in ("—1—", "—2—", "—3—", *(f"{UNIT}{SERIAL}第{at}页共{of}页" for of in (1, 3) for at in (1, 2, 3))):
        printed = printed.replace(mark, "")
    assert sorted("".join(words(write_paper(SAID[layout])))) == sorted(printed)


def test_word_names_the_faces_of_the_standard_and_its_edges() -> None:
    opened = Document(BytesIO(write_paper(RED_HEAD)))
    section, turned = opened.sections[0], opened.sections[1]
    edges = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(edge.mm) for edge in edges if edge is not None] == [210, 297, 37, 28]
    assert [round(edge.mm) for edge in (turned.page_width, turned.page_height) if edge is not None] == [297, 210]
    faces = {line.text: line.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) for line in opened.paragraphs if line.runs}
    assert (faces["项目安排"], faces["一、范围"], faces["各社区："]) == ("方正小标宋简体", "黑体", "仿宋_GB2312")


@pytest.mark.parametrize("write", [print_paper, write_paper])
def test_a_head_of_a_long_table_repeats(write: Callable[[Paper], bytes]) -> None:
    many = Rows(COLUMNS, [[number, "楼道微更新", Decimal(1)] for number in range(80)], total=["合计", "", Decimal(80)])
    content = write(paper(Layout.TABLE, many))
    if write is print_paper:
        counted = [page.count("序号项目名称") for page in pages(content)]
        assert (len(counted) > 1, set(counted)) == (True, {1})
    else:
        table = Document(BytesIO(content)).tables[0]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def pictures(content: bytes) -> int:
    return sum(
        part.partname.startswith("/word/media/") for part in Document(BytesIO(content)).part.package.iter_parts()
    )


def test_a_code_to_the_record_stands_on_inside_papers_only() -> None:
    open_paper = paper(Layout.NOTICE, address="https://linli.example/desk/1/")
    assert [pictures(write_paper(one)) for one in (RED_HEAD, open_paper)] == [1, 0]
    assert len(print_paper(RED_HEAD)) > len(print_paper(open_paper))


def test_money_stands_in_capitals_too() -> None:
    assert yuan_in_capitals(Decimal("25000.50")) == "人民币贰万伍仟元伍角整（¥25,000.50）"


@pytest.mark.parametrize("layout", [Layout.FORM, Layout.TABLE, Layout.PLAIN, Layout.NOTICE])
def test_a_title_keeps_clear_of_the_code_in_the_corner(layout: Layout) -> None:
    long = Paper(layout, "临" * 60, UNIT, DAY, SERIAL, [], inside=True, address="https://linli.example/desk/1/")
    with pdfium.PdfDocument(print_paper(long)) as opened:
        page = opened[0]
        width = page.get_width()
        text = page.get_textpage()
        edges = [text.get_charbox(at)[2] for at in range(text.count_chars()) if text.get_text_range(at, 1) == "临"]
    margin = {Layout.TABLE: 18, Layout.NOTICE: 26}.get(layout, 22)
    assert len(edges) == 60
    assert max(edges) < width - (margin - 4 + 20) / 25.4 * 72


def test_a_long_title_breaks_between_words() -> None:
    title = "关于2026年度服务群众项目拟支持名单的公示"
    assert balanced(title, room=20) == "关于2026年度服务群众\n项目拟支持名单的公示"
    assert [balanced(text, room=20) for text in ("短题", "自己\n分行的很长很长很长很长很长很长题目")] == [
        "短题",
        "自己\n分行的很长很长很长很长很长很长题目",
    ]


@pytest.mark.parametrize("layout", SAID)
def test_nothing_linli_writes_names_a_person_in_its_properties(layout: Layout) -> None:
    for content in (write_paper(SAID[layout]), print_paper(SAID[layout])):
        found = look_through_file(content, "文书", Lists.of(["010-62880001"]))
        assert [finding.kind.value for finding in found] == []


def test_a_word_file_of_ours_passes_the_check_of_templates() -> None:
    documents.check_package(write_paper(RED_HEAD))


def test_it_begins_the_next_sheet_on_a_page_of_its_own() -> None:
    sheets = paper(Layout.FORM, Text("第一张"), NewSheet("评分表"), Text("第二张"))
    pages = pdfium.PdfDocument(print_paper(sheets))
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert [("第一张" in text, "第二张" in text, "评分表" in text) for text in texts] == [
        (True, False, False), (False, True, True),
    ]  # fmt: skip
    written = Document(BytesIO(write_paper(sheets)))
    broken = [line.text for line in written.paragraphs if line.paragraph_format.page_break_before]
    assert broken == ["评分表"]
