"""A thousand disturbed addresses against all communities of China, where the public divisions are at hand."""

from random import Random

import pytest

from linli.algorithms.addresses.bench import FILES, folder, measure
from linli.algorithms.addresses.disturbing import disturbed
from linli.algorithms.addresses.judging import Judge

NAMES = {
    "province": "云州省",
    "city": "临湖市",
    "area": "和安区",
    "street": "望桥地区",
    "community": "福园第一社区居委会",
}
ROWS = [("11", 0, "云州省"), ("1101", 1, "临湖市"), ("110101", 2, "和安区"), ("110101001", 3, "望桥地区")]
FIRST = [*ROWS, ("110101001001", 4, "福园第一社区居委会"), ("110101001002", 4, "福园一村村委会")]


@pytest.mark.slow
@pytest.mark.sqlite_only
@pytest.mark.skipif(not (folder() / FILES[-1]).exists(), reason="the public divisions (LINLI_DATA) are not here")
def test_it_is_right_for_98_of_100_disturbed_addresses_and_hardly_ever_wrong_alone() -> None:
    found = measure(folder(), seed=20261122, many=1_000, rounds=1)
    assert (found["communities"], found["right"] >= 0.98, found["wrong_alone"] <= 0.005) == (620_573, True, True)


@pytest.mark.sqlite_only
def test_the_same_seed_draws_the_same_addresses() -> None:
    one, two = ([disturbed(NAMES, Random(seed)).text for seed in range(50)] for _ in range(2))
    assert (one, len(set(one)) > 40) == (two, True)


@pytest.mark.sqlite_only
def test_an_answer_of_several_is_right_only_where_several_fit() -> None:
    judge = Judge(FIRST)
    drawn = next(
        one for one in (disturbed(NAMES, Random(seed)) for seed in range(99)) if one.community.endswith("社区")
    )
    code, other = "110101001001", "110101001002"
    answers = ([code], [code, other], [other], [other, "110101001003"], ["110101001"], [])
    assert [judge.outcome(code, drawn, nodes) for nodes in answers] == [
        "alone", "needlessly several", "wrong alone", "not among", "only wider", "nothing",
    ]  # fmt: skip
