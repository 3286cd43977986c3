"""What people click in a round, for journeys that walk one from its set-up to its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

CHINA = ZoneInfo("Asia/Shanghai")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LENGTH = timedelta(days=20)


def paper(name: str) -> Any:
    """A scan to attach."""
    return {"name": name, "mimeType": "application/pdf", "buffer": PDF}


def day(ago: int) -> str:
    """A day so many days before today, as a form takes it."""
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


def press(page: Page, name: str) -> None:
    """Press the button of this name on the page and wait for the answer."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """Follow the link of this name on the page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def enter(page: Page, values: Mapping[str, Any]) -> None:
    """Fill fields by their name: text and days as they are, a choice by its value, a file from :func:`paper`."""
    for name, value in values.items():
        fields = page.locator(f"main [name={name}]")
        kind = str(fields.first.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type"))
        if kind == "select":
            fields.first.select_option(value)
        elif kind == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        elif kind == "file":
            fields.first.set_input_files(value)
        else:
            fields.first.fill(value)


def act(page: Page, link: str, values: Mapping[str, Any], button: str) -> None:
    """Follow a link to its form, fill it, press its button."""
    follow(page, link)
    enter(page, values)
    press(page, button)


@dataclass
class Intake:
    """A round an officer keeps: its address, and the minutes at which its phases change from one to the next."""

    officer: Page
    path: str = ""
    running: int = 0
    began: datetime = field(default_factory=lambda: datetime.now(CHINA) - timedelta(hours=2))
    steps: int = 0

    def set_up(self, programme: str, template: str, title: str, *, running: str) -> None:
        """The round of a template, dated so that ``running`` runs (those before it are over), and opened."""
        self.officer.goto("/desk/rounds/")
        follow(self.officer, "建立轮次")
        self.officer.locator("main [name=programme]").select_option(label=programme)
        enter(self.officer, {"template": template, "title": title, "contact": "社区建设办公室"})
        press(self.officer, "建立轮次")
        self.path = self.officer.url.removesuffix("phases/")
        rows = self._rows()
        self.running = next(n for n, one in enumerate(rows) if one.get_attribute("aria-label") == running)
        for number, row in enumerate(rows):
            opens = self.began + LENGTH * (number - self.running)
            self._date(row, "opens_at", opens)
            self._date(row, "closes_at", opens + LENGTH)
        press(self.officer, "保存")
        follow(self.officer, "启动轮次")
        press(self.officer, "启动轮次")
        expect(self.officer.locator("main")).to_contain_text(running)

    def go_on(self) -> None:
        """The officer brings the next phase forward: the running one ends a few minutes ago, the next began then."""
        self.steps += 1
        turn = self.began + timedelta(minutes=self.steps)
        self.officer.goto(f"{self.path}phases/")
        rows = self._rows()
        self._date(rows[self.running], "closes_at", turn)
        self._date(rows[self.running + 1], "opens_at", turn)
        press(self.officer, "保存")
        self.running += 1

    def _rows(self) -> list[Locator]:
        return self.officer.locator(".phase-row").all()

    def _date(self, row: Locator, name: str, moment: datetime) -> None:
        row.locator(f"[name$={name}]").fill(moment.strftime("%Y-%m-%dT%H:%M"))


def write_proposal(page: Page, *, steps: tuple[str, ...], asked: str, word: str, **basics: str) -> None:
    """The sections of the editor one after another, each saved by its button; ``steps`` say what is done."""
    ends = day(-200)
    sections: tuple[dict[str, Any], ...] = (
        {"provider": "community", "site": "银杏社区党群服务站", "starts_on": day(-20), "ends_on": ends, **basics},
        {"contact_name": "林晓禾", "contact_phone": "13000000002"},
        {"background": f"居民多次提出：{word}。"},
        {
            "goal": f"{word}，全年至少十二次。", "beneficiaries": "银杏社区居民", "beneficiary_count": "260",
            "rows-0-name": "活动", "rows-0-baseline": "0", "rows-0-target": "12", "rows-0-unit": "场",
            "rows-0-due_on": ends,
        },
        {"steps": "；".join(steps)},
        {
            "asked": asked, "rows-0-head": "materials", "rows-0-item": "物料", "rows-0-unit_price": asked,
            "rows-0-quantity": "1", "rows-0-unit": "批", "rows-0-source": "asked", "rows-0-grounds": "按询价",
        },
    )  # fmt: skip
    for number, values in enumerate(sections):
        if number == 0:
            page.locator("main [name=category]").select_option(index=1)
        if number == 1 and page.locator("main [name=rows-0-name]").input_value():
            page.locator("main [name=holder_place]").select_option(label="银杏社区")
        if number == 2:
            add_survey(page)
        enter(page, values)
        press(page, "保存并继续")


def add_survey(page: Page) -> None:
    """How the need was asked for, with its file."""
    survey = {
        "method": "questionnaire", "count": "62", "needing": "41", "held_on": day(40),
        "findings": "三分之二的受访居民希望就近办成。", "upload": paper("问卷汇总.pdf"),
    }  # fmt: skip
    enter(page, survey)
    press(page, "登记调研")


def discuss(page: Page, held: Mapping[str, tuple[int, str, str]]) -> None:
    """The discussions: step -> (days ago, who took part, minutes); the resolution with its count of votes."""
    votes = {"due": "31", "present": "27", "in_favour": "25", "against": "0", "abstained": "2"}
    for step, (ago, people, minutes) in held.items():
        values = {"held_on": day(ago), "people": people, "minutes": minutes}
        values |= votes if step == "resolution" else {}
        values |= {"promised_by": day(-180)} if step == "promise" else {}
        enter(page, {f"{step}-{name}": value for name, value in values.items()})
        page.locator(f"form[action$='/add/{step}/'] [type=submit], form[action$='/add/{step}/'] button").last.click()
        page.wait_for_load_state()
