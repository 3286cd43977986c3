"""Menus of two months: Saturday haircuts, knives, blood pressure, cleaning; their orders, points and wishes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from linli.apps.ordering import services
from linli.apps.ordering.models import Audience, CatalogItem, Channel, Order, OrderState, Rule
from linli.apps.ordering.services import ItemText, OrderText, PointText
from linli.apps.organizations import services as organizations
from linli.apps.people.models import User
from linli.apps.places.models import Household, Place
from linli.demo.bodies import WARM
from linli.demo.names import draw, mobile, person_name
from linli.demo.streets import MAIN, MANY_STAIRWELLS, Here
from linli.demo.underway import ago

CLINIC = "银杏社区卫生服务站"
SEED = "20261107"
"""The seed of last month's lot, as it was said aloud."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Offer:
    """A service on the menu, who gives it, and how many order it in a month."""

    kind: str
    title: str
    unit: str
    about: str
    when: str
    price: str
    orders: int
    provider: str = WARM
    audience: Audience = Audience.EVERYONE
    quota: int = 1
    capacity: int | None = None
    rule: Rule = Rule.FIRST


OFFERS = (
    Offer("haircut", "周六理发", "人次", "两位理发师在活动室理发，坐轮椅的也方便。", "每周六9:00至11:00，社区活动室",
          "15", 22, audience=Audience.ELDERS, capacity=30),
    Offer("sharpening", "磨剪子磨刀", "件", "每户最多两件，刀剪用报纸包好带来。", "每周六9:00至11:00", "5", 9, quota=2),
    Offer("blood_pressure", "量血压", "人次", "护士量血压、测血糖，记在您的本子上。", "每周六8:30至10:30", "8", 8,
          provider=CLINIC),
    Offer("cleaning", "入户保洁", "次", "擦窗、擦灶台、清地面，一次两小时。", "周一至周五，电话约时间", "60", 9,
          audience=Audience.HARDSHIP, capacity=4, rule=Rule.DRAW),
    Offer("repair", "小修小补", "次", "换灯泡、换水龙头、修门锁；零件自理。", "周三14:00至17:00", "30", 5, capacity=30),
)  # fmt: skip
POINTS = (
    (MAIN, PointText("银杏社区活动室", "临湖路12号院内", "每天8:30至17:30", "010-62881201", Decimal("40.021200"),
                     Decimal("116.023500"), ("haircut", "sharpening", "blood_pressure"))),
    (MAIN, PointText(CLINIC, "临湖路18号", "每天8:00至17:00", "010-62881218",
                     Decimal("40.023900"), Decimal("116.026100"), ("blood_pressure",))),
    (MAIN, PointText("暖邻便民小站", "银杏东街5号东门", "周一至周六9:00至17:00", "", Decimal("40.020300"),
                     Decimal("116.028900"), ("sharpening", "repair"))),
    (MANY_STAIRWELLS, PointText("柳塘二里社区活动室", "柳塘路1号", "每天8:30至17:30", "010-62881302",
                                Decimal("40.025500"), Decimal("116.040000"), ("haircut", "repair"))),
)  # fmt: skip
WISHES = (("修鞋换拉链", 4), ("教老人用手机", 6), ("配钥匙", 2), ("陪着去医院", 3))


def write_menus(here: Here) -> None:
    """Last month's menu, served and confirmed; this month's, half ordered, its cleaning waiting for the lot."""
    this = here.today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    _hold_papers(here)
    for place, text in POINTS:
        services.add_point(
            place=here.places[place], text=text, actor=_worker(here, place), is_demo=True, at=ago(here, 38)
        )
    served = dict(_menu(here, last, ago(here, 38), MAIN, every=2))
    _serve(here, served)
    orders = dict(_menu(here, this, ago(here, 9, 14), MAIN))
    _finish_a_few(here, orders)
    dict(_menu(here, this, ago(here, 9), MANY_STAIRWELLS, every=8))
    for words, times in WISHES:
        for _time in range(times):
            services.wish(place=here.places[MAIN], words=words, actor=None, at=ago(here, 6))


def _worker(here: Here, place: str) -> User:
    """Who keeps the menu there: its own community worker, else the street."""
    return here.people["yinxing.shegong" if place == MAIN else "linhu.jiedao"]


