"""A community's week: a list from the group, the door, a paper sheet, goods signed for, a slip answered on a phone."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.support.browser import Guard, check_accessibility, sign_in
from tests.support.delivery import BOUGHT, SPENDER, Week, make_week
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNT = "结束填答并统计"
INVOICE = "26112000000000700001"
CHAIN = "#接龙\n8号捡拾活动\n1. 尤晓霞 13700001111\n2、岑建国 2单元301\n3. 来两个\n"
PAPER = "1. 尤晓霞 1111\n2. 岑建国 \n3. 席玉兰 2222"


def picture() -> bytes:
    """A small picture."""
    body = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(body, "PNG")
    return body.getvalue()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def paste_the_group(worker: Page, week: Week) -> None:
    """The list of the group becomes a list of people; the unclear line is shown, put right, and taken as well."""
    worker.goto(f"/desk/activities/dates/{week.date}/chain/")
    worker.fill("[name=text]", CHAIN)
    press(worker, "识别")
    expect(worker.locator(".alert, .notice").filter(has_text="来两个").first).to_be_visible()
    check_accessibility(worker)
    worker.fill("[name=text]", CHAIN.replace("来两个", "闵秀英+1"))
    press(worker, "识别")
    press(worker, re.compile("4"))
    expect(worker.locator("main")).to_contain_text("闵秀英的同行人")


def sign_in_at_the_door(resident: Page, week: Week) -> None:
    """A resident signs in on the phone behind the code at the door; pressing again changes nothing."""
    for told in ("签到成功", "您已签到，无需重复"):
        resident.goto(f"/activities/door/{week.door}/")
        resident.fill("[name=name]", "尤晓霞")
        resident.fill("[name=mark]", "1111")
        press(resident, "我到了")
        expect(resident.locator("body")).to_contain_text(told)
    check_accessibility(resident)


def type_the_sheet(worker: Page, week: Week) -> None:
    """Others signed on paper: typed once, and whoever came by phone is not counted again."""
    worker.goto(f"/desk/activities/dates/{week.date}/sheet/")
    worker.fill("[name=lines]", PAPER)
    press(worker, "保存")
    expect(worker.locator("body")).to_contain_text("1")
    worker.goto(f"/desk/activities/dates/{week.date}/")
    expect(worker.locator(".figures-row")).to_contain_text("3")
    check_accessibility(worker)


def sign_for_goods(worker: Page, week: Week) -> None:
    """Two lines of the signed sheet, then the last plant at the door; a fourth hand finds nothing left."""
    worker.goto(f"/desk/activities/goods/{week.goods}/{week.building}/sheet/")
    worker.fill("[name=lines]", "1 方秀珍\n2 纪文（邻居）")
    press(worker, "保存")
    worker.goto(f"/desk/activities/goods/{week.goods}/{week.building}/")
    check_accessibility(worker)
    worker.get_by_role("link", name="签领", exact=True).first.click()
    worker.fill("[name=receiver]", "米桂花")
    worker.fill("[name=quantity]", "2")
    press(worker, "保存")
    expect(worker.locator("main")).to_contain_text("1")
    assert worker.locator("[name=quantity]").count() == 1
    worker.fill("[name=quantity]", "1")
    press(worker, "保存")
    worker.goto(f"/desk/activities/goods/{week.goods}/")
    expect(worker.locator(".figures-row")).to_contain_text(f"{BOUGHT}")


def answer_the_slip(resident: Page, week: Week) -> None:
    """The code of a paper slip, typed on a phone: answered once, and told so calmly the second time."""
    resident.goto(f"/answer/?code={week.code}")
    press(resident, re.compile("开始|填写|继续|下一步|打开"))
    check_accessibility(resident)
    resident.get_by_label("很满意").first.check()
    press(resident, "提交答卷")
    check_accessibility(resident)
    resident.goto(f"/answer/{week.survey}/?code={week.code}")
    assert resident.get_by_role("button", name="提交答卷").count() == 0


def read_the_rate(worker: Page, week: Week) -> None:
    """Closed and counted: the rate with its n, and who said what nowhere."""
    worker.goto(f"/desk/surveys/{week.survey}/")
    worker.get_by_role("link", name=COUNT).click()
    press(worker, COUNT)
    worker.goto(f"/desk/surveys/{week.survey}/")
    expect(worker.locator("main")).to_contain_text("100")
    check_accessibility(worker)


def fill_in(page: Page, today: str, amount: str) -> str:
    """Type one expenditure as the organization does; its address."""
    page.get_by_label("支出类别").select_option(label="印刷制作")
    for name, text in (("amount", amount), ("purpose", "助餐菜单印刷"), ("spent_on", today), ("payee", "和安图文社")):
        page.fill(f"main [name={name}]", text)
    with page.expect_navigation():
        page.locator("main form [type=submit]").first.click()
    return page.url


def enter_invoice(page: Page, today: str, amount: str) -> None:
    """The invoice typed by hand, because its file is not at hand."""
    page.get_by_role("link", name="没有文件，直接填写").click()
    page.fill("main [name=number]", INVOICE)
    page.fill("main [name=amount]", amount)
    page.fill("main [name=issued_on]", today)
    with page.expect_navigation():
        page.locator("main form [type=submit]").first.click()


def spend(page: Page, week: Week, today: str) -> str:
    """An organization enters what it spent; what is lacking is named and bars it; then it is handed in."""
    page.goto(f"/desk/ledger/commitments/{week.money}/spending/new/")
    check_accessibility(page)
    address = fill_in(page, today, "300")
    expect(page.locator("main")).to_contain_text("还不能提交")
    enter_invoice(page, today, "300")
    lacking = page.locator("#papers + ul li", has_text="缺")
    for _paper in range(lacking.count()):
        lacking.first.get_by_role("link", name="添加", exact=True).click()
        page.set_input_files("[name=upload]", {"name": "样稿.png", "mimeType": "image/png", "buffer": picture()})
        with page.expect_navigation():
            page.locator("main form [type=submit]").first.click()
    check_accessibility(page)
    page.get_by_role("link", name="提交", exact=True).click()
    press(page, "提交")
    expect(page.locator("main")).to_contain_text("已提交")
    return address


def spend_again(page: Page, week: Week, today: str) -> None:
    """The same invoice under another expenditure is stopped with a sentence."""
    page.goto(f"/desk/ledger/commitments/{week.money}/spending/new/")
    fill_in(page, today, "300")
    enter_invoice(page, today, "300")
    expect(page.locator("body")).to_contain_text("登记过")
    check_accessibility(page)


def desk(site: Site, open_page: Callable[..., Page], username: str) -> Page:
    """A desk of the street."""
    page = open_page(site)
    sign_in(page, site, username)
    return page


def approve_and_pay(desk_of: Callable[[str], Page], address: str, today: str) -> None:
    """Two hands, then the treasury's receipt."""
    for username, step in (("linhu.caiwu", "审核通过"), ("linhu.lingdao", "通过"), ("linhu.caiwu", "登记付款")):
        page = desk_of(username)
        page.goto(address)
        page.get_by_role("link", name=step).first.click()
        if step == "登记付款":
            page.fill("[name=receipt]", "国库-2026-0001")
            page.fill("[name=paid_on]", today)
        press(page, re.compile(step))
        check_accessibility(page)
    expect(page.locator("main")).to_contain_text("国库-2026-0001")


def test_spending_is_stopped_by_a_second_use_of_an_invoice(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page], guard: Guard
) -> None:
    guard.allow("422")
    site = fresh_site()
    week = make_week(site.home)
    manager = open_page(site, phone=True)
    sign_in(manager, site, SPENDER)
    today = str(manager.evaluate("new Date().toISOString().slice(0, 10)"))
    address = spend(manager, week, today)
    spend_again(manager, week, today)
    approve_and_pay(lambda username: desk(site, open_page, username), address, today)


def test_a_week_is_signed_for_on_phone_and_paper(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page], guard: Guard
) -> None:
    guard.allow("422")
    site = fresh_site()
    week = make_week(site.home)
    worker, resident = open_page(site), open_page(site, phone=True)
    sign_in(worker, site, "nanli.shegong")
    paste_the_group(worker, week)
    sign_in_at_the_door(resident, week)
    type_the_sheet(worker, week)
    sign_for_goods(worker, week)
    answer_the_slip(resident, week)
    read_the_rate(worker, week)
