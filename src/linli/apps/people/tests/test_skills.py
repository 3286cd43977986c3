"""Skills: words of a dictionary with their evidence, counted by community, never ranked by person."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people import queries, services
from linli.apps.people.kinds import certificates, skills
from linli.apps.people.models import Skill, User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
MIDDLE, ELDERLY = "social_work_middle", "line_elderly"
DAY = timedelta(days=1)


@pytest.fixture
def here() -> Any:
    return make_district()


@pytest.fixture
def worker(here: Any) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


def test_the_dictionary_names_certificates_lines_of_work_and_languages() -> None:
    groups = {word.group for word in skills().values()}
    assert groups == {"社会工作者职业水平", "全能社工业务条线", "专业技能", "语言"}
    assert certificates() == {"social_work_assistant", "social_work_middle", "social_work_senior"}


@pytest.mark.parametrize(("start", "end", "holds"), [(1, None, False), (0, 1, True), (-5, 0, False), (-5, None, True)])
def test_a_skill_holds_from_its_first_day_until_the_day_it_expires(
    worker: User, start: int, end: int | None, holds: bool
) -> None:
    today = timezone.localdate()
    services.add_skill(
        worker, skill=MIDDLE, actor=None, valid_from=today + start * DAY,
        valid_to=None if end is None else today + end * DAY,
    )  # fmt: skip
    assert Skill.objects.in_force(today).exists() is holds


def test_it_refuses_unknown_words_the_same_twice_and_an_end_before_the_start(worker: User) -> None:
    today = timezone.localdate()
    with pytest.raises(Refusal):
        services.add_skill(worker, skill="juggling", actor=None)
    with pytest.raises(Refusal):
        services.add_skill(worker, skill=MIDDLE, actor=None, valid_from=today, valid_to=today)
    row = services.add_skill(worker, skill=MIDDLE, actor=worker)
    with pytest.raises(Refusal) as refusal:
        services.add_skill(worker, skill=MIDDLE, actor=worker)
    assert refusal.value.code == "skill-exists"
    services.end_skill(row, actor=worker)
    with pytest.raises(Conflict):
        services.end_skill(row, actor=worker)


def test_everybody_enters_his_own_and_the_secretary_his_staffs(here: Any, worker: User) -> None:
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    other = make_user(Role.COMMUNITY_SECRETARY, here.other_community)
    with pytest.raises(NotAllowed):
        services.add_skill(worker, skill=MIDDLE, actor=other)
    services.add_skill(worker, skill=MIDDLE, actor=secretary)
    assert [queries.skills_visible_to(actor).count() for actor in (worker, secretary, other)] == [1, 1, 0]


def test_it_counts_skills_by_community_and_gives_the_share_with_its_number(here: Any, worker: User) -> None:
    today = timezone.localdate()
    second, elsewhere = (make_user(Role.COMMUNITY_WORKER, place) for place in (here.community, here.other_community))
    make_user(Role.COMMUNITY_WORKER, here.neighbour_community)
    make_user(Role.RESIDENT, here.community)
    for user, skill in ((worker, MIDDLE), (worker, ELDERLY), (second, ELDERLY), (elsewhere, "english")):
        services.add_skill(user, skill=skill, actor=None)
    found = queries.matrix(make_user(Role.STREET_OFFICER, here.street), today)
    assert [word.code for word in found.words] == [MIDDLE, ELDERLY, "english"]
    assert [(line.community.name, line.counts, line.certified, line.staff) for line in found.lines] == [
        ("槐荫社区", (1, 2, 0), 1, 2),
        ("南里社区", (0, 0, 1), 0, 1),
    ]
    assert found.total is not None
    assert (found.total.counts, found.total.certified, found.total.staff) == ((1, 2, 1), 1, 3)
    assert found.share == pytest.approx(100 / 3)


def test_the_matrix_costs_the_same_for_any_number_of_staff(
    here: Any, worker: User, django_assert_num_queries: Any
) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street)
    for _number in range(4):
        services.add_skill(make_user(Role.GRID_WORKER, here.grid), skill=ELDERLY, actor=None)
    officer = User.objects.get(pk=officer.pk)
    with django_assert_num_queries(4):
        found = queries.matrix(officer, timezone.localdate())
    assert found.lines[0].counts == (4,)


def test_there_is_no_share_without_staff(here: Any) -> None:
    assert queries.matrix(make_user(Role.STREET_OFFICER, here.street), timezone.localdate()).share is None


@pytest.mark.parametrize(("days", "listed"), [(0, False), (1, True), (90, True), (91, False)])
def test_it_lists_what_expires_within_ninety_days(worker: User, days: int, listed: bool) -> None:
    today = timezone.localdate()
    services.add_skill(
        worker, skill=MIDDLE, actor=None, valid_from=today - DAY, valid_to=today + days * DAY, certificate="2024-001"
    )
    assert queries.expiring(queries.skills_visible_to(worker), today).exists() is listed


def test_an_organization_shows_how_many_have_each_skill(here: Any) -> None:
    agency = make_organization(here.street, "支持中心", OrganizationKind.SUPPORTING_AGENCY)
    for _number in range(2):
        services.add_skill(make_user(Role.ORGANIZATION_MANAGER, organization=agency), skill=MIDDLE, actor=None)
    assert queries.skills_of(agency, timezone.localdate()) == [("社会工作师（中级）", 2)]
