"""An approval round in the browser: four discussions and a promise, checks, the committee, filing, notice, delivery."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.intake import (
    Intake,
    act,
    day,
    discuss,
    enter,
    follow,
    paper,
    press,
    write_proposal,
)
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]

Open = Callable[..., Page]
PROGRAMME, ROUND, TITLE = "临湖街道基层党组织服务群众项目", "银杏楼门扶手专项", "楼道扶手和折叠座椅"
HELD = {
    "motion": (30, "党组织书记和两委委员", "根据需求调研提出项目动议。"),
    "talk": (27, "居民代表、党员代表、楼门长", "商议地点和受益户数，优先照顾高龄家庭。"),
    "review": (24, "两委联席会议", "审议预算和分工。"),
    "resolution": (20, "居民代表会议", "表决通过，在公告栏公布结果。"),
    "promise": (19, "党组织书记", "承诺按期完成，用款逐笔公开。"),
}
OFFICES = {"党建工作办公室": "officer", "社区建设办公室": "head", "财务科": "finance"}
COMMITTEE = {
    "body": "中共临湖街道工作委员会", "held_on": day(0), "minutes_number": "临街工委纪〔2026〕21号",
    "present": "党工委委员九人，纪工委列席", "scan": paper("纪要.pdf"),
}  # fmt: skip


def propose(worker: Page, intake: Intake) -> str:
    """The worker writes the community's proposal and hands it in; its address."""
    worker.goto(intake.path)
    follow(worker, "开始申报")
    worker.locator("main [name=place]").select_option(label="银杏社区")
    enter(worker, {"title": TITLE})
    press(worker, "开始")
    write_proposal(worker, steps=("入户摸底", "安装", "验收"), asked="9600", word="在楼道装扶手")
    discuss(worker, HELD)
    check_accessibility(worker)
    follow(worker, "提交")
    press(worker, "提交")
    expect(worker.locator("#messages")).to_contain_text("编号")
    return worker.url


def look_first(officer: Page, worker: Page, proposal: str) -> None:
    """The first check wants more: sent back with a reason, written on, handed in again, passed."""
    officer.goto(proposal)
    act(officer, "开始审核", {"stage": "first", "offices": "党建工作办公室"}, "开始")
    act(officer, "党建工作办公室", {"view": "change", "reason": "没有写清与老旧小区改造的区别。"}, "保存意见")
    act(officer, "退回补充", {"reason": "请写明与老旧小区改造的区别。"}, "退回补充")
    worker.goto(proposal)
    expect(worker.locator("main")).to_contain_text("请写明与老旧小区改造的区别。")
    follow(worker, "继续填写")
    worker.get_by_role("link", name="需求").first.click()
    enter(worker, {"background": "居民多次提出装扶手；老旧小区改造没有列入本社区。"})
    press(worker, "保存")
    follow(worker, "提交")
    press(worker, "提交")
    officer.goto(proposal)
    act(officer, "开始审核", {"stage": "first", "offices": "党建工作办公室"}, "开始")
    act(officer, "党建工作办公室", {"view": "pass"}, "保存意见")


def review_together(people: dict[str, Page], proposal: str) -> None:
    """Each office gives its view in a window of its own; the proposal is accepted."""
    act_of = people["officer"]
    act_of.goto(proposal)
    act(act_of, "开始审核", {"stage": "joint"}, "开始")
    for office, who in OFFICES.items():
        people[who].goto(proposal)
        approved = {"approved": "9000", "reason": "单价高于询价，核减。"} if who == "finance" else {}
        act(people[who], office, {"view": "pass", **approved}, "保存意见")
    act_of.goto(proposal)
    check_accessibility(act_of)
    act(act_of, "通过，进入评审", {}, "通过，进入评审")


def decide(officer: Page, intake: Intake) -> None:
    """A plan by hand after the joint review, then the decision of the working committee."""
    officer.goto(f"{intake.path}plans/")
    enter(officer, {"rule": "hand"})
    officer.locator("main form:has([name=rule]) button[type=submit]").last.click()
    officer.wait_for_load_state()
    act(officer, "手工调整", {"amount": "9000", "reason": "按联审意见核定。"}, "确定金额")
    act(officer, "按此方案决定", COMMITTEE, "录入决定")
    expect(officer.locator("main")).to_contain_text("9,000.00")


def answer_on_paper(officer: Page, intake: Intake) -> None:
    """The filing with the district and the reply are recorded, each in its phase, with number and sealed scan."""
    for link, unit, number in (
        ("登记备案", "和安区民政局", "和民备〔2026〕31号"),
        ("登记批复", "中共临湖街道工作委员会", "临街工委复〔2026〕6号"),
    ):
        intake.go_on()
        officer.goto(intake.path)
        sent = {"unit": unit, "number": number, "issued_on": day(0), "scan": paper("盖章.pdf")}
        act(officer, link, sent, link)
        expect(officer.locator("main")).to_contain_text(number)
    check_accessibility(officer)


def publish(people: dict[str, Page], intake: Intake) -> str:
    """Drawn up, checked and signed off by three people; the title of the notice."""
    officer = people["officer"]
    officer.goto(f"{intake.path}decisions/")
    act(officer, "发起公示", {"office": "党建工作办公室", "phones": "010-62880099"}, "起草公示")
    link = officer.locator("main a[href*='/desk/publicity/']").first
    title, notice = link.inner_text(), link.get_attribute("href") or ""
    for who, button in (("head", "核对通过"), ("leader", "签发并公开")):
        people[who].goto(notice)
        press(people[who], button)
    return title


def test_an_approval_round_goes_from_the_discussions_to_delivery(
    fresh_site: Callable[..., Site], open_page: Open
) -> None:
    site = fresh_site()
    roles = {
        "officer": "linhu.jiedao", "head": "linhu.kezhang", "finance": "linhu.caiwu", "leader": "linhu.lingdao",
        "worker": "yinxing.shegong",
    }  # fmt: skip
    people = {role: open_page(site) for role in roles}
    for role, username in roles.items():
        sign_in(people[role], site, username)
    officer, worker, neighbour = people["officer"], people["worker"], open_page(site, phone=True)
    intake = Intake(officer)
    intake.set_up(PROGRAMME, "approval", ROUND, running="申报")

    proposal = propose(worker, intake)
    intake.go_on()
    look_first(officer, worker, proposal)
    intake.go_on()
    review_together(people, proposal)
    intake.go_on()
    decide(officer, intake)
    answer_on_paper(officer, intake)
    intake.go_on()
    title = publish(people, intake)
    neighbour.goto("/notices/")
    neighbour.get_by_role("link", name=title).first.click()
    expect(neighbour.locator("main")).to_contain_text("¥9,000.00")
    check_accessibility(neighbour)

    intake.go_on()
    officer.goto(intake.path)
    expect(officer.locator("main")).to_contain_text("实施")
    worker.goto(proposal)
    expect(worker.locator(".notice-done")).to_contain_text("¥9,000.00")
    check_accessibility(worker)
