"""Models of nine tenths of real messages on the tenth they have not seen: five seeded splits."""

from pathlib import Path

import pytest

from linli.algorithms.classify import bench
from linli.algorithms.classify.splits import SEEDS, folder, means, measured, messages

pytestmark = [
    pytest.mark.peer,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not folder().exists(), reason="the public messages are not beside the project (LINLI_DATA)"),
]


def test_the_mean_of_five_splits_reaches_what_is_promised() -> None:
    rows = messages()
    assert len(rows) == 8068
    mean = means([measured(rows, seed) for seed in SEEDS])
    assert mean["accuracy"] >= 0.930
    assert mean["in_two"] >= 0.98
    assert mean["answered"] >= 0.85
    assert mean["right_of_answered"] >= 0.97
    assert mean["size"] <= 20_000_000


def test_a_worker_with_the_model_stays_below_150_megabytes(tmp_path: Path) -> None:
    file = str(tmp_path / "model")
    bench.child("keep", file)
    assert bench.child("use", file)["megabytes"] <= 150
