"""Rates: what counts as valid, intervals, strata, labels, presence; one query for any number of records."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.algorithms.sampling import Stratum, stratified, wilson
from linli.apps.surveys import queries, services
from linli.apps.surveys.models import RatingCount
from linli.apps.surveys.tests.factories import NOW, Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> Street:
    return Street()


def test_it_divides_the_satisfied_by_the_valid_answers(street: Street) -> None:
    asked = street.open(group=10)
    codes = iter(asked.codes["参加活动的居民"])
    for grade in (5, 5, 4, 3, 1, 0):
        asked.answer(next(codes), grade, 5)
    asked.close()
    rate = queries.rate_of(street.projects[0])

    assert rate is not None
    assert (rate.satisfied, rate.n_valid, rate.unknown, rate.rate) == (3, 5, 1, Decimal("0.6000"))
    assert (rate.asked, rate.returned, rate.response_rate) == (10, 6, Decimal("0.6000"))
    assert (float(rate.low or 0), float(rate.high or 0)) == pytest.approx(wilson(3, 5), abs=5e-5)
    assert (rate.label, rate.weighted, rate.merged) == ("official", None, ())


def test_it_weighs_a_sample_by_its_strata_and_says_which_were_put_together(street: Street) -> None:
    asked = street.sampled(size=9)
    first, second = asked.codes["1号楼"], asked.codes["2号楼"]
    for code, grade in zip(first, (5, 4, 4, 2, 5), strict=False):
        asked.answer(code, grade, 5)
    for code, grade in zip(second, (1, 4, 2), strict=True):
        asked.answer(code, grade, 5)
    asked.close()
    rate = queries.rate_of(street.projects[0])
    other = stratified([Stratum("1号楼", 12, 5, 4), Stratum("2号楼", 6, 3, 1)])

    assert rate is not None
    assert other is not None
    assert (len(first), len(second)) == (6, 3)
    assert rate.rate == Decimal("0.6250")
    assert rate.weighted == Decimal(f"{other.share:.4f}") == Decimal("0.6444")
    assert (rate.weighted_low, rate.weighted_high) == (Decimal(f"{other.low:.4f}"), Decimal(f"{other.high:.4f}"))
    assert rate.merged == ()


def test_it_names_strata_that_were_too_small(street: Street) -> None:
    asked = street.sampled(size=9)
    for code in asked.codes["1号楼"]:
        asked.answer(code, 5, 5)
    asked.answer(asked.codes["2号楼"][0], 1, 1)
    asked.close()
    rate = queries.rate_of(street.projects[0])

    assert rate is not None
    assert rate.merged == (("1号楼", "2号楼"),)


def test_it_keeps_answers_by_the_open_link_apart(street: Street) -> None:
    asked = street.open(group=4, openly=True)
    for code in asked.codes["参加活动的居民"][:2]:
        asked.answer(code, 2, 2)
    for _one in range(5):
        services.answer_openly(asked.survey, answers=services.grades(asked.survey, 5), at=NOW)
    survey = asked.close()
    both = queries.rates_in(survey)[1]

    assert {label: (rate.n_valid, rate.rate) for label, rate in both.items()} == {
        "official": (2, Decimal("0.0000")), "self_selected": (5, Decimal("1.0000")),
    }  # fmt: skip
    assert queries.rate_of(street.projects[0]) == both["official"]
    assert (both["self_selected"].asked, both["self_selected"].returned, survey.came_openly) == (0, 5, 5)


def test_it_labels_a_rate_self_selected_where_nobody_else_answered(street: Street) -> None:
    asked = street.open(group=0, openly=True)
    services.answer_openly(asked.survey, answers=services.grades(asked.survey, 4), at=NOW)
    asked.close()
    rate = queries.rate_of(street.projects[1])

    assert rate is not None
    assert (rate.label, rate.is_official, rate.response_rate) == ("self_selected", False, None)


def test_it_counts_answers_in_the_presence_of_the_team_and_the_rate_without_them(street: Street) -> None:
    asked = street.open(group=4)
    codes = asked.codes["参加活动的居民"]
    for code, grade, watched in zip(codes, (5, 5, 5, 1), (True, True, False, False), strict=True):
        asked.answer(code, grade, 0, in_presence=watched)
    asked.close()
    first, second = (queries.rate_of(ref) for ref in street.projects)

    assert first is not None
    assert (first.in_presence, first.rate, first.rate_apart) == (2, Decimal("0.7500"), Decimal("0.5000"))
    assert second is None  # nobody could say: there is no rate


def test_it_knows_nothing_of_a_survey_that_is_open(street: Street) -> None:
    asked = street.open()
    asked.answer(asked.codes["参加活动的居民"][0], 5, 5)

    assert (queries.rate_of(street.projects[0]), RatingCount.objects.count()) == (None, 0)


def test_it_takes_the_survey_that_was_closed_last_unless_one_is_named(street: Street) -> None:
    closed = []
    for grade in (5, 1):
        asked = street.open(group=1)
        asked.answer(asked.codes["参加活动的居民"][0], grade, grade)
        services.close(asked.survey, actor=None, at=NOW.replace(hour=9 - grade))
        closed.append(asked.survey)
    ref = street.projects[0]
    latest, first = queries.rate_of(ref), queries.rate_of(ref, survey=closed[0])

    assert latest is not None
    assert first is not None
    assert (latest.rate, first.rate) == (Decimal("0.0000"), Decimal("1.0000"))


def test_it_reads_any_number_of_rates_in_one_query(street: Street) -> None:
    for _turn in range(2):
        asked = street.sampled(size=3)
        asked.answer(asked.codes["1号楼"][0], 5, 4)
        asked.close()
    with CaptureQueriesContext(connection) as one:
        queries.rates_of(street.projects[:1])
    with CaptureQueriesContext(connection) as many:
        found = queries.rates_of([*street.projects, street.projects[0]._replace(kind="no.kind")])

    assert (len(one), len(many), set(found)) == (1, 1, set(street.projects))
