"""The loop of needs in a browser: said once, answered, rated; joined, whistled, raised, kept behind a wall."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Guard, check_accessibility, sign_in
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "三单元门口的路灯坏了一个多星期，晚上看不见台阶，老人不敢下楼。"
SECRETARY, WORKER, OFFICER, LEADER, HOUSING = (
    "yinxing.shuji",
    "yinxing.shegong",
    "linhu.jiedao",
    "linhu.lingdao",
    "fangguan",
)
NUMBER = re.compile(r"\d{4}-\d{5}")


def send(page: Page, name: str = "") -> None:
    """Press the main button of the page's form, or the one called so, and wait for where it leads."""
    main = page.locator("main")
    button = main.get_by_role("button", name=name).first if name else main.locator("form [type=submit]").first
    with page.expect_navigation():
        button.click()


def pick(page: Page, field: str, value: str) -> None:
    """Choose a radio or tick a box by its value."""
    page.check(f"main [name={field}][value='{value}']")


def report(resident: Page, words: str, *, about: str = "") -> tuple[str, str]:
    """Say something on the portal; its number and the code to follow it."""
    resident.goto("/needs/report/")
    resident.fill("[name=matter]", words)
    resident.select_option("main [name=place]", label=re.compile("银杏社区").pattern)
    resident.fill("[name=spot]", "3号楼三单元")
    point(resident)
    resident.fill("[name=phone]", "13900007788")
    if about:
        resident.locator("details.about", has=resident.locator("#about-box")).locator("summary").click()
        expect(resident.locator("[name=about] option", has_text=about)).to_be_attached()
        chosen = resident.locator("[name=about] option", has_text=about).first.get_attribute("value")
        resident.select_option("[name=about]", chosen or "")
    check_accessibility(resident)
    send(resident, "提交")
    code = resident.locator(".receipt-code").inner_text().replace(" ", "")
    found = NUMBER.search(resident.locator("main").inner_text())
    assert found is not None
    return found[0], code


def point(page: Page) -> None:
    """Tap on the picture of the community, then one step with a key: the form holds where it is."""
    page.locator("#point-box summary").click()
    page.locator("[data-point]").click()
    before = page.locator("[name=longitude]").input_value()
    page.locator("[data-point]").press("ArrowRight")
    expect(page.locator("#point-said")).to_contain_text("已指出地点")
    assert float(page.locator("[name=longitude]").input_value()) > float(before)


def find(page: Page, words: str) -> str:
    """The desk's page of a need, found in the list by its first words; its address."""
    page.goto("/desk/needs/?tab=all")
    page.locator("main a", has_text=words[:10]).first.click()
    page.wait_for_url(re.compile(r"/desk/needs/[0-9a-f-]{36}/"))
    return page.url


def handle(officer: Page, address: str, answer: str, *, first: bool = True) -> None:
    """Analyse, dispatch to the street, sign for, ring, answer."""
    if first:
        officer.goto(f"{address}do/analyse/")
        category = officer.locator("main [name=category] option", has_text="楼道照明").first.get_attribute("value")
        officer.select_option("main [name=category]", category or "")
        pick(officer, "route", "forward")
        send(officer)
        officer.goto(f"{address}do/dispatch/")
        if officer.locator("main [name=unit]").count():
            officer.select_option("main [name=unit]", label="临湖街道")
            send(officer)
        officer.goto(address)
        accept = officer.get_by_role("button", name=re.compile("签收"))
        if accept.count():
            with officer.expect_navigation():
                accept.first.click()
    officer.goto(f"{address}do/contact/")
    pick(officer, "way", "phone")
    pick(officer, "reached", "yes")
    send(officer)
    officer.goto(f"{address}answer/")
    check_accessibility(officer)
    pick(officer, "outcome", "solved")
    officer.fill("main [name=text]", answer)
    pick(officer, "ways", "following")
    send(officer)
    expect(officer.locator("main")).to_contain_text(answer)


def rate(resident: Page, code: str, *, content: bool) -> None:
    """The one question at the end."""
    resident.goto(f"/needs/f/{code}/")
    resident.get_by_label("已解决" if content else "没解决", exact=True).check()
    resident.get_by_label("满意" if content else "不满意", exact=True).check()
    if not content and resident.locator("main [name=reasons]").count():
        resident.fill("main [name=reasons]", "还是不亮")
    check_accessibility(resident)
    send(resident)


