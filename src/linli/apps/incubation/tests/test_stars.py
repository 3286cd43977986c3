"""The stars of a year: the gate, the formula kept with its round, the report, objections, the notice, what they do."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from linli.apps.incubation import queries, services
from linli.apps.incubation.models import StarRating, StarRound
from linli.apps.incubation.tests.factories import LONGER, final_months, make_member
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import standing_of, standings_on
from linli.apps.organizations.tests.factories import make_standing
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.publicity import services as publicity
from linli.apps.publicity.models import Consequence
from linli.apps.publicity.tests.factories import Three, make_three
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Duty, Entry, EntryState
from linli.apps.rounds.models import YearFactor
from linli.kernel import publication, settings
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices import mine
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
STAFF = (Duty.COUNTER, Duty.SUPERVISOR)
WINTER = datetime(2026, 12, 31, 2, tzinfo=UTC)
BEST, GOOD, OFF, NEW = "清和为老服务社", "望桥助残服务中心", "绿荫戏曲协会", "和煦亲子阅读社"


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def three(here: District) -> Three:
    for name, value in (("office", "清河里街道纪检监察办公室"), ("phones", "010-62880011")):
        settings.choose(f"publicity.{name}", value, street=here.street.pk, actor=None)
    return make_three(here.street)


@pytest.fixture(scope="module")
def clubs(here: District) -> dict[str, Organization]:
    """One for five stars, one for four, one that fails the gate, one with too few months."""
    found = {name: make_member(here.street, name, date(2025, 12, 1)) for name in (BEST, GOOD, OFF, NEW)}
    final_months(found[BEST], 2026, "9.50")
    final_months(found[GOOD], 2026, "8.20", party="1.3")
    final_months(found[OFF], 2026, "9.90", party="1.1")
    final_months(found[NEW], 2026, "9.00", count=5)
    return found


def reviewed(row: StarRound, score: str) -> None:
    """The report was rated and revealed, every organization alike."""
    assert row.session is not None
    two = [reviews.seat_staff(row.session, duty=duty, name="某", actor=None) for duty in STAFF]
    Entry.objects.filter(session=row.session).update(
        state=EntryState.REVEALED, score=D(score), rank=1, counter_id=two[0].pk, supervisor_id=two[1].pk
    )


@pytest.fixture
def row(here: District, clubs: dict[str, Organization]) -> StarRound:
    """A round whose report was rated with 88, reckoned."""
    row = services.open_stars(here.street, year=2026, actor=None, at=WINTER)
    services.open_report(row, first_day=date(2026, 12, 28), actor=None, at=WINTER)
    reviewed(row, "88")
    services.reckon(row, actor=None, at=WINTER)
    return row


def stars_in(row: StarRound) -> dict[str, int]:
    return {one.organization.name: one.stars for one in row.ratings.select_related("organization")}


def noticed(row: StarRound, three: Three) -> datetime:
    """Shown, unanswered, in public notice until it was concluded; the moment after."""
    services.show_stars(row, actor=three.author, at=WINTER)
    when = WINTER + LONGER
    services.notice_stars(row, actor=three.author, at=when)
    assert row.notice is not None
    publication.check(row.notice, actor=three.checker, at=when)
    publication.sign_off(row.notice, actor=three.signer, at=when)
    publicity.close(row.notice, actor=three.author, at=when + LONGER)
    return when + LONGER


def test_party_work_is_the_gate_and_every_step_is_told(row: StarRound) -> None:
    assert stars_in(row) == {BEST: 5, GOOD: 4, OFF: 0, NEW: 0}
    best = row.ratings.get(organization__name=BEST)
    assert (best.points, best.mean, best.party, best.review, best.passed) == (
        D("92.20"), D("9.50"), D("2.00"), D("88.00"), True,
    )  # fmt: skip
    off = row.ratings.get(organization__name=OFF)
    assert (off.passed, off.points, off.party) == (False, None, D("1.10"))
    assert [len(row.ratings.get(organization__name=name).steps) for name in (BEST, OFF, NEW)] == [4, 1, 1]


def test_the_formula_stays_with_its_round(here: District, row: StarRound) -> None:
    settings.choose("incubation.stars_five", D(95), street=here.street.pk, actor=None)
    row.refresh_from_db()
    services.reckon(row, actor=None)
    assert (row.formula, row.five, stars_in(row)[BEST]) == ("2026-1", D(90), 5)


def test_a_year_is_opened_once_and_never_ahead(here: District, row: StarRound) -> None:
    with pytest.raises(Conflict):
        services.open_stars(here.street, year=2026, actor=None, at=WINTER)
    with pytest.raises(Refusal):
        services.open_stars(here.street, year=2027, actor=None, at=WINTER)


def test_organizations_report_and_are_rated_in_a_review(row: StarRound, clubs: dict[str, Organization]) -> None:
    assert row.session is not None
    assert row.session.title == "2026年度社会组织述职评议"
    assert set(row.session.entries.values_list("subject_id", flat=True)) == {one.pk for one in clubs.values()}
    with pytest.raises(Conflict):
        services.open_report(row, first_day=date(2026, 12, 29), actor=None)


def test_without_a_review_nobody_is_rated(here: District, clubs: dict[str, Organization]) -> None:
    row = services.open_stars(here.street, year=2026, actor=None, at=WINTER)
    services.reckon(row, actor=None)
    assert set(stars_in(row).values()) == {0}


def test_an_organization_is_told_and_objects_in_time(
    row: StarRound, clubs: dict[str, Organization], three: Three
) -> None:
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=clubs[GOOD])
    rating = row.ratings.get(organization=clubs[GOOD])
    assert not queries.ratings_visible_to(manager).exists()
    services.show_stars(row, actor=three.author, at=WINTER)
    assert list(queries.ratings_visible_to(manager)) == [rating]
    assert mine(manager).filter(text__contains="四星").count() == 1
    rating = StarRating.objects.get(pk=rating.pk)
    said = services.object_to_stars(rating, text="五月的党建得分有误。", actor=manager, at=WINTER)
    with pytest.raises(Refusal):
        services.notice_stars(row, actor=three.author, at=WINTER + LONGER)
    services.answer_star_objection(said, upheld=False, answer="经核对无误。", actor=three.author, at=WINTER)
    with pytest.raises(Refusal):
        services.object_to_stars(rating, text="再次异议。", actor=manager, at=WINTER + LONGER)
    with pytest.raises(Conflict):
        services.reckon(row, actor=three.author)


def test_stars_are_given_after_the_notice_and_hold_a_year(
    row: StarRound, clubs: dict[str, Organization], three: Three
) -> None:
    make_standing(clubs[BEST], "4A", kind="social_grade", valid_from=date(2026, 1, 1))
    services.show_stars(row, actor=three.author, at=WINTER)
    services.notice_stars(row, actor=three.author, at=WINTER + LONGER)
    with pytest.raises(Refusal):
        services.give_stars(row, actor=three.author, at=WINTER + LONGER)
    services.take_stars_back(row, reason="补录一个月", actor=three.author)
    services.reckon(row, actor=three.author)
    when = noticed(row, three)
    services.give_stars(row, actor=three.author, at=when)
    day = when.date()
    held = {one.kind: one.value for one in standings_on(clubs[BEST], day)}
    assert (held["street_stars"], held["social_grade"]) == ("五星", "4A")
    assert (row.state, row.valid_from, row.valid_to) == ("final", day, day.replace(year=day.year + 1))
    assert [(one.round.year, one.stars) for one in queries.stars_of_organization(clubs[BEST])] == [(2026, 5)]
    assert standing_of(clubs[OFF], "street_stars", day) is None


def test_stars_weigh_on_next_years_money(row: StarRound, clubs: dict[str, Organization], three: Three) -> None:
    services.give_stars(row, actor=three.author, at=noticed(row, three))
    rows = YearFactor.objects.filter(year=2027).values_list("organization__name", "factor")
    assert dict(rows) == {BEST: D("1.10"), GOOD: D("1.05"), OFF: D("0.90")}


@pytest.mark.parametrize("bars", [False, True])
def test_who_fails_the_gate_is_barred_where_the_street_says_so(
    here: District, row: StarRound, clubs: dict[str, Organization], three: Three, bars: bool
) -> None:
    make_standing(clubs[OFF], "具备", kind="undertaking", valid_from=date(2026, 1, 1))
    if bars:
        settings.choose("incubation.gate_bars_claims", True, street=here.street.pk, actor=None)
    when = noticed(row, three)
    services.give_stars(row, actor=three.author, at=when)
    held = standing_of(clubs[OFF], "undertaking", when.date())
    assert held is not None
    assert held.value == ("不具备" if bars else "具备")


def test_an_upheld_objection_of_the_public_takes_the_stars_up_again(row: StarRound, three: Three) -> None:
    services.show_stars(row, actor=three.author, at=WINTER)
    when = WINTER + LONGER
    services.notice_stars(row, actor=three.author, at=when)
    assert row.notice is not None
    publication.check(row.notice, actor=three.checker, at=when)
    publication.sign_off(row.notice, actor=three.signer, at=when)
    row.notice.refresh_from_db()
    said = publicity.object_to(row.notice, text="党建记录与实际不符。", actor=None, at=when)
    publicity.answer_objection(said, consequence=Consequence.UPHELD, answer="属实。", actor=None, at=when)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.notice) == ("drafted", None)