def _hold_papers(here: Here) -> None:
    """What the two who serve show: health certificates and an insurance; a medical licence."""
    for name, papers in ((WARM, ("health_card", "insurance")), (CLINIC, ("medical", "insurance"))):
        for paper in papers:
            organizations.give_standing(
                here.organizations[name], kind=f"paper_{paper}", value="持有", valid_from=here.first_day,
                source="证照复印件", actor=here.people["linhu.jiedao"], at=here.on(9),
            )  # fmt: skip


def _menu(
    here: Here, month: date, at: datetime, name: str, *, every: int = 1
) -> Iterator[tuple[CatalogItem, list[Order]]]:
    """The services of a community and month, opened and ordered; ``every``: one order for so many."""
    place = here.places[name]
    items = [
        services.write_item(
            place=place, month=month, text=_text(here, offer), actor=_worker(here, name), is_demo=True, at=at
        )
        for offer in OFFERS
    ]
    services.open_items(items, actor=_worker(here, name), at=at)
    doors = _doors(place)
    for number, (offer, item) in enumerate(zip(OFFERS, items, strict=True)):
        turns = range(0, offer.orders, every)
        yield (
            item,
            [
                _order(item, next(doors), at + (60 * number + turn) * MINUTE, turn, _worker(here, name))
                for turn in turns
            ],
        )


def _text(here: Here, offer: Offer) -> ItemText:
    return ItemText(
        offer.kind, offer.title, Decimal(offer.price), offer.unit, offer.about, offer.when, offer.audience,
        offer.quota, offer.capacity, offer.rule, here.organizations[offer.provider],
    )  # fmt: skip


def _doors(place: Place) -> Iterator[tuple[str, str, str]]:
    """Name, telephone and address of one household after the other, of a few buildings, over and over."""
    chance = draw(f"menu of {place.name}")
    rows = Household.objects.filter(building__estate__community=place, stairwell__isnull=False, stairwell__number=1)
    rows = rows.filter(building__number__lte=2).order_by("order", "building__estate__name", "building__number", "id")
    found = [
        (person_name(chance, female=chance.random() < 0.6), mobile(7_000_000 + number), _address(row))
        for number, row in enumerate(rows.select_related("stairwell", "building__estate")[:44])
    ]
    while True:
        yield from found


def _address(row: Household) -> str:
    assert row.stairwell is not None
    return f"{row.building.estate}{row.building}{row.stairwell}{row.room}"


def _order(item: CatalogItem, door: tuple[str, str, str], at: datetime, turn: int, worker: User) -> Order:
    """Every third by the worker, for somebody who called; the households in hardship are on her list."""
    name, phone, address = door
    by_phone = turn % 3 == 2 or item.audience == Audience.HARDSHIP
    text = OrderText(
        name, phone, address, wished="周六上午早些" if turn % 5 == 1 else "",
        in_hardship=item.audience == Audience.HARDSHIP,
        relative_of="社区工作人员的母亲" if item.kind == "haircut" and turn == 6 else "",
    )  # fmt: skip
    channel = (Channel.PHONE if turn % 2 else Channel.WORKER) if by_phone else Channel.PORTAL
    return services.order(item, text=text, channel=channel, actor=worker, is_demo=True, at=at)


def _serve(here: Here, orders: dict[CatalogItem, list[Order]]) -> None:
    """All of last month: the lot drawn, those with a place served, most of them confirmed, the menu closed."""
    for item, rows in orders.items():
        if item.rule == Rule.DRAW:
            services.draw_places(item, seed=SEED, actor=_worker(here, MAIN), at=ago(here, 36))
        for number, row in enumerate(rows):
            row.refresh_from_db()
            if row.state == OrderState.GIVEN:
                services.serve(row, actor=_worker(here, MAIN), at=ago(here, 30))
                if number % 7:
                    services.confirm(row, actor=None, at=ago(here, 29))
        item.refresh_from_db()
        services.close_item(item, actor=_worker(here, MAIN), at=ago(here, 28))


def _finish_a_few(here: Here, orders: dict[CatalogItem, list[Order]]) -> None:
    """Of this month: a few served, one withdrawn."""
    for item, rows in orders.items():
        given = [row for row in rows if row.state == OrderState.GIVEN]
        for row in given[: len(given) // 3]:
            services.serve(row, actor=_worker(here, MAIN), at=ago(here, 3))
        if item.kind == "haircut":
            services.withdraw(given[-1], actor=None, at=ago(here, 4))
