"""An organization falls below six for the third month in a row and is heard, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.center import LOW, make_falling
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]


def press(page: Page, name: str) -> None:
    """Press the button of this name, answer its question with yes, wait for the page."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_an_organization_falls_below_six_three_times_and_is_heard(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page]
) -> None:
    site = fresh_site()
    made = make_falling(site.home)
    officer, manager = open_page(site), open_page(site, phone=True)
    sign_in(officer, site, "linhu.jiedao")
    sign_in(manager, site, "nuanlin")
    story = f"/desk/incubation/organizations/{made.organization}/"
    officer.goto(f"/desk/incubation/sheets/{made.sheet}/do/correct/")
    officer.locator("[name=code]").select_option("desk")
    officer.fill("[name=mark]", LOW)
    officer.fill("[name=reason]", "坐班签到与值班表不符")
    press(officer, "更正分值")
    officer.goto(story)
    expect(officer.locator("main")).to_contain_text("连续第3个月")
    check_accessibility(officer)
    officer.get_by_role("link", name="告知组织").click()
    press(officer, "告知组织")
    manager.goto(story)
    for _number in range(2):
        manager.get_by_role("link", name="对预警作申辩").first.click()
        manager.fill("[name=text]", "人员变动，下月补齐坐班。")
        press(manager, "对预警作申辩")
    manager.get_by_role("link", name="对退出作申辩").click()
    manager.fill("[name=text]", "愿意整改，请再给三个月。")
    press(manager, "对退出作申辩")
    check_accessibility(manager)
    officer.goto(story)
    for said in ("人员变动，下月补齐坐班。", "愿意整改，请再给三个月。"):
        expect(officer.locator("main")).to_contain_text(said)
