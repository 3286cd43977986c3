"""Exports of the hotline's platform are recognised by their headings and read cell by cell."""

from datetime import UTC, datetime

import pytest

from linli.apps.needs.tables.cells import DayOrder, Limit, content_of, day_order, limit_of, reader_of
from linli.apps.needs.tables.dispatch import DISPATCH, OWN
from linli.apps.needs.tables.recognising import recognise
from linli.apps.needs.tables.rows import read_rows
from linli.kernel.tables.cells import Bad

pytestmark = pytest.mark.sqlite_only

HEAD = ["工单号", "派单时间", "办理时限", "主要内容", "是否联系", "解决情况", "满意度", "回访时间"]
REAL = ["id", "河流", "性质", "信息 来源", "标题", "匿名(1)/实名(0)", "时间", "投诉件内容", "回复1", "转处理次数", "区"]


def test_it_recognises_an_export_under_title_rows() -> None:
    found = recognise([["槐荫街道工单"], [], HEAD], DISPATCH)
    assert found is not None
    keys = ["number", "dispatched", "limit", "content", "reached", "solved", "satisfied", "called_back"]
    assert (list(found.positions), found.last, found.unknown, found.missing) == (keys, 3, (), ())


def test_it_names_the_columns_nobody_knows_in_their_order() -> None:
    found = recognise([REAL], DISPATCH)
    assert found is not None
    assert (found.unknown, found.missing) == (("河流", "匿名(1)/实名(0)", "区"), ())


def test_it_takes_what_was_said_of_a_column_before() -> None:
    said = {"河流": "point", "匿名(1)/实名(0)": "", "区": ""}
    found = recognise([REAL], DISPATCH, said)
    assert found is not None
    assert (found.positions["point"], found.is_whole) == (1, True)


def test_it_lets_a_street_say_otherwise_than_our_own_words() -> None:
    found = recognise([["编号", "内容", "标题"]], DISPATCH, {"标题": ""})
    assert found is not None
    assert (sorted(found.positions), found.unknown) == (["content", "number"], ())


def test_it_says_which_needed_column_is_missing() -> None:
    found = recognise([["工单号", "来件全文"]], DISPATCH)
    assert found is not None
    assert (found.unknown, found.missing) == (("来件全文",), ("诉求内容",))


def test_it_recognises_nothing_in_a_table_of_something_else() -> None:
    assert recognise([["甲", "乙"], ["1", "2"]], DISPATCH) is None


def test_it_recognises_a_list_of_needs() -> None:
    found = recognise([["序号", "日期", "姓名", "电话", "反映事项", "地点"]], OWN)
    assert found is not None
    assert sorted(found.positions) == ["caller", "content", "dispatched", "number", "phone", "point"]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/04/2016", "12/31/2019"], DayOrder.MONTH_FIRST),
        (["01/04/2016", "31/12/2019"], DayOrder.DAY_FIRST),
        (["01/04/2016", "02/03/2019"], DayOrder.UNTOLD),
        (["2019-08-05 00:00:00", 43500.5], DayOrder.UNTOLD),
    ],
)
def test_it_reads_the_order_of_days_from_the_whole_column(cells: list[object], order: DayOrder) -> None:
    assert day_order(cells) is order


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2019/4/25 9:32:09", datetime(2019, 4, 25, 1, 32, 9, tzinfo=UTC)),
        ("2019-08-05 00:00:00", datetime(2019, 8, 4, 16, tzinfo=UTC)),
        (43500.5, datetime(2019, 2, 4, 4, tzinfo=UTC)),
        ("12/31/2019 08:00", datetime(2019, 12, 31, tzinfo=UTC)),
        ("", None),
        ("--", None),
    ],
)
def test_it_reads_moments_in_the_forms_platforms_write(raw: object, moment: datetime | None) -> None:
    column = next(column for column in DISPATCH if column.key == "dispatched")
    assert reader_of(column, DayOrder.MONTH_FIRST)(raw) == moment


def test_it_guesses_no_day_that_could_be_two() -> None:
    column = next(column for column in DISPATCH if column.key == "dispatched")
    with pytest.raises(Bad) as bad:
        reader_of(column)("01/04/2016")
    assert bad.value.code == "day-order"


@pytest.mark.parametrize(
    ("raw", "said"),
    [("已联系", True), ("未解决", False), ("部分解决", False), ("是", True), ("0", False), ("未评价", None)],
)  # fmt: skip
def test_it_reads_a_call_back_in_its_words(raw: str, said: bool | None) -> None:
    column = next(column for column in DISPATCH if column.key == "solved")
    assert reader_of(column)(raw) is said


@pytest.mark.parametrize(
    ("word", "content"),
    [("非常满意", "satisfied"), ("基本满意", "acceptable"), ("不满意", "dissatisfied"), ("未评价", "")],
)
def test_it_reads_how_content_somebody_was(word: str, content: str) -> None:
    assert content_of(word) == content


@pytest.mark.parametrize(
    ("text", "limit"),
    [("24小时", Limit(24, "h")), ("2 小时内", Limit(2, "h")), ("7天", Limit(7, "d")), ("15日内办结", Limit(15, "d")),
     ("5个工作日", Limit(5, "w")), ("", None)],
)  # fmt: skip
def test_it_reads_limits_as_tickets_word_them(text: str, limit: Limit | None) -> None:
    assert limit_of(text) == limit


def test_it_refuses_a_limit_it_does_not_understand() -> None:
    with pytest.raises(Bad):
        limit_of("尽快")


def test_it_says_of_each_row_what_cannot_be_taken_and_repeats_no_personal_cell() -> None:
    rows = [
        ["工单号", "联系电话", "诉求内容", "办理时限", "是否解决"],
        ["A1", "电话" * 40, "路灯不亮", "尽快", "是"],
        ["A2", "", "井盖破损", "24小时", "也许"],
        ["A1", "", "又一次", "", ""],
        ["", "", "", "", ""],
    ]
    head = recognise(rows, DISPATCH)
    assert head is not None
    found = [
        (row.number, [(p["column"], p["code"], p["value"]) for p in row.problems])
        for row in read_rows(rows, head, DISPATCH)
    ]
    assert found == [
        (2, [("phone", "too-long", ""), ("limit", "not-a-limit", "尽快")]),
        (3, [("solved", "not-yes-or-no", "也许")]),
        (4, [("number", "twice", "A1")]),
    ]
