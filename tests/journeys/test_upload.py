"""A file sent over a bad network: what happened is said, what was typed and chosen stays, a second try does it once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from linli.kernel.files.tests.scenes import PAGE
from tests.support.browser import Guard, sign_in
from tests.support.sites import Site

pytestmark = pytest.mark.browser
NUMBER = "清街发〔2026〕77号"


def test_it_keeps_what_was_typed_when_the_network_is_lost_and_sends_it_once(
    page: Page, site: Site, guard: Guard, tmp_path: Path
) -> None:
    guard.allow("ERR_INTERNET_DISCONNECTED")
    scan = tmp_path / "盖章件.pdf"
    scan.write_bytes(PAGE)
    sign_in(page, site, "linhu.jiedao")
    page.goto("/desk/rounds/")
    page.locator("main table tbody a").first.click()
    issued = page.locator("a[href*='/desk/issued/rounds.round/']").first.get_attribute("href")
    page.goto(f"{issued}new/")
    page.locator("#id_paper").fill("征集通知")
    page.locator("#id_unit").fill("街道办事处")
    page.locator("#id_number").fill(NUMBER)
    page.locator("#id_scan").set_input_files(scan)
    page.context.set_offline(True)
    page.locator("main .form-foot button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("网络中断。您填写和选择的内容都还在。")
    expect(page.locator("#id_number")).to_have_value(NUMBER)
    assert page.evaluate("document.getElementById('id_scan').files[0].name") == scan.name
    page.context.set_offline(False)
    page.get_by_role("button", name="再试一次").click()
    page.wait_for_url(re.compile(f"{issued}$"))
    expect(page.get_by_role("rowheader").filter(has_text=NUMBER)).to_have_count(1)
