"""The pages of places: what they show, how many questions they ask, and that nothing happens before it is confirmed."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places import services
from linli.apps.places.models import EstateKind, Level, Place
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district, make_houses, make_place
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture
def client(officer: User) -> Client:
    cache.clear()
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"places:{name}", args=args)).content.decode()


def test_it_tells_namesakes_apart_in_the_list(client: Client, here: District) -> None:
    make_place("990101001002001", "第一网格", Level.GRID, here.other_community)
    text = page(client, "list")
    assert [text.count(f">{label}<") for label in ("槐荫社区第一网格", "南里社区第一网格", "第一网格")] == [1, 1, 0]


def test_it_hides_places_that_ended_until_they_are_asked_for(client: Client, here: District) -> None:
    services.end(here.other_community, on=date(2026, 6, 1), actor=None)
    shown = ["南里社区" in client.get(reverse("places:list") + asked).content.decode() for asked in ("", "?ended=1")]
    assert shown == [False, True]


def test_the_page_of_a_place_that_ended_leads_to_its_successor(client: Client, here: District) -> None:
    services.merge([here.other_community], into=here.community, on=date(2026, 6, 1), actor=None, document="3号")
    text = page(client, "place", here.other_community.pk)
    assert (reverse("places:place", args=[here.community.pk]) in text, "change/rename" in text) == (True, False)
    assert "南里社区" in page(client, "place", here.community.pk)


def test_it_asks_as_few_questions_for_a_large_place_as_for_a_small_one(
    client: Client, here: District, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_houses(here.community)
    page(client, "place", here.street.pk)
    for round_ in (1, 30):
        for number in range(3, 3 + round_ - 1):
            place = make_place(f"990101001{number:03d}", f"第{number}社区", Level.COMMUNITY, here.street)
            services.enter_figure(
                place=place, kind="residents", value=Decimal(1), source="台账", as_of=FIRST_DAY, actor=None
            )
        with django_assert_num_queries(18):
            page(client, "place", here.street.pk)


def test_it_asks_as_few_questions_for_many_estates_as_for_one(
    client: Client, here: District, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, "estates")
    for first, last in ((0, 1), (1, 30)):
        for number in range(first, last):
            services.add_estate(
                community=here.community, name=f"{number}号院", kind=EstateKind.OLD, valid_from=FIRST_DAY, actor=None
            )
        with django_assert_num_queries(5):
            page(client, "estates")


CHANGES = {
    "rename": {"name": "槐安社区", "on": "2026-06-01"},
    "recode": {"code": "990101001007", "on": "2026-06-01"},
    "end": {"on": "2026-06-01"},
    "split": {"on": "2026-06-01", "name_1": "槐东社区", "code_1": "990101001008", "keep": "on"},
}


@pytest.mark.parametrize("verb", CHANGES)
def test_nothing_happens_before_it_is_told_and_confirmed(client: Client, here: District, verb: str) -> None:
    make_houses(here.community)
    address = reverse("places:change", args=[here.community.pk, verb])
    before = list(Place.objects.order_by("pk").values_list("name", "code", "valid_to"))
    told = client.post(address, CHANGES[verb])
    assert (told.status_code, list(Place.objects.order_by("pk").values_list("name", "code", "valid_to"))) == (
        200,
        before,
    )
    assert "其下有地点1个、小区1个、楼栋1栋、住户1户。" in told.content.decode()
    done = client.post(address, {**CHANGES[verb], "confirmed": "1"})
    after = list(Place.objects.order_by("pk").values_list("name", "code", "valid_to"))
    assert (done.status_code, after == before) == (302, False)


def test_a_merger_can_be_read_confirmed_and_is_done(client: Client, here: District) -> None:
    make_houses(here.community)
    address = reverse("places:change", args=[here.community.pk, "merge"])
    given = {"into": str(here.other_community.pk), "on": "2026-06-01"}
    assert "槐荫社区于2026年6月1日 周一撤销，合并为南里社区。" in client.post(address, given).content.decode()
    client.post(address, {**given, "confirmed": "1"})
    assert list(here.other_community.estates.values_list("name", flat=True)) == ["怡和园"]


def test_a_refusal_stands_at_its_field_before_anything_is_confirmed(client: Client, here: District) -> None:
    address = reverse("places:change", args=[here.community.pk, "recode"])
    answer = client.post(address, {"code": "990101003007", "on": "2026-06-01"})
    assert (answer.status_code, "990101001" in answer.content.decode()) == (422, True)


def test_the_portal_shows_the_profile_of_a_community_and_its_outline(client: Client, here: District) -> None:
    make_houses(here.community)
    text = Client().get(reverse("places:community", args=[here.community.pk])).content.decode()
    assert ("4,500" in text, "社区台账" in text, text.count("<path")) == (True, True, 1)


def test_every_page_works_without_a_figure_an_outline_or_an_estate(client: Client, here: District) -> None:
    for name in ("place", "figures", "outline", "equipment"):
        assert "<path" not in page(client, name, here.community.pk)


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("estates", [["990101001001", "怡和园", "老旧小区", "", "", date(2026, 1, 1), "槐荫社区"]]),
        ("buildings", [["990101001001", "怡和园", "2号楼", 2.0, "", "", date(2026, 1, 1)]]),
        ("households", [["990101001001", "怡和园", "2号楼", "1", "101"]]),
    ],
)
def test_what_stands_in_a_community_goes_out_as_it_comes_in(
    client: Client, here: District, what: str, rows: list[list[object]]
) -> None:
    make_houses(here.community)
    answer = client.get(reverse("places:export_houses", args=[what]))
    body = BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]  # a file response streams
    sheet = CalamineWorkbook.from_filelike(body).get_sheet_by_index(0).to_python()
    assert sheet[-1:] == rows


def test_a_building_takes_doors_stairwells_and_a_grid(client: Client, here: District) -> None:
    building = make_houses(here.community)["building"]
    second = building.stairwells.last()
    for verb, given in (
        ("doors", {"rooms": "201 202，203", "stairwell": str(second.pk)}),
        ("stairwell", {"number": "三单元"}),
        ("cover", {"grid": str(here.grid.pk), "on": "2026-02-01", "stairwell": ""}),
    ):
        answer = client.post(reverse("places:add_to_building", args=[building.pk, verb]), given)
        assert answer.status_code == 302
    text = page(client, "building", building.pk)
    assert [word in text for word in ("203", "3单元", "第一网格")] == [True, True, True]
