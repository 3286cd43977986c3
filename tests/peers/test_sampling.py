"""Wilson against SciPy; shares by strata against every sample that could have been drawn, in whole fractions."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from scipy.stats import binomtest

from linli.algorithms.sampling import Stratum, stratified, wilson

pytestmark = [pytest.mark.peer, pytest.mark.sqlite_only]


@pytest.mark.parametrize("level", [0.8, 0.9, 0.95, 0.99])
def test_it_gives_the_interval_of_scipy(level: float) -> None:
    for k, n in [(0, 5), (5, 5), (1, 2), (17, 30), (120, 131), (499, 1000)]:
        other = binomtest(k, n).proportion_ci(confidence_level=level, method="wilson")

        assert wilson(k, n, level) == pytest.approx((other.low, other.high), abs=1e-12)


def test_it_estimates_share_and_variance_without_bias_over_every_sample_that_could_be_drawn() -> None:
    """Two strata of 6 and 5 households; all C(6,3) · C(5,2) samples, each as likely as any other."""
    people = ((1, 1, 1, 1, 0, 0), (1, 0, 0, 0, 1))
    takes = (3, 2)
    total = sum(map(len, people))
    draws = list(product(*(combinations(stratum, take) for stratum, take in zip(people, takes, strict=True))))

    exact = [
        sum(Fraction(len(stratum), total) * Fraction(sum(drawn), take)
            for stratum, drawn, take in zip(people, pick, takes, strict=True))
        for pick in draws
    ]  # fmt: skip
    mean = sum(exact, Fraction(0)) / len(exact)
    spread = sum(((one - mean) ** 2 for one in exact), Fraction(0)) / len(exact)
    ours = [
        stratified([Stratum(str(len(stratum)), len(stratum), take, sum(drawn))
                    for stratum, drawn, take in zip(people, pick, takes, strict=True)])
        for pick in draws
    ]  # fmt: skip

    assert mean == Fraction(sum(map(sum, people)), total)
    shares = [one.share for one in ours if one]
    assert shares == pytest.approx([float(one) for one in exact], abs=1e-12)
    assert sum(one.deviation**2 for one in ours if one) / len(draws) == pytest.approx(float(spread), abs=1e-12)


def test_it_equals_the_textbook_formula_written_out() -> None:
    """Cochran 5.52 in whole fractions, and Wilson's interval as the roots of its quadratic."""
    rows = [("甲", 120, 18, 15), ("乙", 340, 40, 31), ("丙", 60, 9, 9)]
    size = sum(row[1] for row in rows)
    share = sum(Fraction(N, size) * Fraction(k, n) for _name, N, n, k in rows)
    variance = sum(
        Fraction(N, size) ** 2 * (1 - Fraction(n, N)) * Fraction(k, n) * (1 - Fraction(k, n)) / (n - 1)
        for _name, N, n, k in rows
    )
    answers = float(share * (1 - share) / variance)
    z2 = 1.959963984540054**2
    a, b, c = 1 + z2 / answers, -(2 * float(share) + z2 / answers), float(share) ** 2
    root = (b * b - 4 * a * c) ** 0.5
    found = stratified([Stratum(*row) for row in rows])

    assert found is not None
    assert (found.share, found.deviation) == pytest.approx((float(share), float(variance) ** 0.5), abs=1e-12)
    assert (found.low, found.high) == pytest.approx(((-b - root) / (2 * a), (-b + root) / (2 * a)), abs=1e-12)
