"""A roster in a real browser: a file with a double is read and decided, the double merged, the merge undone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]
NAME, PHONE = "鄢雪樵", "13866660017"
FILE = f"姓名,手机,社区\n{NAME},{PHONE},银杏社区\n濮阳子衿,13866660018,银杏社区\n"


def press(page: Page, name: str) -> None:
    """Press the button of this name and wait for the answer."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def on_the_roster(page: Page, name: str) -> int:
    """How many rows the roster finds under this name."""
    page.goto("/desk/roster/")
    page.locator("#roster-q").fill(name)
    press(page, "搜索")
    return page.locator("tbody th a", has_text=name).count()


def upload(page: Page) -> None:
    """Hand the file in and wait until it was read."""
    page.goto("/desk/roster/")
    page.get_by_role("link", name="导入").click()
    check_accessibility(page)
    content: FilePayload = {"name": "名册.csv", "mimeType": "text/csv", "buffer": FILE.encode("utf-8-sig")}
    page.locator("input[type=file]").set_input_files(content)
    address = page.url
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url(lambda url: url != address)
    look_until(page, "可能已有")


def look_until(page: Page, text: str) -> None:
    """Look at the import again until it says this: the work is done behind the page."""
    address = page.url
    for _look in range(40):
        if page.locator("main", has_text=text).count():
            break
        page.wait_for_timeout(500)
        page.goto(address)
    expect(page.locator("main")).to_contain_text(text)


def test_a_double_of_the_file_is_decided_then_merged_and_taken_apart(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(site)
    page.on("dialog", lambda asked: asked.accept())
    sign_in(page, site, "yinxing.shegong")
    page.goto("/desk/roster/new/")
    page.fill("[name=name]", NAME)
    page.fill("[name=phone]", PHONE)
    press(page, "录入")
    expect(page.locator("#messages")).to_contain_text("已登记到名册。")
    upload(page)
    expect(page.locator("#doubts")).to_contain_text("138****0017")
    check_accessibility(page)
    page.locator("#doubts").get_by_label("另一个").check()
    press(page, "保存确认")
    page.get_by_role("button", name="导入 2 行").click()
    look_until(page, "已导入")
    assert (on_the_roster(page, NAME), on_the_roster(page, "濮阳子衿")) == (2, 1)
    on_the_roster(page, NAME)
    page.locator("tbody th a", has_text=NAME).first.click()
    page.get_by_role("link", name="与另一条记录合并").click()
    check_accessibility(page)
    page.locator("main [type=radio]").first.check()
    page.fill("[name=reason]", "同一人，名册中重复")
    press(page, "合并")
    expect(page.locator("#messages")).to_contain_text("已合并。")
    person = page.url
    assert on_the_roster(page, NAME) == 1
    page.goto(person)
    page.get_by_role("link", name="撤销合并").click()
    page.fill("[name=reason]", "核对后是两个人")
    press(page, "撤销合并")
    expect(page.locator("#messages")).to_contain_text("两人已恢复为合并前的样子。")
    check_accessibility(page)
    assert on_the_roster(page, NAME) == 2
