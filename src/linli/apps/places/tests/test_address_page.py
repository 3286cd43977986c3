"""The page that tells where an address leads."""

import json
import re
from typing import Any

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


def ask(client: Client, text: str, on: str = "2026-06-01") -> Any:
    """The page that answers, as a browser comes to it."""
    return client.post(reverse("places:address"), {"text": text, "on": on}, follow=True)


def asked(client: Client, text: str, on: str = "2026-06-01") -> str:
    """What the page says, without its tags."""
    page = ask(client, text, on)
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
    page = ask(desk, "槐荫社区").content.decode()
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
    page = ask(desk, "槐荫社区楼下")
    first, second = (words for _candidate, _link, words in page.context["candidates"])
    buttons = re.findall(r'name="text" value="([^"]+)"', page.content.decode())
    assert [words for words in buttons if words in (first, second)] == [first, second]
    assert [ask(desk, words).context["answer"].place for words in (first, second)] == [
        here.community,
        here.neighbour_street.children.get(name="槐荫社区"),
    ]


def test_it_says_what_to_write_where_nothing_was_found(desk: Client) -> None:
    assert "文字里没有本区的地名。请在前面写上街道或社区。" in asked(desk, "楼道灯坏了")


def test_it_asks_again_where_nothing_or_a_wrong_day_was_entered(desk: Client) -> None:
    address = reverse("places:address")
    pages = [desk.get(address), *(ask(desk, text, on) for text, on in (("", ""), ("槐荫", "昨天")))]
    assert [(page.status_code, "answer" in page.context, bool(page.context["form"].errors)) for page in pages] == [
        (200, False, False),
        (422, False, True),
        (422, False, True),
    ]


def test_no_url_and_no_session_shows_what_was_typed(desk: Client) -> None:
    page = ask(desk, "槐荫社区2号楼501")
    shown = [address for address, _status in page.redirect_chain]
    assert [re.sub(r"asked=\w{16}$", "asked=…", address) for address in shown] == ["/desk/places/address/?asked=…"]
    assert "槐荫社区2号楼501" not in json.dumps(dict(desk.session), ensure_ascii=False)


def test_going_back_shows_the_answer_again_until_another_address_is_asked(desk: Client) -> None:
    first = ask(desk, "槐荫社区").redirect_chain[0][0]
    again = desk.get(first).context["answer"].text
    ask(desk, "楼道灯坏了")
    assert (again, "answer" in desk.get(first).context) == ("槐荫社区", False)


@pytest.mark.parametrize("many", [2, 30])
def test_it_asks_the_database_as_often_for_two_candidates_as_for_thirty(
    desk: Client, here: District, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        make_place(f"9901010010{number + 10}", "泉北社区", Level.COMMUNITY, here.street)
    answer = desk.post(reverse("places:address"), {"text": "泉北社区"})["Location"]
    with django_assert_num_queries(9):
        page = desk.get(answer)
    assert len(page.context["candidates"]) == many
