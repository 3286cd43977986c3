"""Doors from one page to another: checklists of a party organization, facilities on the page of a place."""

import pytest
from django.test import Client

from linli.apps.organizations.models import ChecklistTick, PartyOrganization
from linli.apps.organizations.tests.factories import make_facility, make_organization
from linli.apps.organizations.tests.party_factories import make_party
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def desk(client: Client, here: District) -> Client:
    officer = make_user(Role.STREET_OFFICER, here.street)
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def party(here: District) -> PartyOrganization:
    return make_party(here.community)


def test_a_party_organization_shows_its_lists_and_leads_to_them(desk: Client, party: PartyOrganization) -> None:
    lists = f"/desk/party/{party.pk}/checklists/"
    page = desk.get(f"/desk/party/{party.pk}/").content.decode()
    assert (f'href="{lists}"' in page, "四建一创" in page, "0/5" in page) == (True, True, True)
    tick = f"{lists}four_builds/mechanism/"
    assert f'href="{tick}"' in desk.get(lists).content.decode()


def test_an_item_of_a_party_organization_is_ticked_and_taken_back_on_its_own_page(
    desk: Client, party: PartyOrganization
) -> None:
    lists = f"/desk/party/{party.pk}/checklists/"
    answer = desk.post(f"{lists}six_haves/venue/", {"on": "2026-03-01", "link": "https://example.cn/photo"})
    tick = ChecklistTick.objects.get()
    ended = desk.post(f"/desk/organizations/rows/checklist_tick/{tick.pk}/end/", {"on": "2026-04-01", "reason": "收回"})
    assert (tick.subject.id, answer["Location"], ended["Location"]) == (party.pk, lists, lists)


def test_lists_of_a_units_own_party_organization_are_those_of_the_unit(desk: Client, here: District) -> None:
    unit = make_organization(here.community)
    party = make_party(here.community, "单位党支部", organization=unit)
    page = desk.get(f"/desk/party/{party.pk}/").content.decode()
    assert f'href="/desk/organizations/{unit.pk}/checklists/"' in page


def test_a_place_shows_the_facilities_in_it_on_the_desk(desk: Client, here: District) -> None:
    address = f"/desk/places/{here.street.pk}/"
    before = desk.get(address).content.decode()
    make_facility(here.community, "槐荫食堂")
    make_facility(here.neighbour_community, "别处食堂")
    page = desk.get(address).content.decode()
    assert ("这里还没有登记设施。" in before, "槐荫食堂" in page, "别处食堂" in page) == (True, True, False)
    assert f"/desk/facilities/?running=now&amp;place={here.street.pk}" in page
