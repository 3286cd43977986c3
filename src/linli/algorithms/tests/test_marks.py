"""Marks of a panel against a raw computation and by hand."""

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from linli.algorithms.marks import DROP, MEAN, Line, TooFew, mean_of, ranked, rounded, rule_for, weighted

pytestmark = pytest.mark.sqlite_only


def raw(marks: list[Decimal], drop: bool) -> Decimal:
    """The mean as somebody with a pocket calculator finds it."""
    rest = list(marks)
    if drop:
        rest.remove(max(rest))
        rest.remove(min(rest))
    exact = Fraction(sum(rest)) / len(rest)
    long = Decimal(exact.numerator) / Decimal(exact.denominator)
    return long.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@pytest.mark.parametrize(("fewest", "rule"), [(3, MEAN), (4, MEAN), (5, DROP), (9, DROP)])
def test_it_takes_the_rule_from_the_fewest_marks(fewest: int, rule: str) -> None:
    assert rule_for(fewest) == rule


def test_it_refuses_fewer_than_three_marks() -> None:
    with pytest.raises(TooFew) as refused:
        rule_for(2)
    assert (refused.value.count, refused.value.needed) == (2, 3)


def test_it_equals_a_raw_computation_on_random_panels() -> None:
    chance = random.Random(20261122)
    for _turn in range(500):
        marks = [Decimal(chance.randint(0, 10000)) / 100 for _judge in range(chance.randint(5, 11))]
        assert rounded(mean_of(marks, DROP).value) == raw(marks, drop=True)
        assert rounded(mean_of(marks, MEAN).value) == raw(marks, drop=False)


def test_it_drops_one_of_several_equal_highest_marks() -> None:
    mean = mean_of([Decimal(mark) for mark in (90, 90, 90, 80, 70)], DROP)
    assert (mean.value, mean.highest, mean.lowest) == (Fraction(260, 3), 90, 70)


def test_it_does_not_drop_below_the_number_the_rule_was_fixed_for() -> None:
    with pytest.raises(TooFew):
        mean_of([Decimal(90)] * 4, DROP)


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(1, 200), "0.01"), (Fraction(2, 3), "0.67"), (Fraction(17689, 200), "88.45")]
)
def test_it_rounds_half_up_once(value: Fraction, text: str) -> None:
    assert str(rounded(value)) == text


def test_it_weighs_groups_of_judges() -> None:
    means = {"专家": Fraction(90), "居民": Fraction(80)}
    assert weighted(means, {"专家": 70, "居民": 30}) == 87
    with pytest.raises(ValueError, match="several groups"):
        weighted(means, {})


def test_it_ranks_by_score_then_criteria_then_choice() -> None:
    lines = [
        Line("a", Decimal("88.50"), (Fraction(17),)),
        Line("b", Decimal("88.50"), (Fraction(18),)),
        Line("c", Decimal("90.00"), (Fraction(10),)),
        Line("d", Decimal("80.00"), (Fraction(12),), choice=2),
        Line("e", Decimal("80.00"), (Fraction(12),), choice=1),
        Line("f", Decimal("70.00")),
        Line("g", Decimal("70.00")),
        Line("h", Decimal("60.00")),
    ]
    assert [(one.key, one.rank, one.tied) for one in ranked(lines)] == [
        ("c", 1, False),
        ("b", 2, False),
        ("a", 3, False),
        ("e", 4, False),
        ("d", 5, False),
        ("f", 6, True),
        ("g", 6, True),
        ("h", 8, False),
    ]


def test_it_keeps_equals_where_only_some_were_chosen() -> None:
    lines = [Line("a", 80, choice=1), Line("b", 80)]
    assert [(one.key, one.rank, one.tied) for one in ranked(lines)] == [("a", 1, True), ("b", 1, True)]
