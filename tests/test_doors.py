"""Doors of a process: addresses of closed doors are not found, those of open ones are; cookies are apart."""

import re
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from linli.kernel.refs.record import new_key
from linli.site.doors import doors_of
from linli.site.settings.doors import DOORS, cookie_name, doors, of_door
from tests.test_permissions_walk import ROWS

pytestmark = pytest.mark.sqlite_only
SHARED = {"accounts", "first-run", "look", "keep-alive", "files", "feedback"}


def addresses() -> list[str]:
    """Every address of the house, once, with made-up keys in it."""
    blank = dict.fromkeys(re.findall(r"{(\w+)}", " ".join(ROWS)), str(new_key()))
    return sorted({"/" + row.partition(" ")[2].format(**blank).partition("?")[0] for row in ROWS})


def opens(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def expected(address: str) -> set[str]:
    """By the rule of the architecture: /desk/, /room/, the interfaces; what is left is the portal."""
    first = address.split("/")[1]
    if first in SHARED:
        return doors_of(address[1:])
    return {{"desk": "desk", "room": "room", "api": "api", "open311": "api"}.get(first, "portal")}


@pytest.mark.parametrize("door", DOORS)
def test_a_process_of_one_door_answers_its_addresses_alone(door: str, settings: Any) -> None:
    every = addresses()
    settings.LINLI_DOORS = (door,)
    wrong = [address for address in every if opens(address) != (door in expected(address))]
    assert (wrong, len(every) > 700) == ([], True)


def test_all_doors_together_answer_every_address() -> None:
    assert [address for address in addresses() if not opens(address)] == []


def test_nobody_signs_in_at_the_door_of_programs() -> None:
    assert {name: sorted(doors_of(f"{name}/")) for name in SHARED} == {
        "accounts": ["desk", "portal", "room"],
        "first-run": ["desk", "portal"],
        "look": ["desk", "portal", "room"],
        "keep-alive": ["desk", "portal", "room"],
        "files": ["desk", "portal", "room"],
        "feedback": ["desk", "portal"],
    }


@pytest.mark.django_db
def test_a_closed_door_is_a_page_that_is_not_there(client: Client, settings: Any) -> None:
    settings.LINLI_DOORS = ("portal",)
    found = {address: client.get(address).status_code for address in ("/desk/", "/room/", "/api/v1/docs", "/search/")}
    assert found == {"/desk/": 404, "/room/": 404, "/api/v1/docs": 404, "/search/": 200}


def test_links_to_a_closed_door_can_be_written(settings: Any) -> None:
    settings.LINLI_DOORS = ("desk",)
    assert reverse("needs:report") == "/needs/report/"


def test_it_reads_the_list_in_any_order_and_refuses_a_strange_word() -> None:
    assert doors({}) == doors({"LINLI_DOORS": " "}) == DOORS
    assert doors({"LINLI_DOORS": "api, desk,desk"}) == ("desk", "api")
    with pytest.raises(ImproperlyConfigured, match="knows desk, portal, room, api; it does not know door"):
        doors({"LINLI_DOORS": "desk,door"})


def test_doors_apart_have_cookies_domains_and_databases_apart() -> None:
    told = {"LINLI_COOKIE_DOMAIN_DESK": "desk.example.org", "DATABASE_URL": "a", "DATABASE_URL_PORTAL": "b"}
    assert cookie_name("session", DOORS) == "sessionid"
    names = [cookie_name(kind, ("desk",)) for kind in ("session", "csrf", "language")]
    assert names == ["linli_desk_sessionid", "linli_desk_csrftoken", "linli_desk_language"]
    assert cookie_name("session", ("portal", "room")) == "linli_portal_room_sessionid"
    assert [of_door(told, "LINLI_COOKIE_DOMAIN", opened) for opened in (DOORS, ("desk",), ("portal",))] == [
        "", "desk.example.org", "",
    ]  # fmt: skip
    assert [of_door(told, "DATABASE_URL", opened) for opened in (DOORS, ("desk",), ("portal", "room"))] == [
        "a",
        "a",
        "b",
    ]
