"""Effects of a real grant panel against an independent least squares; the quick sums of real diving against it too."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from linli.algorithms.calibration import Marks, fit, rank_intervals

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "scores"
pytestmark = [
    pytest.mark.peer,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not DATA.exists(), reason="the public score tables are not beside the project (LINLI_DATA)"),
]


def grant_panel() -> Marks:
    """12 judges × 28 proposals; blanks are recused."""
    with (DATA / "grant_panel_12x28.csv").open(encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    given = (
        (entry, row[0], float(mark)) for row in rows for entry, mark in zip(head[1:], row[1:], strict=True) if mark
    )
    return Marks.of(given)[0]


def diving() -> Marks:
    """8,470 marks of 24 judges for 1,210 dives."""
    with (DATA / "diving_judges.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    told = ("Event", "Round", "Diver", "Country", "Rank", "DiveNo")
    return Marks.of((tuple(row[key] for key in told), row["Judge"], float(row["JScore"])) for row in rows)[0]


@pytest.mark.parametrize("ridge", [1.0, 10.0])
def test_effects_of_the_grant_panel_equal_an_independent_least_squares(ridge: float) -> None:
    marks = grant_panel()
    design = np.zeros((len(marks.values) + marks.judges, marks.entries + marks.judges))
    for row, (entry, judge) in enumerate(zip(marks.entry, marks.judge, strict=True)):
        design[row, entry] = design[row, marks.entries + judge] = 1
    design[len(marks.values) :, marks.entries :] = np.sqrt(ridge) * np.eye(marks.judges)
    solved = lsq_linear(design, np.concatenate([marks.values, np.zeros(marks.judges)]), tol=1e-14).x
    found = fit(marks, ridge=ridge)
    assert (len(marks.values), marks.judges, marks.entries) == (279, 12, 28)
    assert float(np.abs(np.concatenate([found.entry, found.judge]) - solved).max()) < 1e-7


def test_intervals_of_the_grant_panel_are_three_ranks_wide_on_average() -> None:
    intervals = rank_intervals(grant_panel())
    assert intervals is not None
    assert 2 <= float((intervals.high - intervals.low).mean()) <= 4


def test_effects_of_diving_foretell_marks_left_out_better_than_means_do() -> None:
    marks = diving()
    hidden = np.random.default_rng(0).random(len(marks.values)) < 0.1
    seen = Marks(marks.entry[~hidden], marks.judge[~hidden], marks.values[~hidden], marks.entries, marks.judges)
    found = fit(seen)
    means = np.bincount(seen.entry, seen.values, minlength=seen.entries) / np.maximum(seen.counts()[0], 1)
    known = hidden & (seen.counts()[0][marks.entry] > 0)
    with_effects = marks.values[known] - found.entry[marks.entry[known]] - found.judge[marks.judge[known]]
    plain = marks.values[known] - means[marks.entry[known]]
    assert float((with_effects**2).mean()) < float((plain**2).mean())
