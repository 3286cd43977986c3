"""The short way gives what the long way gives."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.tables.cells import Bad, _long_way, parser
from linli.kernel.tables.declared import Column, Type

COLUMNS = [
    Column("a", "甲", Type.TEXT, max_length=8),
    Column("a", "甲", Type.TEXT, max_length=8, required=True),
    Column("a", "甲", Type.WHOLE, least=-3, most=500),
    Column("a", "甲", Type.WHOLE),
    Column("a", "甲", Type.DECIMAL, places=2, least=0),
    Column("a", "甲", Type.DECIMAL, places=0, digits=4),
    Column("a", "甲", Type.DATE),
    Column("a", "甲", Type.MOMENT),
    Column("a", "甲", Type.YES_NO, required=True),
    Column("a", "甲", Type.CHOICE, choices=(("a", "甲"), ("b", "乙"))),
]
WORDS = [
    "\u202e甲",
    "甲\u200d乙",
    "甲\x85乙",
    "",
    " ",
    "是",
    "否",
    "甲",
    "a",
    "#REF!",
    "#5",
    "2024-05-01",
    "2024-13-01",
    "20240501",
    "１２",
    "1,200",
    "ａ",
    "b ",
]
CELLS = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.floats(),
    st.integers(-1000, 1000).map(float),
    st.decimals(-100, 1000, places=2).map(float),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(min_value=datetime(1890, 1, 1), max_value=datetime(2210, 1, 1)),  # noqa: DTZ001  # as cells hold them
)


def outcome(parse: Any, raw: Any) -> Any:
    try:
        return parse(raw)
    except Bad as bad:
        return bad.code, bad.facts


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.type.value}")
@given(raw=CELLS)
def test_it_takes_a_short_way_to_the_same_value(column: Column, raw: Any) -> None:
    assert outcome(parser(column), raw) == outcome(_long_way(column), raw)


def test_it_reads_a_serial_day_as_excel_counts() -> None:
    parse = parser(Column("a", "甲", Type.DATE))
    assert [parse(45413.0), parse("45413"), parse(date(2024, 5, 1))] == ["2024-05-01"] * 3


@pytest.mark.parametrize("raw", ["\u202e槐荫\u200b", "\ufeff槐荫", "槐\u200d荫", "槐荫\x9f\ud83d"])
def test_it_takes_out_of_a_cell_what_nobody_sees(raw: str) -> None:
    assert parser(COLUMNS[0])(raw) == "槐荫"
