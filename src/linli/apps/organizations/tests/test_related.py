"""Who is tied to whom on a day: declared with source and date, or derived from the register."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.apps.organizations import queries, services
from linli.apps.organizations.models import Coaching, Organization, RelatedParty, RelationKind
from linli.apps.organizations.tests.factories import make_agency, make_organization
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.errors import Conflict, Refusal

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
ONE = timedelta(days=1)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def agency(here: District) -> Organization:
    return make_organization(here.street, "甲服务社", address="清河路 8 号 201 室")


def kinds(organization: Organization, on: date) -> list[tuple[str, str, bool]]:
    found = queries.related_to(organization, on)
    return [(one.kind, one.other.name if one.other else str(one.count), one.derived) for one in found]


def test_a_declared_tie_is_seen_from_both_sides_while_it_holds(agency: Organization, here: District) -> None:
    child = make_organization(here.neighbour_street, "乙服务社")
    tie = services.declare_relation(
        agency, kind=RelationKind.SUBSIDIARY, other=child, on=DAY, source="章程", actor=None
    )
    services.end_relation(tie, on=DAY + 3 * ONE, reason="已转让", actor=None)
    days = (DAY - ONE, DAY, DAY + 2 * ONE, DAY + 3 * ONE)
    assert [kinds(agency, day) for day in days] == [
        [], [("subsidiary", "乙服务社", False)], [("subsidiary", "乙服务社", False)], [],
    ]  # fmt: skip
    assert kinds(child, DAY) == [("parent", "甲服务社", False)]


def test_one_name_in_law_and_one_address_are_derived_as_questions(agency: Organization, here: District) -> None:
    same_name = make_organization(here.neighbour_street, "乙服务社")
    make_organization(here.community, "丙服务社", address="清河路８号２０１室")
    services.set_legal_person(agency, name="张晓明", on=DAY, source="证书", actor=None)
    services.set_legal_person(same_name, name="张晓明", on=DAY + ONE, source="证书", actor=None)
    assert [kinds(agency, day) for day in (DAY, DAY + ONE)] == [
        [("same_address", "丙服务社", True)],
        [("same_legal_person", "乙服务社", True), ("same_address", "丙服务社", True)],
    ]
    services.set_legal_person(same_name, name="李玉华", on=DAY + 4 * ONE, source="变更登记", actor=None)
    assert kinds(agency, DAY + 4 * ONE) == [("same_address", "丙服务社", True)]


def test_an_organization_that_ended_is_no_related_party_any_more(agency: Organization, here: District) -> None:
    other = make_organization(here.community, "丙服务社", address="清河路8号201室")
    services.end(other, on=DAY, reason="注销登记", actor=None)
    assert [kinds(agency, day) for day in (DAY - ONE, DAY)] == [[("same_address", "丙服务社", True)], []]


def test_family_of_staff_is_a_count_and_nothing_more(agency: Organization, here: District) -> None:
    other = make_organization(here.street, "乙服务社")
    family = RelationKind.STAFF_FAMILY
    services.declare_relation(agency, kind=family, count=2, on=DAY, source="承诺书", actor=None)
    assert kinds(agency, DAY) == [("staff_family", "2", False)]
    with pytest.raises(Refusal):
        services.declare_relation(other, kind=family, other=agency, count=1, on=DAY, source="承诺书", actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedParty.objects.create(organization=other, other=agency, kind=family, valid_from=DAY, source="x")


def test_the_same_tie_twice_itself_or_nobody_is_refused(agency: Organization, here: District) -> None:
    other = make_organization(here.street, "乙服务社")
    shared = RelationKind.SHARED_OFFICER
    services.declare_relation(agency, kind=shared, other=other, on=DAY, source="承诺书", actor=None)
    for wrong in ({"other": other}, {"other": agency}, {}, {"other": other, "count": 1}):
        with pytest.raises(Refusal):
            services.declare_relation(agency, kind=shared, on=DAY, source="承诺书", actor=None, **wrong)  # type: ignore[arg-type]  # each is one mistake
    assert RelatedParty.objects.count() == 1


def test_it_takes_two_queries_however_many_ties_there_are(agency: Organization, here: District) -> None:
    counts = []
    for start, number in ((0, 1), (1, 30)):
        for index in range(start, number):
            other = make_organization(here.street, f"单位{index}", address="清河路8号201室")
            services.declare_relation(
                agency, kind=RelationKind.SHARED_OFFICER, other=other, on=DAY, source="承诺书", actor=None
            )
        with CaptureQueriesContext(
            connection,
        ) as told:
            found = queries.related_to(agency, DAY)
        counts.append((len(found), len(told)))
    assert counts == [(2, 2), (60, 2)]


def test_an_agency_coaches_a_team_for_a_time(here: District) -> None:
    agency, team = make_agency(here.street), make_organization(here.community, "书画队")
    row = services.coach(team, agency=agency, valid_from=DAY, source="督导协议", actor=None)
    services.end_coaching(row, on=DAY + 3 * ONE, reason="协议到期", actor=None)
    days = (DAY - ONE, DAY, DAY + 2 * ONE, DAY + 3 * ONE)
    assert [len(queries.coached_by(team, day)) for day in days] == [0, 1, 1, 0]
    assert [one.organization for one in queries.coachings_of(agency, DAY)] == [team]
    with pytest.raises(Conflict):
        services.end_coaching(row, on=DAY + 9 * ONE, reason="再次结束", actor=None)


def test_only_an_agency_coaches_and_nobody_twice_at_a_time(here: District, agency: Organization) -> None:
    coach, team = make_agency(here.street), make_organization(here.community, "书画队")
    services.coach(team, agency=coach, valid_from=DAY, valid_to=DAY + 9 * ONE, source="协议", actor=None)
    for wrong, first in ((agency, DAY), (coach, DAY + 8 * ONE), (coach, FIRST_DAY)):
        with pytest.raises(Refusal):
            services.coach(team, agency=wrong, valid_from=first, source="协议", actor=None)
    services.coach(team, agency=coach, valid_from=DAY + 9 * ONE, source="续签", actor=None)
    assert Coaching.objects.count() == 2
