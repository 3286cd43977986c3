"""The tree of party organizations: what stands under what, its history, no loops, what it covers."""

from datetime import date, timedelta
from typing import Any

import pytest

from linli.apps.organizations import queries, services
from linli.apps.organizations.models import (
    InstructorAssignment,
    MemberCount,
    Organization,
    PartyCover,
    PartyKind,
    PartyOrganization,
    PartyStatus,
)
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.organizations.tests.party_factories import SOURCE, count, make_party, make_units
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

ONE = timedelta(days=1)
CHANGE = date(2026, 3, 1)


@pytest.fixture
def here() -> District:
    return make_district()


def test_a_general_branch_of_2010_became_a_committee_in_2021_with_six_branches(here: District) -> None:
    founded, changed = date(2010, 7, 1), date(2021, 7, 1)
    party = make_party(here.community, "槐荫社区党总支", PartyKind.GENERAL_BRANCH, valid_from=founded)
    services.change_party(party, on=changed, name="槐荫社区党委", kind="committee", source=SOURCE, actor=None)
    for number in range(1, 7):
        make_party(here.community, f"第{number}党支部", PartyKind.BRANCH, parent=party, valid_from=changed)
    days = (founded - ONE, founded, changed - ONE, changed)
    told = [queries.party_status_on(party, day) for day in days]
    assert [str(one) if one else "" for one in told] == [
        "",
        "槐荫社区党总支（党总支）",
        "槐荫社区党总支（党总支）",
        "槐荫社区党委（党委）",
    ]
    assert (party.children.count(), [one.name for one in queries.party_statuses(party)]) == (
        6,
        ["槐荫社区党委", "槐荫社区党总支"],
    )


@pytest.mark.parametrize(
    ("kind", "above", "allowed"),
    [
        (PartyKind.BRANCH, PartyKind.COMMITTEE, True),
        (PartyKind.BRANCH, PartyKind.GENERAL_BRANCH, True),
        (PartyKind.JOINT_BRANCH, PartyKind.AREA_COMMITTEE, True),
        (PartyKind.PROPERTY_ALLIANCE_BRANCH, PartyKind.COMMITTEE, True),
        (PartyKind.COMMITTEE, PartyKind.AREA_COMMITTEE, True),
        (PartyKind.GROUP, PartyKind.BRANCH, True),
        (PartyKind.GROUP, PartyKind.COMMITTEE, False),
        (PartyKind.GROUP, None, False),
        (PartyKind.BRANCH, PartyKind.BRANCH, False),
        (PartyKind.COMMITTEE, PartyKind.GENERAL_BRANCH, False),
    ],
)
def test_each_kind_stands_only_where_it_may(
    here: District, kind: PartyKind, above: PartyKind | None, allowed: bool
) -> None:
    parent = make_party(here.street, "上级", above) if above else None
    if allowed:
        assert make_party(here.community, "下级", kind, parent=parent).parent == parent
        return
    with pytest.raises(Refusal):
        make_party(here.community, "下级", kind, parent=parent)
    assert PartyOrganization.objects.count() == (above is not None)


def test_a_loop_is_refused_and_leaves_no_trace(here: District) -> None:
    top = make_party(here.street, "街道党委")
    middle = make_party(here.community, "社区党委", parent=top)
    low = make_party(here.grid, "园区党委", parent=middle)
    audits = AuditRow.objects.count()
    for parent in (low, middle, top):
        with pytest.raises(Refusal):
            services.change_party(top, on=CHANGE, parent=parent, source=SOURCE, actor=None)
    top.refresh_from_db()
    assert (top.parent, PartyStatus.objects.count(), AuditRow.objects.count()) == (None, 3, audits)


@pytest.mark.parametrize(
    "change",
    [
        {"on": CHANGE},
        {"on": FIRST_DAY, "name": "新名"},
        {"on": date(2199, 1, 1), "name": "新名"},
        {"on": CHANGE, "kind": "branch"},
        {"on": CHANGE, "kind": "league"},
        {"on": CHANGE, "name": "新名", "source": " "},
    ],
    ids=["nothing", "same-day", "ahead", "children", "unknown", "source"],
)
def test_a_change_that_cannot_be_is_refused(here: District, change: dict[str, Any]) -> None:
    party = make_party(here.community)
    make_party(here.community, "支部", PartyKind.BRANCH, parent=party)
    with pytest.raises(Refusal):
        services.change_party(party, **{"source": SOURCE, "actor": None, **change})
    party.refresh_from_db()
    assert (party.name, party.kind, party.statuses.count()) == ("槐荫社区党委", "committee", 1)


