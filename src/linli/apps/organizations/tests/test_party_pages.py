"""The pages of party organizations: what stands on them for whom, at a literal count of queries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.apps.organizations import services
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
from linli.apps.organizations.tests.party_factories import SOURCE, count, make_party
from linli.apps.organizations.tests.test_pages import client_of
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> Client:
    return client_of(make_user(Role.STREET_OFFICER, here.street))


def full(here: District, number: int, party: PartyOrganization) -> None:
    """A joint branch with a unit and numbers, under ``party``; a unit with its own; one with an instructor."""
    joint = make_party(here.community, f"联合支部{number}", PartyKind.JOINT_BRANCH, parent=party)
    own, joined, sent = (make_organization(here.community, f"{name}{number}") for name in ("甲", "乙", "丙"))
    make_party(here.community, f"甲{number}支部", PartyKind.BRANCH, organization=own, parent=party)
    services.cover_by_party(joint, joined, on=FIRST_DAY, actor=None)
    services.assign_instructor(sent, on=FIRST_DAY, source=SOURCE, actor=None)
    for holder in (joint, own, joined, sent):
        count(holder, full=2, probationary=1)
    count(joint, DAY, full=3)


def crowd(here: District, party: PartyOrganization, number: int) -> None:
    """So many more of the same, written at once."""
    names = [f"丁{index}" for index in range(number)]
    at: dict[str, Any] = {"place": here.community, "valid_from": FIRST_DAY}
    numbers: dict[str, Any] = {"kind": "full", "count": 2, "as_of": DAY, "source": "统计"}
    units = [Organization(name=name, kind="social_organization", **at) for name in names]
    joints = [
        PartyOrganization(name=f"{name}联合支部", kind=PartyKind.JOINT_BRANCH, parent=party, **at) for name in names
    ]
    pairs = list(zip(joints, units, strict=True))
    of = [holder for joint, unit in pairs for holder in ({"party": joint}, {"organization": unit})]
    past: dict[str, Any] = {"kind": PartyKind.JOINT_BRANCH, "parent": party, "valid_from": FIRST_DAY, "source": SOURCE}
    Organization.objects.bulk_create(units)
    PartyOrganization.objects.bulk_create(joints)
    PartyStatus.objects.bulk_create([PartyStatus(party=one, name=one.name, **past) for one in joints])
    covers = [PartyCover(party=joint, organization=unit, valid_from=FIRST_DAY) for joint, unit in pairs]
    PartyCover.objects.bulk_create(covers)
    MemberCount.objects.bulk_create([MemberCount(**holder, **numbers) for holder in of])


def test_lists_and_pages_ask_as_often_for_one_row_as_for_thirty(here: District, officer: Client) -> None:
    party = make_party(here.community)
    full(here, 0, party)
    joint = PartyOrganization.objects.get(name="联合支部0")
    unit = joint.covers.get().organization
    assert unit is not None
    count(here.community, reported=605)
    addresses = (
        "/desk/party/",
        "/desk/party/tree/",
        "/desk/party/coverage/",
        "/desk/party/coverage/?on=2026-03-01&against=2026-01-01&by=kind&kinds=social_organization",
        "/desk/party/coverage/rows/?on=2026-03-01&kinds=social_organization&form=own",
        f"/desk/party/{party.pk}/",
        f"/desk/party/units/{unit.pk}/",
        f"/desk/party/places/{here.community.pk}/",
        f"/communities/{here.community.pk}/",
    )

    def counted() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as told:
                assert officer.get(address).status_code == 200
            found.append(len(told))
        return found

    counted()  # what a process asks once, such as the keys
    once = counted()
    crowd(here, party, 29)
    assert (once, counted()) == ([7, 4, 6, 9, 6, 14, 10, 8, 15],) * 2


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_one_tells_history_numbers_covers_and_what_stands_under_it(here: District, officer: Client) -> None:
    party = make_party(here.community, "槐荫社区党总支", PartyKind.GENERAL_BRANCH, valid_from=date(2010, 7, 1))
    services.change_party(party, on=date(2021, 7, 1), name="槐荫社区党委", kind="committee", source=SOURCE, actor=None)
    branch = make_party(here.community, "第一网格党支部", PartyKind.BRANCH, parent=party)
    services.cover_by_party(branch, here.grid, on=DAY, actor=None)
    services.elect(branch, on=DAY, actor=None)
    count(branch, DAY, full=51, probationary=2)
    text = text_of(officer, f"/desk/party/{party.pk}/")
    wanted = ("槐荫社区党总支", "2010年7月1日 – 2021年7月1日", "2021年7月1日 – 至今", "第一网格党支部", "53名党员")
    assert [word for word in wanted if word not in text] == []
    text = text_of(officer, f"/desk/party/{branch.pk}/")
    wanted = ("第一网格", "2031年3月1日", "现有党员53人", "支部工作条例", '<td class="num">51</td>', "半年党内统计")
    assert [word for word in wanted if word not in text.replace('data-label="正式党员" ', "")] == []


def test_the_tree_is_shown_as_it_stood_on_a_day(here: District, officer: Client) -> None:
    make_party(here.community, "甲党委")
    make_party(here.community, "乙党委", valid_from=DAY)
    told = [
        [node["status"].name for node in officer.get(f"/desk/party/tree/?on={on}").context["nodes"]]
        for on in ("2026-02-28", "2026-03-01", "nonsense")
    ]
    assert told == [["甲党委"], ["乙党委", "甲党委"], ["乙党委", "甲党委"]]


def test_each_number_of_coverage_opens_its_rows(here: District, officer: Client) -> None:
    party = make_party(here.community)
    full(here, 0, party)
    make_organization(here.community, "丁0")
    query = "on=2026-03-01&kinds=social_organization&by=place"
    page = officer.get(f"/desk/party/coverage/?{query}")
    line = page.context["lines"][0]
    told = {}
    for form, number in line["coverage"].cells:
        rows = officer.get(f"/desk/party/coverage/rows/?{line['query']}&form={form}").context["rows"]
        told[form] = (number, [row["organization"].name for row in rows])
    assert told == {"own": (1, ["甲0"]), "joint": (1, ["乙0"]), "instructor": (1, ["丙0"]), "none": (1, ["丁0"])}
    text = page.content.decode()
    assert ("50.0%" in text, "75.0%" in text, f"{line['query'].replace('&', '&amp;')}&amp;form=own" in text) == (
        True,
        True,
        True,
    )


def test_the_page_of_a_unit_suggests_and_says_where_practice_differs(here: District, officer: Client) -> None:
    unit, near = make_organization(here.community, "甲社"), make_organization(here.community, "乙社")
    empty = text_of(officer, f"/desk/party/units/{unit.pk}/")
    count(unit, full=2, probationary=1)
    count(near, full=1)
    text = text_of(officer, f"/desk/party/units/{unit.pk}/")
    wanted = ("成立联合党支部", "支部工作条例", "单独建立党支部", "乙社", "未覆盖")
    assert ("先登记正式党员人数" in empty, [word for word in wanted if word not in text]) == (True, [])
    assert (PartyOrganization.objects.count(), PartyCover.objects.count()) == (0, 0)


def test_the_neighbours_read_numbers_of_the_communitys_own_with_source_and_day(here: District) -> None:
    unit = make_organization(here.community, "小公司")
    own = make_party(here.community, "小公司党支部", PartyKind.BRANCH, organization=unit)
    party = make_party(here.community)
    for holder in (own, party):
        count(holder, DAY, full=3, probationary=1)
    count(here.community, DAY, reported=605)
    text = text_of(client_of(None), f"/communities/{here.community.pk}/")
    wanted = ("槐荫社区党委", "4名党员", "2026年3月1日 · 半年党内统计", "在职党员报到", "605")
    assert ([word for word in wanted if word not in text], "小公司党支部" in text) == ([], False)


CHANGES: list[tuple[str, dict[str, str], Callable[[PartyOrganization], Any], Any]] = [
    (
        "change",
        {"name": "改名党委", "kind": "committee", "on": "2026-03-01", "source": "批复"},
        lambda party: [one.name for one in party.statuses.all()],
        ["联合支部", "改名党委"],
    ),
    (
        "move",
        {"parent": "槐荫社区党委", "on": "2026-03-01", "source": "批复"},
        lambda party: str(party.parent),
        "槐荫社区党委",
    ),
    ("elect", {"on": "2026-03-01"}, lambda party: party.elected_on, DAY),
    ("unit", {"what": "甲社", "on": "2026-03-01"}, lambda party: [str(one) for one in party.covers.all()], ["甲社"]),
    (
        "space",
        {"what": "grid:{grid}", "on": "2026-03-01"},
        lambda party: [str(one) for one in party.covers.all()],
        ["第一网格"],
    ),
    ("end", {"on": "2026-03-01", "reason": "撤销"}, lambda party: party.valid_to, DAY),
]


@pytest.mark.parametrize(("verb", "sent", "read", "expected"), CHANGES, ids=[verb for verb, *_rest in CHANGES])
def test_a_form_does_what_its_page_says(
    here: District,
    officer: Client,
    verb: str,
    sent: dict[str, str],
    read: Callable[[PartyOrganization], Any],
    expected: Any,
) -> None:
    make_party(here.community)
    make_organization(here.community, "甲社")
    party = make_party(here.community, "联合支部", PartyKind.JOINT_BRANCH)
    door = f"/desk/party/{party.pk}/change/{verb}/"
    page = officer.get(door)
    answer = officer.post(door, {name: value.format(grid=here.grid.pk) for name, value in sent.items()})
    party.refresh_from_db()
    assert (page.status_code, answer.status_code, read(party)) == (200, 302, expected)


def test_a_loop_is_told_beside_the_field_and_keeps_what_was_typed(here: District, officer: Client) -> None:
    top = make_party(here.street, "街道党委")
    make_party(here.community, parent=top)
    sent = {"parent": "槐荫社区党委", "on": "2026-03-01", "source": "批复文件"}
    answer = officer.post(f"/desk/party/{top.pk}/change/move/", sent)
    text = answer.content.decode()
    assert (answer.status_code, "不能作为上级" in text, 'value="批复文件"' in text) == (422, True, True)


def test_a_secretary_enters_a_branch_and_its_numbers(here: District) -> None:
    secretary = client_of(make_user(Role.COMMUNITY_SECRETARY, here.community))
    make_party(here.street, "街道党委")
    sent = {
        "name": "槐荫社区党委", "kind": "committee", "place": str(here.community.pk), "parent": "街道党委",
        "valid_from": "2026-02-01", "source": "批复",
    }  # fmt: skip
    assert secretary.post("/desk/party/new/", sent).status_code == 302
    party = PartyOrganization.objects.get(name="槐荫社区党委")
    counts = {"as_of": "2026-03-01", "full": "40", "probationary": "2", "source": "统计"}
    assert secretary.post(f"/desk/party/counts/party/{party.pk}/", counts).status_code == 302
    assert [(row.kind, row.count) for row in MemberCount.objects.order_by("kind")] == [
        ("full", 40),
        ("probationary", 2),
    ]


def test_units_and_places_are_counted_and_an_instructor_is_sent_and_called_back(
    here: District, officer: Client
) -> None:
    unit = make_organization(here.community)
    counts = {"as_of": "2026-03-01", "full": "0", "reported": "605", "source": "统计"}
    doors = (f"unit/{unit.pk}/", f"place/{here.community.pk}/")
    answers = [officer.post(f"/desk/party/counts/{door}", counts).status_code for door in doors]
    sent = {"on": "2026-03-01", "source": "派驻通知"}
    answers.append(officer.post(f"/desk/party/units/{unit.pk}/instructor/", sent).status_code)
    row = InstructorAssignment.objects.get()
    ended = {"on": "2026-04-01", "reason": "已成立党支部"}
    answers.append(officer.post(f"/desk/party/rows/instructor/{row.pk}/end/", ended).status_code)
    row.refresh_from_db()
    assert (answers, MemberCount.objects.count(), row.valid_to) == ([302] * 4, 4, date(2026, 4, 1))


@pytest.mark.parametrize(
    "door",
    ["/desk/party/{pk}/change/burn/", "/desk/party/counts/street/{pk}/", "/desk/party/rows/party/{pk}/end/"],
)
def test_an_unknown_verb_is_not_found(here: District, officer: Client, door: str) -> None:
    party = make_party(here.community)
    assert officer.get(door.format(pk=party.pk)).status_code == 404
