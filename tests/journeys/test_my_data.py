"""“My data” in a real browser: proved at the counter, a copy fetched, a deletion asked and refused with its reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]
REASON = "送餐协议还没有到期，到期后再删除。"


def test_a_resident_gets_a_copy_and_reads_why_nothing_is_deleted_yet(
    site: Site, open_page: Callable[..., Page]
) -> None:
    resident, worker, keeper = open_page(site, phone=True), open_page(site), open_page(site)
    sign_in(resident, site, "wangqiao.jumin")
    resident.goto("/my/")
    check_accessibility(resident)
    resident.get_by_label("给我一份信息副本").check()
    resident.get_by_role("button", name="发送").or_(resident.get_by_role("button", name="提交")).last.click()
    expect(resident).to_have_url(f"{site.address}/my/prove/")
    check_accessibility(resident)
    _prove(worker, site)
    resident.goto("/my/")
    resident.get_by_label("给我一份信息副本").check()
    resident.get_by_role("button", name="发送").or_(resident.get_by_role("button", name="提交")).last.click()
    expect(resident.get_by_role("heading", name="我的信息副本")).to_be_visible()
    for _look in range(30):
        if resident.get_by_role("link", name="我的资料.xlsx").count():
            break
        resident.wait_for_timeout(1000)
        resident.goto(resident.url)
    with resident.expect_download() as fetched:
        resident.get_by_role("link", name="我的资料.xlsx").click()
    assert Path(fetched.value.path()).read_bytes()[:2] == b"PK"
    resident.goto("/my/")
    resident.get_by_label("删除我的信息").check()
    resident.get_by_role("button", name="发送").or_(resident.get_by_role("button", name="提交")).last.click()
    sign_in(keeper, site, "anquan")
    keeper.goto("/desk/data-requests/?state=asked")
    keeper.locator("table").get_by_role("link", name="删除我的信息").click()
    expect(keeper.get_by_role("heading", name="删除我的信息")).to_be_visible()
    check_accessibility(keeper)
    keeper.locator("#ask-refuse summary").click()
    keeper.locator("#refuse_answer").fill(REASON)
    keeper.locator("#ask-refuse").get_by_role("button", name="不予办理并说明理由").click()
    resident.goto("/my/")
    expect(resident.get_by_text(REASON, exact=True)).to_be_visible()
    check_accessibility(resident)


def _prove(worker: Page, site: Site) -> None:
    sign_in(worker, site, "qiaotou.shegong")
    worker.goto("/desk/residents/")
    worker.get_by_role("link", name="邵玉芬").click()
    check_accessibility(worker)
    worker.get_by_role("button", name="已当面核实").click()
    expect(worker.get_by_text("已当面核实。")).to_be_visible()