def test_a_resident_in_large_type_reopens_twice_and_it_is_raised(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page], guard: Guard
) -> None:
    guard.allow("422")
    site = fresh_site()
    resident, officer = open_page(site, phone=True), open_page(site)
    resident.goto("/")
    resident.get_by_text("大字版").first.click()
    expect(resident.locator("html.elder, body.elder, .elder").first).to_be_attached()
    _number, code = report(resident, WORDS)
    sign_in(officer, site, OFFICER)
    address = find(officer, WORDS)
    for turn, answer in enumerate(("灯泡已更换。", "线路已检修。", "整条线路已换新，三单元今晚亮灯。")):
        handle(officer, address, answer, first=not turn)
        rate(resident, code, content=turn == 2)
    officer.goto(address)
    expect(officer.locator("main")).to_contain_text("已提级到")
    check_accessibility(officer)


def test_a_worker_enters_for_a_neighbour_and_the_hotline_joins_a_duplicate(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page], guard: Guard
) -> None:
    guard.allow("422")
    site = fresh_site()
    worker = open_page(site)
    sign_in(worker, site, WORKER)
    for turn in range(2):
        worker.goto("/desk/needs/enter/")
        pick(worker, "channel", "window" if not turn else "hotline")
        worker.fill("main [name=phone]", f"1390000990{turn}")
        worker.select_option("main [name=place]", label="银杏社区")
        worker.fill("main [name=matter]", WORDS)
        worker.fill("main [name=name]", "邹桂英")
        worker.check("main [name=is_elder]")
        send(worker, "念给居民听")
        check_accessibility(worker)
        if turn:
            worker.locator("main [name=same_as]").nth(1).check()
        send(worker, "无误")
        check_accessibility(worker)
    slip = worker.locator("main a[href$='slip.pdf']").first.get_attribute("href")
    assert slip is not None
    assert worker.request.get(f"{site.address}{slip}").body()[:5] == b"%PDF-"
    expect(worker.locator("main")).to_contain_text(NUMBER)


def test_a_whistle_calls_two_departments(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page], guard: Guard
) -> None:
    guard.allow("422")
    site = fresh_site()
    officer, leader, contact = open_page(site), open_page(site), open_page(site, phone=True)
    for page, username in ((officer, OFFICER), (leader, LEADER), (contact, HOUSING)):
        sign_in(page, site, username)
    officer.goto("/desk/needs/whistles/new/")
    pick(officer, "kind", "residents")
    officer.select_option("main [name=place]", label="银杏社区")
    for field, text in (
        ("title", "地下室积水"), ("point", "5号楼地下室"), ("matter", "排水泵坏了，物业与产权单位说法不一。"),
        ("lead", "和安区房屋管理科"), ("assists", "和居物业服务有限公司"),
    ):  # fmt: skip
        officer.fill(f"main [name={field}]", text)
    check_accessibility(officer)
    send(officer)
    address = officer.url
    leader.goto(address)
    leader.get_by_role("link", name="签批并吹哨").click()
    send(leader)
    contact.goto("/desk/")
    expect(contact.locator("main")).to_contain_text("地下室积水")
    for link, field, text in (("登记到场", "came", "房管科科员"), ("答复", "text", "产权单位今日派人换泵。")):
        contact.goto(address)
        check_accessibility(contact)
        contact.get_by_role("link", name=link).first.click()
        contact.fill(f"main [name={field}]", text)
        send(contact)
    for link, field, text in (("按纸质单登记到场", "came", "项目经理"), ("按纸质单录入反馈", "text", "已抽干积水。")):
        officer.goto(address)
        officer.get_by_role("link", name=link).first.click()
        officer.fill(f"main [name={field}]", text)
        send(officer)
    officer.get_by_role("link", name="登记办理结果").click()
    officer.fill("main [name=result]", "水泵已换，地下室干透。")
    send(officer)
    expect(officer.locator("main")).to_contain_text("互评中")
    check_accessibility(officer)


def test_a_complaint_about_the_secretary_stays_unseen_by_the_whole_office(
    fresh_site: Callable[..., Site], open_page: Callable[..., Page], guard: Guard
) -> None:
    guard.allow("404")
    site = fresh_site()
    resident, leader = open_page(site, phone=True), open_page(site)
    words = "书记答应的事拖了半年，再问就不耐烦。"
    number, _code = report(resident, words, about="书记")
    sign_in(leader, site, LEADER)
    address = find(leader, words)
    expect(leader.locator("main")).to_contain_text(words)
    for username in (SECRETARY, WORKER, "yinxing.wangge"):
        page = open_page(site)
        sign_in(page, site, username)
        for door in ("/desk/", "/desk/needs/?tab=all", f"/desk/needs/?tab=all&q={number}", "/desk/search/?q=不耐烦"):
            page.goto(door)
            expect(page.locator("main")).not_to_contain_text(words[:12])
            expect(page.locator("main")).not_to_contain_text(number if "q=" not in door else words[:12])
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
