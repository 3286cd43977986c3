"""Terms of posts: planned ends, single seats, overlaps, titles of offices from day to day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people import queries, services
from linli.apps.people.models import Office, Post
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, make_district
from linli.kernel.audit import timeline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
SECRETARY = Role.COMMUNITY_SECRETARY
DAY = timedelta(days=1)


def test_it_keeps_the_planned_end_beside_the_end_that_came() -> None:
    here, user = make_district(), make_user()
    post = services.give_post(
        user=user, role=SECRETARY, place=here.community, actor=None, started_on=FIRST_DAY, term_ends_on=FIRST_DAY + DAY
    )
    assert (user.roles(), post.ended_on) == ({SECRETARY}, None)
    services.set_term(post, term_ends_on=date(2099, 6, 30), actor=None)
    services.end_post(post, actor=None)
    post.refresh_from_db()
    assert (post.term_ends_on, post.ended_on) == (date(2099, 6, 30), timezone.localdate())
    assert [entry.row.action for entry in timeline(ref_of(post))][1:] == ["people.post.set_term", "people.post.end"]


def test_it_refuses_a_term_that_ends_before_it_starts_and_one_of_an_ended_post() -> None:
    here, user = make_district(), make_user()
    with pytest.raises(Refusal) as refusal:
        services.give_post(
            user=user,
            role=SECRETARY,
            place=here.community,
            actor=None,
            started_on=FIRST_DAY,
            term_ends_on=FIRST_DAY - DAY,
        )
    assert refusal.value.field == "term_ends_on"
    post = services.give_post(user=user, role=SECRETARY, place=here.community, actor=None)
    services.end_post(post, actor=None)
    with pytest.raises(Conflict):
        services.set_term(post, term_ends_on=date(2099, 1, 1), actor=None)


def test_it_refuses_a_second_secretary_of_one_community() -> None:
    here = make_district()
    first, second = make_user(SECRETARY, here.community), make_user()
    with pytest.raises(Refusal) as refusal:
        services.give_post(user=second, role=SECRETARY, place=here.community, actor=None)
    assert (refusal.value.code, second.posts.count()) == ("seat-taken", 0)
    services.give_post(user=second, role=SECRETARY, place=here.other_community, actor=None)
    services.end_post(first.posts.get(), actor=None)
    services.give_post(user=make_user(), role=SECRETARY, place=here.community, actor=None)


@pytest.mark.parametrize("role", [Role.LEADER, Role.STREET_OFFICER])
def test_it_lets_several_hold_a_role_that_is_no_single_seat(role: Role) -> None:
    street = make_district().street
    make_user(role, street)
    make_user(role, street)
    assert Post.objects.filter(role=role, place=street).count() == 2


def test_the_database_itself_keeps_one_secretary_and_one_leader_of_a_team() -> None:
    here = make_district()
    team = make_organization(here.community, "槐荫书画队", OrganizationKind.RESIDENT_TEAM)
    for role, where in ((SECRETARY, {"place": here.community}), (Role.TEAM_LEADER, {"organization": team})):
        make_user(role, **where)
        with pytest.raises(IntegrityError), transaction.atomic():
            Post(user=make_user(), role=role, started_on=FIRST_DAY, **where).save()


def test_the_leader_of_a_team_opens_no_desk() -> None:
    here = make_district()
    team = make_organization(here.community, "槐荫书画队", OrganizationKind.RESIDENT_TEAM)
    leader = make_user(Role.TEAM_LEADER, organization=team)
    assert (leader.roles(), list(leader.reach(Role.TEAM_LEADER).organizations)) == ({Role.TEAM_LEADER}, [team.pk])


@pytest.mark.parametrize(("start", "code"), [(9, "terms-overlap"), (10, None), (11, None)])
def test_it_refuses_overlapping_terms_of_one_person_in_one_post(start: int, code: str | None) -> None:
    here = make_district()
    user = make_user(Role.COMMUNITY_WORKER, here.community)
    services.end_post(user.posts.get(), actor=None, ended_on=FIRST_DAY + 10 * DAY)
    given = {"user": user, "role": Role.COMMUNITY_WORKER, "place": here.community, "actor": None}
    if code is None:
        services.give_post(**given, started_on=FIRST_DAY + start * DAY)
        return
    with pytest.raises(Refusal) as refusal:
        services.give_post(**given, started_on=FIRST_DAY + start * DAY)
    assert (refusal.value.code, user.posts.count()) == (code, 1)


def test_it_refuses_a_secretary_who_starts_before_the_last_one_ended() -> None:
    here = make_district()
    services.end_post(make_user(SECRETARY, here.community).posts.get(), actor=None, ended_on=FIRST_DAY + 10 * DAY)
    with pytest.raises(Refusal) as refusal:
        services.give_post(
            user=make_user(), role=SECRETARY, place=here.community, actor=None, started_on=FIRST_DAY + 9 * DAY
        )
    assert refusal.value.code == "terms-overlap"


@pytest.mark.parametrize(("days", "told"), [(31, False), (30, True), (0, True), (-1, True)])
def test_it_names_terms_that_run_out_within_thirty_days(days: int, told: bool) -> None:
    here, user, today = make_district(), make_user(), timezone.localdate()
    post = services.give_post(
        user=user, role=SECRETARY, place=here.community, actor=None, started_on=FIRST_DAY,
        term_ends_on=today + days * DAY,
    )  # fmt: skip
    assert list(queries.ending_terms(today)) == ([post] if told else [])
    services.end_post(post, actor=None)
    assert list(queries.ending_terms(today)) == []


def test_a_renamed_office_keeps_its_old_title_on_the_days_before() -> None:
    here, day = make_district(), FIRST_DAY + 40 * DAY
    post = make_user(SECRETARY, here.community).posts.get()
    services.rename_office(role=SECRETARY, place=here.street, title="社区书记", actor=None, valid_from=FIRST_DAY + DAY)
    services.rename_office(role=SECRETARY, place=here.street, title="社区党委书记", actor=None, valid_from=day)
    services.rename_office(
        role=SECRETARY, place=here.neighbour_street, title="总支书记", actor=None, valid_from=FIRST_DAY
    )
    days = (FIRST_DAY, day - DAY, day, day + DAY)
    assert [queries.titles_of([post], on)[post.pk] for on in days] == [
        str(SECRETARY.label), "社区书记", "社区党委书记", "社区党委书记",
    ]  # fmt: skip


def test_the_nearest_title_wins_and_an_ended_post_keeps_the_title_of_its_last_day() -> None:
    here, day = make_district(), FIRST_DAY + 10 * DAY
    old = make_user(SECRETARY, here.community).posts.get()
    services.end_post(old, actor=None, ended_on=day)
    services.rename_office(role=SECRETARY, place=here.district, title="书记", actor=None, valid_from=FIRST_DAY)
    services.rename_office(role=SECRETARY, place=here.community, title="党委书记", actor=None, valid_from=day)
    new = services.give_post(
        user=make_user(), role=SECRETARY, place=here.community, actor=None, started_on=day
    )  # fmt: skip
    elsewhere = make_user(SECRETARY, here.other_community).posts.get()
    titles = queries.titles_of([old, new, elsewhere], timezone.localdate())
    assert [titles[post.pk] for post in (old, new, elsewhere)] == ["书记", "党委书记", "书记"]


def test_it_reads_the_titles_of_any_number_of_posts_in_two_queries(django_assert_num_queries: object) -> None:
    here = make_district()
    services.rename_office(role=SECRETARY, place=here.street, title="社区书记", actor=None, valid_from=FIRST_DAY)
    make_user(SECRETARY, here.community)
    make_user(SECRETARY, here.other_community)
    posts = list(Post.objects.select_related("place", "organization"))
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture
        titles = queries.titles_of(posts, timezone.localdate())
    assert set(titles.values()) == {"社区书记"}


def test_it_refuses_a_title_before_the_last_one_an_empty_one_and_strangers() -> None:
    here = make_district()
    given = {"role": SECRETARY, "place": here.street}
    services.rename_office(**given, title="社区书记", actor=None, valid_from=FIRST_DAY + DAY)
    with pytest.raises(Refusal) as refusal:
        services.rename_office(**given, title="党委书记", actor=None, valid_from=FIRST_DAY)
    assert refusal.value.code == "title-before-the-last"
    with pytest.raises(Refusal):
        services.rename_office(**given, title="  ", actor=None)
    with pytest.raises(NotAllowed):
        services.rename_office(**given, title="党委书记", actor=make_user(Role.STREET_OFFICER, here.street))
    assert Office.objects.count() == 1
