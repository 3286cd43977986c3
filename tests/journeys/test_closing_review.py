"""The closing review of two days in four panels, from the file handed in to the page everybody reads.

In browsers: one file with its gate, the review with its panels by class, the timetable, the room's first day with one
judge of each panel on a phone, counting, grades, opinions, certificate, summary, slides, archive, showcase. By verbs:
the other files and their surveys, seats and promises, the other judges' sheets, all sheets of the second day and the
counting of the other three panels (the journey of the contest has every judge in a browser).
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.support.browser import Guard, check_accessibility
from tests.support.closing import (
    ANSWERED,
    APPROVAL,
    GIVEN,
    MIXED,
    OF_THE_CONTEST,
    OWN,
    PHONES,
    TEXT,
    YEAR,
    Seated,
    judged,
    made_ready,
    seated,
)
from tests.support.closing_office import Office, Open, body_of, do, fill, go, submit, words_of
from tests.support.sites import Site, linli

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOURTH, BLANK = "综合组", "about:blank"
"""``BLANK``: a page of the room asks on and on for news; whoever is done leaves it."""
CLASSES = {"硬件改造类", "专业服务类", "居民自治类"}
TITLE = "优秀服务群众项目"
BEFORE, MODEL = {"A": 1, "B": 3}, "智能手机慢慢学"
"""Projects of the programme the demo closed already, by grade; the one it honoured and marked as a highlight."""


def right_grades() -> dict[str, tuple[str, str]]:
    """Project → score and grade, reckoned here: the mean of three sheets, A from 85, B from 60."""
    found = {}
    for title, totals in GIVEN.items():
        score = (Decimal(sum(totals)) / 3).quantize(Decimal("0.01"), ROUND_HALF_UP)
        found[title] = (str(score), "优秀（A）" if score >= 85 else "合格（B）" if score >= 60 else "不合格（C）")
    return found


def hand_in_the_file(office: Office) -> None:
    """The community writes its file and hands it in; afterwards nothing of it is open to change."""
    worker = office.desk("nanli.shegong")
    do(worker, office.closing(), "open")
    go(worker, "/closing/do/write/")
    for area in worker.locator("main form textarea").all():
        area.fill(TEXT)
    submit(worker)
    do(worker, office.closing(), "submit")
    assert worker.locator("a[href$='/closing/do/write/']").count() == 0
    check_accessibility(worker)


def pass_the_gate(office: Office) -> None:
    """Nobody was asked about it: the street is told so and lets it in only with a recorded exception."""
    head = office.desk("linhu.kezhang")
    do(head, office.closing(), "accept")
    expect(head.locator("main")).to_contain_text("满意度")
    head.goto(office.closing())
    go(head, "/closing/do/except/")
    head.select_option("[name=ground]", "satisfaction")
    fill(head, reason="楼道公共设施，无单独服务对象", body="街道党工委会议", minutes_number="〔2026〕30号")
    fill(head, decided_on=office.ready.days[0])
    submit(head)
    do(head, office.closing(), "accept")
    expect(head.locator("main")).to_contain_text("〔2026〕30号")


def open_the_review(office: Office) -> None:
    """Two days, a panel for each class and a fourth one; who attends is written down by part."""
    officer, (first, last) = office.desk("linhu.jiedao"), office.ready.days
    officer.goto("/desk/projects/reviews/new/")
    fill(officer, first_day=first, last_day=last, venue="临湖街道党群服务中心")
    submit(officer)
    office.review = officer.url.rstrip("/").rsplit("/", 1)[1]
    here = officer.url
    go(officer, "/enter/")
    officer.get_by_label(re.compile(MIXED)).uncheck()
    officer.get_by_label("按项目类别分组").check()
    check_accessibility(officer)
    submit(officer)
    officer.goto(office.session("panels/new/"))
    fill(officer, name=FOURTH)
    submit(officer)
    officer.goto(f"{here}enter/")
    officer.get_by_label("全部进入下面选定的评审组").check()
    officer.select_option("[name=panel]", label=FOURTH)
    submit(officer)
    expect(officer.locator("table").first.locator("tbody tr")).to_have_count(len(GIVEN))
    go(officer, "/attend/")
    officer.select_option("[name=day]", first)
    officer.select_option("[name=part]", "secretary")
    fill(officer, unit="南里社区", name="崔明远")
    submit(officer)
    expect(officer.locator("main")).to_contain_text("崔明远")


def plan_two_days(office: Office) -> None:
    """The timetable fills both days and leaves every project before the panel of its class."""
    officer = office.desk("linhu.jiedao")
    officer.goto(office.session("timetable/plan/"))
    officer.get_by_label("项目留在已分的组").check()
    submit(officer)
    expect(officer.locator("main")).to_contain_text("已证明最好")
    check_accessibility(officer)
    officer.goto(f"/desk/projects/reviews/{office.review}/")
    rows = officer.locator("table").first.locator("tbody tr")
    there = {row.locator("th a").inner_text(): row.locator("td").first.inner_text() for row in rows.all()}
    assert {there.pop(MIXED), *there.values()} == {FOURTH, *CLASSES}
    assert set(there.values()) == CLASSES
    officer.goto(office.session())
    go(officer, "/start/")
    submit(officer)


def mark(page: Page) -> None:
    """The sheet of whatever stands in the room, each criterion by the same share of its top."""
    title = page.locator("#room-sheet h1").inner_text().split(". ", 1)[1]
    total = GIVEN[title][0]
    for one in page.locator("main form input[type=number]").all():
        one.fill(f"{float(one.get_attribute('max') or 0) * total / 100:g}")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator(".notice-done", has_text=f"{total}.00").first).to_be_visible()


def enter(office: Office, hall: Seated, name: str, **how: bool) -> Page:
    """Take a seat at the door, as its slip says."""
    page = office.open_page(office.site, **how)
    page.goto(f"/room/{hall.code}/")
    page.fill("[name=pin]", hall.pins[name])
    with page.expect_navigation():
        page.get_by_role("button", name="入席").click()
    return page


def judge(office: Office, hall: Seated) -> None:
    """The host calls the first project of every panel; a judge of each promises and marks it on a phone."""
    host = enter(office, hall, "主持")
    for position in hall.panels.values():
        host.goto(f"/room/{hall.code}/{position}/")
        with host.expect_navigation():
            host.get_by_role("button", name="下一个").first.click()
    for name in PHONES:
        phone = enter(office, hall, name, phone=True)
        with phone.expect_navigation():
            phone.get_by_role("button", name="我承诺并签署").click()
        mark(phone)
        if name == PHONES[0]:
            check_accessibility(phone)
        phone.goto(BLANK)
    host.goto(BLANK)
    judged(office.site.home)


def count(office: Office) -> None:
    """The first panel is collected and confirmed by two, all are revealed; closed; the results become grades."""
    officer = office.desk("linhu.jiedao")
    officer.goto(office.session())
    panels = [one.get_attribute("href") for one in officer.locator("th a[href*='/panels/']").all()]
    assert len(panels) == len(PHONES)
    steps = (("linhu.jiedao", "collect"), ("linhu.caiwu", "confirm"), ("linhu.lingdao", "confirm"))
    for username, verb in (*steps, ("linhu.jiedao", "reveal")):
        page = office.desk(username)
        for panel in panels if verb == "reveal" else panels[:1]:
            page.goto(f"{panel}{verb}/")
            submit(page)
    check_accessibility(office.desk("linhu.caiwu"))
    officer.goto(office.session("close/"))
    submit(officer)
    officer.goto(f"/desk/projects/reviews/{office.review}/")
    go(officer, "/results/")
    submit(officer)
    for title, (score, grade) in right_grades().items():
        row = officer.locator("tr", has=officer.get_by_role("link", name=title))
        expect(row.locator("td").last).to_have_text(f"{grade} {score}")
    check_accessibility(officer)


def answer_opinions(office: Office) -> None:
    """Three opinions: adopted, partly, not; each with what is asked of it; the adopted one is done."""
    officer, worker = office.desk("linhu.jiedao"), office.desk("nanli.shegong")
    told = "宣传不足 | 扩大知晓面\n数据偏少 | 做前后对比\n人手紧张 | 增加专职人员"
    do(officer, office.closing(), "opinions", source="结项评审会", items=told)
    answers = (("adopted", "印制楼门海报", ""), ("partly", "补做后测", "前期未留基线"), ("not", "", "编制有限"))
    for taken, measure, reason in answers:
        worker.goto(office.closing())
        worker.locator("#opinions ~ * tr", has_text="尚未答复").first.get_by_role("link", name="答复").click()
        worker.select_option("[name=taken]", taken)
        fill(worker, measure=measure, reason=reason, until="" if taken == "not" else "2030-03-01")
        submit(worker)
    expect(worker.locator("#opinions ~ *").first).not_to_contain_text("尚未答复")
    check_accessibility(worker)
    worker.get_by_role("link", name="登记完成").first.click()
    fill(worker, done_on=office.ready.days[0], note="已贴到每个楼门")
    submit(worker)
    officer.goto(office.closing())
    for said in ("不采纳（编制有限）", "部分采纳：补做后测（前期未留基线）", "采纳：印制楼门海报 · 已完成"):
        expect(officer.locator("main")).to_contain_text(said)


def certify(office: Office) -> None:
    """An honour with its certificate; the project is a highlight."""
    officer = office.desk("linhu.jiedao")
    do(officer, office.closing(), "highlight", reason="居民自己管起来，可以照着做。")
    do(
        officer,
        office.closing(),
        "prize",
        title=TITLE,
        year=str(YEAR),
        given_on=office.ready.days[0],
        number="〔2026〕8号",
    )
    address = officer.get_by_role("link", name="荣誉证书").get_attribute("href") or ""
    text = words_of(body_of(officer, address))
    assert [one for one in ("南里社区：", f"“{OWN}”", TITLE, "编号：〔2026〕8号") if one not in text] == []


def summarize(office: Office) -> None:
    """The programme's year in four sections; its grades are those reckoned here, with what the demo closed before."""
    officer = office.desk("linhu.jiedao")
    officer.goto("/desk/projects/summaries/")
    go(officer, "/summaries/new/")
    officer.select_option("[name=programme]", label=officer.locator("option", has_text=APPROVAL).first.inner_text())
    fill(officer, year=str(YEAR))
    submit(officer)
    go(officer, "/write/")
    fill(officer, overview="以需求定项目。", delivery="按季公开。", growth="居民骨干增加。", outlook="看夜间服务。")
    submit(officer)
    here = officer.url
    ours = [grade[-2] for title, (_score, grade) in right_grades().items() if title not in OF_THE_CONTEST]
    names = {"A": "优秀", "B": "合格", "C": "不合格"}
    told = "、".join(f"{one} {name}{ours.count(one) + BEFORE.get(one, 0)}项" for one, name in names.items())
    answers = ANSWERED * (len(ours) - 1 + sum(BEFORE.values()))
    growth = f"结项评审结果：{told}。亮点项目：{OWN}、{MODEL}。优秀项目：{MODEL}（{TITLE}）、{OWN}（{TITLE}）。"
    text = words_of(body_of(officer, f"{here}docx/"))
    lines = ("共实施项目72项", f"有效答卷{answers}份", growth, "看夜间服务。")
    assert [one for one in lines if one not in text] == []


