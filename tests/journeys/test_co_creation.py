"""A co-creation round in the browser: an idea on a phone, another from paper, coached, proposed, chosen, supported."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.intake import Intake, act, day, enter, follow, paper, press, write_proposal
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]

Open = Callable[..., Page]
PROGRAMME, ROUND = "临湖街道社区创享计划", "银杏共创季"
IDEA, ON_PAPER = "树荫下的漂流书箱", "阳台上的香草角"
AGENCY, COMMUNITY = "临湖街道社会组织支持中心", "社区（村）"
JUDGES = ("钱某某", "孙某某", "李某某")
SITTING = {
    "body": "临湖街道办事处主任办公会", "held_on": day(0), "minutes_number": "临街办纪〔2026〕19号",
    "present": "主任、副主任五人", "scan": paper("纪要.pdf"),
}  # fmt: skip


def tell(phone: Page) -> None:
    """A resident tells an idea on the phone and finds it again among his own."""
    phone.goto("/calls/")
    phone.get_by_role("link", name=ROUND).first.click()
    check_accessibility(phone)
    follow(phone, "提个金点子")
    phone.locator("main [name=place]").select_option(label="银杏社区")
    enter(phone, {"title": IDEA, "text": "树荫下摆两条长椅和一个书箱，大家轮着看书。"})
    check_accessibility(phone)
    press(phone, "提交金点子")
    phone.goto("/proposals/")
    expect(phone.locator("main")).to_contain_text(IDEA)


def type_in(worker: Page, intake: Intake) -> None:
    """The worker types another one from paper, with its scan."""
    worker.goto(intake.path)
    follow(worker, "录入金点子")
    worker.locator("main [name=place]").select_option(label="银杏社区")
    idea = {"title": ON_PAPER, "text": "想教大家在阳台种香草。", "source": "paper", "paper": paper("金点子.pdf")}
    enter(worker, {"name": "周某某", **idea})
    press(worker, "保存")


def coach(agency: Page) -> None:
    """The agency finds both ideas on its page and records an hour of coaching."""
    for title in (IDEA, ON_PAPER):
        agency.goto("/proposals/")
        follow(agency, title)
        visit = {"held_on": day(0), "changed": "弄清谁需要、谁来做、要花多少钱。", "next_step": "约上三五位邻居。"}
        act(agency, "登记辅导", visit, "保存")
    check_accessibility(agency)


def take_up(worker: Page, intake: Intake, title: str, proposer: str) -> str:
    """An idea becomes a proposal; its address on the portal."""
    worker.goto(intake.path)
    follow(worker, title)
    act(worker, "转为申报", {"proposer": proposer}, "转为申报")
    return worker.url


def propose(people: dict[str, Page], intake: Intake) -> list[str]:
    """The agency writes for the resident, who confirms it on the phone and hands it in; the worker writes the other."""
    worker, agency, phone = people["worker"], people["agency"], people["phone"]
    resident, community = take_up(worker, intake, IDEA, "resident"), take_up(worker, intake, ON_PAPER, "place")
    agency.goto(resident)
    follow(agency, "继续填写")
    write_proposal(agency, steps=("选点", "做长椅", "轮值"), asked="4800", word="树荫下一起看书")
    phone.goto("/proposals/")
    follow(phone, IDEA)
    check_accessibility(phone)
    act(phone, "确认修改", {}, "确认支持机构的修改")
    act(phone, "提交", {}, "提交")
    worker.goto(community)
    follow(worker, "继续填写")
    write_proposal(worker, steps=("选种", "教种", "分享"), asked="3600", word="在阳台种香草")
    worker.goto(community)
    act(worker, "提交", {}, "提交")
    return [resident, community]


def choose_first(people: dict[str, Page], proposals: list[str]) -> None:
    """The community gives its view of both, then the office; both go on."""
    officer, worker = people["officer"], people["worker"]
    for proposal in proposals:
        officer.goto(proposal)
        act(officer, "开始审核", {"stage": "first"}, "开始")
        worker.goto(proposal)
        act(worker, COMMUNITY, {"view": "pass"}, "保存意见")
        officer.goto(proposal)
        act(officer, "社区建设办公室", {"view": "pass"}, "保存意见")
        act(officer, "通过，进入评审", {}, "通过，进入评审")


@dataclass(frozen=True)
class Hall:
    """A prepared vote: the pages of its session and panel, the room's code, the PIN of each seat."""

    session: str
    panel: str
    code: str
    pins: dict[str, str]


