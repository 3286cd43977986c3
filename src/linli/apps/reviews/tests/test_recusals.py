"""Who does not judge what: found from what the house knows, declared, decided with a reason."""

from datetime import date
from typing import Any

import pytest

from linli.apps.organizations.models import Organization, RelationKind
from linli.apps.organizations.services import coach, declare_relation
from linli.apps.organizations.tests.factories import make_agency, make_organization
from linli.apps.people.services import end_post, give_post
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import Expert, Ground, Recusal, RecusalState, ScoreSheet
from linli.apps.reviews.tests.factories import DAY, NOW, make_expert, make_review, make_session
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def found(here: District, expert: Expert, *parties: Any, ties: tuple[services.Tie, ...] = ()) -> list[str]:
    """Grounds found between one judge and one entry of these parties."""
    session = make_session(here.street)
    panel = services.add_panel(session, name="第一组", actor=None)
    services.seat_judge(panel, expert=expert, actor=None)
    refs = [ref_of(party) for party in parties]
    subject = refs[0] if refs else Ref("organizations.organization", session.pk)
    services.enter(session, title="项目", subject=subject, parties=refs, ties=ties, panel=panel, actor=None)
    services.derive_recusals(session, actor=None)
    return [row.ground for row in Recusal.objects.filter(entry__session=session)]


def test_it_finds_the_unit_of_the_judge(here: District) -> None:
    unit = make_organization(here.street, "和安社工学会")
    expert = make_expert(here.street, organization=unit)
    assert found(here, expert, unit) == [Ground.UNIT]
    row = Recusal.objects.get()
    assert (row.fact, row.state, row.declared) == ("在该单位任职：和安社工学会", RecusalState.FOUND, False)


def test_it_finds_nothing_where_nothing_ties(here: District) -> None:
    expert = make_expert(here.street, organization=make_organization(here.street, "和安社工学会"))
    assert found(here, expert, make_organization(here.street, "暖邻中心")) == []


def test_it_finds_what_the_unit_owns(here: District) -> None:
    unit, other = make_organization(here.street, "和安社工学会"), make_organization(here.street, "学会服务部")
    declare_relation(unit, other=other, kind=RelationKind.SUBSIDIARY, on=FIRST_DAY, source="章程", actor=None)
    assert found(here, make_expert(here.street, organization=unit), other) == [Ground.UNIT]


def test_it_finds_whom_the_unit_coaches(here: District) -> None:
    agency, team = make_agency(here.street), make_organization(here.street, "暖邻中心")
    coach(team, agency=agency, valid_from=FIRST_DAY, source="名单", actor=None)
    assert found(here, make_expert(here.street, organization=agency), team) == [Ground.COACHING]


@pytest.mark.parametrize("by", ["community", "grid", "team"])
def test_it_finds_the_home_of_the_judge(here: District, by: str) -> None:
    team = make_organization(here.community, "楼门自治队", "resident_team")  # type: ignore[arg-type]  # a value of the choices
    party = {"community": here.community, "grid": here.grid, "team": team}[by]
    assert found(here, make_expert(here.street, lives_in=here.community), party) == [Ground.RESIDENCE]


def test_it_finds_no_home_in_another_community(here: District) -> None:
    assert found(here, make_expert(here.street, lives_in=here.other_community), here.community) == []


def test_it_finds_a_post_and_one_left_less_than_two_years_ago(here: District) -> None:
    unit = make_organization(here.street, "暖邻中心")
    user = make_user(name="冯某")
    post = give_post(
        user=user, role=Role.ORGANIZATION_MANAGER, organization=unit, place=None, started_on=FIRST_DAY, actor=None
    )
    expert = make_expert(here.street, user=user)
    assert found(here, expert, unit) == [Ground.ROLE]
    end_post(post, ended_on=date(2026, 6, 1), actor=None)
    assert found(here, expert, unit) == [Ground.LEFT]


@pytest.mark.parametrize(("until", "grounds"), [(date(2024, 11, 23), [Ground.LEFT]), (date(2024, 11, 22), [])])
def test_it_counts_two_years_to_the_day(here: District, until: date, grounds: list[str]) -> None:
    unit, expert = make_organization(here.street, "暖邻中心"), make_expert(here.street)
    services.add_tie(expert, ground=Ground.LEFT, organization=unit, until=until, actor=None)
    assert found(here, expert, unit) == grounds


@pytest.mark.parametrize("ground", [Ground.FAMILY, Ground.COACHING, Ground.OTHER])
def test_it_finds_what_the_pool_notes(here: District, ground: Ground) -> None:
    expert = make_expert(here.street)
    services.add_tie(expert, ground=ground, place=here.community, note="近亲属任职", actor=None)
    assert found(here, expert, here.community) == [ground]


