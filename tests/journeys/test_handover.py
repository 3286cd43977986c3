"""Work passes from hand to hand with a witness, and to a substitute while somebody is away, in a real browser."""

from collections.abc import Callable

import pytest
from django.utils import timezone
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


def test_the_substitute_acts_while_the_secretary_is_away(fresh_site: Callable[..., Site], open_page: Open) -> None:
    site = fresh_site()
    officer, secretary, worker = (open_page(site) for _number in range(3))
    for page, name in ((officer, "linhu.jiedao"), (secretary, "yinxing.shuji"), (worker, "yinxing.shegong")):
        sign_in(page, site, name)
    officer.goto("/desk/posts/?role=community_secretary")
    officer.get_by_role("link", name="方建平").click()
    officer.get_by_role("link", name="指定替岗人").click()
    officer.locator("[name=deputy]").select_option(label="林晓禾（yinxing.shegong）")
    press(officer, "指定替岗人")
    expect(officer.locator("main")).to_contain_text("林晓禾")
    secretary.goto("/desk/absences/new/")
    day = timezone.localdate().isoformat()
    secretary.fill("[name=first_day]", day)
    secretary.fill("[name=last_day]", day)
    press(secretary, "录入")
    expect(secretary.locator("main")).to_contain_text("林晓禾")
    check_accessibility(secretary)
    worker.goto("/desk/")
    expect(worker.locator("main")).to_contain_text("您正在代理 方建平")
    check_accessibility(worker)
    press(secretary, "撤销")
    worker.goto("/desk/")
    expect(worker.locator("main")).not_to_contain_text("您正在代理")
