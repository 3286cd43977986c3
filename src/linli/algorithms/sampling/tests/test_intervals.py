"""Intervals of a share: edges, strata that are too small, a census."""

import pytest

from linli.algorithms.sampling import Stratum, merged, stratified, wilson

pytestmark = pytest.mark.sqlite_only


def test_it_gives_the_printed_interval_of_wilson() -> None:
    low, high = wilson(81, 263)  # the worked example of Newcombe (1998), Table I, method 3

    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize(("k", "n", "expected"), [(0, 0, (0.0, 1.0)), (0, 20, (0.0, 0.1611)), (20, 20, (0.8389, 1.0))])
def test_it_stays_between_nothing_and_all(k: int, n: int, expected: tuple[float, float]) -> None:
    assert tuple(round(edge, 4) for edge in wilson(k, n)) == expected


@pytest.mark.parametrize(("k", "n", "level"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0)])
def test_it_refuses_what_has_no_interval(k: int, n: int, level: float) -> None:
    with pytest.raises(ValueError):
        wilson(k, n, level)


def test_it_weighs_strata_by_their_households() -> None:
    found = stratified([Stratum("大", 300, 10, 9), Stratum("小", 100, 10, 1)])

    assert found is not None
    assert round(found.share, 10) == round(0.75 * 0.9 + 0.25 * 0.1, 10)
    assert found.merged == ()


def test_it_puts_a_stratum_with_one_answer_together_with_the_next_and_says_so() -> None:
    strata = [Stratum("甲", 40, 1, 1), Stratum("乙", 60, 8, 4), Stratum("丙", 50, 9, 9), Stratum("丁", 30, 0, 0)]
    found = stratified(strata)

    assert [(row.n, row.size, names) for row, names in merged(strata)] == [
        (9, 100, ("甲", "乙")),
        (9, 80, ("丙", "丁")),
    ]
    assert found is not None
    assert found.merged == (("甲", "乙"), ("丙", "丁"))


def test_it_has_no_interval_when_all_were_asked() -> None:
    found = stratified([Stratum("甲", 10, 10, 7), Stratum("乙", 10, 10, 9)])

    assert found is not None
    assert (found.share, found.low, found.high) == (0.8, 0.8, 0.8)


def test_it_is_not_sure_of_unanimous_strata_that_were_not_all_asked() -> None:
    found = stratified([Stratum("甲", 100, 10, 10), Stratum("乙", 100, 10, 10)])

    assert found is not None
    assert (found.share, found.high, found.deviation) == (1.0, 1.0, 0.0)
    assert 0.84 < found.low < 0.87


def test_it_says_nothing_where_nobody_answered() -> None:
    assert stratified([Stratum("甲", 10, 0, 0)]) is None
    assert stratified([]) is None


def test_it_takes_a_lone_answer_as_one_answer() -> None:
    found = stratified([Stratum("甲", 100, 1, 1), Stratum("乙", 100, 0, 0)])

    assert found is not None
    assert found.merged == (("甲", "乙"),)
    assert 0.2 < found.low < 0.25


def test_it_refuses_more_answers_than_households() -> None:
    with pytest.raises(ValueError):
        Stratum("甲", 3, 4, 1)
