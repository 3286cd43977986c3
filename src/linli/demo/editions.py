"""The second and third edition of the contest: eight and seven projects more, twenty-five with those of the first."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Fund
from linli.apps.projects import services as projects
from linli.apps.projects.lifecycle import PROJECTS
from linli.apps.projects.models import Project as Begun
from linli.apps.rounds import services
from linli.apps.rounds.models import PlanRule, Proposal, Round, WordKind
from linli.apps.rounds.queries import standing_awards
from linli.apps.rounds.services import Sitting
from linli.demo.contest import NAME, A, B, C, D, E
from linli.demo.proposing import YEAR, Project, on, words, worker_of, write
from linli.demo.streets import MAIN, MANY_STAIRWELLS, SMALL, STREET, Here

OFFICE = "党建工作办公室"


@dataclass(frozen=True)
class Entry:
    """A project of an edition: community, title, class, budget line, target."""

    place: str
    title: str
    word: str
    line: tuple[str, str, str, str, str]
    target: tuple[str, int, str]


EDITIONS = (
    (YEAR + 1, "第二届", (
        Entry(MAIN, "红色楼门宣讲队", B, ("teaching", "宣讲和道具", "380.00", "36", "场"), ("宣讲", 36, "场")),
        Entry("南里社区", "电梯加装议事桌", A, ("service", "协商引导", "650.00", "24", "场"), ("议事", 24, "场")),
        Entry(MANY_STAIRWELLS, "停车共享志愿岗", A,
              ("volunteers", "误餐和保险", "32.00", "480", "人次"), ("值守", 480, "人次")),
        Entry(SMALL, "困境儿童周末陪伴", C, ("teaching", "陪伴和辅导", "120.00", "130", "课时"), ("陪伴", 130, "课时")),
        Entry("映波社区", "失独家庭暖心行", C, ("service", "上门探访", "85.00", "180", "人次"), ("探访", 180, "人次")),
        Entry("听松社区", "护河护林志愿队", D, ("volunteers", "装备和保险", "158.00", "70", "套"), ("巡护", 150, "次")),
        Entry("桂苑社区", "党员责任田", B, ("materials", "责任牌和工具", "42.00", "200", "套"), ("认领", 200, "块")),
        Entry("石榴园社区", "楼道文明公约行", E, ("printing", "公约和展板", "96.00", "90", "块"), ("楼门", 90, "个")),
    )),
    (YEAR + 2, "第三届", (
        Entry(MAIN, "独居老人一键敲门", C, ("service", "敲门探访", "28.00", "640", "人次"), ("探访", 640, "人次")),
        Entry("南里社区", "物业矛盾圆桌会", A, ("service", "调解员值守", "150.00", "96", "班次"), ("调解", 60, "件")),
        Entry(MANY_STAIRWELLS, "先锋读书角", B,
              ("materials", "图书和书架", "36.00", "320", "册"), ("借阅", 900, "人次")),
        Entry("东堤社区", "残疾人居家康复", C, ("service", "康复指导", "180.00", "80", "人次"), ("指导", 80, "人次")),
        Entry("西堤社区", "青年志愿夜巡", A, ("volunteers", "装备和保险", "120.00", "96", "套"), ("夜巡", 240, "次")),
        Entry("望月社区", "老旧管线排查队", A, ("service", "排查和台账", "460.00", "24", "次"), ("排查", 24, "次")),
        Entry("桂苑社区", "急救志愿进楼门", D,
              ("teaching", "急救培训", "98.00", "150", "人次"), ("取得证书", 120, "人")),
    )),
)  # fmt: skip
"""Year, edition and what it supported: Party projects, hard questions of the community, volunteers, the weak."""


def walk_editions(here: Here) -> None:
    """Each edition is the year of the one before, rolled over: called, opened, decided at one rate, carried out."""
    before = Round.objects.get(programme__name=NAME, year=YEAR)
    for year, edition, entries in EDITIONS:
        before = _walk(here, before, year, edition, entries)


def _walk(here: Here, before: Round, year: int, edition: str, entries: tuple[Entry, ...]) -> Round:
    officer = here.people["linhu.jiedao"]

    def at(month: int, day: int, hour: int = 10) -> datetime:
        return on(month, day, hour, year=year)

    intake = services.roll_over(before, title=f"{year}年{edition}党建项目创投大赛", actor=officer, at=at(8, 7))
    services.open_round(intake, actor=officer, at=at(8, 14, 9))
    proposals = [_propose(here, intake, one, number, at(8, 21)) for number, one in enumerate(entries)]
    services.begin_opening(intake, where="街道二层会议室", actor=officer, at=at(9, 11, 9))
    services.open_seals(intake, actor=here.people["shenjishi"], at=at(9, 11, 10))
    for proposal in proposals:
        proposal.round = intake  # its seals are open now
        _pass(here, proposal, at(9, 12))
    fund = ledger.open_fund(
        street=here.places[STREET], code=f"创投{year}", name=f"{year}年党建项目创投资金", year=year, source="venture",
        amount=sum((one.asked for one in proposals), Decimal(0)), document=f"临街财〔{year}〕19号",
        actor=here.people["linhu.caiwu"], at=at(8, 15),
    )  # fmt: skip
    _decide(here, intake, fund, at(9, 25))
    for award in standing_awards(intake).order_by("proposal__serial"):
        _carry_out(here, projects.begin_from_award(award, actor=officer, at=at(10, 25)), year)
    services.close_round(intake, reason="立项项目转入实施。", actor=officer, at=at(11, 24, 16))
    return intake


def _propose(here: Here, intake: Round, one: Entry, number: int, at: datetime) -> Proposal:
    place = here.places[one.place]
    worker = worker_of(here, place)
    project = Project(one.title, one.word, place, (one.line,), None, one.target, {}, number=900 + number)
    word = words(intake.programme, WordKind.CLASS)[one.word]
    proposal = write(intake, project, word=word, actor=worker, at=at)
    services.submit(proposal, actor=worker, at=at)
    return proposal


def _pass(here: Here, proposal: Proposal, at: datetime) -> None:
    """One office looks at it; it is taken into review."""
    officer = here.people["linhu.jiedao"]
    check = services.begin_check(proposal, stage="first", offices=[OFFICE], actor=officer, at=at)
    services.give_view(check.views.get(), view="pass", actor=officer, at=at)
    services.accept(proposal, actor=officer, at=at)


def _decide(here: Here, intake: Round, fund: Fund, at: datetime) -> None:
    """All that passed are supported, each with the same part of what it asked for."""
    officer = here.people["linhu.jiedao"]
    plan = services.draw_plan(intake, fund=fund, rule=PlanRule.RATE, actor=officer, title="同一比例", at=at)
    services.decide(
        intake, plan=plan, actor=officer, at=at,
        sitting=Sitting(
            body="中共临湖街道工作委员会", held_on=at.date(), minutes_number=f"临街工委纪〔{intake.year}〕22号",
            present="街道党工委委员九人",
        ),
    )  # fmt: skip


def _carry_out(here: Here, project: Begun, year: int) -> None:
    """It ended as agreed; its papers lie in the street's archive, not here."""
    officer, at = here.people["linhu.jiedao"], on(12, 28, year=year + 1)
    PROJECTS.apply("begin_closing", project, actor=officer, facts={}, at=at)
    facts = {"grade": "按当年纸质材料结项"}
    PROJECTS.apply("close", project, actor=officer, facts=facts, at=at, ended_on=project.ends_on)
