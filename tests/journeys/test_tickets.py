"""A ticket export in a browser: brought in, its new column told, handled like every need, answered by number."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.test_needs import OFFICER, handle, send
from tests.support.browser import Guard, check_accessibility, sign_in
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NUMBER = "HL20261122-1417"
EXPORT = (
    "工单编号,派单时间,办理时限,来电人,联系电话,诉求内容,问题点位,河道\n"
    f"{NUMBER},2026-11-22 09:30,24小时,邹女士,13900006655,三单元楼道灯不亮，老人夜里不敢下楼。,银杏社区,无\n"
    "HL20261122-1418,2026-11-22 10:05,7天,,,,银杏社区,无\n"
)
ANSWER = "楼道灯已换成声控灯，今晚亮灯。"


def test_an_export_is_brought_in_handled_and_answered_by_its_number(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page], guard: Guard
) -> None:
    guard.allow("422")
    site = fresh_site()
    officer = open_page(site)
    sign_in(officer, site, OFFICER)
    officer.goto("/desk/needs/tickets/import/tickets/")
    files = {"name": "派单导出.csv", "mimeType": "text/csv", "buffer": EXPORT.encode("gb18030")}
    officer.set_input_files("main [type=file]", files)
    send(officer, "上传并检查")
    expect(officer.locator("main")).to_contain_text("河道")
    officer.select_option("main [name=heading_0]", "-")
    check_accessibility(officer)
    send(officer, "保存并重新读取")
    expect(officer.locator("main")).to_contain_text("诉求内容")
    send(officer, "导入 1 行")
    officer.get_by_role("link", name=re.compile("查看(结果|工单)")).click()

    officer.goto(f"/desk/needs/tickets/?q={NUMBER}")
    check_accessibility(officer)
    officer.locator("main tbody a").first.click()
    expect(officer.locator("main")).not_to_contain_text("13900006655")
    ticket = officer.url
    officer.get_by_role("link", name="查看诉求").click()
    officer.wait_for_url(re.compile(r"/desk/needs/[0-9a-f-]{36}/$"))
    handle(officer, officer.url, ANSWER)

    officer.goto(ticket)
    expect(officer.locator("#copy-answer")).to_have_value(re.compile(ANSWER))
    check_accessibility(officer)
    book = load_workbook(BytesIO(officer.request.get(f"{site.address}/desk/needs/tickets/answers/").body()))
    rows = {row[0]: row[1] for row in book.active.iter_rows(min_row=2, values_only=True)}
    assert ANSWER in rows[NUMBER]
