"""Pairs by common 3-grams: exact likeness, none missed among few, few missed among many, groups without chains."""

import functools
import itertools

import numpy as np
import pytest

from linli.algorithms.duplicates import grams_of, groups_of, jaccard, pairs_of, sign
from linli.algorithms.duplicates.bench import alike, triples
from linli.algorithms.duplicates.inventing import messages
from linli.algorithms.duplicates.pairs import CROWD

pytestmark = pytest.mark.sqlite_only
KEY_FIRST, KEY_LAST = "0x388fefd3a9a3afbf", "0x3bf79e7fe5a5633"


def found(texts: list[str], likeness: float = 0.6) -> dict[tuple[int, int], float]:
    pairs = pairs_of(texts, likeness=likeness)
    rounded = [round(one, 6) for one in pairs.likeness.tolist()]
    return dict(zip(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True), rounded, strict=True))


def test_it_counts_the_grams_of_each_text_once() -> None:
    grams = grams_of(["路灯不亮路灯不亮", "路灯", "亮", "", "！？ \n", "路灯不"])
    assert grams.counts.tolist() == [4, 1, 1, 0, 0, 1]


def test_it_sees_no_difference_in_blanks_punctuation_capitals_and_wide_signs() -> None:
    grams = grams_of(["3号楼 Wifi，坏了", "３号楼ｗｉｆｉ坏了！"])
    assert grams.hashes[: grams.starts[1]].tolist() == grams.hashes[grams.starts[1] :].tolist()


def test_it_takes_rare_characters_and_pictures_as_characters() -> None:
    assert found(["𠮷野家门口积水很深😀", "𠮷野家门口积水很深"]) == {}
    assert pairs_of(["𠮷野家门口积水很深😀", "𠮷野家门口积水很深"]).same.tolist() == [0, 0]


def test_it_gives_the_jaccard_likeness_of_plain_sets() -> None:
    texts, planted = messages(400, copies=200, seed=3)
    first, second = (np.array(some) for some in zip(*planted, strict=True))
    grams = grams_of(texts)
    sets = [triples(text) for text in texts]
    plain = [len(sets[one] & sets[two]) / len(sets[one] | sets[two]) for one, two in planted]
    assert jaccard(grams, first, second).tolist() == pytest.approx(plain, abs=1e-12)


@functools.cache
def compared() -> tuple[list[str], dict[tuple[int, int], float]]:
    """Some texts, and how alike each two of them are by plain sets; equal ones left out."""
    texts, _planted = messages(450, copies=300, seed=5)
    sets = [triples(text) for text in texts]
    near = itertools.combinations(range(len(texts)), 2)
    return texts, {
        (one, two): len(sets[one] & sets[two]) / len(sets[one] | sets[two])
        for one, two in near
        if sets[one] != sets[two]
    }


@pytest.mark.parametrize("likeness", [0.5, 0.6, 0.8])
def test_it_finds_what_comparing_each_with_each_finds(likeness: float) -> None:
    texts, shares = compared()
    plain = {pair for pair, share in shares.items() if share >= likeness}
    pairs = found(texts, likeness)
    assert set(pairs) <= plain
    assert len(pairs) >= 0.97 * len(plain) > 20


def test_it_finds_99_of_100_planted_copies() -> None:
    texts, planted = messages(5000, copies=1500, seed=11)
    pairs = pairs_of(texts)
    known = set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    wanted = alike(texts, planted)
    missed = [pair for pair in wanted if pair not in known and pairs.same[pair[1]] != pair[0]]
    assert len(missed) <= 0.01 * len(wanted)


def test_it_lets_the_first_of_equal_texts_stand_for_all() -> None:
    pairs = pairs_of(["楼道灯坏了", "别的事情很急", "楼道灯坏了。", "楼道 灯坏了"])
    assert pairs.same.tolist() == [0, 1, 0, 0]
    assert groups_of(pairs) == [(0, [0, 2, 3])]


def test_it_finds_nothing_in_nothing() -> None:
    assert groups_of(pairs_of([])) == []
    assert groups_of(pairs_of(["", "。", ""])) == []
    assert groups_of(pairs_of(["一"])) == []


def test_it_joins_no_chain() -> None:
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    chain = [letters[at : at + 10] for at in range(0, 9, 2)]
    groups = groups_of(pairs_of(chain, likeness=0.55))
    assert [members for _middle, members in groups] == [[0, 1, 2], [3, 4]]
    assert all(found([chain[middle], chain[one]], 0.55) for middle, some in groups for one in some if one != middle)


def test_it_keeps_copies_of_a_copy_with_the_group() -> None:
    near = ["小区门口的路灯已经三天不亮了请派人修", "小区门口的路灯已经三天不亮了请派人来修"]
    assert groups_of(pairs_of([near[0], near[1], near[0], near[1]])) == [(0, [0, 1, 2, 3])]


def test_it_joins_a_crowd_without_comparing_each_with_each() -> None:
    crowd = [f"请尽快给西门外的公共厕所装上感应灯并且派人天天打扫卫生{chr(0x4E00 + one)}" for one in range(CROWD * 4)]
    pairs = pairs_of(crowd)
    assert len(pairs) < CROWD * 4 * 60
    assert groups_of(pairs) == [(0, list(range(CROWD * 4)))]


def test_it_reads_a_very_long_text_to_its_limit() -> None:
    long = "".join(chr(0x4E00 + one % 9000) for one in range(9999))
    assert grams_of([long, long + "后面不再看"]).counts.tolist()[0] <= 9000
    assert found([long, "西" + long[:9000]])[(0, 1)] > 0.8


def test_keys_of_a_text_stay_what_they_are_in_the_database() -> None:
    keys = sign(grams_of(["清河里街道槐荫社区3号楼路灯不亮"])).keys
    assert [keys.shape, hex(int(keys[0, 0])), hex(int(keys[0, 27]))] == [(1, 28), KEY_FIRST, KEY_LAST]
