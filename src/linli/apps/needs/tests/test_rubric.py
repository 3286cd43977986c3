"""The formula of the three rates, on single matters whose counts are plain to see."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from linli.apps.needs.rubric import FORMULAS, Matter, Tally, formula_of, percent, tally, total

pytestmark = pytest.mark.sqlite_only
DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWN = Matter(DAY, contact_due=NOON, due=NOON + 24 * HOUR)
TICKET = Matter(DAY, official=True, due=NOON)


def with_(matter: Matter, **facts: object) -> Matter:
    return Matter(**{**matter.__dict__, **facts})


def test_it_counts_a_contact_made_in_time() -> None:
    found = tally(with_(OWN, contacted_at=NOON), at=NOON + HOUR)

    assert (found.answerable, found.contacted, found.response) == (1, 1, Decimal("100.0"))


def test_it_counts_a_contact_made_too_late_against_us() -> None:
    found = tally(with_(OWN, contacted_at=NOON + HOUR), at=NOON + 2 * HOUR)

    assert (found.answerable, found.contacted, found.response) == (1, 0, Decimal("0.0"))


def test_it_counts_a_contact_never_made_once_it_is_due() -> None:
    assert (tally(OWN, at=NOON).answerable, tally(OWN, at=NOON + HOUR).answerable) == (0, 1)


def test_what_is_left_out_is_received_and_in_no_rate() -> None:
    left = tally(with_(OWN, left_out=True, solved=False, satisfied="dissatisfied", asked=True), at=NOON + HOUR)

    assert left == Tally(received=1, left_out=1)


def test_a_ticket_answers_by_what_the_hotline_heard() -> None:
    called = tally(with_(TICKET, asked=True, reached=True, contacted_at=None), at=NOON)
    unreached = tally(with_(TICKET, asked=True, reached=False), at=NOON)
    unasked = tally(with_(TICKET, contacted_at=NOON - HOUR), at=NOON)

    assert [(one.contacted, one.answerable) for one in (called, unreached, unasked)] == [(1, 1), (0, 1), (0, 0)]


def test_acceptable_is_rated_and_not_satisfied() -> None:
    found = [
        tally(with_(OWN, asked=True, satisfied=said), at=NOON) for said in ("satisfied", "acceptable", "dissatisfied")
    ]

    assert [(one.satisfied, one.rated) for one in found] == [(1, 1), (0, 1), (0, 1)]


def test_late_is_what_was_done_after_its_time_or_not_at_all() -> None:
    day = 24 * HOUR
    done = [with_(OWN, done_at=NOON + day), with_(OWN, done_at=NOON + 2 * day), OWN]

    assert [tally(one, at=NOON + 3 * day).late for one in done] == [0, 1, 1]


def test_tallies_add_up_to_the_rates_of_the_whole() -> None:
    yes = with_(OWN, contacted_at=NOON, asked=True, reached=True, solved=True, satisfied="satisfied")
    no = with_(OWN, contacted_at=NOON, asked=True, reached=True, solved=False, satisfied="dissatisfied")
    whole = total(tally(one, at=NOON) for one in (yes, yes, no))

    assert (whole.response, whole.solution, whole.satisfaction) == (Decimal("100.0"), Decimal("66.7"), Decimal("66.7"))


def test_nothing_has_no_rate() -> None:
    assert (total([]).response, percent(0, 0), percent(1, 8)) == (None, None, Decimal("12.5"))


def test_the_versions_of_the_formula_follow_each_other() -> None:
    assert [one.version for one in FORMULAS] == list(range(1, len(FORMULAS) + 1))
    assert formula_of(DAY).version == FORMULAS[-1].version
