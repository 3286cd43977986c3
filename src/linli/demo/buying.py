"""Orders become sheets, organizations take them on: Saturdays of this month, households in hardship, a market."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Fund
from linli.apps.ordering import services
from linli.apps.ordering.models import Audience, Channel, CheckWay, Contractor, Method, Shift, WorkSheet
from linli.apps.ordering.services import ItemText, OrderText, PlanText, SheetText
from linli.apps.organizations import services as register
from linli.apps.organizations.models import Organization, OrganizationKind
from linli.demo.bodies import ELDERS, PAINTERS, WARM
from linli.demo.menus import CLINIC
from linli.demo.names import draw, mobile, person_name
from linli.demo.proposing import CHINA
from linli.demo.streets import MAIN, STREET, Here
from linli.demo.underway import ago

CARE, HARDSHIP = "银杏养老照料中心", "映波社区"
NINE, HOUSEHOLDS = 9, 9
"""Organizations that share the order for households in hardship, and how many of these ordered."""
MARKET, YEARLY = "银杏便民市场", Decimal(5000)
POT, CEILING = Decimal(30_000), Decimal(18_000)
SATURDAY, EVERY_DAY = "6", "1234567"
SINCE = 9
"""Days since the market has its keepers."""
DAY = timedelta(days=1)


def buy_services(here: Here) -> None:
    """This month's orders of the main community, the sheet of nine, and the keepers of the market."""
    fund = ledger.open_fund(
        street=here.places[STREET], code=f"点单{here.today.year}", name=f"{here.today.year}年点单服务经费",
        year=here.today.year, source="party_service", amount=POT, document=f"临街财〔{here.today.year}〕17号",
        actor=here.people["linhu.caiwu"], at=ago(here, SINCE + 6),
    )  # fmt: skip
    _hold_papers(here)
    _saturdays(here)
    _hardship(here, fund)
    _keep_market(here, fund)


def _hold_papers(here: Here) -> None:
    """Two more may take blood pressure: three quotes are compared."""
    for name in (CARE, ELDERS):
        for paper in ("medical", "insurance"):
            register.give_standing(
                here.organizations[name], kind=f"paper_{paper}", value="持有", valid_from=here.first_day,
                source="证照复印件", actor=None, at=here.on(9),
            )  # fmt: skip


def _saturdays(here: Here) -> None:
    """The orders that have a place, bundled; a cleaning sheet beside them; all four go on every Saturday."""
    month, place = here.today.replace(day=1), here.places[MAIN]
    bundled = services.bundle_month(
        place=place, month=month, actor=here.people["yinxing.shegong"], at=ago(here, 7)
    )  # fmt: skip
    last = (month + 31 * DAY).replace(day=1) - DAY
    text = SheetText(
        "cleaning", f"{month.year}年{month.month}月周六楼内保洁", "高龄独居老人家中擦窗、清灶台，两人同行。", month,
        last, "服务对象确认，照片留存。", Decimal(1440), quantity=24, venue="服务对象家中",
    )  # fmt: skip
    sheets = {one.kind: one for one in bundled}
    sheets["cleaning"] = services.draw_up(
        place=place, text=text, month=month, actor=here.people["yinxing.shegong"], is_demo=True, at=ago(here, 7)
    )
    for kind, names, people in (
        ("haircut", (WARM,), 2), ("sharpening", (WARM,), 1), ("cleaning", (WARM,), 2),
        ("blood_pressure", (CLINIC, CARE, ELDERS), 1),
    ):  # fmt: skip
        sheet = sheets[kind]
        offers = {here.organizations[name]: sheet.ceiling for name in names}
        winner = here.organizations[names[0]]
        row = _take_on(here, sheet, offers, {winner: 100}, ago(here, 6))[0]
        first = max(month, ago(here, 5).date())
        _come(here, row, PlanText(SATURDAY, time(9), time(11), first, last, "银杏社区活动室", people), people)


