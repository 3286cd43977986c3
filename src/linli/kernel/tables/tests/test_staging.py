"""From an upload to a preview: every shape people upload, every cell read or explained."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from tests.playground.models import Shop
from tests.playground.sheets import SHOPS

from linli.kernel.tables import Change, ImportState, StagedRow, commit, confirm, problems_of
from linli.kernel.tables.tests.samples import HEAD, ROW, counts, staged, text, user, xls, xlsx

pytestmark = pytest.mark.django_db

DAY = datetime(2024, 5, 1)  # noqa: DTZ001  # cells hold no zone
MOMENT = datetime(2026, 3, 5, 14, 30)  # noqa: DTZ001
PARSED = {
    "code": "S1",
    "name": "清河小馆",
    "kind": "food",
    "opened": "2024-05-01",
    "rent": "1200.50",
    "seats": 30,
    "listed": True,
    "seen_at": "2026-03-05 06:30:00",
}
SHAPES: dict[str, tuple[str, bytes]] = {
    "xlsx": ("a.xlsx", xlsx([HEAD, ROW])),
    "xls": ("a.xls", xls([HEAD, ROW])),
    "csv in utf-8": ("a.csv", text([HEAD, ROW])),
    "csv in utf-8 with a mark": ("a.csv", text([HEAD, ROW], "utf-8-sig")),
    "csv in gb18030": ("a.csv", text([HEAD, ROW], "gb18030")),
    "text from Excel, utf-16 and tabs": ("a.txt", text([HEAD, ROW], "utf-16", "\t")),
    "wrong suffix": ("a.xls", xlsx([HEAD, ROW])),
    "title rows above": ("a.xlsx", xlsx([["和安区店铺登记表"], [], ["填表人：赵明"], HEAD, ROW])),
    "empty columns left": ("a.xlsx", xlsx([["", "", *HEAD], ["", "", *ROW]])),
    "other columns between": ("a.xlsx", xlsx([["序号", *HEAD, "备注"], [1, *ROW, "无"]])),
    "synonyms, stars, spaces": (
        "a.xlsx",
        xlsx([["店铺编号*", " 店 名 ", "类别", "开业时间", "租金", "座位数：", "已登记", "走访时间"], ROW]),
    ),
    "full-width": (
        "a.xlsx",
        xlsx(
            [
                HEAD,
                [
                    "Ｓ１",
                    "清河小馆 ",
                    "餐饮",
                    "２０２４－０５－０１",
                    "１，２００．５０",
                    "３０",
                    "是",
                    "2026/3/5 14：30",
                ],
            ]
        ),
    ),
    "numbers and dates as Excel keeps them": (
        "a.xlsx",
        xlsx([HEAD, ["S1", "清河小馆", "餐饮", DAY, 1200.5, 30, True, MOMENT]]),
    ),
    "dates as serial numbers": ("a.xlsx", xlsx([HEAD, [*ROW[:3], 45413, *ROW[4:7], 46086.604166666664]])),
    "dates in Chinese": ("a.xlsx", xlsx([HEAD, [*ROW[:3], "2024年5月1日", "￥1,200.50元", *ROW[5:]]])),
    "dates as eight digits": ("a.xlsx", xlsx([HEAD, [*ROW[:3], 20240501, *ROW[4:]]])),
    "blank rows between": ("a.xlsx", xlsx([HEAD, [], ["  "], ROW, []])),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_it_reads_the_same_row_out_of_every_shape(shape: str) -> None:
    name, body = SHAPES[shape]
    batch = staged(body, name=name)
    assert (batch.state, batch.reason) == (ImportState.PREVIEW, "")
    assert [row.data for row in StagedRow.objects.filter(batch=batch)] == [PARSED]


def test_it_joins_two_rows_of_merged_headings() -> None:
    def merge(book: Any, page: Any) -> None:
        page.merge_range(1, 0, 2, 0, "编号")
        page.merge_range(1, 1, 2, 1, "名称")
        page.merge_range(1, 2, 1, 3, "基本情况")

    rows = [["登记表"], [], ["", "", "类别", "座位数"], ["S1", "清河小馆", "餐饮", 30]]
    batch = staged(xlsx(rows, also=merge))
    assert batch.positions == {"code": 0, "name": 1, "kind": 2, "seats": 3}
    assert [row.number for row in StagedRow.objects.filter(batch=batch)] == [4]


def test_it_chooses_the_visible_sheet_whose_headings_fit() -> None:
    def more(book: Any, page: Any) -> None:
        for number, (name, hidden) in enumerate([("旧表", True), ("数据", False)]):
            other = book.add_worksheet(name)
            for column, title in enumerate(HEAD):
                other.write(0, column, title)
                other.write(1, column, ROW[column] if column else f"S{number}")
            if hidden:
                other.hide()

    batch = staged(xlsx([["说明"], ["请填写"]], also=more, sheet="说明"))
    assert (batch.sheet_found, batch.new) == ("数据", 1)
    assert [row.key for row in StagedRow.objects.filter(batch=batch)] == ["S1"]


def test_it_takes_the_numbers_of_rows_from_the_file() -> None:
    batch = staged(xlsx([["标题"], HEAD, ROW, [], ["S2", "望桥修理铺"]]))
    assert list(StagedRow.objects.filter(batch=batch).order_by("number").values_list("number", flat=True)) == [3, 5]


BAD: list[tuple[str, str, Any, str]] = [
    ("code", "empty", "", "必填"),
    ("name", "too long", "名" * 61, "共 61 个字符，最多 60 个"),
    ("name", "100 kB", "名" * 32_000, "共 32000 个字符，最多 60 个"),
    ("code", "long number", 110101199003070000.0, "超过 15 位的数字"),
    ("kind", "not offered", "理发", "不在可选范围内：餐饮、维修、停业"),
    ("opened", "no date", "去年春天", "不是日期"),
    ("opened", "30 February", "2024-02-30", "不是日期"),
    ("opened", "two dates", "2024-05-01至2024-06-01", "不是日期"),
    ("rent", "words", "一千二", "不是数字"),
    ("rent", "below", -1, "须在 0 和"),
    ("rent", "too precise", "1.005", "小数超过 2 位"),
    ("rent", "infinite", "1e999999", "须在 0 和"),
    ("rent", "not a number", "NaN", "不是数字"),
    ("seats", "half a seat", 2.5, "不是整数"),
    ("seats", "above", 501, "须在 0 和 500 之间"),
    ("listed", "maybe", "也许", "既不是“是”也不是“否”"),
    ("seen_at", "no clock", "2026-03-05 25:00", "不是日期"),
]


@pytest.mark.parametrize(("key", "case", "cell", "reason"), BAD, ids=[f"{k}-{c}" for k, c, _, _ in BAD])
def test_it_names_the_bad_cell_and_why(key: str, case: str, cell: Any, reason: str) -> None:
    place = [column.key for column in SHOPS.columns].index(key)
    row = list(ROW)
    row[place] = cell
    batch = staged(xlsx([HEAD, [*ROW[:0], "S0", *ROW[1:]], row]))
    assert counts(batch) == (1, 0, 0, 1)
    bad = StagedRow.objects.get(batch=batch, action=Change.BAD)
    (problem,) = problems_of(bad, batch, SHOPS)
    assert (problem["cell"], problem["title"]) == (f"{'ABCDEFGH'[place]}3", SHOPS.columns[place].title)
    assert reason in problem["reason"]


def test_it_marks_a_formula_that_ends_in_an_error() -> None:
    def formulas(book: Any, page: Any) -> None:
        page.write_formula(1, 5, "=#REF!", None, "#REF!")
        page.write_formula(2, 5, "=15*2", None, 30)

    batch = staged(xlsx([HEAD, ROW, ["S2", *ROW[1:]]], also=formulas))
    (bad,) = StagedRow.objects.filter(batch=batch, action=Change.BAD)
    assert [(p["column"], p["code"], p["error"]) for p in bad.problems] == [("seats", "formula", "#REF!")]
    assert StagedRow.objects.get(batch=batch, action=Change.NEW).data["seats"] == 30


def test_it_marks_the_second_row_of_one_key() -> None:
    batch = staged(xlsx([HEAD, ROW, ROW]))
    bad = StagedRow.objects.get(batch=batch, action=Change.BAD)
    assert (counts(batch), bad.problems[0]["code"], bad.problems[0]["row"]) == ((1, 0, 0, 1), "twice", 2)


def test_it_asks_the_owner_about_rows_as_a_whole() -> None:
    batch = staged(xlsx([HEAD, [*ROW[:2], "停业", *ROW[3:]]]))
    assert StagedRow.objects.get(batch=batch).problems[0]["column"] == "seats"


def test_it_tells_new_changed_and_unchanged_rows_apart() -> None:
    first = staged(xlsx([HEAD, ROW, ["S2", *ROW[1:]]]))
    confirm(first, actor=user())
    assert commit(first.pk)
    second = staged(xlsx([HEAD, ROW, ["S2", "新名", *ROW[2:]], ["S3", *ROW[1:]]]))
    assert counts(second) == (1, 1, 1, 0)


def test_it_stores_what_the_cells_say() -> None:
    batch = staged(xlsx([HEAD, ROW]))
    confirm(batch, actor=user())
    assert commit(batch.pk)
    shop = Shop.objects.get()
    assert (shop.code, shop.name, shop.kind, str(shop.opened)) == ("S1", "清河小馆", "food", "2024-05-01")
    assert (shop.rent, shop.seats, shop.listed) == (Decimal("1200.50"), 30, True)
    assert timezone.localtime(shop.seen_at).isoformat() == "2026-03-05T14:30:00+08:00"
    assert shop.entered_by == user().pk


def test_it_leaves_columns_alone_that_the_file_does_not_have() -> None:
    first = staged(xlsx([HEAD, ROW]))
    confirm(first, actor=user())
    commit(first.pk)
    second = staged(xlsx([["编号", "名称"], ["S1", "新名"]]))
    confirm(second, actor=user())
    commit(second.pk)
    assert list(Shop.objects.values_list("code", "name", "seats")) == [("S1", "新名", 30)]
