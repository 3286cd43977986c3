"""The measurement itself works; how fast it is, no test says."""

import pytest

from linli.kernel.tables.bench import TITLES, invented, measure


def test_it_invents_rows_of_fifteen_columns() -> None:
    rows = list(invented(5))
    assert (len({row[0] for row in rows}), {len(row) for row in rows}) == (5, {len(TITLES)})


@pytest.mark.race
def test_it_imports_the_same_rows_both_ways() -> None:
    found = measure(rows=200)
    assert (found["rows"], found["columns"], sorted(found["ours"])) == (200, 15, ["commit", "megabytes", "seconds"])