def fill_slides(office: Office) -> None:
    """The street takes in slides of its own; a project's are filled from its records."""
    officer = office.desk("linhu.jiedao")
    officer.goto("/desk/projects/slides/")
    own = body_of(officer, "/desk/projects/slides/shipped/")
    go(officer, "/slides/new/")
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    officer.set_input_files("[name=upload]", {"name": "自带模板.pptx", "mimeType": kind, "buffer": own})
    submit(officer)
    expect(officer.locator("main table")).to_contain_text("临湖街道")
    deck = Presentation(io.BytesIO(body_of(officer, f"{office.closing()}slides/")))
    shapes = [shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    text = "\n".join(shape.text_frame.text for shape in shapes)
    assert (OWN in text, "{{" in text) == (True, False)


def archive(office: Office) -> None:
    """The archive: its catalogue names every paper, and each paper has the hash that is listed."""
    content = body_of(office.desk("linhu.jiedao"), f"{office.closing()}archive/")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        book = openpyxl.load_workbook(io.BytesIO(parts.read("卷内目录.xlsx")))
        rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
        listed = dict(line.split("  ")[::-1] for line in parts.read("校验值SHA256.txt").decode().splitlines())
        assert listed == {str(row[9]): row[10] for row in rows}
        assert {name: hashlib.sha256(parts.read(name)).hexdigest() for name in listed} == listed
    titles = [str(row[3]) for row in rows]
    wanted = ("结项报告", "经费决算表", "满意度统计表", "评审意见反馈单", "施工前", "施工后")
    assert [one for one in wanted if one not in titles] == []


def audit(office: Office, folder: Path) -> None:
    """``linli audit pack`` of one project: eight tables, the decision it rests on, the exception of the gate."""
    done = linli(
        office.site.home, "audit", "pack", "--project", office.ready.numbers[OWN], "--seed", "7", "--out", str(folder)
    )
    assert done.returncode == 0, done.stderr
    books = {file.stem: openpyxl.load_workbook(file).worksheets[0] for file in folder.glob("*.xlsx")}
    assert sorted(name[0] for name in books) == list("12345678")
    cells = {name: str(list(sheet.iter_rows(values_only=True))) for name, sheet in books.items()}
    assert ("〔2026〕30号" in cells["7例外"], office.ready.numbers[OWN] in cells["2会议纪要"]) == (True, True)


def show(office: Office) -> None:
    """Written by the community, checked by a second, signed off by a third: then a stranger reads it on a phone."""
    worker = office.desk("nanli.shegong")
    worker.goto(office.closing())
    go(worker, "/closing/do/showcase/")
    fill(worker, title="扶手装到家门口", text="七十二处扶手，上下楼稳当了。")
    for name, label in (("before", "施工前.jpg"), ("after", "施工后.jpg")):
        worker.select_option(f"[name={name}]", label=label)
    submit(worker)
    stranger = office.open_page(office.site, phone=True)
    stranger.goto("/showcase/")
    assert stranger.get_by_role("link", name="扶手装到家门口").count() == 0
    for username, verb in (("nanli.shegong", "提交核对"), ("linhu.kezhang", "核对通过"), ("linhu.lingdao", "签发")):
        page = office.desk(username)
        page.goto(office.closing())
        with page.expect_navigation():
            page.get_by_role("button", name=verb).first.click()
    stranger.goto("/showcase/")
    with stranger.expect_navigation():
        stranger.get_by_role("link", name="扶手装到家门口").click()
    sizes = stranger.locator("figure img").evaluate_all("all => all.map((one) => one.naturalWidth)")
    assert (len(sizes), min(sizes) > 0) == (2, True)
    expect(stranger.locator("main")).to_contain_text("72 处")
    check_accessibility(stranger)


def test_a_closing_review_runs_in_four_panels_until_everybody_reads_of_it(
    fresh_site: Callable[..., Site], open_page: Open, guard: Guard, tmp_path: Path
) -> None:
    guard.allow("422")
    site = fresh_site()
    office = Office(site, open_page, made_ready(site.home))
    hand_in_the_file(office)
    pass_the_gate(office)
    open_the_review(office)
    hall = seated(site.home)
    plan_two_days(office)
    judge(office, hall)
    count(office)
    answer_opinions(office)
    certify(office)
    summarize(office)
    fill_slides(office)
    archive(office)
    audit(office, tmp_path / "审计资料")
    show(office)
