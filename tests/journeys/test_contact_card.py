"""One contact card from its first word to its withdrawal, by three people, as a stranger sees it too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Guard, check_accessibility, sign_in
from tests.support.sites import Site

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
TITLE = "便民打印复印"


def press(page: Page, name: str) -> None:
    """Press the button of this name and wait for the answer."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def draw_up(page: Page, title: str) -> None:
    """Fill in the form of a new card and save it; the page is then the card's."""
    page.goto("/desk/cards/new/")
    page.fill("[name=title]", title)
    page.fill("[name=office]", "银杏社区综合服务窗口")
    page.fill("[name=phone]", "010-62880019")
    page.fill("[name=hours]", "周一至周五 9:00—17:30")
    page.fill("[name=body]", "每人每天十页以内不收费。")
    press(page, "保存草稿")
    expect(page.locator("h1")).to_have_text(title)


def open_task(page: Page, title: str) -> None:
    """From the desk's front page to the card that waits, be it behind the fold of its group."""
    page.goto("/desk/")
    task = page.locator(".task-title a", has_text=title)
    if not task.is_visible():
        page.locator("details", has=task).locator("summary").click()
    task.click()
    page.wait_for_load_state()


def portal_shows(page: Page) -> list[str]:
    """The titles of the public cards of 银杏社区."""
    page.goto("/")
    page.get_by_role("link", name="银杏社区").first.click()
    page.wait_for_load_state()
    return page.locator("main .box h3").all_inner_texts()


def test_a_card_goes_from_its_author_to_the_portal_and_back(fresh_site: Callable[..., Site], open_page: Open) -> None:
    site = fresh_site()
    worker, secretary, officer, stranger = (open_page(site) for _number in range(4))
    for page, name in ((worker, "yinxing.shegong"), (secretary, "yinxing.shuji"), (officer, "linhu.jiedao")):
        sign_in(page, site, name)
    draw_up(worker, TITLE)
    press(worker, "提交核对")
    expect(worker.locator("#messages")).to_contain_text("已提交")
    assert TITLE not in portal_shows(stranger)
    open_task(secretary, TITLE)
    press(secretary, "核对通过")
    open_task(officer, TITLE)
    press(officer, "签发并公开")
    expect(officer.locator("#messages")).to_contain_text("已签发")
    assert TITLE in portal_shows(stranger)
    check_accessibility(stranger)
    address = officer.url
    worker.goto(address)
    worker.locator("summary", has_text="撤下").click()
    worker.locator("form[action$='/withdraw/'] [name=reason]").fill("打印机维修")
    check_accessibility(worker)
    worker.locator("form[action$='/withdraw/'] [type=submit]").click()
    expect(worker.locator(".timeline")).to_contain_text("打印机维修")
    assert TITLE not in portal_shows(stranger)


def test_two_tabs_of_one_draft_lose_neither_text(site: Site, open_page: Open, guard: Guard) -> None:
    guard.allow("409")
    first = open_page(site)
    sign_in(first, site, "yinxing.shegong")
    draw_up(first, "两个窗口")
    first.get_by_role("link", name="修改文字").click()
    second = first.context.new_page()
    second.goto(first.url)
    first.fill("[name=hours]", "周六 9:00—12:00")
    press(first, "保存")
    second.fill("[name=hours]", "周日 9:00—12:00")
    press(second, "保存")
    expect(second.locator("main")).to_contain_text("周六 9:00—12:00")
    expect(second.locator("main")).to_contain_text("周日 9:00—12:00")
    check_accessibility(second)
    second.get_by_role("button", name="按我的选择保存").click()
    expect(second.locator("main")).to_contain_text("周日 9:00—12:00")
    expect(second.locator("h1")).to_have_text("两个窗口")


def test_pressing_twice_makes_one_card(site: Site, open_page: Open) -> None:
    page = open_page(site)
    sign_in(page, site, "yinxing.shegong")
    page.goto("/desk/cards/new/")
    for name, said in (("title", "按了两下"), ("office", "窗口"), ("phone", "010-62880019"), ("hours", "周一")):
        page.fill(f"[name={name}]", said)
    page.get_by_role("button", name="保存草稿").dblclick()
    page.wait_for_url(re.compile(r"/desk/cards/[0-9a-f-]{36}/$"))
    page.goto("/desk/cards/?state=draft")
    assert page.locator("tbody th", has_text="按了两下").count() == 1


def test_going_back_and_saving_again_makes_no_second_card(site: Site, open_page: Open, guard: Guard) -> None:
    guard.allow("422")
    page = open_page(site)
    sign_in(page, site, "yinxing.shegong")
    draw_up(page, "保存以后返回")
    page.go_back()
    page.wait_for_load_state()
    for name, said in (("title", "保存以后返回"), ("office", "窗口"), ("phone", "010-62880019"), ("hours", "周一")):
        page.fill(f"[name={name}]", said)
    press(page, "保存草稿")
    page.goto("/desk/cards/?state=draft")
    assert page.locator("tbody th", has_text="保存以后返回").count() == 1


def test_a_verb_pressed_in_a_stale_tab_is_refused_with_a_sentence(site: Site, open_page: Open, guard: Guard) -> None:
    guard.allow("409")
    first = open_page(site)
    sign_in(first, site, "yinxing.shegong")
    draw_up(first, "旧页面")
    second = first.context.new_page()
    second.goto(first.url)
    press(first, "提交核对")
    press(second, "提交核对")
    expect(second.locator("[role=alert]")).to_contain_text("待核对")


def test_the_whole_way_works_without_scripts(site: Site, open_page: Open) -> None:
    worker, secretary = (open_page(site, scripts=False) for _number in range(2))
    sign_in(worker, site, "nanli.shegong")
    draw_up(worker, "没有脚本")
    press(worker, "提交核对")
    sign_in(secretary, site, "nanli.shuji")
    open_task(secretary, "没有脚本")
    secretary.locator("summary", has_text="退回").click()
    secretary.locator("form[action$='/send_back/'] [name=reason]").fill("写明带什么材料")
    secretary.locator("form[action$='/send_back/'] [type=submit]").click()
    secretary.wait_for_load_state()
    expect(secretary.locator(".timeline")).to_contain_text("写明带什么材料")


def test_the_neighbour_street_finds_none_of_it(site: Site, open_page: Open, guard: Guard) -> None:
    guard.allow("404")
    ours, theirs = open_page(site), open_page(site)
    sign_in(ours, site, "linhu.jiedao")
    ours.goto("/desk/cards/?state=public")
    ours.locator("tbody th a").first.click()
    ours.wait_for_load_state()
    sign_in(theirs, site, "wangqiao.jiedao")
    assert theirs.goto(ours.url).status == 404  # type: ignore[union-attr]  # goto answers


def test_a_neighbour_on_the_phone_chooses_his_community_once(site: Site, open_page: Open) -> None:
    phone = open_page(site, phone=True)
    phone.goto("/")
    check_accessibility(phone)
    phone.get_by_role("link", name="桥头社区").click()
    phone.get_by_role("button", name="记为我的社区").click()
    phone.wait_for_load_state()
    expect(phone.locator("h1")).to_have_text("桥头社区")
    phone.get_by_role("link", name="联系我们").click()
    expect(phone.locator("main a[href^='tel:']").first).to_be_visible()
    phone.get_by_role("button", name="大字版").first.click()
    phone.wait_for_load_state()
    check_accessibility(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
