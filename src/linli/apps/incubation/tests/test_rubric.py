"""The rules of the incubator are arithmetic and a walk over months; their edges are the rule."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.apps.incubation import rubric
from linli.apps.incubation.rubric import Facts, Leave, MonthFact, Outcome, Taken, course_of, stars_of

pytestmark = pytest.mark.sqlite_only
MARCH = date(2026, 3, 1)
LINE, LONG_AGO = D("6.0"), date(2025, 1, 1)
WORDS = {"b": D("5.99"), "s": D("6.00"), "l": None, "o": None}


def months(word: str, first: date = MARCH) -> list[MonthFact]:
    """A letter a month: below, safe, leave, open."""
    found, month = [], first
    for letter in word:
        found.append(MonthFact(month, WORDS[letter], letter == "l"))
        month = rubric.next_month(month)
    return found


@pytest.mark.parametrize(
    ("facts", "marks"),
    [
        (
            Facts(MARCH, date(2026, 3, 5), date(2026, 3, 31), 20, 19, (True, True), 3, 1, 0),
            ("1.5", "1.5", "1.90", "1.00", None, "1.5", "0.5"),
        ),
        (
            Facts(MARCH, date(2026, 3, 6), date(2026, 4, 1), 3, 2, (True, False), 0, 0, 1),
            ("1.0", "1.0", "1.33", "0.50", None, "0", "0"),
        ),
        (Facts(MARCH), ("0", "0", None, None, None, "0", "0.5")),
        (
            Facts(date(2024, 2, 1), date(2024, 1, 30), date(2024, 2, 29), 2, 3, (False,)),
            ("1.5", "1.5", "2.00", None, None, "0", "0.5"),
        ),
    ],
)
def test_the_records_propose_the_marks(facts: Facts, marks: tuple[str | None, ...]) -> None:
    assert [one.mark for one in rubric.proposals(facts)] == [None if one is None else D(one) for one in marks]


def test_ten_is_the_most_a_month_can_have() -> None:
    assert (rubric.TOP, rubric.total_of({one.code: one.top for one in rubric.SHEET})) == (D(10), D(10))


@pytest.mark.parametrize(
    ("proposed", "marks", "mark"),
    [(None, (), None), ("1.5", (), "1.5"), ("1.5", ("1.0",), "1.00"), (None, ("2", "1.5", "1.5"), "1.67")],
)
def test_raters_stand_before_the_records_and_their_mean_counts(
    proposed: str | None, marks: tuple[str, ...], mark: str | None
) -> None:
    found = rubric.combined(D(proposed) if proposed else None, [D(one) for one in marks])
    assert found == (D(mark) if mark else None)


@pytest.mark.parametrize(
    ("word", "leave", "row", "outcome"),
    [
        ("", "pauses", 0, "nothing"),
        ("s", "pauses", 0, "nothing"),
        ("b", "pauses", 1, "warn_once"),
        ("bb", "pauses", 2, "warn_twice"),
        ("bbb", "pauses", 3, "propose_exit"),
        ("bbbb", "pauses", 4, "propose_exit"),
        ("bbs", "pauses", 0, "nothing"),
        ("bbsb", "pauses", 1, "warn_once"),
        ("bblb", "pauses", 3, "propose_exit"),
        ("bblb", "breaks", 1, "warn_once"),
        ("bbl", "pauses", 2, "warn_twice"),
        ("bbob", "pauses", 1, "warn_once"),
    ],
)
def test_three_months_in_a_row_below_the_line_propose_the_exit(word: str, leave: str, row: int, outcome: str) -> None:
    course = course_of(months(word), line=LINE, joined_on=LONG_AGO, leave=Leave[leave.upper()])
    assert (len(course.months), course.outcome) == (row, Outcome(outcome))


def test_months_before_it_joined_do_not_count() -> None:
    course = course_of(months("bbb"), line=LINE, joined_on=date(2026, 4, 10))
    assert [step.taken for step in course.steps] == [Taken.BEFORE, Taken.BEFORE, Taken.BELOW]
    assert course.months == (date(2026, 5, 1),)


def test_a_month_nobody_scored_is_not_skipped() -> None:
    facts = [one for one in months("bbb") if one.month.month != 4]
    course = course_of(facts, line=LINE, joined_on=LONG_AGO)
    assert [(step.month.month, step.taken, step.row) for step in course.steps] == [
        (3, Taken.BELOW, 1), (4, Taken.OPEN, 0), (5, Taken.BELOW, 1),
    ]  # fmt: skip


def test_every_step_is_told() -> None:
    course = course_of(months("bls"), line=LINE, joined_on=LONG_AGO)
    assert [step.outcome for step in course.steps] == [Outcome.WARN_ONCE, Outcome.NOTHING, Outcome.NOTHING]
    assert all(step.sentence for step in course.steps)
    assert "5.99" in course.steps[0].sentence


@given(st.text("bslo", max_size=18))
def test_the_walk_agrees_with_a_look_at_the_letters(word: str) -> None:
    """Read another way: without leave, how many b stand at the end."""
    course = course_of(months(word), line=LINE, joined_on=LONG_AGO)
    bare = word.replace("l", "")
    assert len(course.months) == len(bare) - len(bare.rstrip("b"))
    assert len(course.steps) == len(word)


@given(st.text("bslo", max_size=12), st.integers(0, 11))
def test_raising_a_month_to_the_line_never_brings_an_exit_nearer(word: str, place: int) -> None:
    better = word[:place] + word[place : place + 1].replace("b", "s") + word[place + 1 :]
    before = course_of(months(word), line=LINE, joined_on=LONG_AGO)
    after = course_of(months(better), line=LINE, joined_on=LONG_AGO)
    assert all(new.row <= old.row for old, new in zip(before.steps, after.steps, strict=True))


@pytest.mark.parametrize(
    ("total", "party", "review", "stars", "points"),
    [
        ("9.00", "2.0", "90", 5, "90.00"),
        ("9.00", "2.0", "89.98", 4, "89.99"),
        ("8.00", "1.2", "80", 4, "80.00"),
        ("7.00", "1.2", "70", 3, "70.00"),
        ("7.00", "1.2", "69.9", 0, "69.96"),
        ("10.00", "1.19", "100", 0, None),
        ("9.50", "2.0", None, 0, None),
    ],
)
def test_stars_ask_party_work_first_then_months_and_review(
    total: str, party: str, review: str | None, stars: int, points: str | None
) -> None:
    verdict = stars_of([D(total)] * 12, [D(party)] * 12, D(review) if review else None)
    assert (verdict.stars, verdict.points) == (stars, D(points) if points else None)
    assert all(verdict.steps)


def test_too_few_months_are_not_rated() -> None:
    verdict = stars_of([D(10)] * 5, [D(2)] * 5, D(100))
    assert (verdict.stars, verdict.points, len(verdict.steps)) == (0, None, 1)
