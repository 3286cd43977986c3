"""Orders: quota, places, lots, withdrawing, confirming; who reads the names."""

from hashlib import sha256

import pytest
from django.db.models import F

from linli.apps.ordering import queries, services
from linli.apps.ordering.models import CatalogItem, Channel, Order, OrderState, Portion, Rule
from linli.apps.ordering.services.forgetting import NAMELESS, forget_names
from linli.apps.ordering.tests.factories import AT, make_item, make_order, text_of
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district, make_houses
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def states(*rows: Order) -> list[str]:
    found = Order.objects.in_bulk([row.pk for row in rows])
    return [found[row.pk].state for row in rows]


def taken(item: CatalogItem) -> int:
    return CatalogItem.objects.get(pk=item.pk).taken


def test_an_order_has_a_number_a_place_and_a_page_of_its_own(here: District) -> None:
    row = make_order(make_item(here.community))
    assert (row.number, row.state, str(row.name), str(row.phone)) == ("D2026-00001", "given", "居*", "138****0001")
    assert len(row.pass_code) >= 10


def test_a_household_has_no_more_than_its_quota(here: District) -> None:
    item = make_item(here.community, quota=2)
    make_order(item, quantity=2)
    with pytest.raises(Refusal) as refused:
        make_order(item, quantity=1)
    assert refused.value.code == "above-quota"
    assert str(refused.value) == "本月每户最多可点“理发”2 份，您家已点 2 份。"
    with pytest.raises(Refusal):
        make_order(item, 2, quantity=3)
    assert (Order.objects.count(), taken(item)) == (1, 2)


def test_one_door_is_one_household_whatever_its_telephones(here: District) -> None:
    houses = make_houses(here.community)
    item = make_item(here.community)
    row = make_order(item, 1, door="怡和园2号楼1单元101")
    assert row.building == houses["building"]
    with pytest.raises(Refusal):
        make_order(item, 2, door="怡和园 2楼 1单元101室")


def test_whoever_comes_after_the_last_place_waits_and_moves_up(here: District) -> None:
    item = make_item(here.community, capacity=2)
    first, second, third = (make_order(item, number) for number in (1, 2, 3))
    assert (states(first, second, third), taken(item)) == (["given", "given", "waiting"], 2)
    services.withdraw(first, actor=None, at=AT)
    assert (states(first, second, third), taken(item)) == (["withdrawn", "given", "given"], 2)
    with pytest.raises(Conflict):
        services.withdraw(first, actor=None, at=AT)
    assert make_order(item, 1).state == OrderState.WAITING
    assert Portion.objects.get(household_key=first.household_key).taken == 1


def test_a_lot_gives_the_places_and_anybody_can_draw_it_again(here: District) -> None:
    item = make_item(here.community, capacity=2, rule=Rule.DRAW)
    rows = [make_order(item, number) for number in range(1, 6)]
    assert set(states(*rows)) == {"waiting"}
    given = services.draw_places(item, seed="2026", actor=None, at=AT)
    by_hand = sorted(rows, key=lambda row: sha256(f"2026:{row.serial}".encode()).hexdigest())
    assert [row.pk for row in given] == [row.pk for row in by_hand[:2]]
    assert states(*by_hand) == ["given", "given", "missed", "missed", "missed"]
    with pytest.raises(Conflict):
        services.draw_places(item, seed="2027", actor=None, at=AT)
    with pytest.raises(Refusal):
        make_order(item, 9)
    services.withdraw(Order.objects.get(pk=by_hand[0].pk), actor=None, at=AT)
    assert states(*by_hand) == ["withdrawn", "given", "given", "missed", "missed"]


def test_households_in_hardship_come_first_where_the_menu_says_so(here: District) -> None:
    item = make_item(here.community, capacity=1, rule=Rule.NEED)
    early = make_order(item, 1)
    poor = make_order(item, 2, in_hardship=True, channel=Channel.WORKER)
    services.draw_places(item, seed="1", actor=None, at=AT)
    assert states(early, poor) == ["missed", "given"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"name": " "}, "name"),
        ({"phone": "12"}, ""),
        ({"phone": ""}, "phone"),
        ({"in_hardship": True}, "in_hardship"),
    ],
)
def test_it_refuses_an_order_nobody_can_serve(here: District, wrong: dict[str, object], field: str) -> None:
    item = make_item(here.community)
    with pytest.raises(Refusal) as refused:
        make_order(item, **wrong)
    assert (Order.objects.count(), Portion.objects.count(), taken(item)) == (0, 0, 0)
    assert refused.value.field == field


def test_a_closed_service_is_not_ordered(here: District) -> None:
    item = make_item(here.community)
    services.close_item(item, actor=None, at=AT)
    with pytest.raises(Refusal) as refused:
        make_order(item)
    assert refused.value.code == "closed"


def test_a_relative_of_staff_says_so_and_it_stays_on_record(here: District) -> None:
    row = make_order(make_item(here.community), relative_of="社区工作者李某的母亲")
    assert Order.objects.get(pk=row.pk).relative_of == "社区工作者李某的母亲"


def test_the_service_is_given_and_the_resident_confirms_it_once(here: District) -> None:
    row = make_order(make_item(here.community))
    services.serve(row, actor=None, at=AT)
    services.confirm(row, actor=None, at=AT)
    assert (row.state, row.confirmed_at) == (OrderState.CONFIRMED, AT)
    with pytest.raises(Conflict):
        services.confirm(row, actor=None, at=AT)
    with pytest.raises(Conflict):
        services.withdraw(row, actor=None, at=AT)


def test_staff_order_for_whoever_calls_and_strangers_do_not(here: District) -> None:
    item = make_item(here.community)
    worker, stranger = (
        make_user(Role.COMMUNITY_WORKER, here.community),
        make_user(Role.COMMUNITY_WORKER, here.other_community),
    )
    with pytest.raises(NotAllowed):
        services.order(item, text=text_of(), channel=Channel.PHONE, actor=stranger, at=AT)
    row = services.order(item, text=text_of(), channel=Channel.PHONE, actor=worker, at=AT)
    assert row.taken_by == worker.pk
    assert list(queries.orders_visible_to(worker)) == [row]
    assert list(queries.orders_visible_to(stranger)) == []


def test_use_is_told_by_building_and_never_of_a_few(here: District) -> None:
    building = make_houses(here.community)["building"]
    item = make_item(here.community)
    row = make_order(item)
    Order.objects.filter(pk=row.pk).update(building=building)
    assert [one.households for one in queries.heat_of(here.community, year=2026)] == [None]
    for number in range(2, 7):
        Order.objects.filter(pk=make_order(item, number).pk).update(building=building)
    assert [one.households for one in queries.heat_of(here.community, year=2026, month=3)] == [6]
    assert queries.heat_of(here.community, year=2026, month=4) == []


def test_names_leave_an_order_and_the_count_stays(here: District) -> None:
    item = make_item(here.community)
    row = make_order(item)
    assert forget_names(AT) == 0
    Order.objects.update(asked_at=F("asked_at") - (AT - AT.replace(year=2022)))
    assert (forget_names(AT.replace(year=2023)), forget_names(AT.replace(year=2023))) == (1, 0)
    row.refresh_from_db()
    assert (row.name.for_machine(because="test"), str(row.phone), row.household_key) == (NAMELESS, "", "")
