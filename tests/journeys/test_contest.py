"""A contest from the judges' PINs to the signed agreement: seven judges in seven contexts, a street, a resident."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Guard, check_accessibility, sign_in
from tests.support.contest import FUND, JUDGES, POT, RECUSED, Contest, make_contest
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
NAMES = [f"{one}某" for one in JUDGES]
PHONES, SCRIPTLESS, OFFLINE, ON_PAPER, CORRECTS = NAMES[:5], "孙某", "钱某", "郑某", "周某"
GIVEN = {
    "一号项目": (90, 80, 70, 85, 75, 95, 60),
    "二号项目": (88, 86, 84, 0, 90, 70, 92),
    "三号项目": (60, 65, 62, 70, 58, 55, 72),
}
"""Totals in hundredths of the top, judge by judge; the 0 is the recused one's."""
CORRECTED = ("一号项目", "周某", 75, 80)
PAPER_OF = "三号项目"
OFFICES = {"section": "linhu.jiedao", "finance": "linhu.caiwu", "legal": "linhu.kezhang", "leader": "linhu.lingdao"}
BLANK = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def right_scores() -> dict[str, str]:
    """The scores, reckoned here from the raw marks: without one highest and one lowest, the mean to the hundredth."""
    found = {}
    for entry, totals in GIVEN.items():
        marks = dict(zip(NAMES, totals, strict=True))
        if entry == CORRECTED[0]:
            marks[CORRECTED[1]] = CORRECTED[3]
        if entry == RECUSED[1]:
            del marks[RECUSED[0]]
        middle = sorted(marks.values())[1:-1]
        mean = Decimal(sum(middle)) / len(middle)
        found[entry] = str(mean.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return found


@dataclass
class Hall:
    """Who sits in the hall, each in a browser of his own."""

    contest: Contest
    site: Site
    open_page: Open
    seats: dict[str, Page] = field(default_factory=dict)

    def enter(self, name: str, **how: bool) -> Page:
        """Take a seat at the door, as its slip says."""
        page = self.open_page(self.site, **how)
        page.goto(f"/room/{self.contest.code}/")
        page.fill("[name=pin]", self.contest.pins[name])
        page.get_by_role("button", name="入席").click()
        expect(page.locator(".room-seat")).to_contain_text(name)
        self.seats[name] = page
        return page

    def desk(self, username: str, **how: bool) -> Page:
        """A desk of the street."""
        page = self.open_page(self.site, **how)
        sign_in(page, self.site, username)
        return page


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    """Follow a link by its words."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def fill(page: Page, **said: str) -> None:
    for name, text in said.items():
        page.fill(f"main [name={name}]", text)


def mark(page: Page, total: int) -> None:
    """Give every criterion the same share of its top, so that they sum to ``total``."""
    for one in page.locator("main form input[type=number]").all():
        one.fill(f"{float(one.get_attribute('max') or 0) * total / 100:g}")


def hand_in(page: Page, entry: str, total: int) -> None:
    """Fill in the sheet of the entry; the page has followed the host to it by then."""
    expect(page.locator("#room-sheet h1")).to_contain_text(entry)
    expect(page.locator("#sheet-form")).to_be_visible()
    mark(page, total)
    page.get_by_role("button", name="提交", exact=True).click()


def lose_the_network(page: Page, entry: str, total: int) -> None:
    """The sheet stays on the phone and arrives when the network is back."""
    expect(page.locator("#room-sheet h1")).to_contain_text(entry)
    page.context.set_offline(True)
    hand_in(page, entry, total)
    expect(page.locator("#room-offline")).to_contain_text("网络中断，评分已保存在手机上")
    page.context.set_offline(False)


def type_from_paper(hall: Hall, officer: Page, total: int) -> None:
    """The desk types one sheet of paper, the counter types it again in the room."""
    counter = hall.seats["计某"]
    officer.goto(f"/desk/reviews/panels/{hall.contest.panel}/typing/")
    counter.goto(f"/room/{hall.contest.code}/1/typing/")
    for page, told in ((officer, "已录一遍"), (counter, "已录两遍")):
        cell = page.locator("tr", has_text=PAPER_OF).locator("td").nth(NAMES.index(ON_PAPER))
        cell.get_by_role("link").click()
        check_accessibility(page)
        mark(page, total)
        press(page, "保存")
        expect(cell).to_contain_text(told)


def attach_scan(hall: Hall, host: Page) -> None:
    """A sheet of paper is collected only with its scan: the host is told, the counter attaches it, and it goes on."""
    press(host, "收卷")
    expect(host.locator("body")).to_contain_text("请先上传扫描件")
    counter = hall.seats["计某"]
    counter.set_input_files("[name=upload]", {"name": "评分表.pdf", "mimeType": "application/pdf", "buffer": BLANK})
    press(counter, "上传扫描件")


def judge(hall: Hall, host: Page, officer: Page, entry: str) -> None:
    """One entry: called, presented, marked by each in his own way, collected."""
    press(host, "下一个")
    press(host, "陈述")
    for name, total in zip(NAMES, GIVEN[entry], strict=True):
        page = hall.seats[name]
        if (name, entry) == RECUSED:
            expect(page.locator("main")).to_contain_text("曾任该社理事")
            assert page.locator("#sheet-form").count() == 0
            continue
        if name == SCRIPTLESS:
            page.reload()
            page.locator(".room-now").get_by_role("link", name=entry).click()
        if (name, entry) == (ON_PAPER, PAPER_OF):
            type_from_paper(hall, officer, total)
        elif (name, entry) == (OFFLINE, "一号项目"):
            lose_the_network(page, entry, total)
        else:
            hand_in(page, entry, total)
        if (name, entry) != (ON_PAPER, PAPER_OF):
            expect(page.locator(".notice-done", has_text=f"{total}.00").first).to_be_visible()
    recused = int(entry == RECUSED[1])
    expect(host.locator(".room-dot.is-recused")).to_have_count(recused)
    expect(host.locator(".room-dot.is-done")).to_have_count(len(NAMES) - recused)
    assert f"{GIVEN[entry][0]}.00" not in host.locator("main").inner_text()
    if entry == PAPER_OF:
        attach_scan(hall, host)
    press(host, "收卷")
    expect(host.locator(".room-main")).to_contain_text("已收卷")


def correct(hall: Hall, supervisor: Page) -> None:
    """A judge asks after the collection, the supervisor approves; both marks stay on record."""
    entry, name, before, after = CORRECTED
    page = hall.seats[name]
    expect(page.locator("#room-sheet h1")).to_contain_text(PAPER_OF)
    expect(page.locator("#sheet-form")).to_have_count(0)  # it followed the host to the collected sheet by itself
    page.locator(".room-own").get_by_role("link", name=entry).click()
    expect(page.locator("main")).to_contain_text(f"{before}.00")
    box = page.locator("#correct")
    box.locator("summary").click()
    for one in box.locator("input[type=number]").all():
        one.fill(f"{float(one.get_attribute('max') or 0) * after / 100:g}")
    box.locator("[name=reason]").fill("一项看错了行")
    box.locator("[type=submit]").click()
    page.wait_for_load_state()
    supervisor.goto(f"/room/{hall.contest.code}/1/record/")
    expect(supervisor.locator("main")).to_contain_text(f"{before}.00 → {after}.00")
    expect(supervisor.locator("main")).to_contain_text("曾任该社理事")
    check_accessibility(supervisor)
    press(supervisor, "通过")


def count_and_reveal(hall: Hall, host: Page, screen: Page) -> None:
    """Counter and supervisor confirm what the figures should be; the hall reads final scores and nothing else."""
    scores = right_scores()
    for name in ("计某", "督某"):
        page = hall.seats[name]
        page.goto(f"/room/{hall.contest.code}/1/counting/")
        for entry, score in scores.items():
            expect(page.locator(".room-count", has_text=entry).locator(".room-figure")).to_have_text(score)
        check_accessibility(page)
        while page.get_by_role("button", name="确认这个结果").count():
            press(page, "确认这个结果")
    host.reload()
    while host.get_by_role("button", name="公布").count():
        press(host, "公布")
    last = list(scores)[-1]
    expect(screen.locator(".screen-score")).to_have_text(scores[last])
    shown = screen.locator("body").inner_text()
    assert [word for word in (*NAMES, *hall.contest.pins.values(), "72.00") if word in shown] == []
    check_accessibility(screen)


def print_table(hall: Hall, officer: Page) -> None:
    """The review is closed; its printed table says what was reckoned here."""
    officer.goto(f"/desk/reviews/{hall.contest.session}/")
    follow(officer, "结束评审")
    officer.locator("main form [type=submit]").first.click()
    officer.wait_for_load_state()
    answer = officer.request.get(f"{hall.site.address}/desk/reviews/panels/{hall.contest.panel}/print/table/")
    document = pypdfium2.PdfDocument(answer.body())
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    printed = re.findall(r"[一二三]号项目|\d+\.\d\d", text)
    for entry, score in right_scores().items():
        row = printed[printed.index(entry) + 1 :]
        assert score in row[: next((i for i, one in enumerate(row) if one.endswith("项目")), len(row))]
    assert all(one in text for one in ("计某", "督某"))


def money(text: str) -> Decimal:
    """Yuan as a page shows them; a dash is nothing."""
    return Decimal(re.sub(r"[^\d.]", "", text) or 0)


def divide(hall: Hall, officer: Page) -> None:
    """Two plans are drawn from the scores; each sums to the fund; one is decided."""
    officer.goto(f"/desk/rounds/{hall.contest.round}/plans/")
    for rule in ("按得分比例", "按名次依申请额"):
        officer.get_by_label(rule).check()
        fund = officer.locator("[name=fund] option", has_text=FUND).get_attribute("value")
        officer.select_option("[name=fund]", fund)
        press(officer, "预览方案")
        press(officer, "保存方案")
        check_accessibility(officer)
        given, pot, left = (money(one) for one in re.findall(r"¥[\d,.]+", officer.locator(".total-line").inner_text()))
        lines = officer.locator("main table").first.locator("tbody tr td:nth-of-type(4)").all_inner_texts()
        assert (sum(map(money, lines)), given + left, pot) == (given, POT, POT)
    follow(officer, "按此方案决定")
    said = {"body": "临湖街道党工委会议", "minutes_number": "〔2026〕31号", "present": "书记、主任等9人"}
    fill(officer, **said)
    officer.fill("[name=held_on]", officer.evaluate("new Date(Date.now() - 6e7).toISOString().slice(0, 10)"))
    press(officer, "录入决定")
    check_accessibility(officer)


def announce(hall: Hall, officer: Page) -> str:
    """The notice goes from its author over a second to a third person; its address on the portal."""
    follow(officer, "发起公示")
    fill(officer, office="党建工作办公室", phones="010-62880099")
    press(officer, "起草公示")
    follow(officer, "拟立项项目的公示")
    address = officer.url
    for username, verb in (("linhu.kezhang", "核对"), ("linhu.lingdao", "签发")):
        page = hall.desk(username)
        page.goto(address)
        press(page, verb)
    officer.reload()
    expect(officer.locator("main")).to_contain_text("三号服务中心")
    check_accessibility(officer)
    return officer.url.replace("/desk/publicity/", "/notices/")


def object_to(hall: Hall, officer: Page, notice: str) -> None:
    """A resident objects on the phone, without a name; the office upholds it, and it leads back to the decision."""
    resident = hall.open_page(hall.site, phone=True)
    resident.goto(notice)
    expect(resident.locator("main")).to_contain_text("5,000.00")
    check_accessibility(resident)
    follow(resident, "提出异议")
    fill(resident, text="三号项目的桌椅单价比市场价高。")
    check_accessibility(resident)
    resident.locator("main form [type=submit]").click()
    resident.wait_for_load_state()
    officer.reload()
    follow(officer, "答复")
    officer.get_by_label("成立").check()
    fill(officer, answer="经询价，单价按市场价核减。")
    press(officer, "答复")


def decide_again(hall: Hall, officer: Page) -> None:
    """The upheld objection stands over the decision until a later one answers it, line by line."""
    address = f"/desk/rounds/{hall.contest.round}/decisions/"
    warned = officer.get_by_text("有异议成立")
    for _again in range(40):
        officer.goto(address)
        if warned.count():
            break
        officer.wait_for_timeout(500)
    check_accessibility(officer)
    follow(officer, "录入调整决定")
    said = {"body": "临湖街道党工委会议", "minutes_number": "〔2026〕33号", "present": "书记、主任等9人"}
    fill(officer, **said, note="异议成立，核减三号项目。")
    officer.fill("[name=held_on]", officer.evaluate("new Date(Date.now() - 6e7).toISOString().slice(0, 10)"))
    amount = officer.get_by_label("“三号项目”调整为")
    amount.fill("2500")
    officer.fill(f"[name=reason_{(amount.get_attribute('name') or '').removeprefix('amount_')}]", "按市场价核减")
    press(officer, "录入决定")
    expect(officer.locator("main")).to_contain_text("¥2,500.00")
    assert warned.count() == 0


def agree(hall: Hall, officer: Page) -> None:
    """An agreement is drawn up from its award, passes the offices, and is signed with the sealed scan."""
    follow(officer, "起草")
    check_accessibility(officer)
    day = officer.evaluate("new Date().toISOString().slice(0, 10)")
    officer.get_by_label("拨付制").check()
    fill(officer, second="二号服务中心", content="开展楼门议事服务。", begins_on=day)
    fill(officer, ends_on=f"{int(day[:4]) + 1}-06-30", parts="60 协议签订后\n40 结项验收后")
    press(officer, "保存")
    press(officer, "送审会签")
    address = officer.url
    for office, username in OFFICES.items():
        page = officer if username == "linhu.jiedao" else hall.desk(username)
        page.goto(address)
        page.locator(f"a[href$='/opinion/{office}/']").click()
        page.get_by_label("同意", exact=True).check()
        page.locator("main form [type=submit]").first.click()
        page.wait_for_load_state()
    officer.goto(address)
    follow(officer, "登记签订")
    scan = {"name": "盖章扫描.pdf", "mimeType": "application/pdf", "buffer": BLANK}
    officer.set_input_files("[name=scan]", scan)
    officer.locator("main form [type=submit]").first.click()
    officer.wait_for_load_state()
    expect(officer.locator("main")).to_contain_text("已签订")
    expect(officer.locator("main")).to_contain_text("伍仟元整")
    check_accessibility(officer)


def afterwards(hall: Hall, officer: Page) -> None:
    """From the scores to the signature: table, plans, decision, notice, an upheld objection, agreement."""
    print_table(hall, officer)
    divide(hall, officer)
    notice = announce(hall, officer)
    object_to(hall, officer, notice)
    decide_again(hall, officer)
    agree(hall, officer)


def test_a_contest_goes_from_the_pin_to_the_signature(
    fresh_site: Callable[..., Site], open_page: Open, guard: Guard
) -> None:
    guard.allow("ERR_INTERNET_DISCONNECTED")
    site = fresh_site()
    hall = Hall(make_contest(site.home), site, open_page)
    host = hall.enter("韩某")
    hall.enter("计某")
    supervisor = hall.enter("督某", phone=True)
    for name in NAMES:
        hall.enter(name, phone=True, scripts=name != SCRIPTLESS)
    screen = open_page(site)
    screen.goto(f"/room/{hall.contest.code}/1/screen/")
    officer = hall.desk("linhu.jiedao")
    for entry in GIVEN:
        judge(hall, host, officer, entry)
    correct(hall, supervisor)
    count_and_reveal(hall, host, screen)
    afterwards(hall, officer)
