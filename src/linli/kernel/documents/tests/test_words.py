"""Word papers: the notice in official layout, and templates that try to do more than show fields."""

import time
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from linli.kernel import documents
from linli.kernel.documents import PaperFault
from linli.kernel.documents.tests.packing import docx_of
from linli.kernel.errors import Refusal

NOTICE = "people/contact_card_notice.docx"
DECLARED = frozenset(
    [
        "office",
        "office_mark",
        "year",
        "addressees",
        "community_count",
        "card_count",
        "post_by",
        "contact",
        "contact_phone",
        "date",
        "copies_to",
        "printing_office",
        "cards.community",
        "cards.title",
        "cards.office",
        "cards.phone",
        "cards.hours",
    ]
)
CARD = {"community": "槐荫社区", "title": "矛盾调解", "office": "调解委员会", "phone": "010-5550 0201", "hours": "周二"}
DATA: dict[str, Any] = {
    "office": "清河里街道办事处",
    "office_mark": "清街发",
    "year": 2026,
    "addressees": "各社区党组织、居民委员会",
    "community_count": 4,
    "card_count": 2,
    "post_by": date(2026, 3, 16),
    "contact": "社区建设科",
    "contact_phone": "010-5550 0001",
    "date": date(2026, 3, 2),
    "copies_to": "区民政局",
    "printing_office": "党政综合办公室",
    "cards": [CARD, {**CARD, "community": "南里社区"}],
}


def lines(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs if paragraph.text.strip()]


def fill(text: str, data: dict[str, Any] | None = None, declared: set[str] | None = None) -> list[str]:
    given = {"title": "甲", "rows": [{"name": "乙"}, {"name": "丙"}]} if data is None else data
    fields = {"title", "rows.name"} if declared is None else declared
    return lines(documents.render_docx(docx_of(*text.split("\n")), given, declared=fields))


def test_it_fills_the_notice() -> None:
    filled = documents.render_docx(NOTICE, DATA, declared=DECLARED)
    assert lines(filled) == [
        "代拟稿",
        "清河里街道办事处文件",
        "清街发〔2026〕  号",
        "关于公布2026年社区联系卡的通知",
        "各社区党组织、居民委员会：",
        "为方便居民就近咨询、反映问题，现将经社区核对、街道审定的社区联系卡予以公布（见附件1），并就有关事项通知如下。",
        "一、公布范围",
        "本次公布4个社区共2张联系卡，内容为联系事项、联系岗位、办公电话和服务时间，不含个人手机号码。",
        "二、张贴要求",
        "各社区于2026年3月16日前在居务公开栏、楼门公告栏张贴，并在办事窗口摆放。",
        "三、及时更新",
        "岗位、电话或服务时间有变动的，社区应在变动后5个工作日内更新联系卡，按程序核对、审定后重新公布。",
        "联系人：社区建设科，联系电话：010-5550 0001。",
        "附件：1. 社区联系卡一览表",
        "清河里街道办事处",
        "2026年3月2日",
        "附件1",
        "社区联系卡一览表",
        "抄送：区民政局。",
        "党政综合办公室\t2026年3月2日印发",
    ]
    (table,) = Document(BytesIO(filled)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "社区", "联系事项", "联系岗位", "办公电话", "服务时间"],
        ["1", "槐荫社区", "矛盾调解", "调解委员会", "010-5550 0201", "周二"],
        ["2", "南里社区", "矛盾调解", "调解委员会", "010-5550 0201", "周二"],
    ]


def test_it_keeps_the_layout_of_official_papers() -> None:
    paper = Document(BytesIO(documents.render_docx(NOTICE, DATA, declared=DECLARED)))
    section = paper.sections[0]
    edges = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(edge.mm) for edge in edges if edge is not None] == [210, 297, 37, 28]
    faces = {
        paragraph.text: (run.font.size.pt, run._r.rPr.rFonts.get(qn("w:eastAsia")))
        for paragraph in paper.paragraphs
        for run in paragraph.runs[:1]
        if run.font.size is not None
    }
    assert faces["关于公布2026年社区联系卡的通知"] == (22, "方正小标宋简体")
    assert faces["一、公布范围"] == (16, "黑体")
    assert faces["联系人：社区建设科，联系电话：010-5550 0001。"] == (16, "仿宋_GB2312")
    assert faces["附件1"] == (16, "黑体")


def test_it_shows_tests_and_repeats_fields() -> None:
    text = "{{ title }}{% if title == '甲' %}对{% endif %}\n"
    text += "{%p for row in rows %}\n{{ loop.index }}{{ row.name }}\n{%p endfor %}"
    assert fill(text) == ["甲对", "1乙", "2丙"]


def test_it_shows_money_and_days() -> None:
    data = {"sum": "12345.60", "day": "2026-03-01"}
    assert fill("{{ sum|yuan }} {{ sum|capitals }} {{ day|day }}", data, {"sum", "day"}) == [
        "¥12,345.60 壹万贰仟叁佰肆拾伍元陆角整 2026年3月1日"
    ]


def test_it_names_the_field_that_was_not_declared() -> None:
    with pytest.raises(Refusal) as refused:
        fill("{{ phone_number }}")
    assert str(refused.value) == "模板使用了本文书没有的字段“phone_number”。"
    assert refused.value.field == "template"


def test_it_names_the_field_of_a_row_that_was_not_declared() -> None:
    with pytest.raises(Refusal, match=r"rows\.id_number"):
        fill("{%p for row in rows %}\n{{ row.id_number }}\n{%p endfor %}")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title.__class__ }}",
        "{{ title.__init__.__globals__ }}",
        "{{ title|attr('__class__') }}",
        "{{ rows.append }}",
        "{{ self }}",
        "{{ loop.index }}",
        "{{ cycler.__init__ }}",
        "{{ lipsum() }}",
        "{{ title.upper() }}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{{ title ~ title }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ title['__class__'] }}",
        "{% import 'os' as os %}",
        "{% from 'os' import system %}",
        "{% include '/etc/passwd' %}",
        "{% extends 'x' %}",
        "{% set x = title %}",
        "{% macro x() %}{% endmacro %}",
        "{% for a in range(1000000000) %}x{% endfor %}",
        "{% for a in title %}x{% endfor %}",
        "{% for a in rows %}{% for b in rows %}{% for c in rows %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in rows recursive %}{{ loop(rows) }}{% endfor %}",
        "{{ title|map('upper') }}",
        "{{ title",
        "{% raw %}",
    ],
)
def test_it_refuses_a_template_that_does_more(attack: str) -> None:
    before = time.monotonic()
    with pytest.raises(Refusal) as refused:
        fill(attack)
    assert refused.value.code == "bad-template"
    assert time.monotonic() - before < 60


@pytest.mark.parametrize("where", ["header", "footer", "properties"])
def test_it_reads_head_foot_and_properties_with_the_same_eyes(where: str) -> None:
    with pytest.raises(Refusal, match="__class__"):
        documents.render_docx(docx_of("x", **{where: "{{ title.__class__ }}"}), {"title": "甲"}, declared={"title"})


def test_it_never_reads_the_data_as_a_template_or_as_xml() -> None:
    nasty = "{{ 7 * 7 }} {% x %} <w:p/> & \x00\x0b]]>"
    assert fill("{{ title }}", {"title": nasty}, {"title"}) == ["{{ 7 * 7 }} {% x %} <w:p/> & ]]>"]


def test_it_tells_the_programmer_of_a_missing_value() -> None:
    with pytest.raises(PaperFault, match="title"):
        fill("{{ title }}", {}, {"title"})
