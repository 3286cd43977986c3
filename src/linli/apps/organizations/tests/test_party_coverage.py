"""Coverage two ways on any day, by form and place; the form that fits so many full members."""

from datetime import date, timedelta

import pytest

from linli.apps.organizations import queries, services
from linli.apps.organizations.models import Organization, OrganizationKind, PartyKind, PartyOrganization
from linli.apps.organizations.rubric import advise
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.organizations.tests.party_factories import SOURCE, count, make_party, make_units
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district

ONE = timedelta(days=1)
DAY = date(2026, 6, 30)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.mark.django_db
def test_nine_own_branches_four_in_joint_branches_six_with_instructors(here: District) -> None:
    """D08, D02: 9 / 4 / 6 of 19; by organization 13 of 19, by work all."""
    units = make_units(here.community, 19)
    for unit in units[:9]:
        make_party(here.community, f"{unit.name}党支部", PartyKind.BRANCH, organization=unit, valid_from=DAY)
    joint = make_party(here.community, "联合党支部", PartyKind.JOINT_BRANCH, valid_from=DAY)
    for unit in units[9:13]:
        services.cover_by_party(joint, unit, on=DAY, actor=None)
    for unit in units[13:]:
        services.assign_instructor(unit, on=DAY, source=SOURCE, actor=None)
    before, after = (queries.coverage(day, Organization.objects.all()) for day in (DAY - ONE, DAY))
    assert [[number for _form, number in one.cells] for one in (before, after)] == [[0, 0, 0, 19], [9, 4, 6, 0]]
    assert [(one.organization_rate, one.work_rate) for one in (before, after)] == [(0.0, 0.0), (68.4, 100.0)]


@pytest.mark.django_db
def test_organization_coverage_rose_from_under_ten_to_fifty_percent(here: District) -> None:
    """D01: one of twelve, then six of twelve."""
    later = date(2026, 9, 30)
    for number, unit in enumerate(make_units(here.street, 12)):
        if number < 6:
            first = FIRST_DAY if number == 0 else later
            make_party(here.street, f"{unit.name}党支部", PartyKind.BRANCH, organization=unit, valid_from=first)
    rates = [queries.coverage(day, Organization.objects.all()).organization_rate for day in (DAY, later - ONE, later)]
    assert rates == [8.3, 8.3, 50.0]


@pytest.mark.django_db
def test_what_ended_covers_no_more_and_what_is_gone_is_not_counted(here: District) -> None:
    own, joined, sent = make_units(here.community, 3)
    party = make_party(here.community, "甲支部", PartyKind.BRANCH, organization=own)
    joint = make_party(here.community, "联合支部", PartyKind.JOINT_BRANCH)
    cover = services.cover_by_party(joint, joined, on=FIRST_DAY, actor=None)
    row = services.assign_instructor(sent, on=FIRST_DAY, source=SOURCE, actor=None)
    services.end_party(party, on=DAY, reason="撤销", actor=None)
    services.end_cover(cover, on=DAY, reason="调整", actor=None)
    services.end_instructor(row, on=DAY, reason="期满", actor=None)
    services.end(sent, on=DAY + ONE, reason="注销", actor=None)
    days = (FIRST_DAY - ONE, FIRST_DAY, DAY - ONE, DAY, DAY + ONE)
    told = [[number for _form, number in queries.coverage(day, Organization.objects.all()).cells] for day in days]
    assert told == [[0, 0, 0, 0], [1, 1, 1, 0], [1, 1, 1, 0], [0, 0, 0, 3], [0, 0, 0, 2]]
    assert queries.coverage(days[0], Organization.objects.all()).organization_rate is None


