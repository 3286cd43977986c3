"""What is half-typed is not lost: a closed tab, an absence, a second press; all of it also without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.sites import Site

pytestmark = pytest.mark.browser
TEXT = "同一张表要报三次。"
RESTORED = "已恢复您上次未提交的内容。"


def type_half(page: Page) -> None:
    page.goto("/feedback/")
    page.locator("textarea").fill(TEXT)
    page.wait_for_timeout(500)


def test_it_restores_a_half_typed_form_after_the_tab_was_closed(page: Page) -> None:
    type_half(page)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/feedback/")
    expect(again.locator("textarea")).to_have_value(TEXT)
    expect(again.locator("[data-draft-notice]")).to_contain_text(RESTORED)


def test_it_says_so_where_the_network_is_gone_and_sends_when_it_is_back(page: Page) -> None:
    type_half(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("[data-offline-notice]")).to_contain_text("没有网络，尚未提交")
    expect(page.locator("textarea")).to_have_value(TEXT)
    page.context.set_offline(False)
    expect(page.locator("[data-offline-notice]")).to_contain_text("网络已恢复")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢您")


def test_it_forgets_the_draft_when_told_to(page: Page) -> None:
    type_half(page)
    page.reload()
    page.get_by_role("button", name="不要了").click()
    page.reload()
    expect(page.locator("textarea")).to_have_value("")


def test_it_forgets_the_draft_once_the_form_was_done(page: Page) -> None:
    type_half(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢您")
    page.goto("/feedback/")
    expect(page.locator("textarea")).to_have_value("")


def test_it_keeps_the_draft_when_the_answer_was_no_success(page: Page, site: Site) -> None:
    sign_in(page, site, "yinxing.shuji")
    page.goto("/desk/styleguide/")
    page.locator("#id_title").fill(TEXT)
    page.wait_for_timeout(500)
    page.context.clear_cookies(name="sessionid")
    page.goto("/desk/styleguide/")
    sign_in(page, site, "yinxing.shuji")
    page.goto("/desk/styleguide/")
    expect(page.locator("#id_title")).to_have_value(TEXT)


def test_it_shows_nothing_of_it_to_the_next_person_at_the_same_computer(page: Page, site: Site) -> None:
    sign_in(page, site, "yinxing.shuji")
    page.goto("/desk/styleguide/")
    page.locator("#id_title").fill(TEXT)
    page.wait_for_timeout(500)
    page.context.clear_cookies()
    sign_in(page, site, "linhu.jiedao")
    page.goto("/desk/styleguide/")
    expect(page.locator("#id_title")).to_have_value("")


def test_it_asks_in_place_signs_out_and_keeps_what_was_typed(page: Page, site: Site) -> None:
    page.clock.install()
    sign_in(page, site, "yinxing.shuji")
    page.goto("/desk/styleguide/")
    page.locator("#id_title").fill(TEXT)
    page.clock.fast_forward("15:10")
    expect(page.get_by_role("alertdialog")).to_contain_text("您还在吗？")
    page.get_by_role("button", name="我在，继续").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.locator("#id_title")).to_have_value(TEXT)
    page.clock.fast_forward("15:10")
    expect(page.get_by_role("alertdialog")).to_contain_text("您还在吗？")
    page.clock.fast_forward("05:10")
    expect(page.get_by_role("alertdialog")).to_contain_text("已自动退出登录")
    page.get_by_role("link", name="登录").last.click()
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, site, "yinxing.shuji")
    page.goto("/desk/styleguide/")
    expect(page.locator("#id_title")).to_have_value(TEXT)


def test_it_does_a_form_pressed_twice_once(page: Page) -> None:
    type_half(page)
    page.evaluate("document.querySelector('form[data-draft]').addEventListener('submit', () => (window.presses = 1))")
    page.get_by_role("button", name="提交").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢您")


def test_it_works_without_javascript(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, scripts=False)
    page.goto("/feedback/")
    page.locator("textarea").fill(TEXT)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢您")
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_class("portal elder")


def test_it_can_be_used_with_keys_alone(page: Page, site: Site) -> None:
    sign_in(page, site, "yinxing.shuji")
    page.goto("/desk/styleguide/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("tbody tr a").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "井台边加一条长椅"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("elder", ["0", "1"])
def test_it_shows_every_component_without_a_serious_finding(page: Page, site: Site, theme: str, elder: str) -> None:
    sign_in(page, site, "yinxing.shuji")
    chosen = {"linli_theme": theme, "linli_elder": elder}
    page.context.add_cookies([{"name": key, "value": chosen[key], "url": site.address} for key in chosen])
    page.goto("/desk/styleguide/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = false))")
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_gives_fingers_room_in_large_text(phone: Page, site: Site) -> None:
    phone.context.add_cookies([{"name": "linli_elder", "value": "1", "url": site.address}])
    phone.goto("/feedback/")
    heights = phone.evaluate(
        "[...document.querySelectorAll('button, .foot a, input:not([type=hidden]):not([type=radio])')]"
        ".map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 60
