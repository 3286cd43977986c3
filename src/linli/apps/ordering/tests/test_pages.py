"""Pages of the menu: an order without an account, ordering for a caller, the places by lot, wishes."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.ordering.models import CatalogItem, Order, OrderState, Rule, ServicePoint, Wish
from linli.apps.ordering.tests.factories import make_item, text_of
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


@pytest.fixture
def here() -> District:
    return make_district()


def this_month(here: District, **text: Any) -> CatalogItem:
    """A service that can be ordered now."""
    from linli.apps.ordering import services

    item = make_item(here.community, is_open=False, month=timezone.localdate(), **text)
    services.open_items([item], actor=None)
    return item


def desk(here: District) -> Client:
    client = Client()
    client.force_login(make_user(Role.COMMUNITY_WORKER, here.community))
    return client


SENT = {"name": "周桂兰", "phone": "13800000001", "quantity": "1"}


def test_a_resident_orders_without_an_account_and_confirms(here: District, client: Client) -> None:
    item = this_month(here)
    assert "理发" in client.get(f"/menu/?at={here.community.pk}").content.decode()
    assert "健康合格证明" in client.get(f"/menu/{item.pk}/").content.decode()
    answer = client.post(f"/menu/{item.pk}/", SENT)
    row = Order.objects.get()
    assert answer["Location"] == f"/menu/mine/{row.pass_code}/"
    assert "已有名额" in client.get(answer["Location"]).content.decode()
    again = client.post(f"/menu/{item.pk}/", SENT)
    assert (again.status_code, "每户最多可点" in again.content.decode()) == (422, True)
    client.post(f"/menu/mine/{row.pass_code}/confirm/")
    row.refresh_from_db()
    assert row.state == OrderState.CONFIRMED


def test_a_worker_orders_for_whoever_calls_and_serves(here: District) -> None:
    item, client = this_month(here, quota=2), desk(here)
    answer = client.post(f"/desk/ordering/{item.pk}/take/", {**SENT, "channel": "phone", "in_hardship": "on"})
    row = Order.objects.get()
    assert (answer["Location"], row.channel, row.in_hardship) == (f"/desk/ordering/orders/{row.pk}/", "phone", True)
    page = client.get(answer["Location"]).content.decode()
    assert ("周桂兰" in page, "周*" in page) == (False, True)
    client.post(f"/desk/ordering/orders/{row.pk}/serve/")
    row.refresh_from_db()
    assert row.state == OrderState.SERVED


def test_a_menu_is_written_opened_and_given_by_lot(here: District) -> None:
    client = desk(here)
    sent = {
        "place": here.community.pk, "month": timezone.localdate().replace(day=1).isoformat(), "kind": "cleaning",
        "price": "35", "audience": "elders", "quota": "1", "capacity": "1", "rule": Rule.DRAW, "no_selling": "on",
    }  # fmt: skip
    answer = client.post("/desk/ordering/new/", sent)
    item = CatalogItem.objects.get()
    assert (answer["Location"], item.title, item.unit) == (f"/desk/ordering/{item.pk}/", "入户保洁", "小时")
    client.post(f"/desk/ordering/{item.pk}/open/")
    for number in (1, 2):
        client.post(f"/menu/{item.pk}/", {**SENT, "phone": f"1380000000{number}"})
    client.post(f"/desk/ordering/{item.pk}/draw/", {"seed": "7"})
    assert sorted(Order.objects.values_list("state", flat=True)) == ["given", "missed"]
    assert "不能点单" in client.get(f"/menu/{item.pk}/").content.decode()


def test_wishes_points_and_use_are_read_together(here: District, client: Client) -> None:
    client.post(f"/menu/wish/?at={here.community.pk}", {"words": "修脚"})
    staff = desk(here)
    staff.post("/desk/ordering/points/new/", {"place": here.community.pk, "title": "驿站", "address": "1号"})
    page = staff.get("/desk/ordering/use/").content.decode()
    assert ("修脚" in page, "驿站" in page) == (True, True)
    assert "驿站" in client.get("/menu/points/").content.decode()
    staff.post(f"/desk/ordering/points/{ServicePoint.objects.get().pk}/close/")
    assert "驿站" not in client.get("/menu/points/").content.decode()
    assert Wish.objects.get().count == 1


def test_pages_ask_as_often_whatever_the_number_of_orders(here: District, django_assert_num_queries: Any) -> None:
    from linli.apps.ordering import services
    from linli.apps.ordering.models import Channel

    item, client = this_month(here), desk(here)
    client.get(f"/desk/ordering/{item.pk}/")
    for numbers in (range(1, 3), range(3, 9)):
        for number in numbers:
            services.order(item, text=text_of(number), channel=Channel.PORTAL, actor=None)
        for address in ("/desk/ordering/", f"/desk/ordering/{item.pk}/"):
            with django_assert_num_queries(QUERIES[address.count("/")]):
                client.get(address)


QUERIES = {3: 5, 4: 9}
"""Of the list, and of one service."""
