"""Amounts as text, in capitals, and shared out."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.money import InexactAmount, format_wan, format_yuan, in_capitals, largest_remainder, yuan

CAPITALS = {
    "0": "零元整",
    "0.01": "壹分",
    "0.10": "壹角整",
    "0.56": "伍角陆分",
    "1": "壹元整",
    "10": "壹拾元整",
    "12.03": "壹拾贰元零叁分",
    "100.10": "壹佰元壹角整",
    "101": "壹佰零壹元整",
    "110": "壹佰壹拾元整",
    "325.04": "叁佰贰拾伍元零肆分",
    "1000": "壹仟元整",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "6007.14": "陆仟零柒元壹角肆分",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "10010.05": "壹万零壹拾元零伍分",
    "10100": "壹万零壹佰元整",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "80000.09": "捌万元零玖分",
    "100000": "壹拾万元整",
    "107000.53": "壹拾万柒仟元伍角叁分",
    "200000": "贰拾万元整",
    "1000001": "壹佰万零壹元整",
    "10000000": "壹仟万元整",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "100010000": "壹亿零壹万元整",
    "110000000": "壹亿壹仟万元整",
    "1000000000.01": "壹拾亿元零壹分",
    "1234567890.12": "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分",
    "1000000000000": "壹万亿元整",
    "1000100000000": "壹万零壹亿元整",
    "9999999999999999.99": "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
    "-20.20": "负贰拾元贰角整",
}


@pytest.mark.parametrize(("amount", "text"), CAPITALS.items())
def test_it_writes_capitals(amount: str, text: str) -> None:
    assert in_capitals(Decimal(amount)) == text


@pytest.mark.parametrize("amount", ["0.001", "10000000000000000"])
def test_it_refuses_capitals_it_cannot_write(amount: str) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        in_capitals(Decimal(amount))


def read_capitals(text: str) -> int:
    """Fen, read back by an independent way: a running total and a pending digit."""
    whole, _, rest = text.rpartition("元")
    total = section = digit = 0
    for sign in whole:
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "拾佰仟":
            section, digit = section + digit * 10 ** ("拾佰仟".index(sign) + 1), 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    yuan_part = total + section + digit
    cents = 0
    for sign, following in zip(rest, rest[1:] + " ", strict=True):
        cents += CHARS.find(sign) * {"角": 10, "分": 1}.get(following, 0)
    return yuan_part * 100 + cents


CHARS = "零壹贰叁肆伍陆柒捌玖"


@given(st.integers(0, 10**15))
def test_it_writes_capitals_that_read_back(count: int) -> None:
    text = in_capitals(Decimal(count).scaleb(-2))
    assert read_capitals(text) == count
    assert "零零" not in text


@pytest.mark.parametrize(
    ("amount", "text"),
    [("12345", "¥12,345.00"), ("0", "¥0.00"), ("-0.5", "-¥0.50"), ("1234567.89", "¥1,234,567.89")],
)
def test_it_writes_yuan(amount: str, text: str) -> None:
    assert format_yuan(Decimal(amount)) == text


def test_it_never_rounds_an_amount_for_display() -> None:
    with pytest.raises(ValueError, match="more than two decimals"):
        format_yuan(Decimal("0.005"))


@pytest.mark.parametrize(("amount", "text"), [("12345", "1.23 万元"), ("12350", "1.24 万元"), ("1e7", "1,000.00 万元")])
def test_it_writes_wan_rounded_half_up(amount: str, text: str) -> None:
    assert format_wan(Decimal(amount)) == text


def test_it_offers_filters() -> None:
    page = Template("{% load money %}{{ a|yuan }} {{ a|wan }} {{ a|capitals }}{{ none|yuan }}")
    assert page.render(Context({"a": Decimal("20000.00"), "none": None})) == "¥20,000.00 2.00 万元 贰万元整"


def test_it_keeps_no_negative_zero() -> None:
    assert str(yuan("-0.00")) == "0.00"


def test_it_shares_out_thirds() -> None:
    assert largest_remainder(100, [1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_it_gives_the_odd_fen_to_the_largest_remainder() -> None:
    assert largest_remainder("0.10", [1, 3, 5]) == [Decimal("0.01"), Decimal("0.03"), Decimal("0.06")]


def test_it_gives_the_odd_fen_to_the_earlier_among_equals() -> None:
    assert largest_remainder("0.05", [3, 1, 3, 3]) == [Decimal(part) for part in ("0.02", "0.01", "0.01", "0.01")]


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_it_shares_out_to_the_last_fen(total: int, weights: list[int]) -> None:
    amount = Decimal(total).scaleb(-2)
    parts = largest_remainder(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * 100 * sum(weights) - total * weight) < sum(weights)


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [0, 0]), (1, [-1, 2]), (1, [0.5]), (1, [])])
def test_it_refuses_to_share_out_nonsense(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"must be exact|are needed"):
        largest_remainder(total, weights)


def test_it_refuses_to_share_out_a_float() -> None:
    with pytest.raises(InexactAmount):
        largest_remainder(0.1, [1])  # type: ignore[arg-type]