def test_it_finds_the_ties_the_entering_app_hands_in(here: District) -> None:
    expert = make_expert(here.street)
    ties = (services.Tie(Ground.COACHING, ref_of(expert), "2026年3月辅导两次"),)
    assert found(here, expert, make_organization(here.street), ties=ties) == [Ground.COACHING]
    assert Recusal.objects.get().fact == "辅导过该项目：2026年3月辅导两次"


def test_it_keeps_decisions_and_forgets_what_no_longer_holds(here: District) -> None:
    review = make_review(here.street, judges=3)
    rows = {entry.number: Organization.objects.get(pk=entry.subject_id) for entry in review.entries}
    expert = review.judges[0].expert
    assert expert is not None
    for entry in review.entries:
        entry.parties.create(ref_kind="organizations.organization", ref_id=entry.subject_id, label="甲")
        services.add_tie(expert, ground=Ground.OTHER, organization=rows[entry.number], actor=None)
    assert services.derive_recusals(review.session, actor=None) == 2
    services.dismiss_recusal(Recusal.objects.get(entry=review.entries[0]), reason="已无往来", actor=None)
    expert.ties.all().delete()
    assert services.derive_recusals(review.session, actor=None) == 0
    assert list(Recusal.objects.values_list("entry__number", "state")) == [(1, RecusalState.DISMISSED)]


def test_it_asks_for_a_reason_and_decides_once(here: District) -> None:
    review = make_review(here.street)
    row = services.declare_recusal(review.judges[0], entry=review.entries[0], fact="同门", actor=review.actor(0))
    stale = Recusal.objects.get(pk=row.pk)
    with pytest.raises(Refusal) as refused:
        services.confirm_recusal(row, reason=" ", actor=None)
    services.confirm_recusal(row, reason="属实", actor=None, at=NOW)
    with pytest.raises(Conflict):
        services.dismiss_recusal(stale, reason="不属实", actor=None)
    row.refresh_from_db()
    assert (refused.value.field, row.state, row.reason, row.declared) == ("reason", "confirmed", "属实", True)


def test_it_sets_a_sheet_aside_when_the_recusal_is_confirmed_later(here: District) -> None:
    review = make_review(here.street, judges=4).start()
    review.hand_in(0, {0: 90, 1: 80})
    row = services.declare_recusal(review.judges[0], entry=review.entries[0], fact="同门", actor=review.actor(0))
    services.confirm_recusal(row, reason="属实", actor=None)
    assert [sheet.seat_id for sheet in ScoreSheet.objects.all()] == [review.judges[1].pk]


def test_it_refuses_a_recusal_that_leaves_too_few_marks(here: District) -> None:
    review = make_review(here.street, judges=3).start()
    row = services.declare_recusal(review.judges[0], entry=review.entries[0], fact="同门", actor=review.actor(0))
    with pytest.raises(Refusal) as refused:
        services.confirm_recusal(row, reason="属实", actor=None)
    row.refresh_from_db()
    assert (refused.value.code, row.state) == ("too-few-judges", RecusalState.FOUND)


def test_it_opens_papers_to_judges_who_promised_and_are_not_recused(here: District) -> None:
    review = make_review(here.street, promised=False)
    seat, entry = review.judges[0], review.entries[0]
    with pytest.raises(Refusal) as closed:
        queries.papers_for(seat, entry)
    services.sign_promise(seat, actor=review.actor(0), at=NOW)
    assert list(queries.papers_for(seat, entry)) == []
    row = services.declare_recusal(seat, entry=entry, fact="同门", actor=review.actor(0))
    services.confirm_recusal(row, reason="属实", actor=None)
    with pytest.raises(Refusal) as recused:
        queries.papers_for(seat, entry)
    services.call_off(review.session, reason="改期", actor=None)
    with pytest.raises(Refusal) as over:
        queries.papers_for(seat, review.reload().entries[1])
    assert (closed.value.code, recused.value.code, over.value.code) == ("no-promise", "recused", "papers-closed")


def test_it_needs_the_same_number_of_questions_for_any_size(here: District, django_assert_num_queries: Any) -> None:
    unit = make_organization(here.street, "和安社工学会")
    for size, first in ((1, 0), (6, 1)):
        session = make_session(here.street, title=f"{size}人场")
        panel = services.add_panel(session, name="第一组", actor=None)
        for number in range(first, first + size):
            expert = make_expert(here.street, number, organization=unit, user=make_user())
            services.seat_judge(panel, expert=expert, actor=None)
            party = ref_of(make_organization(here.community, f"第{number}号社"))
            services.enter(session, title="项目", subject=party, parties=[party], panel=panel, actor=None)
        with django_assert_num_queries(11):
            queries.ties_found(session, on=DAY)
