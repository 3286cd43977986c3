"""Trimmed means against scores that panels of nine judges published (../shared/data/scores)."""

import csv
import os
from decimal import Decimal
from pathlib import Path

import pytest

from linli.algorithms.marks import DROP, mean_of, rounded

pytestmark = pytest.mark.sqlite_only
DATA = Path(os.environ.get("LINLI_DATA") or Path(__file__).resolve().parents[5] / "shared" / "data") / "scores"


@pytest.mark.skipif(not DATA.exists(), reason="the data of ../shared/data/scores is not here")
def test_it_equals_every_published_score_of_nine_judges() -> None:
    with (DATA / "skating_9_judges.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    marks = [[Decimal(row[f"J{judge}"]) for judge in range(1, 10)] for row in rows]
    reckoned = [rounded(mean_of(nine, DROP).value) for nine in marks]
    assert len(rows) == 4955
    assert reckoned == [Decimal(row["scores_of_panel"]).quantize(Decimal("0.01")) for row in rows]
