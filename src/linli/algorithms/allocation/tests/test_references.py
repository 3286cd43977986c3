"""A sample of real elections against the winners another program found; ``make peers`` compares them all."""

from collections import Counter

import pytest
from tests.support.budgets import BUDGETS, MISSING, RULES, compared, references

pytestmark = [pytest.mark.sqlite_only, pytest.mark.skipif(not BUDGETS.exists(), reason=MISSING)]


def test_it_finds_the_winners_of_real_elections() -> None:
    found = Counter((rule, same) for _file, rule, same in compared(references()[::6]))
    assert [rule for rule, same in found if not same] == []
    assert {rule for rule, _same in found} == set(RULES)
