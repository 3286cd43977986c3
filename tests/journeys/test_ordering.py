"""An old lady with a phone: letters made large, a haircut ordered, served, confirmed by herself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility
from tests.support.sites import Site

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
