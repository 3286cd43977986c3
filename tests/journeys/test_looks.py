"""How pages look and feel: room for a thumb, large text, dark colours, paper, the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.browser import accessibility_findings, sign_in
from tests.support.measures import focused, small_targets, small_text, tab_through, wider_than_the_screen
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]

STRANGERS = ("/", "/accounts/login/", "/feedback/", "/communities/", "/search/?q=社区")
DESK = ("/desk/", "/desk/cards/", "/desk/search/?q=社区", "/desk/styleguide/")
OFFICER = "linhu.jiedao"


def at_the_desk(open_page: Callable[..., Page], site: Site, phone: bool = False, **chosen: str) -> Page:
    """A page of the street officer, who chose how it should look."""
    page = open_page(site, phone=phone)
    sign_in(page, site, OFFICER)
    cookies = {f"linli_{name}": value for name, value in chosen.items()}
    page.context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in cookies.items()])
    return page


def found_on(page: Page, paths: tuple[str, ...], measure: Callable[[Page], object]) -> dict[str, object]:
    """What ``measure`` complains about, page by page."""
    found = {}
    for path in paths:
        page.goto(path)
        if wrong := measure(page):
            found[path] = wrong
    return found


@pytest.mark.parametrize(
    ("phone", "elder", "least"), [(False, "0", 24), (True, "0", 44), (True, "1", 60)], ids=["desk", "phone", "elder"]
)
def test_it_leaves_room_to_press(
    phone: bool, elder: str, least: int, site: Site, open_page: Callable[..., Page]
) -> None:
    page = at_the_desk(open_page, site, phone=phone, elder=elder)
    assert found_on(page, STRANGERS + DESK, lambda one: small_targets(one, least)) == {}


def test_it_sets_large_text_no_smaller_than_22_pixels_and_fits_a_phone(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = at_the_desk(open_page, site, phone=True, elder="1")
    assert found_on(page, STRANGERS + DESK, lambda one: small_text(one, 22, 1.3)) == {}
    assert found_on(page, STRANGERS + DESK[1:], wider_than_the_screen) == {}


@pytest.mark.parametrize("chosen", [{"theme": "dark"}, {"elder": "1"}], ids=["dark", "elder"])
def test_it_keeps_its_contrast(chosen: dict[str, str], site: Site, open_page: Callable[..., Page]) -> None:
    page = at_the_desk(open_page, site, False, **chosen)
    assert found_on(page, ("/", "/desk/styleguide/"), accessibility_findings) == {}


def test_it_measures_the_front_page_of_a_chosen_community_in_large_text(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(site, phone=True)
    page.goto("/communities/")
    page.locator("main .box a").first.click()
    page.get_by_role("button", name="记为我的社区").click()
    page.context.add_cookies([{"name": "linli_elder", "value": "1", "url": site.address}])
    paths = ("/", page.url)
    assert page.get_by_label("说说您的事").first.is_visible()
    assert found_on(page, paths, lambda one: small_text(one, 22, 1.3)) == {}
    assert found_on(page, paths, lambda one: small_targets(one, 60)) == {}
    assert found_on(page, paths, wider_than_the_screen) == {}
    assert found_on(page, paths, accessibility_findings) == {}


def test_it_opens_the_menu_of_the_desk_on_a_phone_without_scripts(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, phone=True, scripts=False)
    sign_in(page, site, OFFICER)
    page.goto("/desk/")
    menu = page.locator(".nav-phone")
    assert (menu.get_by_role("link", name="联系卡").is_visible(), page.locator(".nav-bar").is_visible()) == (
        False,
        False,
    )
    menu.locator("summary").click()
    menu.get_by_role("link", name="联系卡").click()
    assert (page.locator("h1").inner_text(), menu.locator("summary").inner_text()) == ("联系卡", "菜单\n公开 · 联系卡")


def test_it_names_each_value_of_a_row_on_a_phone(site: Site, open_page: Callable[..., Page]) -> None:
    page = at_the_desk(open_page, site, phone=True)
    page.goto("/desk/cards/")
    heads = (
        page.locator("tbody tr")
        .first.locator("td")
        .evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")
    )
    assert heads == ['"社区"', '"状态"', '"办公电话"', '"最近修改"']


def test_it_prints_what_a_page_says_without_its_frame_and_buttons(page: Page, site: Site) -> None:
    sign_in(page, site, OFFICER)
    page.goto("/desk/cards/")
    page.locator("tbody a").first.click()
    title = page.locator("h1").inner_text()
    page.emulate_media(media="print")
    shown = page.locator("a.btn, button, summary, input, nav, header.topbar, footer").filter(visible=True)
    assert (shown.count(), page.locator("h1").inner_text(), page.locator("dl.lines").is_visible()) == (0, title, True)


def test_it_shows_the_focus_on_everything_the_tab_key_reaches(page: Page, site: Site) -> None:
    sign_in(page, site, OFFICER)
    page.goto("/desk/cards/")
    reached = tab_through(page)
    assert reached[0] == "跳到正文"
    assert [words for words in reached if words.startswith("no focus to see")] == []
    assert len(reached) > 20


def test_it_skips_the_frame_by_keyboard(page: Page, site: Site) -> None:
    sign_in(page, site, OFFICER)
    page.goto("/desk/cards/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_it_leads_the_focus_into_a_question_and_back(page: Page, site: Site) -> None:
    sign_in(page, site, OFFICER)
    page.goto("/desk/styleguide/")
    page.locator("#ask-sample > summary").focus()
    page.keyboard.press("Enter")
    page.locator("#ask-sample[open]").wait_for()
    page.wait_for_function("() => document.activeElement.closest('.ask-panel') !== null")
    page.keyboard.press("Escape")
    assert (focused(page), page.locator("#ask-sample").get_attribute("open")) == ("撤回", None)