def _hardship(here: Here, fund: Fund) -> None:
    """Households in hardship order help at home; nine organizations share the sheet, each with its part of the money.

    What they bring: housework, lessons for children, company to the doctor.
    """
    place, officer = here.places[HARDSHIP], here.people["linhu.jiedao"]
    month, at = here.today.replace(day=1), ago(here, 8)
    about = "家政、助学、陪同就医，按户商定，一户一策。"
    item = services.write_item(
        place=place, month=month, actor=officer, is_demo=True, at=at,
        text=ItemText("other", "困难家庭帮扶", Decimal(2000), "户", about, "与家庭商定", Audience.HARDSHIP),
    )  # fmt: skip
    services.open_items([item], actor=officer, at=at)
    chance = draw("hardship")
    orders = [
        services.order(
            item, channel=Channel.WORKER, actor=officer, is_demo=True, at=at,
            text=OrderText(
                person_name(chance, female=number % 2 == 0), mobile(7_900_000 + number), in_hardship=True,
                wished=("家政", "助学", "陪同就医")[number % 3],
            ),
        )
        for number in range(HOUSEHOLDS)
    ]  # fmt: skip
    text = SheetText(
        "other", "困难家庭暖心帮扶", about, month, month + 364 * DAY, "每户每月确认一次，社区抽查。", CEILING,
        unit="户", fund=fund, method=Method.QUOTES, venue="服务对象家中或社区", places=NINE,
    )  # fmt: skip
    sheet = services.draw_up(
        place=place, text=text, orders=orders, item=item, month=month, actor=here.people["linhu.kezhang"],
        is_demo=True, at=at,
    )  # fmt: skip
    nine = _nine(here)
    shares = {one: 11 + (number == 0) for number, one in enumerate(nine)}
    _take_on(here, sheet, dict.fromkeys(nine, CEILING), shares, ago(here, 7))


def _nine(here: Here) -> list[Organization]:
    """Social organizations of the street, in the order of the register."""
    found = [
        one
        for one in here.organizations.values()
        if one.kind == OrganizationKind.SOCIAL_ORGANIZATION and one.place.street_id == here.places[STREET].pk
    ]
    return found[:NINE]


def _keep_market(here: Here, fund: Fund) -> None:
    """A team keeps the market every afternoon for ¥5,000 a year; the first days are accepted."""
    first = ago(here, SINCE).date()
    text = SheetText(
        "keeper", "我们是市场好管家", "每天下午在市场值守：劝阻占道、帮老人提菜、收集摊主和居民的话。", first,
        _year_after(first), "每月核对值守记录，摊主和居民评价。", YEARLY, quantity=365, venue=MARKET, fund=fund,
    )  # fmt: skip
    sheet = services.draw_up(
        place=here.places[MAIN], text=text, actor=here.people["yinxing.shegong"], is_demo=True, at=ago(here, SINCE + 5)
    )
    team = here.organizations[PAINTERS]
    row = _take_on(here, sheet, {team: YEARLY}, {team: 100}, ago(here, SINCE + 4))[0]
    came = _come(here, row, PlanText(EVERY_DAY, time(14), time(17), first, sheet.ends, MARKET, 2), 2)
    services.accept_delivery(
        row, since=first, until=came, delivered=(came - first).days + 1, remark="值守记录齐全，摊主都认得他们。",
        actor=here.people["yinxing.shuji"], is_demo=True, at=datetime.combine(came, time(18), tzinfo=CHINA),
    )  # fmt: skip


def _year_after(day: date) -> date:
    """The last day of a term of one year."""
    return (day - DAY).replace(year=day.year + 1) if (day - DAY).month != 2 else day + 364 * DAY


def _take_on(
    here: Here,
    sheet: WorkSheet,
    offers: Mapping[Organization, Decimal],
    shares: Mapping[Organization, int],
    at: datetime,
) -> list[Contractor]:
    """Published, offered for and given within a day, by people who did not draw it up."""
    services.publish_sheet(
        sheet, actor=here.people["yinxing.shuji" if sheet.place.name == MAIN else "linhu.jiedao"], at=at
    )
    for one, price in offers.items():
        services.claim(
            sheet, organization=one, price=price, plan="本单位服务人员上门或到点，按单确认。", actor=None, at=at
        )
    sheet.refresh_from_db()
    why = "材料齐全，报价合理，熟悉本社区。"
    return services.award(
        sheet, shares=shares, reason=why, actor=here.people["linhu.lingdao"], at=at + timedelta(hours=2)
    )


def _come(here: Here, row: Contractor, text: PlanText, people: int) -> date:
    """Plan the shifts and sign in at each that is over; the last day of these (yesterday where there is none)."""
    plan = services.plan_shifts(row, text=text, actor=None, is_demo=True, at=ago(here, 5))
    over = _over(here, plan.shifts.select_related("contractor__sheet", "plan"))
    for shift in over:
        services.check_in(shift, way=CheckWay.LIST, people=people, actor=None, came_at=shift.starts, at=shift.ends)
    return over[-1].starts.astimezone(CHINA).date() if over else here.today - DAY


def _over(here: Here, rows: Iterable[Shift]) -> list[Shift]:
    return sorted((one for one in rows if one.ends <= _midnight(here)), key=lambda one: one.starts)


def _midnight(here: Here) -> datetime:
    return datetime.combine(here.today, time(0), tzinfo=CHINA)