@pytest.mark.django_db
def test_each_number_opens_its_rows_by_street_place_and_kind(here: District) -> None:
    made: list[tuple[Place, OrganizationKind, bool]] = [
        (here.community, OrganizationKind.ENTERPRISE, True),
        (here.community, OrganizationKind.SOCIAL_ORGANIZATION, False),
        (here.other_community, OrganizationKind.ENTERPRISE, False),
        (here.neighbour_community, OrganizationKind.ENTERPRISE, True),
    ]
    for number, (place, kind, covered) in enumerate(made):
        unit = make_organization(place, f"单位{number}", kind)
        if covered:
            make_party(place, f"支部{number}", PartyKind.BRANCH, organization=unit)
    told = {
        by: [
            (str(one.title), one.organized, one.total)
            for one in queries.coverage_by(by, DAY, Organization.objects.all())
        ]
        for by in ("street", "place", "kind")
    }
    assert told == {
        "street": [("清河里街道", 1, 3), ("望桥街道", 1, 1)],
        "place": [("槐荫社区", 1, 2), ("南里社区", 0, 1), ("桥头社区", 1, 1)],
        "kind": [("企业", 2, 3), ("社会组织", 0, 1)],
    }
    rows = queries.with_form(DAY, Organization.objects.filter(place=here.community)).order_by("name")
    assert [(row.name, row.form) for row in rows] == [("单位0", "own"), ("单位1", "none")]


@pytest.mark.django_db
def test_grids_with_a_branch_or_group_are_counted(here: District) -> None:
    def told(day: date) -> tuple[int, int]:
        found = queries.grids_covered(day, Place.objects.all())
        return found.covered, found.total

    branch = make_party(here.community, "第一网格党支部", PartyKind.BRANCH)
    services.cover_by_party(branch, here.grid, on=DAY, actor=None)
    assert [told(FIRST_DAY - ONE), told(DAY - ONE), told(DAY)] == [(0, 0), (0, 1), (1, 1)]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("full", "probationary", "form", "lead", "practice"),
    [
        (0, 0, "instructor", None, None),
        (0, 2, "instructor", None, "joint"),
        (1, 0, "joint", None, None),
        (2, 0, "joint", None, None),
        (2, 1, "joint", None, "own"),
        (3, 0, "own", "secretary", None),
        (6, 3, "own", "secretary", None),
        (7, 0, "own", "committee", None),
    ],
)
def test_full_members_decide_the_form_and_practice_is_told_where_it_differs(
    full: int, probationary: int, form: str, lead: str | None, practice: str | None
) -> None:
    found = advise({"full": full, "probationary": probationary})
    assert (found.form.form, found.lead and found.lead.form, found.practice and found.practice.form) == (
        form,
        lead,
        practice,
    )
    assert (found.grade, found.practice_grade, bool(found.source), bool(found.practice_source)) == (
        "B",
        "本地",
        True,
        True,
    )


@pytest.mark.django_db
def test_advice_is_given_once_full_members_were_counted_and_makes_nothing(here: District) -> None:
    unit = make_organization(here.community)

    def told(day: date) -> str | None:
        found = queries.advice_for(queries.with_members(Organization.objects.all(), day).get(pk=unit.pk))
        return found.form.form if found else None

    count(unit, DAY, full=3, probationary=1)
    assert ([told(DAY - ONE), told(DAY)], PartyOrganization.objects.count()) == ([None, "own"], 0)


@pytest.mark.django_db
def test_units_of_one_or_two_and_branches_with_room_nearby_are_offered(here: District) -> None:
    unit, near, alone, large, *others = make_units(here.community, 9)
    far = make_organization(here.other_community, "远处单位")
    for one, full in ((unit, 1), (near, 2), (alone, 0), (large, 3), (far, 1)):
        count(one, full=full)
    full_branch, free_branch = (
        make_party(here.community, name, PartyKind.JOINT_BRANCH) for name in ("满员联合支部", "有空联合支部")
    )
    for one in others:
        services.cover_by_party(full_branch, one, on=FIRST_DAY, actor=None)
    found = queries.joint_candidates(unit, DAY, most_units=5)
    assert (found.branches, found.units) == ([free_branch], [near])
