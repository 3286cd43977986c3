"""A timetable moved with the mouse: a unit by its name, one project alone, the warning, and the way back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.fair import make_planned_fair
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def panel(page: Page, number: int) -> Locator:
    """The column of a panel (from 0)."""
    return page.locator(".tt-panel").nth(number)


def test_a_timetable_is_moved_with_the_mouse_and_called_back(site: Site, page: Page) -> None:
    session = make_planned_fair(site.home)
    sign_in(page, site, "linhu.jiedao")
    page.goto(f"/desk/reviews/{session}/timetable/")
    planned = [["第1社区社", "第4社区社"], ["第2社区社", "第3社区社"]]
    for number, units in enumerate(planned):
        expect(panel(page, number).locator(".tt-name")).to_have_text(units)
    top = {"target_position": {"x": 40, "y": 3}}
    panel(page, 0).locator(".tt-name").nth(1).drag_to(panel(page, 1).locator(".tt-entry").nth(2), **top)  # type: ignore[arg-type]  # a point
    expect(panel(page, 1).locator(".tt-name")).to_have_text(["第2社区社", "第4社区社", "第3社区社"])
    expect(page.locator("#messages")).to_contain_text("“4-1”已移动")
    assert page.locator(".tt-entry.is-wrong").count() == 0
    panel(page, 0).locator(".tt-entry").nth(1).drag_to(panel(page, 1).locator(".tt-entry").nth(0), **top)  # type: ignore[arg-type]  # a point
    expect(page.locator(".notice-warn")).to_contain_text("“第1社区社”的项目分开了")
    expect(page.locator(".tt-entry.is-wrong")).to_have_count(3)
    check_accessibility(page)
    page.get_by_role("button", name="撤回上一次改动").click()
    expect(page.locator(".tt-entry.is-wrong")).to_have_count(0)
    expect(panel(page, 1).locator(".tt-name")).to_have_text(["第2社区社", "第4社区社", "第3社区社"])
