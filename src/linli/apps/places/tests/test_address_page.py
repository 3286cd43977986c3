"""The page that tells where an address leads."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Level
from linli.apps.places.tests.factories import District, make_district, make_place
from linli.apps.places.tests.test_resolve import cover, make_building
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def desk(client: Client, here: District) -> Client:
    client.force_login(make_user(Role.STREET_OFFICER, here.street), "django.contrib.auth.backends.ModelBackend")
    return client


def asked(client: Client, text: str, on: str = "2026-06-01") -> str:
    """What the page says, without its tags."""
    page = client.get(reverse("places:address"), {"text": text, "on": on})
    main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_it_shows_the_chain_the_door_and_the_grid(desk: Client, here: District) -> None:
    cover(here, make_building(here.community))
    told = asked(desk, "槐荫怡和园２号楼三单元501楼下")
    assert re.search(
        "和安区 › 清河里街道 › 槐荫社区 小区 怡和园 楼栋 2号楼 单元 3单元 门牌 501 未识别的文字 楼下", told
    )
    assert "负责网格 第二网格" in told


def test_it_links_what_the_reader_may_open_and_no_more(desk: Client, here: District) -> None:
    page = desk.get(reverse("places:address"), {"text": "槐荫社区"}).content.decode()
    links = [reverse("places:place", args=[place.pk]) for place in (here.district, here.street, here.community)]
    assert [f'href="{link}"' in page for link in links] == [False, True, True]


def test_it_keeps_doors_from_those_who_work_elsewhere(client: Client, here: District) -> None:
    cover(here, make_building(here.community))
    client.force_login(
        make_user(Role.STREET_OFFICER, here.neighbour_street), "django.contrib.auth.backends.ModelBackend"
    )
    told = asked(client, "槐荫怡和园2号楼3单元501")
    assert ("槐荫社区" in told, "负责网格 第二网格" in told, "门牌 501" in told, "楼栋 2号楼" in told) == (
        True, True, False, False,
    )  # fmt: skip


def test_it_lists_namesakes_with_their_full_names(desk: Client, here: District) -> None:
    make_place("990101002002", "槐荫社区", Level.COMMUNITY, here.neighbour_street)
    told = asked(desk, "槐荫社区2号楼")
    assert "和安区清河里街道槐荫社区 社区 和安区望桥街道槐荫社区 社区" in told


def test_choosing_a_namesake_asks_again_with_its_full_name(desk: Client, here: District) -> None:
    make_place("990101002002", "槐荫社区", Level.COMMUNITY, here.neighbour_street)
    page = desk.get(reverse("places:address"), {"text": "槐荫社区楼下", "on": "2026-06-01"})
    first, second = (link for _candidate, link in page.context["candidates"])
    assert [desk.get(link).context["answer"].place for link in (first, second)] == [
        here.community,
        here.neighbour_street.children.get(name="槐荫社区"),
    ]


def test_it_says_what_to_write_where_nothing_was_found(desk: Client) -> None:
    assert "文字里没有本区的地名。请在前面写上街道或社区。" in asked(desk, "楼道灯坏了")


def test_it_asks_again_where_nothing_or_a_wrong_day_was_entered(desk: Client) -> None:
    pages = [desk.get(reverse("places:address"), data) for data in ({}, {"text": ""}, {"text": "槐荫", "on": "昨天"})]
    assert [(page.status_code, "answer" in page.context, bool(page.context["form"].errors)) for page in pages] == [
        (200, False, False),
        (200, False, True),
        (200, False, True),
    ]


@pytest.mark.parametrize("many", [2, 30])
def test_it_asks_the_database_as_often_for_two_candidates_as_for_thirty(
    desk: Client, here: District, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        make_place(f"9901010010{number + 10}", "泉北社区", Level.COMMUNITY, here.street)
    with django_assert_num_queries(12):
        told = asked(desk, "泉北社区")
    assert told.count("清河里街道泉北社区") == many
