"""An old lady orders a haircut and confirms it; orders and needs become a sheet that is called, served and paid."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.sites import Site
from tests.support.worksheets import COMMUNITY, NEEDS, ORDERS, in_home

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def press(page: Page, name: str) -> None:
    """Press the main button of this name; where it asks, the answer is yes."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def height(page: Page, name: str) -> float:
    """How high a button is, in pixels."""
    box = page.locator("main").get_by_role("button", name=name, exact=True).bounding_box()
    assert box is not None
    return box["height"]


def test_an_old_lady_orders_a_haircut_and_confirms_it(site: Site, open_page: Callable[..., Page]) -> None:
    phone = open_page(site, phone=True)
    phone.on("dialog", lambda asked: asked.accept())
    phone.goto("/")
    phone.get_by_role("button", name="大字版").first.click()
    expect(phone.locator("html")).to_have_class(re.compile("elder"))
    phone.locator("main").get_by_role("link", name=re.compile("点服务|点单")).first.click()
    phone.get_by_role("link", name="银杏社区", exact=True).first.click()
    phone.get_by_role("link", name=re.compile("周六理发")).first.click()
    phone.fill("[name=name]", "周桂兰")
    phone.fill("[name=phone]", "13900004477")
    check_accessibility(phone)
    assert height(phone, "点这项服务") >= 60
    press(phone, "点这项服务")
    expect(phone.locator("main")).to_contain_text("已有名额")
    expect(phone.locator("main")).to_contain_text("周六")
    check_accessibility(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    press(phone, "已得到服务")
    expect(phone.locator("main")).to_contain_text("谢谢")
    expect(phone.get_by_role("button", name="我不需要了")).to_have_count(0)


def tick(page: Page, name: str, values: list[str]) -> None:
    """Tick the boxes of this name with these values."""
    for value in values:
        page.locator(f"[name={name}][value='{value}']").check()


def fill(page: Page, **given: str) -> None:
    """Fill the fields of a form; a list is chosen from by its value or its words."""
    for name, value in given.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def sheet_from(page: Page, made: dict[str, Any], day: date) -> str:
    """A sheet for an open call with the orders and needs on it, published; the address of its page."""
    page.goto("/desk/ordering/sheets/new/")
    fill(
        page, place=COMMUNITY, kind="sharpening", title="菜刀磨修服务", content="每周六上午在社区活动室磨刀。",
        venue="社区活动室", criteria="服务对象确认，社区验收。", starts=day.isoformat(),
        ends=(day + timedelta(days=30)).isoformat(), quantity="1", ceiling="7000", fund=made["fund"], method="open",
    )  # fmt: skip
    press(page, "保存")
    address = page.url
    page.get_by_role("link", name="单上的点单和诉求").click()
    tick(page, "order", made["orders"])
    tick(page, "need", made["needs"])
    press(page, "勾选的列入制单")
    check_accessibility(page)
    page.get_by_role("link", name="返回制单").click()
    expect(page.locator("main")).to_contain_text(f"含{ORDERS}个点单、{NEEDS}条诉求。")
    expect(page.locator("main")).to_contain_text(f"{ORDERS + NEEDS} 件")
    press(page, "发布")
    return address


def offer(page: Page, address: str, price: str) -> None:
    """Offer to take the sheet on for this price."""
    page.goto(f"{address}claim/")
    fill(page, organization=page.locator("[name=organization] option").last.get_attribute("value") or "", price=price)
    page.fill("[name=plan]", "两名师傅，每周六上午。")
    press(page, "提交申请")
    expect(page.locator("main")).to_contain_text("菜刀磨修服务")


def deliver(page: Page, contractor: str, day: date) -> None:
    """Plan a shift of today, write down who came, mark two orders as served in it."""
    page.goto(f"{contractor}do/plan/")
    page.locator(f"[name=weekdays][value='{day.isoweekday()}']").check()
    fill(page, begins="00:01", ends="23:59", first_on=day.isoformat(), last_on=day.isoformat(), people_needed="1")
    press(page, "排班")
    page.locator("a[href*='/ordering/shifts/']:not([href$='.ics'])").last.click()
    page.get_by_role("link", name="登记到岗人数").click()
    page.fill("[name=people]", "2")
    press(page, "登记到岗人数")
    for box in page.locator("[name=order]").all()[:2]:
        box.check()
    press(page, "勾选的已服务")


def pay(site: Site, contractor: str, day: date, *, secretary: Page, officer: Page, finance: Page) -> None:
    """The community accepts, the street settles, the payment of the treasury is entered."""
    secretary.goto(f"{contractor}do/accept/")
    fill(secretary, since=day.isoformat(), until=day.isoformat(), delivered=str(ORDERS + NEEDS))
    press(secretary, "验收")
    officer.goto(contractor)
    officer.get_by_role("link", name="制作结算单").click()
    fill(officer, amount="6500")
    press(officer, "制作结算单")
    spent = in_home(site.home, "approved", contractor.rstrip("/").rpartition("/")[2])
    finance.goto(f"/desk/ledger/spending/{spent}/step/paid/")
    fill(finance, receipt="国库20260001", paid_on=day.isoformat())
    press(finance, "登记付款")


@pytest.mark.sqlite_only
def test_a_sheet_of_thirty_orders_is_called_given_to_the_first_delivered_and_paid(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page]
) -> None:
    site = fresh_site()
    made, day = in_home(site.home, "wanted"), timezone.localdate()
    names = ("yinxing.shuji", "linhu.jiedao", "linhu.caiwu", "nuanlin", "zhichi")
    secretary, officer, finance, first, second = (open_page(site) for _name in names)
    for page, name in zip((secretary, officer, finance, first, second), names, strict=True):
        page.on("dialog", lambda asked: asked.accept())
        sign_in(page, site, name)
    address = sheet_from(secretary, made, day)
    sheet = address.rstrip("/").rpartition("/")[2]
    offer(first, address, "6500")
    offer(second, address, "6000")
    officer.goto(f"{address}call/")
    fill(officer, first_day=day.isoformat())
    press(officer, "组织评审")
    in_home(site.home, "judged", sheet, "90", "80")
    officer.goto(f"{address}award/")
    fill(officer, reason="评审第一名")
    check_accessibility(officer)
    press(officer, "确定承接方")
    expect(officer.locator("main")).to_contain_text("暖邻社会工作服务中心 100%")
    officer.locator("main").get_by_role("link", name="暖邻社会工作服务中心", exact=True).click()
    contractor = officer.url
    deliver(first, contractor, day)
    pay(site, contractor, day, secretary=secretary, officer=officer, finance=finance)
    officer.goto(contractor)
    officer.get_by_role("link", name="资金溯源").click()
    for said in ("国库20260001", "6,500.00", "国库已付"):
        expect(officer.locator("main")).to_contain_text(said)
    check_accessibility(officer)
