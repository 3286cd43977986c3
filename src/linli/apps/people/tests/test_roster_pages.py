"""The pages of the roster: one community at a time, numbers masked, the same number of queries whatever its size."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.apps.people.models import Merge, Person, RollEntry, RollKind, User
from linli.apps.people.services import enter_person, merge_persons, name_guardian, put_on_roll
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Household
from linli.apps.places.services import add_building, add_household
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.privacy.numbers import check_digit
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
ID = "11010519510308001" + check_digit("11010519510308001")


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


@pytest.fixture
def page(client: Client, worker: User) -> Client:
    client.force_login(worker)
    return client


def enter(here: District, name: str, **columns: Any) -> Person:
    return enter_person(community=here.community, text=PersonText(name=name, **columns), actor=None)


def listed(client: Client, **asked: str) -> list[str]:
    return [row.name for row in client.get("/desk/roster/", asked).context["page"].rows]


def test_it_lists_one_community_masked_in_the_order_of_pinyin_or_strokes(page: Client, here: District) -> None:
    for name in ("张三", "单一", "王五", "丁一"):
        enter(here, name, phone="13812345678", id_number=ID if name == "张三" else "")
    enter_person(community=here.other_community, text=PersonText(name="李四"), actor=None)
    assert listed(page) == ["丁一", "单一", "王五", "张三"]
    assert listed(page, sort="stroke_key") == ["丁一", "王五", "张三", "单一"]
    body = page.get("/desk/roster/").content.decode()
    assert ("138****5678" in body, "13812345678" in body, ID in body) == (True, False, False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张", ["张三", "张山"]),
        ("zhangs", ["张三", "张山"]),
        ("zs", ["张三", "张山"]),
        ("shan", ["单一"]),
        ("王哲", ["王喆"]),
        ("13812345678", ["张三"]),
        ("010-62880011", ["单一"]),
        (ID, ["王喆"]),
        ("5678", []),
        ("三", []),
        ("?", []),
    ],
)
def test_it_finds_by_name_pinyin_initials_and_whole_numbers(
    page: Client, here: District, text: str, names: Sequence[str]
) -> None:
    enter(here, "张三", phone="13812345678")
    enter(here, "张山")
    enter(here, "单一", landline="010-62880011")
    enter(here, "王喆", id_number=ID)
    assert listed(page, q=text) == names


def test_it_filters_by_age_telephone_and_building_only(page: Client, here: District) -> None:
    today = timezone.localdate()
    building = add_building(community=here.community, name="2号楼", valid_from=FIRST_DAY, actor=None)
    home = add_household(building=building, room="501", actor=None)
    enter(here, "老人", born_on=date(today.year - 66, 1, 1), phone="13812345678")
    enter(here, "小孩", born_on=today - timedelta(days=3000), phone="13812345678")
    enter(here, "住户", household=home, phone="13812345678")
    enter(here, "无号")
    found = [listed(page, **asked) for asked in ({"age": "old"}, {"age": "child"}, {"call": "none"})]
    assert [*found, listed(page, building=str(building.pk))] == [["老人"], ["小孩"], ["无号"], ["住户"]]
    chips = [row.title for row in page.get("/desk/roster/").context["page"].chip_rows]
    assert len(chips) == 3


def test_a_page_takes_the_same_queries_however_many_stand_on_it(
    page: Client, here: District, django_assert_num_queries: Any
) -> None:
    for number in range(31):
        enter(here, f"王{chr(0x4E00 + number)}", phone="13812345678")
    page.get("/desk/roster/")
    with django_assert_num_queries(7):
        page.get("/desk/roster/")


def test_it_walks_all_pages_without_a_gap_where_keys_are_equal(page: Client, here: District) -> None:
    for _number in range(35):
        enter(here, "王五")
    first = page.get("/desk/roster/").context["page"]
    second = page.get(first.later).context["page"]
    back = page.get(second.earlier).context["page"]
    seen = {row.pk for row in first.rows} | {row.pk for row in second.rows}
    assert (len(first.rows), len(second.rows), len(seen)) == (30, 5, 35)
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]


def test_it_enters_a_person_with_a_door_and_without_a_telephone(page: Client, here: District) -> None:
    building = add_building(community=here.community, name="2号楼", valid_from=FIRST_DAY, actor=None)
    home: Household = add_household(building=building, room="501", actor=None)
    answer = page.post("/desk/roster/new/", {"name": "买买提・艾力", "building": "2栋", "room": "501室"})
    person = Person.objects.get()
    assert (answer.status_code, person.name, person.household, person.has_phone) == (302, "买买提·艾力", home, False)


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"name": "李\ue863"}, "name"),
        ({"name": "张三", "phone": "123"}, "phone"),
        ({"name": "张三", "id_number": "110105195103080099"}, "id_number"),
        ({"name": "张三", "building": "9号楼"}, "building"),
    ],
)
def test_it_says_beside_the_field_what_is_wrong(
    page: Client, here: District, entered: dict[str, str], field: str
) -> None:
    answer = page.post("/desk/roster/new/", entered)
    errors = list(answer.context["form"].errors)
    assert (answer.status_code, Person.objects.count()) == (422, 0)
    assert errors == [field]


def test_a_masked_number_sent_back_stays_and_an_old_page_is_refused(page: Client, here: District) -> None:
    person = enter(here, "张三", phone="13812345678")
    shown = page.get(f"/desk/roster/{person.pk}/edit/").context["form"].initial
    entered = {name: value or "" for name, value in shown.items()} | {"name": "张山"}
    assert page.post(f"/desk/roster/{person.pk}/edit/", entered).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.phone.is_same_as("13812345678")) == ("张山", True)
    assert page.post(f"/desk/roster/{person.pk}/edit/", entered).status_code == 422


def test_the_link_of_a_merged_row_leads_to_the_kept_one(page: Client, here: District, worker: User) -> None:
    kept, gone = enter(here, "王喆"), enter(here, "王哲")
    answer = page.get(f"/desk/roster/{kept.pk}/merge/")
    assert answer.context["candidates"] == [gone]
    entered = {"other": f"{gone.pk}:{gone.version}", "version": kept.version, "reason": "登记了两次"}
    assert page.post(f"/desk/roster/{kept.pk}/merge/", entered).status_code == 302
    answer = page.get(f"/desk/roster/{gone.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/roster/{kept.pk}/")
    undo = reverse("people:undo_merge", args=[Merge.objects.get().pk])
    assert page.post(undo, {"reason": "原来是父子"}).status_code == 302
    assert page.get(f"/desk/roster/{gone.pk}/").status_code == 200


def test_the_page_of_a_child_asks_for_its_guardian(page: Client, here: District) -> None:
    child = enter(here, "王小明", born_on=timezone.localdate() - timedelta(days=3000))
    assert page.get(f"/desk/roster/{child.pk}/").context["needs_guardian"] is True
    entered = {"name": "李秀兰", "phone": "13812345678", "relation": "parent", "consent_on": "2026-01-05"}
    assert page.post(f"/desk/roster/{child.pk}/guardian/", entered).status_code == 302
    assert page.get(f"/desk/roster/{child.pk}/").context["needs_guardian"] is False
    adult = enter(here, "王大明", born_on=date(1980, 1, 1))
    assert page.get(f"/desk/roster/{adult.pk}/guardian/").status_code == 404


def test_rolls_are_kept_listed_printed_and_exported(page: Client, here: District, worker: User) -> None:
    person = enter(here, "王甲", phone="13812345678")
    entered = {"kind": "representative", "started_on": "2026-01-05"}
    assert page.post(f"/desk/roster/{person.pk}/roll/", entered).status_code == 302
    assert page.post(f"/desk/roster/{person.pk}/roll/", entered).status_code == 422
    answer = page.get("/desk/rolls/")
    assert [str(row.person) for row in answer.context["page"].rows] == ["王甲"]
    printed = page.get("/desk/rolls/print/").content.decode()
    assert ("王甲" in printed, "138" in printed) == (True, False)
    for address in ("/desk/rolls/export/", "/desk/roster/export/"):
        assert page.get(address)["Content-Type"].startswith("text/html")  # asked what for
        assert page.post(address, {"_take_because": "入户核对"})["Content-Type"].endswith("sheet")
    entry = RollEntry.objects.get()
    assert page.post(f"/desk/rolls/{entry.pk}/end/", {"ended_on": "2026-03-01"}).status_code == 302
    assert page.get("/desk/rolls/").context["page"].rows == []


def test_the_communitys_public_page_counts_and_names_nobody(page: Client, here: District) -> None:
    person = enter(here, "王甲")
    put_on_roll(
        person=person, kind=RollKind.REPRESENTATIVE, community=here.community, started_on=date(2026, 1, 5), actor=None
    )
    body = page.get(f"/communities/{here.community.pk}/").content.decode()
    assert ("居民代表" in body or "Residents&#x27; representative" in body, "王甲" in body) == (True, False)


def test_nobody_sees_the_roster_of_another_community(client: Client, here: District) -> None:
    person = enter(here, "张三")
    stranger = make_user(Role.COMMUNITY_WORKER, here.other_community)
    client.force_login(stranger)
    assert client.get(f"/desk/roster/{person.pk}/").status_code == 404
    assert client.get("/desk/roster/", {"in": str(here.community.pk)}).context["community"] == here.other_community


def test_a_page_of_a_person_takes_a_fixed_number_of_queries(
    page: Client, here: District, worker: User, django_assert_num_queries: Any
) -> None:
    building = add_building(community=here.community, name="2号楼", valid_from=FIRST_DAY, actor=None)
    home = add_household(building=building, room="501", actor=None)
    mother = enter(here, "李秀兰", household=home, born_on=date(1988, 1, 1))
    child = enter(here, "王小明", household=home, born_on=timezone.localdate() - timedelta(days=3000))
    name_guardian(ward=child, guardian=mother, relation="parent", consent_on=date(2026, 1, 5), actor=None)
    merge_persons(kept=child, gone=enter(here, "王小明"), reason="登记了两次", actor=worker)
    page.get(f"/desk/roster/{child.pk}/")
    with django_assert_num_queries(15):
        page.get(f"/desk/roster/{child.pk}/")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "people_by_pinyin"),
        ({"sort": "stroke_key"}, "people_by_strokes"),
        ({"q": "张"}, "people_by_name"),
        ({"q": "zhang"}, "people_by_letters"),
        ({"q": "zs"}, "people_by_initials"),
        ({"call": "none"}, "people_by_telephone"),
        ({"age": "old"}, "people_by_pinyin"),
    ],
)
def test_every_list_walks_an_index_in_its_order(
    page: Client, here: District, asked: dict[str, str], index: str
) -> None:
    enter(here, "张三", phone="13812345678")
    shown = page.get("/desk/roster/", asked).context["page"]
    plan = shown.matching.order_by(shown.sort, "pk")[:31].explain()
    assert (f"INDEX {index} " in plan, "TEMP B-TREE" in plan) == (True, False)
