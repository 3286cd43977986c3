"""Agreement of judges: Kendall's W as in the books, spread, and what leaving one out changes."""

import numpy as np
import pytest
from scipy.stats import rankdata

from linli.algorithms.calibration import Marks, concordance, leave_one_out, spreads
from linli.algorithms.calibration.agreement import LeftOut, _mean_ranks

pytestmark = pytest.mark.sqlite_only


def table(*rows: tuple[float | None, ...]) -> Marks:
    """Rows are entries, columns judges; None is a blank."""
    return Marks.of(
        (entry, judge, mark) for entry, row in enumerate(rows) for judge, mark in enumerate(row) if mark is not None
    )[0]


def test_it_says_one_for_the_same_order_and_zero_for_none() -> None:
    assert concordance(table((9, 90, 19), (8, 80, 18), (7, 70, 17))) == 1
    assert concordance(table((3, 1, 2), (2, 3, 1), (1, 2, 3))) == 0


def test_it_corrects_for_ties() -> None:
    # ranks by hand: judge 1 gives 1.5 1.5 3 4, judge 2 gives 1 2 3.5 3.5; sums 2.5 3.5 6.5 7.5; S = 17
    found = concordance(table((1, 1), (1, 2), (2, 3), (3, 3)))
    assert found == pytest.approx(12 * 17 / (4 * 60 - 2 * 12))


def test_it_ranks_as_the_library_does() -> None:
    dice = np.random.default_rng(7)
    for size in (1, 2, 9, 40):
        column = dice.integers(0, 12, size).astype(np.float64) / 2
        assert _mean_ranks(column).tolist() == rankdata(column).tolist()


def test_blanks_leave_the_mean_likeness_of_pairs() -> None:
    marks = table((1, 1, None), (2, 2, 2), (3, 3, 3), (4, None, 4), (None, 5, 5), (6, None, 6), (None, 7, 7))
    assert concordance(marks) == 1
    apart = table((1, 1, None), (2, None, 3), (None, 3, 2), (4, 4, None), (5, None, 5), (None, 6, 7), (7, 8, None))
    assert 0 < (concordance(apart) or 0) <= 1


def test_it_says_nothing_where_judges_cannot_be_compared() -> None:
    assert concordance(table((1,), (2,))) is None
    assert concordance(table((5, 5), (5, 5))) is None


def test_panels_without_common_judges_count_by_their_entries() -> None:
    same = [("a1", "x", 1), ("a1", "y", 1), ("a2", "x", 2), ("a2", "y", 2)]
    other = [("b1", "p", 1), ("b1", "q", 2), ("b2", "p", 2), ("b2", "q", 1)]
    assert concordance(Marks.of([*same, *other])[0]) == 0.5


def test_spread_is_how_widely_a_judge_marks() -> None:
    assert spreads(table((1, 5, None), (3, 5, 4))) == [pytest.approx(2**0.5), 0, None]


def test_it_tells_what_each_judge_changes() -> None:
    marks = table((10, 1, 5), (8, 2, 5), (6, 9, 5))
    assert leave_one_out(marks) == [LeftOut(0, 2, 1, 0), LeftOut(1, 3, 2, 0), LeftOut(2, 0, 0, 0)]


def test_it_counts_entries_that_only_one_judge_marked() -> None:
    assert leave_one_out(table((9, None), (5, 6))) == [LeftOut(0, 0, 0, 1), LeftOut(1, 0, 0, 0)]