def prepare_vote(officer: Page, intake: Intake) -> Hall:
    """A panel of three picks one; both proposals are entered from the round, PINs issued."""
    officer.goto("/desk/reviews/new/")
    vote = {"mode": "vote", "vote_kind": "picks", "picks": "1", "winners": "1", "ties": "chair", "purpose": "other"}
    officer.locator("main [name=place]").select_option(label="临湖街道")
    enter(officer, {"title": f"{ROUND}街道决选", "first_day": day(0), **vote})
    press(officer, "保存")
    session = officer.url
    act(officer, "增加评审组", {"name": "决选组"}, "保存")
    for duty, name in (("counter", "贺文佳"), ("supervisor", "万里青")):
        act(officer, "安排工作人员", {"duty": duty, "name": name}, "保存")
    follow(officer, "决选组")
    panel = officer.url
    for name in JUDGES:
        act(officer, "安排评委", {"name": name, "unit": "居民代表"}, "保存")
    officer.goto(intake.path)
    follow(officer, "送入评审")
    officer.locator("main [name=panel]").select_option(label=f"{ROUND}街道决选 · 决选组")
    check_accessibility(officer)
    press(officer, "送入评审")
    expect(officer.locator("main")).to_contain_text(ON_PAPER)
    officer.goto(f"{session}room/")
    officer.locator("main form button").first.click()
    officer.wait_for_load_state()
    seats = officer.locator(".room-slips li").all()
    pins = {one.locator("strong").inner_text().split()[-1]: one.locator(".room-pin").inner_text() for one in seats}
    code = officer.locator("main .lines .figures").first.inner_text().replace("-", "")
    return Hall(session, panel, code, pins)


def take_seat(page: Page, hall: Hall, name: str) -> Page:
    """Sit down as the slip says."""
    page.goto(f"/room/{hall.code}/")
    enter(page, {"pin": hall.pins[name]})
    press(page, "入席")
    expect(page.locator(".room-seat")).to_contain_text(name)
    return page


def vote(officer: Page, hall: Hall, new_phone: Callable[[], Page]) -> None:
    """Two judges vote on their phones, the third on paper; counted, confirmed by two people, revealed."""
    officer.goto(hall.session)
    act(officer, "开始评分", {}, "开始评分")
    officer.goto(hall.panel)
    act(officer, "开放全部评分", {}, "开放全部评分")
    for name, choice in zip(JUDGES[:2], (IDEA, ON_PAPER), strict=True):
        judge = take_seat(new_phone(), hall, name)
        press(judge, "我承诺并签署")
        judge.locator("#ballot-form label", has_text=choice).click()
        press(judge, "提交")
        expect(judge.locator(".notice-done").last).to_contain_text(choice)
    officer.goto(hall.panel)
    third = officer.locator("main tr", has_text=JUDGES[2])
    third.get_by_role("link", name="纸质签字").click()
    press(officer, "登记已签承诺书")
    third.get_by_role("link", name="录入选票").click()
    officer.locator("main label", has_text=IDEA).click()
    press(officer, "保存")
    act(officer, "收卷", {}, "收卷")
    for name in ("贺文佳", "万里青"):
        page = take_seat(new_phone(), hall, name)
        page.goto(f"/room/{hall.code}/1/counting/")
        for _entry in (IDEA, ON_PAPER):
            press(page, "确认这个结果")
    officer.goto(hall.panel)
    act(officer, "公布", {}, "公布")
    officer.goto(hall.session)
    act(officer, "结束评审", {}, "结束评审")


def decide(officer: Page, intake: Intake) -> None:
    """What there is goes to the first in rank; the other is told why not."""
    officer.goto(f"{intake.path}plans/")
    enter(officer, {"rule": "rank", "pot": "4800"})
    officer.locator("main form:has([name=rule]) button[type=submit]").last.click()
    officer.wait_for_load_state()
    act(officer, "按此方案决定", SITTING, "录入决定")
    expect(officer.locator("main")).to_contain_text("¥4,800.00")


def test_a_co_creation_round_goes_from_an_idea_to_its_support(fresh_site: Callable[..., Site], open_page: Open) -> None:
    site = fresh_site()
    roles = {"officer": "linhu.jiedao", "worker": "yinxing.shegong", "agency": "zhichi", "phone": "jumin"}
    people = {role: open_page(site, phone=role == "phone") for role in roles}
    for role, username in roles.items():
        sign_in(people[role], site, username)
    officer, worker, phone = people["officer"], people["worker"], people["phone"]
    intake = Intake(officer)
    intake.set_up(PROGRAMME, "co_creation", ROUND, running="金点子")
    follow(officer, "指派支持机构")
    enter(officer, {"agency": AGENCY})
    officer.get_by_label("银杏社区", exact=True).check()
    press(officer, "指派")

    tell(phone)
    type_in(worker, intake)
    intake.go_on()
    coach(people["agency"])
    intake.go_on()
    proposals = propose(people, intake)
    intake.go_on()
    choose_first(people, proposals)
    intake.go_on()
    vote(officer, prepare_vote(officer, intake), lambda: open_page(site, phone=True))
    decide(officer, intake)

    phone.goto(proposals[0])
    expect(phone.locator(".notice-done")).to_contain_text("¥4,800.00")
    check_accessibility(phone)
    worker.goto(proposals[1])
    expect(worker.locator("main")).to_contain_text("不予支持")
