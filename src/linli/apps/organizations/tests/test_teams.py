"""Resident teams and task teams: no legal person, a count with its day, kept by their own community."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.apps.organizations import services
from linli.apps.organizations.models import TEAMS, LegalForm, Organization, OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.services import give_post
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
CODE = "91350100M000100Y43"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.mark.parametrize("kind", TEAMS)
def test_a_team_has_no_legal_person_and_no_code(here: District, kind: OrganizationKind) -> None:
    team = make_organization(here.community, "书画队", kind, business="culture")
    assert (team.is_team, team.legal_form, team.credit_code, team.business_title) == (
        True,
        LegalForm.NONE,
        None,
        "文化体育",
    )
    for wrong in ({"credit_code": CODE}, {"legal_form": LegalForm.COMPANY}):
        with pytest.raises(Refusal):
            make_organization(here.community, "歌咏队", kind, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=team.pk).update(credit_code=CODE)


def test_a_team_counts_its_members_on_a_day_and_names_nobody(here: District) -> None:
    team = make_organization(here.community, "书画队", OrganizationKind.RESIDENT_TEAM)
    for wrong in ({"member_count": 12}, {"member_count_on": DAY}):
        with pytest.raises(Refusal):
            services.correct(team, seen=0, actor=None, **wrong)
    services.correct(team, seen=0, actor=None, member_count=12, member_count_on=DAY)
    assert (team.member_count, team.member_count_on) == (12, DAY)


def test_the_leader_of_a_team_is_a_post(here: District) -> None:
    team = make_organization(here.community, "书画队", OrganizationKind.RESIDENT_TEAM)
    leader = make_user()
    post = give_post(user=leader, role=Role.ORGANIZATION_MANAGER, organization=team, started_on=FIRST_DAY, actor=None)
    assert (post.where, [field.name for field in Organization._meta.fields if "leader" in field.name]) == (team, [])


@pytest.mark.parametrize(
    ("role", "at", "allowed"),
    [
        (Role.COMMUNITY_WORKER, "community", True),
        (Role.COMMUNITY_SECRETARY, "community", True),
        (Role.COMMUNITY_WORKER, "other_community", False),
        (Role.GRID_WORKER, "community", False),
        (Role.RESIDENT, "community", False),
    ],
)
def test_a_community_keeps_its_own_teams(here: District, role: Role, at: str, allowed: bool) -> None:
    actor = make_user(role, getattr(here, at))
    team = make_organization(here.community, "书画队", OrganizationKind.RESIDENT_TEAM)
    enter: dict[str, Any] = {"place": here.community, "valid_from": DAY, "actor": actor}
    verbs = (
        lambda: services.enter(name="歌咏队", kind=OrganizationKind.RESIDENT_TEAM, **enter),
        lambda: services.correct(team, seen=0, actor=actor, short_name="书画"),
        lambda: services.rename(team, name="翰墨队", on=DAY, actor=actor),
        lambda: services.end(team, on=DAY, reason="自行解散", actor=actor),
    )
    for verb in verbs:
        if allowed:
            verb()
        else:
            with pytest.raises(NotAllowed):
                verb()
    team.refresh_from_db()
    assert (team.status, Organization.objects.count()) == (("ended", 2) if allowed else ("active", 1))


@pytest.mark.parametrize("kind", [OrganizationKind.SOCIAL_ORGANIZATION, OrganizationKind.TASK_TEAM])
def test_a_community_worker_keeps_nothing_but_teams_of_neighbours(here: District, kind: OrganizationKind) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    row = make_organization(here.community, "某单位", kind)
    team = make_organization(here.community, "书画队", OrganizationKind.RESIDENT_TEAM)
    for refused in (
        lambda: services.correct(row, seen=0, actor=worker, short_name="某"),
        lambda: services.correct(team, seen=0, actor=worker, kind=kind),
        lambda: services.enter(name="新单位", kind=kind, place=here.community, valid_from=DAY, actor=worker),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert Organization.objects.filter(version=0).count() == 2
