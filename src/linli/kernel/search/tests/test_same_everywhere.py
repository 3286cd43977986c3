"""10,000 texts, every two-character substring of 200 place names: the rows and the order that plain Python finds.

The expectation is worked out without any database, so what holds on SQLite and on PostgreSQL is the same.
"""

import csv
import os
import random
import re
from collections import defaultdict
from pathlib import Path
from uuid import UUID

import pytest
from tests.playground.models import Leaflet

from linli.kernel.search import find, index_many

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[6] / "shared" / "data"))
DIVISIONS = DATA / "divisions"
ONLY_CHARACTERS = re.compile(r"^[\u4e00-\u9fff]{3,}$")
Text = tuple[UUID, str]

needs_data = pytest.mark.skipif(not DIVISIONS.exists(), reason="the public place names (LINLI_DATA) are not here")


def names(file: str) -> list[str]:
    with (DIVISIONS / file).open(encoding="utf-8", newline="") as lines:
        return sorted({row["name"] for row in csv.DictReader(lines) if ONLY_CHARACTERS.match(row["name"])})


def ten_thousand() -> list[Text]:
    """Texts of two or three names each, under keys whose order has nothing to do with the order of writing."""
    chance = random.Random(20260101)
    pool = names("streets.csv") + names("villages_targets.csv")
    return [
        (UUID(int=chance.getrandbits(128), version=4), " ".join(chance.sample(pool, chance.randint(2, 3))))
        for _ in range(10_000)
    ]


def expected(texts: list[Text]) -> dict[str, list[UUID]]:
    """For every two neighbouring characters the texts that begin with them, then those that contain them.

    ``texts`` come with the largest key first, and so do the answers.
    """
    begins, contain = defaultdict(list), defaultdict(list)
    for key, text in texts:
        first = text[:2]
        begins[first].append(key)
        for pair in {text[place : place + 2] for place in range(len(text) - 1)} - {first}:
            contain[pair].append(key)
    return {pair: begins[pair] + contain[pair] for pair in {*begins, *contain}}


@needs_data
@pytest.mark.slow
@pytest.mark.django_db
def test_it_finds_the_same_rows_in_the_same_order_on_both_databases() -> None:
    texts = ten_thousand()
    rows = Leaflet.objects.bulk_create([Leaflet(id=key, title=text) for key, text in texts])
    assert index_many(rows) == 10_000
    texts.sort(reverse=True)
    chosen = random.Random(7).sample(names("streets.csv"), 200)
    phrases = sorted({name[place : place + 2] for name in chosen for place in range(len(name) - 1)})
    assert len(phrases) > 400
    right = expected(texts)
    wrong = [
        phrase
        for phrase in phrases
        if [one.ref.id for one in find(phrase, actor=None, limit=10_000)] != right.get(phrase, [])
    ]
    assert wrong == []
