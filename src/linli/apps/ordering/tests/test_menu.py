"""The menu: written, opened, copied; points on foot; wishes counted."""

from datetime import date
from decimal import Decimal

import pytest

from linli.apps.ordering import queries, services
from linli.apps.ordering.kinds import service_kinds
from linli.apps.ordering.models import CatalogItem, Wish
from linli.apps.ordering.services import ItemText, PointText
from linli.apps.ordering.tests.factories import AT, MONTH, make_item
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def test_a_service_is_written_by_kind_and_ordered_only_once_it_is_open(here: District) -> None:
    item = make_item(here.community, is_open=False, price=Decimal("12.50"), quota=2, capacity=30)
    assert (item.unit, item.price, item.month) == ("人次", Decimal("12.50"), date(2026, 3, 1))
    assert list(queries.on_the_menu(here.community, date(2026, 3, 10))) == []
    services.open_items([item], actor=None, at=AT)
    assert list(queries.on_the_menu(here.community, date(2026, 3, 10))) == [item]
    assert list(queries.on_the_menu(here.community, date(2026, 4, 1))) == []


def test_hairdressing_blood_pressure_and_food_say_which_papers_they_need() -> None:
    kinds = service_kinds()
    assert kinds["haircut"].needed == ("health_card",)
    assert kinds["blood_pressure"].needed == ("medical", "insurance")
    assert kinds["meal"].needed == ("food", "insurance")
    assert [kind.code for kind in kinds.values() if kind.at_home] == ["cleaning", "repair", "escort"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "astrology"}, "kind"),
        ({"quota": 0}, "quota"),
        ({"capacity": 0}, "capacity"),
        ({"price": Decimal(-1)}, "price"),
        ({"price": Decimal("1.234")}, "price"),
        ({"title": "长" * 61}, "title"),
    ],
)
def test_it_refuses_what_no_menu_can_hold(here: District, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_item(here.community, **wrong)
    assert (refused.value.field, CatalogItem.objects.count()) == (field, 0)


def test_a_name_stands_once_a_month_and_a_menu_is_the_places_own(here: District) -> None:
    make_item(here.community)
    with pytest.raises(Conflict):
        make_item(here.community)
    stranger = make_user(Role.COMMUNITY_WORKER, here.other_community)
    with pytest.raises(NotAllowed):
        services.write_item(place=here.community, month=MONTH, text=ItemText("repair", "修水管"), actor=stranger)


def test_what_people_order_is_not_written_anew(here: District) -> None:
    item = make_item(here.community, is_open=False)
    services.change_item(item, text=ItemText("haircut", "理发", quota=3), actor=None, at=AT)
    assert CatalogItem.objects.get().quota == 3
    services.open_items([item], actor=None, at=AT)
    with pytest.raises(Conflict):
        services.change_item(item, text=ItemText("haircut", "理发", quota=4), actor=None, at=AT)


def test_a_menu_is_taken_over_into_the_next_month(here: District) -> None:
    make_item(here.community, capacity=20)
    make_item(here.community, title="磨剪子", kind="sharpening")
    made = services.copy_menu(place=here.community, source=MONTH, month=date(2026, 4, 9), actor=None, at=AT)
    assert sorted((row.title, row.month, row.capacity, row.state) for row in made) == [
        ("理发", date(2026, 4, 1), 20, "draft"),
        ("磨剪子", date(2026, 4, 1), None, "draft"),
    ]
    assert services.copy_menu(place=here.community, source=MONTH, month=date(2026, 4, 1), actor=None, at=AT) == []
    with pytest.raises(Refusal):
        services.copy_menu(place=here.other_community, source=MONTH, month=date(2026, 4, 1), actor=None, at=AT)


def test_nobody_opens_a_month_that_is_over(here: District) -> None:
    item = make_item(here.community, is_open=False, month=date(2026, 2, 1))
    with pytest.raises(Refusal) as refused:
        services.open_items([item], actor=None, at=AT)
    assert refused.value.code == "month-over"


def test_points_are_told_by_a_straight_line_of_a_thousand_metres(here: District) -> None:
    near = PointText("驿站", "槐荫路1号", latitude=Decimal("39.908000"), longitude=Decimal("116.4"), kinds=("haircut",))
    far = PointText("诊所", "槐荫路9号", latitude=Decimal("39.910000"), longitude=Decimal("116.4"), kinds=("meal",))
    points = [services.add_point(place=here.community, text=text, actor=None, at=AT) for text in (far, near)]
    found = queries.points_near(Decimal("39.9"), Decimal("116.4"))
    assert [(one.point.title, one.metres, one.within) for one in found] == [("驿站", 890, True), ("诊所", 1112, False)]
    assert [one.point.title for one in queries.points_near(Decimal("39.9"), Decimal("116.4"), kind="meal")] == ["诊所"]
    services.close_point(points[0], actor=None, at=AT)
    assert [one.point.title for one in queries.points_near(Decimal("39.9"), Decimal("116.4"))] == ["驿站"]
    with pytest.raises(Conflict):
        services.close_point(points[0], actor=None, at=AT)


def test_half_a_point_of_the_map_is_refused(here: District) -> None:
    with pytest.raises(Refusal):
        services.add_point(
            place=here.community, text=PointText("驿站", "1号", latitude=Decimal("39.9")), actor=None, at=AT
        )


def test_wishes_are_counted_and_nothing_is_kept_of_whoever_asked(here: District) -> None:
    for words in ("修脚", " 修脚！", "陪聊"):
        services.wish(place=here.community, words=words, actor=None, at=AT)
    assert list(Wish.objects.values_list("words", "count")) == [("修脚", 2), ("陪聊", 1)]
    assert {field.name for field in Wish._meta.fields} == {"id", "place", "month", "words", "key", "count"}
    with pytest.raises(Refusal):
        services.wish(place=here.community, words="！！", actor=None, at=AT)
