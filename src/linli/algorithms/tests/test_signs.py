"""Signs in a text."""

import re

import pytest

from linli.algorithms.signs import Found, plain_text, read_signs

pytestmark = pytest.mark.sqlite_only

SIGNS = read_signs([("leak", ["水管…漏"]), ("dark", ["灯(坏|不亮)"])], [["水管…漏斗"], []])


def test_it_finds_the_first_sign_of_each_kind() -> None:
    assert SIGNS.find("灯不亮，水管一直在漏，灯坏") == [Found("leak", "水管一直在漏"), Found("dark", "灯不亮")]


def test_it_looks_within_one_clause() -> None:
    assert SIGNS.find("水管好好的，漏的是屋顶") == []


def test_it_blots_out_only_what_is_harmless() -> None:
    assert SIGNS.find("水管边的漏斗") == []
    assert SIGNS.find("水管边的漏斗旁水管漏") == [Found("leak", "水管漏")]


def test_it_is_not_led_astray_by_blanks_and_wide_letters() -> None:
    assert plain_text("灯\u200b 　坏ＡＢ\0") == "灯坏AB"


def test_it_refuses_a_pattern_that_cannot_be_read() -> None:
    with pytest.raises(re.error):
        read_signs([("broken", ["灯(坏"])], [])