def test_the_tree_of_a_day_stands_as_it_did_then(here: District) -> None:
    top, other = make_party(here.street, "街道党委"), make_party(here.street, "片区联合党委", PartyKind.AREA_COMMITTEE)
    party = make_party(here.community, parent=top)
    branch = make_party(here.community, "物业联盟党支部", PartyKind.PROPERTY_ALLIANCE_BRANCH, parent=party)
    services.change_party(party, on=CHANGE, parent=other, source=SOURCE, actor=None)
    officer = make_user(Role.STREET_OFFICER, here.street)

    def told(day: date) -> list[tuple[str, int]]:
        return [(status.name, depth) for status, depth in queries.tree_on(day, officer)]

    before = [("街道党委", 0), (party.name, 1), (branch.name, 2), ("片区联合党委", 0)]
    after = [("街道党委", 0), ("片区联合党委", 0), (party.name, 1), (branch.name, 2)]
    assert [told(FIRST_DAY - ONE), told(CHANGE - ONE), told(CHANGE)] == [[], before, after]


def test_it_ends_once_its_children_are_gone_and_takes_its_covers_along(here: District) -> None:
    party = make_party(here.community, "楼宇联合党支部", PartyKind.JOINT_BRANCH)
    group = make_party(here.community, "第一党小组", PartyKind.GROUP, parent=party)
    services.cover_by_party(party, make_organization(here.community), on=FIRST_DAY, actor=None)
    with pytest.raises(Refusal):
        services.end_party(party, on=CHANGE, reason="撤销", actor=None)
    services.end_party(group, on=CHANGE, reason="撤销", actor=None)
    services.end_party(party, on=CHANGE, reason="撤销", actor=None)
    ends = [
        set(rows.objects.values_list("valid_to", flat=True)) for rows in (PartyOrganization, PartyStatus, PartyCover)
    ]
    assert ends == [{CHANGE}] * 3
    with pytest.raises(Conflict):
        services.end_party(party, on=CHANGE, reason="撤销", actor=None)


def test_a_unit_belongs_to_one_joint_branch_at_a_time(here: District) -> None:
    unit = make_organization(here.community)
    one, two = (make_party(here.community, name, PartyKind.JOINT_BRANCH) for name in ("甲联合支部", "乙联合支部"))
    branch = make_party(here.community, "丙支部", PartyKind.BRANCH)
    for party in (branch, one):
        if party is branch:
            with pytest.raises(Refusal):
                services.cover_by_party(party, unit, on=FIRST_DAY, actor=None)
        else:
            cover = services.cover_by_party(party, unit, on=FIRST_DAY, actor=None)
    with pytest.raises(Refusal):
        services.cover_by_party(two, unit, on=CHANGE, actor=None)
    services.end_cover(cover, on=CHANGE, reason="调整", actor=None)
    services.cover_by_party(two, unit, on=CHANGE, actor=None)
    days = (CHANGE - ONE, CHANGE)
    assert [[party.name for party in queries.parties_of(unit, day)] for day in days] == [["甲联合支部"], ["乙联合支部"]]


def notices(party: PartyOrganization, on: date = CHANGE) -> list[tuple[str, str, str]]:
    values = queries.figures(party)
    covers = queries.covers_of(party, on)
    counted = queries.members(queries.latest_counts([party], on).get(party.pk, {})) or 0
    found = queries.notices_about(party, on, covers=covers, members=counted, values=values)
    return [(str(one.words), one.source, one.grade) for one in found]


def test_a_sixth_unit_of_a_joint_branch_is_told_with_source_and_grade(here: District) -> None:
    party = make_party(here.community, "楼宇联合党支部", PartyKind.JOINT_BRANCH)
    told = []
    for unit in make_units(here.community, 6):
        services.cover_by_party(party, unit, on=FIRST_DAY, actor=None)
        told.append(notices(party))
    sentence = "现覆盖6家单位；联合党支部一般不超过5家。"
    assert told == [[]] * 5 + [[(sentence, "《中国共产党支部工作条例（试行）》（转引）", "B")]]


