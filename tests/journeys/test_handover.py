"""Work passes from hand to hand with a witness, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]

Open = Callable[..., Page]


def press(page: Page, name: str) -> None:
    """Press the button of this name and wait for the answer."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_work_goes_to_the_taker_when_a_third_has_seen_it(fresh_site: Callable[..., Site], open_page: Open) -> None:
    site = fresh_site()
    giver, taker, witness = (open_page(site) for _number in range(3))
    for page, name in ((giver, "yinxing.shegong"), (taker, "nanli.shegong"), (witness, "yinxing.shuji")):
        sign_in(page, site, name)
    giver.goto("/desk/handovers/")
    check_accessibility(giver)
    giver.get_by_role("link", name="移交").first.click()
    giver.locator("[name=taker]").select_option(label="杜若溪（nanli.shegong）")
    giver.locator("[name=witness]").select_option(label="方建平（yinxing.shuji）")
    press(giver, "起草")
    giver.locator("tbody a").first.click()
    giver.fill("[name=title]", "居委会公章一枚，保险柜内")
    press(giver, "添加")
    check_accessibility(giver)
    slip = giver.url
    giver.on("dialog", lambda asked: asked.accept())
    for page, verb, told in (
        (taker, "确认接收", "已确认"),
        (witness, "确认监交", "已监交"),
        (giver, "执行：移交全部未办结事项", "已执行"),
    ):
        page.goto(slip)
        expect(page.locator("main")).to_contain_text("居委会公章一枚")
        press(page, verb)
        expect(page.locator("#messages")).to_contain_text(told)
    expect(giver.locator(".timeline")).to_contain_text("方建平")
