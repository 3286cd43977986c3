"""A review in the hall: host, counter, supervisor, four judges (offline, without scripts, recused), big screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Guard, check_accessibility
from tests.support.hall import Hall, make_hall
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
FIRST, SECOND, SCRIPTLESS, RECUSED = "赵某", "钱某", "孙某", "李某"


def enter(page: Page, hall: Hall, name: str) -> Page:
    """Take a seat at the door, as its slip says."""
    page.goto(f"/room/{hall.code}/")
    page.fill("[name=pin]", hall.pins[name])
    page.get_by_role("button", name="入席").click()
    expect(page.locator(".room-seat")).to_contain_text(name)
    return page


def press(page: Page, name: str) -> None:
    """Press a button of the console and wait for the page it leads to."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def mark(page: Page, share: float) -> None:
    """Give every criterion this share of its top."""
    for field in page.locator("#sheet-form input[type=number]").all():
        field.fill(f"{float(field.get_attribute('max') or 0) * share:g}")


def hand_in(page: Page, share: float) -> None:
    expect(page.locator("#sheet-form")).to_be_visible()
    mark(page, share)
    page.get_by_role("button", name="提交", exact=True).click()


def finish(hall: Hall, host: Page, confirming: tuple[Page, Page], screen: Page) -> None:
    """Collected, confirmed by two, revealed: the hall reads the final score and nothing else."""
    press(host, "收卷")
    for page in confirming:
        page.goto(f"/room/{hall.code}/1/counting/")
        expect(page.locator("main")).to_contain_text("80.00")
        check_accessibility(page)
        press(page, "确认这个结果")
    assert "80.00" not in screen.locator("main").inner_text()
    host.reload()
    press(host, "公布")
    expect(screen.locator(".screen-score")).to_have_text("80.00")
    shown = screen.locator("body").inner_text()
    assert [word for word in ("90.00", "70.00", FIRST, SECOND, *hall.pins.values()) if word in shown] == []
    check_accessibility(screen)


def test_a_review_goes_from_the_pin_to_the_screen(
    fresh_site: Callable[..., Site], open_page: Open, guard: Guard
) -> None:
    guard.allow("ERR_INTERNET_DISCONNECTED")
    site = fresh_site()
    hall = make_hall(site.home)
    host, counter = (enter(open_page(site), hall, name) for name in ("韩某", "计某"))
    supervisor = enter(open_page(site, phone=True), hall, "督某")
    first, second, recused = (enter(open_page(site, phone=True), hall, name) for name in (FIRST, SECOND, RECUSED))
    scriptless = enter(open_page(site, phone=True, scripts=False), hall, SCRIPTLESS)
    screen = open_page(site)
    screen.goto(f"/room/{hall.code}/1/screen/")
    check_accessibility(first)

    press(host, "下一个")
    press(host, "陈述")
    hand_in(first, 0.9)
    expect(first.locator(".notice-done")).to_contain_text("90.00")
    check_accessibility(first)
    expect(recused.locator("main")).to_contain_text("曾任该社理事")
    assert recused.locator("#sheet-form").count() == 0

    expect(second.locator("#sheet-form")).to_be_visible()
    second.context.set_offline(True)
    hand_in(second, 0.8)
    expect(second.locator("#room-offline")).to_contain_text("网络中断，评分已保存在手机上")
    second.context.set_offline(False)
    expect(second.locator(".notice-done")).to_contain_text("80.00")

    scriptless.reload()
    hand_in(scriptless, 0.7)
    expect(scriptless.locator(".notice-done").first).to_be_visible()
    expect(host.locator(".room-dot.is-done")).to_have_count(3)
    expect(host.locator(".room-dot.is-recused")).to_have_count(1)
    assert "90.00" not in host.locator("main").inner_text()
    check_accessibility(host)

    finish(hall, host, (counter, supervisor), screen)
    expect(first.locator("main")).to_contain_text("您的合计：90.00 分")
