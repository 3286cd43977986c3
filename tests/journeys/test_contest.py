"""A contest from the marks of seven judges to the signed agreement: a street, three who publish, a resident."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.contest import FUND, GIVEN, JUDGES, POT, RECUSED, Contest, make_contest
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
OFFICES = {"section": "linhu.jiedao", "finance": "linhu.caiwu", "legal": "linhu.kezhang", "leader": "linhu.lingdao"}
BLANK = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def right_scores() -> dict[str, str]:
    """The scores, reckoned here from the raw marks: without one highest and one lowest, the mean to the hundredth."""
    found = {}
    for entry, totals in GIVEN.items():
        marks = dict(zip(JUDGES, totals, strict=True))
        if entry == RECUSED[1]:
            del marks[RECUSED[0][0]]
        middle = sorted(marks.values())[1:-1]
        mean = Decimal(sum(middle)) / len(middle)
        found[entry] = str(mean.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return found


@dataclass(frozen=True)
class Hall:
    """The contest, its site, and how a browser is opened there."""

    contest: Contest
    site: Site
    open_page: Open

    def desk(self, username: str) -> Page:
        """A desk of the street."""
        page = self.open_page(self.site)
        sign_in(page, self.site, username)
        return page


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    """Follow a link by its words."""
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def fill(page: Page, **said: str) -> None:
    for name, text in said.items():
        page.fill(f"main [name={name}]", text)


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


def test_a_contest_goes_from_its_marks_to_the_signature(fresh_site: Callable[..., Site], open_page: Open) -> None:
    site = fresh_site()
    hall = Hall(make_contest(site.home), site, open_page)
    afterwards(hall, hall.desk("linhu.jiedao"))
