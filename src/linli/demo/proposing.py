"""What the walked rounds share: days of 2017, the dates of phases, writing a proposal whole and handing it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from linli.apps.organizations.models import TEAMS
from linli.apps.places.models import Place
from linli.apps.rounds import services
from linli.apps.rounds.models import Programme, ProgrammeWord, Proposal, ProviderKind, Round, WordKind
from linli.apps.rounds.queries import phases_of
from linli.apps.rounds.services import IndicatorText, Line, Proposer
from linli.demo.streets import MAIN, Here
from linli.kernel.scope import Actor

YEAR = 2017
"""The year the three rounds of the reports are walked in."""
CHINA = ZoneInfo("Asia/Shanghai")
NAMES = [f"{surname}某" for surname in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"]
WORKERS = {MAIN: "yinxing.shegong", "南里社区": "nanli.shegong"}
"""The communities that have a worker's account; for the others nobody is named."""


def on(month: int, day: int, hour: int = 10, *, year: int = YEAR) -> datetime:
    """A moment of the year of the reports, at Chinese time."""
    return datetime(year, month, day, hour, tzinfo=CHINA)


@dataclass(frozen=True)
class Project:
    """One project as it is proposed. ``lines``: head, item, unit price, quantity, unit; ``own`` the last of them."""

    title: str
    word: str
    place: Place
    lines: tuple[tuple[str, str, str, str, str], ...]
    own: tuple[str, str, str, str, str] | None
    target: tuple[str, int, str]
    text: Mapping[str, Any]
    proposers: Sequence[Proposer] = ()
    number: int = 0
    with_discussions: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def asked(self) -> Decimal:
        """What is asked for, in yuan."""
        return sum((Decimal(price) * Decimal(count) for _h, _i, price, count, _u in self.lines), Decimal(0))


def worker_of(here: Here, place: Place) -> Actor | None:
    """Who writes for a community; None where nobody of it has an account."""
    return here.people.get(WORKERS.get(place.name, ""))


@cache
def survey_sheet() -> bytes:
    """A small workbook that stands for the forms of a need survey."""
    import xlsxwriter

    rows = (("问题", "选择人数"), ("希望就近办成的事", 46), ("愿意一起做的事", 31), ("其他意见", 9))
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("需求调查汇总")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def date_phases(intake: Round, days: Sequence[datetime], *, actor: Actor | None, at: datetime) -> None:
    """Phase after phase: each from its day until the next one; the last day closes the last phase."""
    for phase, opens, closes in zip(phases_of(intake), days[:-1], days[1:], strict=True):
        services.date_phase(phase, opens_at=opens, closes_at=closes, actor=actor, at=at)


def words(programme: Programme, kind: WordKind) -> dict[str, ProgrammeWord]:
    """The words of one kind by their title."""
    return {word.title: word for word in programme.words.filter(kind=kind)}


def write(
    intake: Round, project: Project, *, word: ProgrammeWord | None, actor: Actor | None, at: datetime
) -> Proposal:
    """Begin a proposal and enter everything the round asks for; it is not handed in yet."""
    proposers = project.proposers or [Proposer(place=project.place)]
    proposal = services.start_proposal(
        intake, place=project.place, title=project.title, proposers=proposers, actor=actor,
        entered_at=project.extra.get("entered_at"), is_demo=True, at=at,
    )  # fmt: skip
    fill(proposal, project, word=word, actor=actor, at=at)
    return proposal


def fill(
    proposal: Proposal, project: Project, *, word: ProgrammeWord | None, actor: Actor | None, at: datetime
) -> None:
    """Texts, budget, indicator and survey of a proposal that was begun."""
    first = at.date() + timedelta(days=60)
    own = Decimal(project.own[2]) * Decimal(project.own[3]) if project.own else Decimal(0)
    services.save_section(
        proposal, seen=None, actor=actor, at=at, category=word, starts_on=first,
        ends_on=date(first.year, 12, 20), asked=project.asked, own=own, **_told(project),
    )  # fmt: skip
    lines = [Line(*line) for line in project.lines]
    if project.own:
        lines.append(Line(*project.own, source="own"))
    services.set_lines(proposal, lines, seen=None, actor=actor, at=at)
    name, target, unit = project.target
    wanted = IndicatorText(name, Decimal(0), Decimal(target), unit, date(first.year, 12, 10))
    services.set_indicators(proposal, [wanted], seen=None, actor=actor, at=at)
    sheet = BytesIO(survey_sheet())
    sheet.name = "需求调查汇总.xlsx"
    services.add_survey(
        proposal, method="questionnaire", count=52 + project.number % 40, held_on=at.date() - timedelta(days=20),
        findings="过半数受访居民希望就近办成这件事，近三成愿意参加。", needing=30 + project.number % 25, upload=sheet,
        actor=actor, at=at,
    )  # fmt: skip


def _provider(project: Project) -> ProviderKind:
    """Who leads it: a team or a resident themselves, an organization as professionals, else the community."""
    lead = next((one for one in project.proposers if one.is_lead), None)
    if lead is None or lead.place is not None:
        return ProviderKind.COMMUNITY
    professional = lead.organization is not None and lead.organization.kind not in TEAMS
    return ProviderKind.PROFESSIONAL if professional else ProviderKind.RESIDENTS


def _told(project: Project) -> dict[str, Any]:
    """The texts of a proposal: what all share, and its own."""
    place = project.place.name
    shared = {
        "provider": _provider(project),
        "site": f"{place}党群服务站",
        "background": f"{place}居民在走访和问卷中多次提出这一需求，现有服务覆盖不到。",
        "goal": f"{project.target[0]}不少于{project.target[1]}{project.target[2]}，居民说得出变化。",
        "beneficiaries": f"{place}居民",
        "beneficiary_count": 120 + project.number * 7 % 380,
        "steps": "一、摸底登记；二、居民骨干和党员认领任务；三、按月开展；四、公开用款和成效，听取意见。",
        "party_role": "社区党组织牵头，党员带头认领任务。",
        "risks": "人手不足时由相邻社区志愿者补位；室外活动遇大风大雨改期。",
        "sustainability": "骨干队伍留在社区，物料登记入册，下一年由居民自己接着办。",
        "contact_name": NAMES[project.number % len(NAMES)],
        "contact_phone": f"13000001{project.number:03}",
    }
    return {**shared, **project.text}
