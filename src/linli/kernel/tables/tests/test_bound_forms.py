"""Bound forms come back from Word, WPS, Excel or LibreOffice and are read field by field."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from linli.kernel.errors import Refusal
from linli.kernel.tables import Column, Type
from linli.kernel.tables.bound import BoundForm, Filled, Grid, read, write_docx, write_workbook

pytestmark = pytest.mark.sqlite_only
KINDS = (("service", "便民服务"), ("culture", "文化教育"))
FORM = BoundForm(
    "playground.proposal",
    "社区服务项目申报书",
    fields=(
        Column("name", "项目名称", required=True, synonyms=("名称",)),
        Column("kind", "类别", Type.CHOICE, choices=KINDS),
        Column("people", "受益人数", Type.WHOLE, least=1),
        Column("surveyed", "是否做过需求调研", Type.YES_NO),
        Column("why", "背景与需求", max_length=2000),
    ),
    grids=(
        Grid(
            "lines",
            "预算明细",
            (
                Column("item", "科目", required=True),
                Column("price", "单价", Type.DECIMAL),
                Column("count", "数量", Type.WHOLE),
            ),
        ),
    ),
    note="请在右侧填写。",
)
VALUES = {
    "name": "邻里食堂",
    "kind": "service",
    "people": 120,
    "surveyed": True,
    "why": "老人做饭难。\n附近没有食堂。",
    "lines": [{"item": "餐具", "price": "5.50", "count": 30}, {"item": "炊具", "price": "1200.00", "count": 1}],
}
SINGLE = {key: value for key, value in VALUES.items() if key != "lines"}
CODE = "ABCD-EFGH"
WRITERS: dict[str, Callable[..., bytes]] = {"word": write_docx, "excel": write_workbook}


def back(content: bytes) -> Filled:
    return read(io.BytesIO(content), FORM)


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def altered(content: bytes, name: str, alter: Callable[[str], str]) -> bytes:
    """The same package with one part changed, as another office would save it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry.filename)
            new.writestr(entry.filename, alter(body.decode()) if entry.filename == name else body)
    return out.getvalue()


WORD = "word/document.xml"


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_what_was_filled_in_comes_back(write: Callable[..., bytes]) -> None:
    filled = back(write(FORM, code=CODE, values=VALUES))
    assert (filled.code, filled.values, filled.grids) == (CODE, SINGLE, {"lines": VALUES["lines"]})
    assert (filled.is_whole, filled.found) == (True, frozenset(SINGLE))


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_an_empty_form_says_what_must_be_filled_in(write: Callable[..., bytes]) -> None:
    filled = back(write(FORM))
    assert [(place.problem.column, place.problem.code) for place in filled.problems] == [("name", "required")]
    assert (filled.code, filled.values["people"], filled.grids) == ("", None, {"lines": []})


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_each_value_that_cannot_be_taken_is_named_with_its_place(write: Callable[..., bytes]) -> None:
    wrong: dict[str, Any] = {**VALUES, "kind": "烹饪", "people": "许多", "lines": [{"item": "米", "price": "5.505"}]}
    filled = back(write(FORM, values=wrong))
    found = [(place.grid, place.row, place.problem.column, place.problem.code) for place in filled.problems]
    assert found == [
        ("", 0, "kind", "not-offered"),
        ("", 0, "people", "not-whole"),
        ("lines", 1, "price", "too-precise"),
    ]
    assert (filled.values["kind"], filled.values["people"]) == ("烹饪", "许多")


def test_a_word_file_that_lost_every_binding_is_read_by_its_labels() -> None:
    bare = altered(
        write_docx(FORM, code=CODE, values=VALUES),
        WORD,
        lambda text: re.sub(r"</?w:sdt>|<w:sdtPr>.*?</w:sdtPr>|</?w:sdtContent>", "", text, flags=re.DOTALL),
    )
    assert "w:sdt" not in part_of(bare, WORD)
    filled = back(bare)
    assert (filled.code, filled.values, filled.grids) == (CODE, SINGLE, {"lines": VALUES["lines"]})


def test_a_word_file_whose_office_dropped_the_tags_is_read_by_their_titles() -> None:
    office = altered(write_docx(FORM, values=VALUES), WORD, lambda text: re.sub(r"<w:tag [^>]*/>", "", text))
    assert back(office).values == SINGLE


def test_labels_may_be_called_otherwise_as_declared() -> None:
    named = altered(write_docx(FORM, values=VALUES), WORD, lambda text: text.replace("项目名称*", "名 称："))
    bare = altered(named, WORD, lambda text: re.sub(r"<w:(tag|alias) [^>]*/>", "", text))
    assert back(bare).values["name"] == "邻里食堂"


def test_words_struck_out_by_a_tracked_change_are_not_read() -> None:
    tracked = altered(
        write_docx(FORM, values=VALUES),
        WORD,
        lambda text: text.replace(
            '<w:t xml:space="preserve">邻里食堂</w:t></w:r>',
            "<w:t>邻里</w:t></w:r><w:del><w:r><w:delText>食堂</w:delText><w:t>食堂</w:t></w:r></w:del>"
            "<w:ins><w:r><w:t>餐厅</w:t></w:r></w:ins>",
        ),
    )
    assert back(tracked).values["name"] == "邻里餐厅"


def test_a_hint_still_showing_is_no_answer() -> None:
    hinting = altered(
        write_docx(FORM, values={"name": "单击此处输入文字"}),
        WORD,
        lambda text: text.replace('<w:tag w:val="linli.name"/>', '<w:tag w:val="linli.name"/><w:showingPlcHdr/>'),
    )
    assert [place.problem.code for place in back(hinting).problems] == ["required"]


def test_a_workbook_without_names_is_read_by_its_labels() -> None:
    bare = altered(
        write_workbook(FORM, code=CODE, values=VALUES),
        "xl/workbook.xml",
        lambda text: re.sub(r"<definedNames>.*</definedNames>", "", text),
    )
    filled = back(bare)
    assert (filled.code, filled.values, filled.grids) == (CODE, SINGLE, {"lines": VALUES["lines"]})


def test_each_answer_of_a_workbook_has_a_name_that_moves_with_its_cell() -> None:
    text = part_of(write_workbook(FORM, values=VALUES), "xl/workbook.xml")
    assert re.findall(r'name="linli_name"[^>]*>([^<]*)<', text) == ["'社区服务项目申报书'!$B$4"]


def test_hidden_or_strange_packages_are_refused() -> None:
    for content in (b"PK\x03\x04 no zip", b"<html></html>", b"%PDF-1.7"):
        with pytest.raises(Refusal):
            back(content)


def test_entities_are_refused() -> None:
    bomb = altered(
        write_docx(FORM),
        WORD,
        lambda text: text.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1),
    )
    with pytest.raises(Refusal) as no:
        back(bomb)
    assert no.value.code == "table-damaged"


def test_a_package_that_unpacks_to_far_more_is_refused() -> None:
    bomb = altered(write_docx(FORM), WORD, lambda text: text.replace("</w:body>", " " * 20_000_000 + "</w:body>"))
    with pytest.raises(Refusal) as no:
        back(bomb)
    assert no.value.code == "file-bomb"


def test_two_fields_of_one_label_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="two fields share a label"):
        BoundForm("x.form", "表", (Column("a", "名称"), Column("b", "名 称*")))


def test_it_names_nobody_in_the_properties_of_the_file() -> None:
    core = part_of(write_docx(FORM, values=VALUES), "docProps/core.xml")
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>|<cp:lastModifiedBy>(.+?)</cp:lastModifiedBy>", core) in (
        [],
        [("", "")],
    )
