"""Tables out, and the template that comes back in."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.playground.sheets import SHOPS

from linli.kernel.tables import Change, StagedRow, template_of, write_bad_rows, write_csv, write_xlsx
from linli.kernel.tables.tests.samples import HEAD, ROW, counts, staged, xlsx

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "＝1+1"]


def cells(path: Path) -> list[list[Any]]:
    return [list(row) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)]


def test_it_writes_chinese_headings_and_every_kind_of_value(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    moment = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
    rows = [["清河小馆", 30, Decimal("1200.50"), date(2024, 5, 1), moment, True, None]]
    write_xlsx(path, ["名称", "座位", "租金", "开业", "走访", "登记", "备注"], rows, title="店铺/总表")
    head, row = cells(path)
    assert head == ["名称", "座位", "租金", "开业", "走访", "登记", "备注"]
    assert row[:3] == ["清河小馆", 30, 1200.5]
    assert (row[3].date(), row[4].isoformat()) == (date(2024, 5, 1), "2026-03-05T14:30:00")
    assert row[5:] == ["是", None]
    assert load_workbook(path).sheetnames == ["店铺总表"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_it_writes_what_looks_like_a_formula_as_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, ["甲", text], [["一", text]], title="表")
    page = load_workbook(path).worksheets[0]
    assert [page[place].data_type for place in ("B1", "B2")] == ["s", "s"]
    assert page["B2"].hyperlink is None


@pytest.mark.parametrize("text", DANGEROUS)
def test_it_puts_an_apostrophe_before_formulas_in_csv(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, ["甲"], [[text], [-5], [Decimal("-5.5")]])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["甲"], ["'" + text], ["-5"], ["-5.5"]]


def test_it_writes_headings_even_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, ["甲", "乙"], [], title="表")
    assert cells(path)[0] == ["甲", "乙"]


def test_it_leaves_out_what_no_cell_can_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, ["甲"], [["a\x00b\x0bc"], ["长" * 40_000]], title="表")
    assert [len(row[0]) for row in cells(path)[1:]] == [3, 32_767]


def test_it_makes_a_template_with_notes_lists_and_an_example() -> None:
    book = load_workbook(io.BytesIO(template_of(SHOPS)))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == ["编号*", "名称*", *HEAD[2:]]
    assert page["A1"].comment.text == "文字；必填；不超过 20 字"
    assert page["A2"].value == "示例：S001"
    assert [(str(v.sqref), v.formula1) for v in page.data_validations.dataValidation] == [
        ("C2:C5001", '"餐饮,维修,停业"'),
        ("G2:G5001", '"是,否"'),
    ]
    assert (book.sheetnames, book["选项"].sheet_state) == (["店铺", "填写说明", "选项"], "hidden")


@pytest.mark.django_db
def test_it_reads_its_own_template_back_without_the_example() -> None:
    book = load_workbook(io.BytesIO(template_of(SHOPS)))
    for column, cell in enumerate(ROW, start=1):
        book.worksheets[0].cell(3, column, cell)
    out = io.BytesIO()
    book.save(out)
    batch = staged(out.getvalue())
    assert (counts(batch), batch.sheet_found) == ((1, 0, 0, 0), "店铺")


@pytest.mark.django_db
def test_it_hands_bad_rows_back_marked_and_ready_to_correct(tmp_path: Path) -> None:
    batch = staged(xlsx([HEAD, ROW, ["S2", "", "理发", *ROW[3:]], ["S3", "=1+1", "理发", *ROW[3:]]]))
    path = tmp_path / "bad.xlsx"
    assert write_bad_rows(batch, SHOPS, path) == 2
    page = load_workbook(path).worksheets[0]
    assert [cell.value for cell in page[1]] == [*HEAD[:4], "租金（元）", *HEAD[5:], "原行号", "原因"]
    assert (page["B2"].comment.text, page["I2"].value, page["B3"].data_type) == ("必填", 3, "s")
    assert page["J2"].value == "名称必填；类别不在可选范围内：餐饮、维修、停业"
    page["B2"], page["C2"], page["C3"] = "南里修理铺", "维修", "餐饮"
    out = io.BytesIO()
    load = page.parent
    load.save(out)
    again = staged(out.getvalue())
    assert (counts(again), StagedRow.objects.filter(batch=again, action=Change.BAD).count()) == ((2, 0, 0, 0), 0)
