"""The demo's menus: two months, one served and one running, with its points and wishes."""

import pytest

from linli.apps.ordering.models import CatalogItem, ItemState, Order, OrderState, ServicePoint, Wish

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only, pytest.mark.usefixtures("in_demo")]


def test_last_month_is_served_and_this_one_can_be_ordered() -> None:
    rows = CatalogItem.objects.filter(place__name="银杏社区").order_by("month", "title")
    titles = {row.title for row in rows}
    assert titles == {"周六理发", "磨剪子磨刀", "量血压", "入户保洁", "小修小补"}
    assert [row.state for row in rows] == [ItemState.CLOSED] * 5 + [ItemState.OPEN] * 5


def test_its_cleaning_waits_for_the_lot_and_the_last_one_was_drawn() -> None:
    last, this = CatalogItem.objects.filter(place__name="银杏社区", kind="cleaning").order_by("month")
    assert (bool(last.drawn_at), last.taken, this.drawn_at) == (True, 4, None)
    assert set(this.orders.values_list("state", flat=True)) == {OrderState.WAITING}
    assert Order.objects.filter(item=last, in_hardship=True).count() == 5


def test_it_has_points_wishes_and_a_declared_relative() -> None:
    assert (ServicePoint.objects.count(), Wish.objects.count()) == (4, 4)
    assert Order.objects.exclude(relative_of="").count() == 2
