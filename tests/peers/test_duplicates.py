"""Texts alike against datasketch: more of the planted copies in less time; real messages sent again."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from linli.algorithms.duplicates import grams_of, groups_of, jaccard, pairs_of
from linli.algorithms.duplicates.bench import measured

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "messages"
pytestmark = [pytest.mark.peer, pytest.mark.sqlite_only]


def test_it_misses_fewer_copies_than_datasketch_in_less_time() -> None:
    ours, peer = measured("ours", 10_000), measured("peer", 10_000)

    assert (ours["planted"], ours["recall"] >= 0.99) == (peer["planted"], True)
    assert ours["recall"] > peer["recall"]
    assert ours["seconds"] < peer["seconds"]


def test_it_finds_99_of_100_planted_copies_among_a_hundred_thousand_texts() -> None:
    assert measured("ours", 100_000)["recall"] >= 0.99


@pytest.mark.skipif(not DATA.exists(), reason="the public messages are not beside the project (LINLI_DATA)")
def test_real_messages_sent_again_are_found_as_comparing_each_with_each_finds_them() -> None:
    with (DATA / "hot_topics_messages.csv").open(encoding="utf-8") as file:
        texts = [row["留言主题"] + row["留言详情"] for row in csv.DictReader(file)]
    grams = grams_of(texts)
    pairs = pairs_of(texts, likeness=0.6)
    first, second = (some.astype(np.int64) for some in np.triu_indices(300, 1))
    near = jaccard(grams, first, second) >= 0.6
    plain = set(zip(first[near].tolist(), second[near].tolist(), strict=True))
    ours = {pair for pair in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True) if max(pair) < 300}
    same = {(int(one), two) for two, one in enumerate(pairs.same[:300]) if one != two}

    assert plain <= ours | same
    assert 200 <= len(groups_of(pairs)) <= 400
