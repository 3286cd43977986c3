"""Menu and orders in the interface: what the token's owner may see, no name, an order of a hotline."""

from datetime import date
from decimal import Decimal
from secrets import token_hex
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.ordering import services
from linli.apps.ordering.models import (
    Acceptance,
    CatalogItem,
    Channel,
    Claim,
    Contractor,
    Order,
    Settlement,
    SheetState,
    WorkSheet,
)
from linli.apps.ordering.tests.factories import make_item, text_of
from linli.apps.organizations.models import Organization
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.api import issue
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
MENU, ORDERS = "/api/v1/menu", "/api/v1/orders"


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def item(here: District) -> CatalogItem:
    """A service of this month with one order."""
    row = make_item(here.community, is_open=False, month=timezone.localdate(), quota=2)
    services.open_items([row], actor=None)
    services.order(row, text=text_of(relative_of="主任的母亲"), channel=Channel.PORTAL, actor=None)
    return row


@pytest.fixture(scope="module")
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community, password=None)


def client_of(user: User, *scopes: str) -> Client:
    secret = issue(name="x", owner=user, scopes=scopes or ["ordering:read"], actor=user).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def ids(client: Client, address: str) -> list[str]:
    return [row["id"] for row in client.get(address).json()["items"]]


def post(client: Client, sent: dict[str, Any]) -> Any:
    key = {"Idempotency-Key": token_hex(8)}
    return client.post(ORDERS, sent, content_type="application/json", headers=key)


def test_it_gives_the_menu_within_reach(here: District, item: CatalogItem, worker: User) -> None:
    client = client_of(worker)
    found = client.get(f"{MENU}/{item.pk}").json()
    facts = (found["title"], found["price"], found["quota"], found["taken"], found["state"])
    assert facts == ("理发", "0.00", 2, 1, "open")
    asked = ("?state=open", "?state=draft", f"?place={here.other_community.pk}", f"?month={timezone.localdate()}")
    assert [ids(client, MENU + words) for words in asked] == [[str(item.pk)], [], [], [str(item.pk)]]
    other = client_of(make_user(Role.COMMUNITY_WORKER, here.other_community, password=None))
    assert (ids(other, MENU), other.get(f"{MENU}/{item.pk}").status_code) == ([], 404)


def test_an_order_names_nobody(item: CatalogItem, worker: User) -> None:
    row = Order.objects.get()
    found = client_of(worker).get(f"{ORDERS}/{row.pk}").json()
    told = "asked_at building_id channel confirmed_at declares_relative id item_id need_id number place_id quantity"
    assert " ".join(sorted(found)) == f"{told} state"
    assert (found["number"], found["state"], found["declares_relative"]) == (row.number, "given", True)
    assert ids(client_of(worker), f"{ORDERS}?item={item.pk}&state=given") == [str(row.pk)]


def test_a_hotline_orders_for_whoever_calls(item: CatalogItem, worker: User) -> None:
    client = client_of(worker, "ordering:read", "ordering:write")
    sent: dict[str, Any] = {"item": str(item.pk), "name": "周桂兰", "phone": "13800000009", "quantity": 2}
    answer = post(client, sent)
    row = Order.objects.get(number=answer.json()["number"])
    assert (answer.status_code, answer.json()["code"], row.channel, row.quantity) == (201, row.pass_code, "phone", 2)
    again = post(client, sent)
    assert (again.status_code, Order.objects.count()) == (409, 2)
    assert post(client_of(worker), sent).status_code == 403


@pytest.fixture(scope="module")
def sheets(here: District) -> list[WorkSheet]:
    """One that two organizations share, one nobody outside may see yet."""
    said = {"street": here.street, "place": here.community, "kind": "keeper", "unit": "班次", "method": "direct"}
    days = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31), "drawn_at": timezone.now(), "year": 2026}
    texts = {"title": "集市值守", "content": "每天下午值守", "criteria": "按班次签到", "quantity": 250, "ceiling": 5000}
    told = {"state": SheetState.CLAIMED, "published_on": date(2026, 1, 2)}
    shared = WorkSheet.objects.create(number="S1", serial=1, **said, **days, **texts, **told)
    draft = WorkSheet.objects.create(number="S2", serial=2, **said, **days, **texts)
    for name, share in (("甲社", 60), ("乙社", 40)):
        one = make_organization(here.street, name)
        Claim.objects.create(sheet=shared, organization=one, price=5000, plan="每天两人", made_at=timezone.now())
        Contractor.objects.create(sheet=shared, organization=one, share=share, amount=50 * share)
    return [shared, draft]


def test_work_sheets_tell_who_shares_them(sheets: list[WorkSheet], worker: User) -> None:
    client = client_of(worker)
    found = client.get(f"/api/v1/sheets/{sheets[0].pk}").json()
    shares = [(row["organization"], row["share"], row["amount"]) for row in found["contractors"]]
    assert (found["ceiling"], shares) == ("5000.00", [("甲社", 60, "3000.00"), ("乙社", 40, "2000.00")])
    assert len(ids(client, "/api/v1/sheets")) == 2
    assert ids(client, "/api/v1/sheets?state=draft") == [str(sheets[1].pk)]


def test_an_organization_sees_published_sheets_and_its_own_claims(sheets: list[WorkSheet]) -> None:
    own = Organization.objects.get(name="甲社")
    client = client_of(make_user(Role.ORGANIZATION_MANAGER, organization=own, password=None))
    assert (ids(client, "/api/v1/sheets"), client.get(f"/api/v1/sheets/{sheets[1].pk}").status_code) == (
        [str(sheets[0].pk)], 404,
    )  # fmt: skip
    assert [row["organization"] for row in client.get("/api/v1/claims").json()["items"]] == ["甲社"]


def test_acceptances_tell_how_many_spoke_and_what_is_settled(
    sheets: list[WorkSheet], worker: User, django_assert_max_num_queries: Any
) -> None:
    first, second = Contractor.objects.filter(sheet=sheets[0]).order_by("-share")
    day = {"since": date(2026, 1, 1), "until": date(2026, 1, 31), "accepted_on": date(2026, 2, 1)}
    said = {"sheet": sheets[0], "number": 1, "delivered": 31, "asked": 5, "satisfied": 4, **day}
    whole = Acceptance.objects.create(contractor=first, result="accepted", **said)
    lacking = Acceptance.objects.create(contractor=second, result="defects", **said)
    lacking.defects.create(what="少来两次", due=date(2026, 2, 10))
    Settlement.objects.create(contractor=first, acceptance=whole, amount=Decimal(250), drawn_on=date(2026, 2, 2))
    client = client_of(worker)
    with django_assert_max_num_queries(12):
        rows = client.get("/api/v1/acceptances").json()["items"]
    told = [(row["organization"], row["result"], row["amount"], row["settlement"]) for row in rows]
    assert sorted(told) == [("乙社", "defects", None, None), ("甲社", "accepted", "250.00", "drawn")]
    assert [one["what"] for row in rows for one in row["defects"]] == ["少来两次"]
    assert ids(client, f"/api/v1/acceptances?sheet={sheets[0].pk}&result=defects") == [str(lacking.pk)]
    own = make_user(Role.ORGANIZATION_MANAGER, organization=first.organization, password=None)
    assert ids(client_of(own), "/api/v1/acceptances") == [str(whole.pk)]