def test_the_fifty_first_member_of_a_branch_is_told(here: District) -> None:
    party = make_party(here.community, "第一党支部", PartyKind.BRANCH)
    count(party, full=48, probationary=2)
    before = notices(party)
    count(party, CHANGE, full=48, probationary=3)
    assert (before, notices(party, CHANGE - ONE), [one[0] for one in notices(party)]) == (
        [],
        [],
        ["现有党员51人；党支部一般不超过50人。"],
    )


@pytest.mark.parametrize(("of_unit", "years"), [(False, 5), (True, 3)])
def test_terms_are_five_years_in_communities_and_three_elsewhere(here: District, of_unit: bool, years: int) -> None:
    unit = make_organization(here.community) if of_unit else None
    party = make_party(here.community, "第一党支部", PartyKind.BRANCH, organization=unit, valid_from=date(2015, 1, 1))
    services.elect(party, on=date(2018, 2, 28), actor=None)
    ends = date(2018 + years, 2, 28)
    told = [[words for words, _source, _grade in notices(party, day)] for day in (ends - ONE, ends, ends + ONE)]
    assert told == [[], *[[f"任期已于{ends}届满。"]] * 2]


def test_a_grid_has_a_branch_and_a_group_there_is_told_as_unusual(here: District) -> None:
    branch = make_party(here.community, "第一网格党支部", PartyKind.BRANCH)
    group = make_party(here.community, "第一党小组", PartyKind.GROUP, parent=branch)
    for party in (branch, group):
        services.cover_by_party(party, here.grid, on=FIRST_DAY, actor=None)
    assert (notices(branch), [(one[0], one[2]) for one in notices(group)]) == (
        [],
        [("“第一网格”通常建党支部。", "本地")],
    )


@pytest.mark.parametrize(
    ("role", "at", "allowed"),
    [
        (Role.STREET_OFFICER, "street", True),
        (Role.COMMUNITY_SECRETARY, "community", True),
        (Role.COMMUNITY_SECRETARY, "other_community", False),
        (Role.STREET_OFFICER, "neighbour_street", False),
        (Role.COMMUNITY_WORKER, "community", False),
        (Role.AUDIT_ADMINISTRATOR, "district", False),
    ],
)
def test_who_keeps_party_organizations(here: District, role: Role, at: str, allowed: bool) -> None:
    actor = make_user(role, getattr(here, at))
    party, unit = make_party(here.community, "联合党支部", PartyKind.JOINT_BRANCH), make_organization(here.community)
    verbs = (
        lambda: make_party(here.community, "新支部", PartyKind.BRANCH, actor=actor),
        lambda: services.change_party(party, on=CHANGE, name="改名支部", source=SOURCE, actor=actor),
        lambda: services.elect(party, on=CHANGE, actor=actor),
        lambda: services.cover_by_party(party, unit, on=CHANGE, actor=actor),
        lambda: services.assign_instructor(unit, on=CHANGE, source=SOURCE, actor=actor),
        lambda: services.count_members(party, counts={"full": 3}, as_of=CHANGE, source="统计", actor=actor),
        lambda: services.end_cover(PartyCover.objects.get(), on=CHANGE + ONE, reason="调整", actor=actor),
        lambda: services.end_party(party, on=CHANGE + ONE, reason="撤销", actor=actor),
    )
    if not allowed:
        services.cover_by_party(party, unit, on=FIRST_DAY, actor=None)
    for verb in verbs:
        if allowed:
            verb()
        else:
            with pytest.raises(NotAllowed):
                verb()
    tables = (PartyOrganization, PartyStatus, PartyCover, InstructorAssignment, MemberCount, Organization)
    assert [rows.objects.count() for rows in tables] == ([2, 3, 1, 1, 1, 1] if allowed else [1, 1, 1, 0, 0, 1])


def test_what_is_seen_follows_the_posts(here: District) -> None:
    for place in (here.community, here.neighbour_community):
        count(make_party(place, "第一党支部", PartyKind.BRANCH), full=3)
        count(place, reported=600)
    officer = make_user(Role.STREET_OFFICER, here.street)
    assert [party.place for party in queries.parties_visible_to(officer)] == [here.community]
    assert sorted(row.count for row in queries.counts_visible_to(officer)) == [3, 600]
    assert (list(queries.parties_visible_to(None)), list(queries.counts_visible_to(None))) == ([], [])
