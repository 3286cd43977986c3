"""The pages of organizations: what stands on them for whom, at a literal count of queries."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.apps.organizations import services
from linli.apps.organizations.models import Honour, HonourLevel, Organization, OrganizationKind, RelationKind, Standing
from linli.apps.organizations.tests.factories import make_agency, make_facility, make_organization, make_standing
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


def client_of(user: User | None) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> Client:
    return client_of(make_user(Role.STREET_OFFICER, here.street))


def full(here: District, number: int) -> Organization:
    """An organization with something of everything."""
    row = make_organization(here.community, f"服务社{number}", address="清河路8号", is_public=True, about="陪伴老人。")
    make_standing(row)
    services.set_legal_person(row, name="张晓明", on=DAY, source="登记证书", actor=None)
    services.rename(row, name=f"服务中心{number}", on=DAY, actor=None)
    services.add_honour(
        organization=row, title="示范组织", level=HonourLevel.CITY, year=2025, given_by="市民政局", actor=None
    )
    services.tick(row, checklist="six_haves", item="venue", on=DAY, link="https://example.cn/a", actor=None)
    make_facility(here.community, f"服务站{number}", operator=row)
    services.sign_partnership(
        place=here.street, kind="other", organization=row, subject="合作", valid_from=DAY, actor=None
    )
    services.declare_relation(row, kind=RelationKind.STAFF_FAMILY, count=1, on=DAY, source="承诺书", actor=None)
    services.coach(row, agency=make_agency(here.street, f"支持中心{number}"), valid_from=DAY, source="协议", actor=None)
    return row


def test_lists_and_pages_ask_as_often_for_one_row_as_for_thirty(here: District, officer: Client) -> None:
    first = full(here, 0)
    addresses = (
        "/desk/organizations/",
        "/desk/honours/",
        "/desk/facilities/",
        "/desk/partners/",
        f"/desk/organizations/{first.pk}/",
        f"/desk/organizations/{first.pk}/checklists/",
        f"/organizations/{first.pk}/",
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
    for number in range(1, 30):
        full(here, number)
    assert (once, counted()) == ([7, 5, 6, 5, 21, 7, 7, 15],) * 2


def test_the_page_tells_all_but_the_name_in_law(here: District, officer: Client) -> None:
    row = full(here, 0)
    text = officer.get(f"/desk/organizations/{row.pk}/").content.decode()
    wanted = (
        "服务中心0", "服务社0", "社会组织评估等级", "3A", "示范组织", "工作人员亲属", "支持中心0", "1/6", "服务站0",
        "张*", "登记了资格", "为组织更名",
    )  # fmt: skip
    assert ([word for word in wanted if word not in text], "晓明" in text) == ([], False)


def test_the_neighbours_read_what_is_public_and_no_persons_name(here: District) -> None:
    row = full(here, 0)
    hidden = make_organization(here.community, "内部单位")
    stranger = client_of(None)
    text = stranger.get(f"/organizations/{row.pk}/").content.decode()
    wanted = ("服务中心0", "陪伴老人。", "社会组织评估等级", "3A", "示范组织", "服务站0")
    unwanted = ("张", "工作人员亲属", "支持中心0", "承诺书")
    assert ([word for word in wanted if word not in text], [word for word in unwanted if word in text]) == ([], [])
    assert stranger.get(f"/organizations/{hidden.pk}/").status_code == 404
    community = stranger.get(f"/communities/{here.community.pk}/").content.decode()
    assert ("服务中心0" in community, "服务站0" in community, "内部单位" in community) == (True, True, False)


def test_an_organization_that_ended_is_public_no_more(here: District) -> None:
    row = full(here, 0)
    services.end(row, on=date(2026, 4, 1), reason="注销登记", actor=None)
    assert client_of(None).get(f"/organizations/{row.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("?kind=resident_team", ["晨练队"]),
        ("?standing=social_grade", ["甲社"]),
        ("?status=suspended", ["乙社"]),
        ("?place={community}", ["晨练队"]),
        ("?place={other_community}", []),
    ],
)
def test_the_list_is_cut_by_kind_standing_status_and_place(
    here: District, officer: Client, asked: str, names: list[str]
) -> None:
    make_standing(make_organization(here.street, "甲社"))
    services.suspend(make_organization(here.street, "乙社"), on=DAY, reason="装修", actor=None)
    make_organization(here.community, "晨练队", OrganizationKind.RESIDENT_TEAM)
    asked = asked.format(community=here.community.pk, other_community=here.other_community.pk)
    page = officer.get(f"/desk/organizations/{asked}").context["page"]
    assert [row.name for row in page.rows] == names


@pytest.mark.parametrize(("asked", "titles"), [("", 3), ("soon", 1), ("past", 1), ("counting", 2)])
def test_the_list_of_honours_shows_those_that_expire_soon(
    here: District, officer: Client, asked: str, titles: int
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    today = timezone.localdate()
    for title, last in (("快到期", today + timedelta(days=90)), ("已到期", today), ("长期", None)):
        services.add_honour(
            place=here.community, title=title, level=HonourLevel.CITY, year=today.year, given_by="市", actor=None
        )
        Honour.objects.filter(title=title).update(valid_to=last)
    page = officer.get(f"/desk/honours/?validity={asked}").context["page"]
    assert len(page.rows) == titles


POSTS: list[tuple[str, dict[str, str], Callable[[Organization], object], object]] = [
    (
        "edit/",
        {"kind": "social_organization", "short_name": "暖邻", "version": "0"},
        lambda row: row.short_name,
        "暖邻",
    ),
    ("change/rename/", {"name": "新名社", "on": "2026-03-01"}, lambda row: row.name, "新名社"),
    ("change/suspend/", {"on": "2026-03-01", "reason": "装修"}, lambda row: row.status, "suspended"),
    ("change/end/", {"on": "2026-03-01", "reason": "注销"}, lambda row: row.status, "ended"),
    (
        "change/legal_person/",
        {"name": "张晓明", "on": "2026-03-01", "source": "证书"},
        lambda row: [str(one) for one in row.legal_persons.all()],
        ["张*"],
    ),
    (
        "add/standing/",
        {"standing": "social_grade:3A", "valid_from": "2026-03-01", "source": "公告"},
        lambda row: [str(one) for one in row.standings.all()],
        ["社会组织评估等级：3A"],
    ),
    (
        "add/honour/",
        {"title": "示范", "level": "city", "year": "2025", "given_by": "市民政局"},
        lambda row: [str(one) for one in row.honours.all()],
        ["示范"],
    ),
    (
        "add/relation/",
        {"kind": "subsidiary", "other": "清河支持中心", "on": "2026-03-01", "source": "章程"},
        lambda row: [one.other.name for one in row.related_parties.all()],
        ["清河支持中心"],
    ),
    (
        "add/coaching/",
        {"agency": "清河支持中心", "valid_from": "2026-03-01", "source": "协议"},
        lambda row: [one.agency.name for one in row.coached_by.all()],
        ["清河支持中心"],
    ),
    (
        "checklists/six_haves/venue/",
        {"on": "2026-03-01", "link": "https://example.cn/a"},
        lambda row: [str(one) for one in row.checklist_ticks.all()],
        ["有场所"],
    ),
]


@pytest.mark.parametrize(("door", "sent", "read", "expected"), POSTS, ids=[door for door, *_rest in POSTS])
def test_a_form_does_what_its_page_says(
    here: District,
    officer: Client,
    door: str,
    sent: dict[str, str],
    read: Callable[[Organization], object],
    expected: object,
) -> None:
    make_agency(here.street)
    row = make_organization(here.street)
    page = officer.get(f"/desk/organizations/{row.pk}/{door}")
    answer = officer.post(f"/desk/organizations/{row.pk}/{door}", {"place": str(here.street.pk), **sent})
    row.refresh_from_db()
    assert (page.status_code, answer.status_code, read(row)) == (200, 302, expected)


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(here: District, officer: Client) -> None:
    row = make_organization(here.street)
    make_standing(row)
    sent = {"standing": "social_grade:4A", "valid_from": "2026-02-01", "source": "公告"}
    answer = officer.post(f"/desk/organizations/{row.pk}/add/standing/", sent)
    text = answer.content.decode()
    assert (answer.status_code, "请先终止它" in text, 'value="公告"' in text) == (422, True, True)
    assert Standing.objects.count() == 1


def test_an_organization_is_entered_and_a_wrong_code_named(here: District, officer: Client) -> None:
    sent = {
        "name": "暖邻中心", "kind": "social_organization", "place": str(here.street.pk), "valid_from": str(FIRST_DAY),
        "credit_code": "9135O100M000100Y43", "legal_form": "social_service",
    }  # fmt: skip
    wrong = officer.post("/desk/organizations/new/", sent)
    assert (wrong.status_code, "第5位是“O”" in wrong.content.decode(), Organization.objects.count()) == (422, True, 0)
    right = officer.post("/desk/organizations/new/", {**sent, "credit_code": "91350100M000100Y43"})
    row = Organization.objects.get()
    assert (right.status_code, row.name, row.legal_form, row.credit_code) == (
        302,
        "暖邻中心",
        "social_service",
        "91350100M000100Y43",
    )


def test_two_people_edit_one_organization_and_both_texts_are_shown(here: District, officer: Client) -> None:
    row = make_organization(here.street)
    services.correct(row, seen=0, actor=None, short_name="暖心")
    sent = {"kind": row.kind, "place": str(here.street.pk), "short_name": "暖邻", "version": "0"}
    answer = officer.post(f"/desk/organizations/{row.pk}/edit/", sent)
    text = answer.content.decode()
    assert (answer.status_code, "暖心" in text, "暖邻" in text) == (409, True, True)


def test_a_manager_sees_his_own_and_corrects_its_contact_lines(here: District) -> None:
    row = make_organization(here.street)
    manager = client_of(make_user(Role.ORGANIZATION_MANAGER, organization=row))
    door = f"/desk/organizations/{row.pk}/"
    sent = {"office_phone": "010-62880011", "about": "陪伴老人。", "version": "0"}
    answers = [
        manager.get(door).status_code,
        manager.get(f"{door}edit/").status_code,
        manager.post(f"{door}contact/", sent).status_code,
    ]
    row.refresh_from_db()
    assert (answers, row.office_phone, row.about) == ([200, 403, 302], "010-62880011", "陪伴老人。")


def test_a_community_worker_is_offered_teams_only(here: District) -> None:
    worker = client_of(make_user(Role.COMMUNITY_WORKER, here.community))
    form = worker.get("/desk/organizations/new/").context["form"]
    assert [value for value, _title in form.fields["kind"].choices] == ["resident_team"]
    assert list(form.fields["place"].queryset) == [here.community]
    sent = {"name": "书画队", "kind": "resident_team", "place": str(here.community.pk), "valid_from": str(FIRST_DAY)}
    assert worker.post("/desk/organizations/new/", sent).status_code == 302
