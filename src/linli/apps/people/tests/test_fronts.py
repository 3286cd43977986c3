"""The portal's front page with everything that fills it, and the search over what is public."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.organizations.tests.factories import make_facility, make_organization
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import District, make_district, make_houses
from linli.kernel.publication import PublicationState
from linli.kernel.scope import Role
from linli.kernel.search import find_public, rebuild
from linli.kernel.settings import choose
from linli.kernel.ui.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


FOR_ALL = ("ordering", "activities", "notices")
"""Doors that need no community."""


def neighbour(community: Place) -> Client:
    client = Client()
    client.post(f"/communities/{community.pk}/choose/")
    return client


def test_it_shows_the_name_one_field_and_doors_that_open(here: District) -> None:
    client = neighbour(here.community)
    page = client.get("/")
    doors = [(door.name, client.get(address).status_code) for door, address in page.context["doors"]]
    text = page.content.decode()
    assert ("<h1>槐荫社区</h1>" in text, text.count("<textarea"), text.count('type="submit"') > 0) == (True, 1, True)
    further = [(door.name, client.get(address).status_code) for door, address in page.context["further"]]
    assert doors == [(name, 200) for name in ("report", *FOR_ALL)]
    names = ("rounds", "contact", "organizations", "guides", "community", "work_sheets", "showcases", "needs_figures")
    assert further == [(name, 200) for name in names]


def test_somebody_signed_in_finds_his_own_data_beside_the_doors_for_everybody(here: District) -> None:
    client = neighbour(here.community)
    client.force_login(make_user(Role.RESIDENT, here.community), backend="django.contrib.auth.backends.ModelBackend")
    doors = [(door.name, address) for door, address in client.get("/").context["doors"]]
    assert (len(doors), doors[-2:]) == (len(FOR_ALL) + 3, [("my_proposals", "/proposals/"), ("my_data", "/my/")])


def test_who_signs_in_starts_in_the_community_of_his_own_post(here: District) -> None:
    client = Client()
    client.force_login(make_user(Role.RESIDENT, here.community), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").context["mine"] == here.community


def test_a_stranger_finds_the_doors_that_need_no_community_before_choosing_one(here: District) -> None:
    page = Client().get("/")
    doors = [(door.name, address) for door, address in page.context["doors"]]
    assert ([name for name, _address in doors], "mine" in page.context) == (["report", *FOR_ALL], False)


def test_an_organizations_manager_finds_its_page_and_its_proposals_from_the_start(here: District) -> None:
    client = Client()
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=make_organization(here.community))
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    doors = [(door.name, client.get(address).status_code) for door, address in client.get("/").context["doors"]]
    own = ("own_organization", "spending", "my_projects", "my_proposals", "my_months", "my_shifts", "my_data")
    assert sorted(doors[len(FOR_ALL) + 1 :]) == sorted((name, 200) for name in own)


@pytest.mark.parametrize(("open_to_all", "offered"), [(True, True), (False, False)])
def test_the_page_to_sign_in_leads_to_an_account_where_one_may_be_opened(
    here: District, open_to_all: bool, offered: bool
) -> None:
    keeper = make_user(Role.SYSTEM_ADMINISTRATOR, here.district)
    choose("people.self_registration", open_to_all, reason="由窗口代办", actor=keeper)
    assert ('href="/my/join/"' in Client().get("/accounts/login/").content.decode()) is offered


def test_it_shows_three_numbers_that_open_their_rows_and_leaves_out_what_is_nought(here: District) -> None:
    make_card(here.community, PublicationState.PUBLIC)
    make_organization(here.community, is_public=True)
    make_organization(here.community, "不公开的队伍")
    client = neighbour(here.community)
    few = [(number.name, told.written) for number, told in client.get("/").context["numbers"]]
    make_facility(here.community)
    page = client.get("/")
    told = [(number.name, reading.written) for number, reading in page.context["numbers"]]
    anchors = [reading.address.partition("#")[2] for _number, reading in page.context["numbers"]]
    community = client.get(f"/communities/{here.community.pk}/").content.decode()
    assert few == [("cards", "1"), ("organizations", "1")]
    assert told == [("cards", "1"), ("organizations", "1"), ("facilities", "1")]
    assert [f'id="{anchor}"' in community for anchor in anchors] == [True, True, True]


def test_it_keeps_what_was_typed_on_the_front_page_and_sends_nothing_yet(here: District) -> None:
    page = neighbour(here.community).post("/feedback/", {"say": "楼道灯<b>不亮</b>"})
    assert (page.status_code, page.context["form"]["text"].value()) == (200, "楼道灯<b>不亮</b>")
    assert (Feedback.objects.count(), "<b>不亮" in page.content.decode()) == (0, False)
    assert 'action="/feedback/"' in page.content.decode()


def test_it_asks_the_database_little_for_the_front_page(here: District, django_assert_num_queries: Any) -> None:
    make_card(here.community, PublicationState.PUBLIC)
    make_houses(here.community)
    client = neighbour(here.community)
    with django_assert_num_queries(4):
        client.get("/")


@pytest.mark.parametrize(
    ("typed", "names"), [("南里", ["南里社区"]), ("hysq", ["槐荫社区"]), ("nanli", ["南里社区"]), ("没有", [])]
)
def test_it_finds_a_community_by_name_and_pinyin(here: District, typed: str, names: list[str]) -> None:
    rebuild()
    page = Client().get("/communities/", {"q": typed})
    assert [place.name for _street, rows in page.context["streets"] for place in rows] == names


def test_it_forgets_a_cookie_nobody_gave(here: District) -> None:
    client = Client()
    client.cookies["linli_community"] = "1; DROP"
    assert client.get("/").context["streets"][0][0] == here.street


def test_it_fills_a_communitys_page_in_a_sensible_order(here: District) -> None:
    make_card(here.community, PublicationState.PUBLIC)
    make_houses(here.community)
    make_facility(here.community)
    make_organization(here.community, is_public=True)
    parts = [part["name"] for part in Client().get(f"/communities/{here.community.pk}/").context["parts"]]
    assert parts == [
        "people.cards",
        "places.profile",
        "organizations.facilities",
        "organizations.public",
        "places.outline",
    ]


def public(query: str) -> list[tuple[str, str]]:
    return [(one.ref.kind, one.label) for one in find_public(query)]


def test_a_stranger_finds_public_things_only(here: District) -> None:
    make_card(here.community, PublicationState.PUBLIC)
    make_card(here.other_community, PublicationState.CHECKED)
    make_organization(here.community, "养老互助队", is_public=True)
    make_organization(here.community, "养老联席会")
    make_user(Role.COMMUNITY_WORKER, here.community, name="养老李")
    rebuild()
    assert public("养老") == [
        ("organizations.organization", "养老互助队"),
        ("people.contact_card", "居家养老服务咨询"),
    ]
    page = Client().get("/search/", {"q": "yanglao"}).content.decode()
    assert ["养老互助队" in page, "居家养老服务咨询" in page, "养老联席会" in page] == [True, True, False]


def test_a_place_that_ended_is_not_found_by_strangers(here: District) -> None:
    rebuild()
    before = public("槐荫社区")
    Place.objects.filter(pk=here.community.pk).update(valid_to=timezone.localdate())
    assert (before, public("槐荫社区")) == ([("places.place", "槐荫社区")], [])


def test_the_desk_groups_what_it_finds_and_tells_the_same_names_apart(here: District) -> None:
    for community in (here.community, here.neighbour_community):
        make_organization(community, "合唱团")
    make_card(here.community)
    rebuild()
    client = Client()
    client.force_login(
        make_user(Role.STREET_OFFICER, here.district), backend="django.contrib.auth.backends.ModelBackend"
    )
    [group] = client.get("/desk/search/", {"q": "合唱团"}).context["groups"]
    assert sorted((row["label"], row["where"]) for row in group["rows"]) == [
        ("合唱团", "桥头社区"),
        ("合唱团", "槐荫社区"),
    ]
    groups = client.get("/desk/search/", {"q": "社区"}).context["groups"]
    only = client.get("/desk/search/", {"q": "社区", "kind": "places.place"}).context["groups"]
    assert ([str(one["title"]) for one in groups], [str(one["title"]) for one in only]) == (
        ["联系卡", "地点"],
        ["地点"],
    )
