"""What goes on around the projects of this year: activities with who came, visits, reports, surveys, goods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from linli.apps.activities import services as activities
from linli.apps.activities.models import Distribution, SignInWay
from linli.apps.activities.services import Attendee, Times
from linli.apps.ledger.models import Voucher
from linli.apps.places.models import Building
from linli.apps.projects import services
from linli.apps.projects.models import Project, Span
from linli.apps.projects.services import FindingText, VisitText
from linli.apps.surveys import services as surveys
from linli.demo.bodies import PAINTERS
from linli.demo.names import draw, mobile, person_name
from linli.demo.pictures import scene
from linli.demo.proposing import CHINA
from linli.demo.running import COMPANY, GARDEN, STUDY, WALL, run
from linli.demo.streets import MAIN, STREET, Here
from linli.kernel.files import photos
from linli.kernel.refs import ref_of

LONG = timedelta(hours=2)
CAME, COMING, PLACES = 14, 9, 20
"""Who signed in by name on a past date; who is on the list of the next one; places there are."""


@dataclass(frozen=True)
class Dates:
    """An activity of a project: how many days ago its dates were, and in how many days the next one is."""

    project: str
    title: str
    kind: str
    venue: str
    ago: Sequence[int]
    ahead: int


ACTIVITIES = (
    Dates(COMPANY, "陪诊志愿者培训", "training", "银杏社区党群服务站", (70, 42, 14), 7),
    Dates(WALL, "楼门书画课", "culture", "银杏书画室", (63, 49, 35, 21), 4),
    Dates(STUDY, "自习室开放日", "training", "南里社区活动室", (28,), 10),
)


def live(here: Here) -> None:
    """Projects of this year, and everything around them."""
    begun = run(here)
    for number, dates in enumerate(ACTIVITIES):
        _hold(here, begun[dates.project], dates, number)
    _visit(here, begun)
    _report(here, begun)
    _ask(here, begun[GARDEN], begun[STUDY])
    _hand_out(here, begun[GARDEN])


def _at(here: Here, days: int, hour: int = 14) -> datetime:
    """``days`` from today, at the hour; never before this year began."""
    day = max(here.today + timedelta(days=days), date(here.today.year, 1, 1) + timedelta(days=max(0, 100 + days)))
    return datetime.combine(min(day, here.today) if days <= 0 else day, time(hour), tzinfo=CHINA)


def _hold(here: Here, project: Project, dates: Dates, number: int) -> None:
    """Plan, have another announce, sign people in on the past dates; a list for the next one."""
    south = project.place.name != MAIN
    planner, announcer = (
        here.people[f"{'nanli' if south else 'yinxing'}.{post}"] for post in ("shegong", "shuji")
    )  # fmt: skip
    starts = sorted({_at(here, -days) for days in dates.ago} | {_at(here, dates.ahead)})
    before = starts[0] - timedelta(days=6)
    activity = activities.plan(
        title=dates.title, kind=dates.kind, place=project.place, times=[Times(at, at + LONG) for at in starts],
        subject=ref_of(project), venue=dates.venue, capacity=PLACES, about="欢迎邻居报名，名额满后可以候补。",
        actor=planner, at=before,
    )  # fmt: skip
    activities.publish(activity, actor=announcer, at=before + timedelta(days=1))
    chance = draw(f"signups {dates.title}")
    names = [Attendee(person_name(chance, female=turn % 2 == 0), mobile(7_000_000 + 100 * number + turn))
             for turn in range(CAME)]  # fmt: skip
    for turn, occurrence in enumerate(activity.occurrences.order_by("starts")):
        past = occurrence.ends.date() < here.today
        asked = occurrence.starts - timedelta(days=3) if past else _at(here, -1)
        rows = [
            activities.sign_up(occurrence, attendee=one, actor=None, at=asked)
            for one in names[turn : turn + (8 if past else COMING)]
        ]
        if not past:
            continue
        for row in rows[:-1]:
            activities.sign_in(
                occurrence, signup=row, way=SignInWay.LIST, actor=planner, at=occurrence.starts
            )  # fmt: skip
        activities.count_heads(occurrence, total=11 + turn * 3, minors=0, actor=planner, at=occurrence.ends)
        photos.take_in(
            scene(f"{dates.title}{turn}", "after", occurrence.starts), owner=ref_of(occurrence), actor=planner,
            at=occurrence.ends,
        )  # fmt: skip
    _serve(here, project, here.today - timedelta(days=21))


def _serve(here: Here, project: Project, day: date) -> None:
    if project.title == WALL:
        activities.record_hours(
            team=here.organizations[PAINTERS], hours=Decimal("31.5"), people=9, day=max(day, project.starts_on),
            kind="volunteer", place=project.place, subject=ref_of(project), remark="三个楼门的打底和描画",
            actor=here.people["yinxing.shegong"], at=_at(here, -20),
        )  # fmt: skip


def _visit(here: Here, begun: dict[str, Project]) -> None:
    """The street and the agency came by; what was found at one project is overdue."""
    officer, agency = here.people["linhu.jiedao"], here.people["zhichi"]
    day = max(_at(here, -40).date(), begun[STUDY].starts_on)
    services.visit(
        begun[STUDY], actor=officer, at=_at(here, -40),
        text=VisitText(day, "党建工作办公室两人", "只开放了三个下午，看护人员未到位。"),
        findings=[FindingText("签到表和服务记录没有留存，请补齐。", max(_at(here, -12).date(), day))],
    )  # fmt: skip
    row = services.visit(
        begun[GARDEN], actor=agency, at=_at(here, -40),
        text=VisitText(day, "支持中心一人", "花池已砌好，居民认养了八成。", "票据齐全", "照片按前中后留存"),
        findings=[FindingText("花池边缘有一处毛石外露，请包边。", _at(here, -20).date())],
    )  # fmt: skip
    services.settle_finding(
        row.findings.get(), answer="已加装防撞条。", on=_at(here, -25).date(), actor=here.people["yinxing.shegong"],
        at=_at(here, -25),
    )  # fmt: skip


def _report(here: Here, begun: dict[str, Project]) -> None:
    """Last month's table of two projects; the mid-term self-report of one, asked for of the other."""
    month = (here.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for title, user in ((COMPANY, "nuanlin"), (GARDEN, "yinxing.shegong")):
        services.report_progress(
            begun[title], span=Span.MONTH, begins_on=month, next_steps="按计划推进，月底公开一次用款。",
            problems="个别居民担心后续养护。" if title == GARDEN else "", actor=here.people[user], at=_at(here, -1),
        )  # fmt: skip
        midterm = services.call_midterm(
            begun[title], due=here.today + timedelta(days=12), actor=here.people["linhu.kezhang"], at=_at(here, -9)
        )
        if title == GARDEN:
            services.hand_in_midterm(
                midterm, progress="花池和铺装完成，苗木栽种过八成；居民认养二十一块。", problems="浇水排班还要再商量。",
                actor=here.people[user], at=_at(here, -2),
            )  # fmt: skip


def _ask(here: Here, garden: Project, study: Project) -> None:
    """Slips about two projects came back, of one too few; a link is open to everybody."""
    for project, answered in ((garden, 32), (study, 11)):
        asker, at = here.people["linhu.jiedao"], _at(here, -18)
        survey = surveys.draft_survey(
            title=f"{project.title}中期满意度", place=project.place, subjects=[ref_of(project)], actor=asker, at=at,
            last_day=here.today + timedelta(days=6),
        )  # fmt: skip
        group = surveys.add_group(survey, name="参加项目的居民", count=36, actor=asker, at=at)
        codes = surveys.issue_slips(group, actor=asker, at=at)
        surveys.open(survey, actor=asker, at=at)
        for number, code in enumerate(codes[:answered]):
            grade = (5, 4, 5, 4, 3, 5, 4)[number % 7]
            surveys.answer(survey, code=code, answers=surveys.grades(survey, grade), at=_at(here, -10))
        if project == garden:
            surveys.close(survey, actor=asker, at=_at(here, -5))
    officer = here.people["linhu.jiedao"]
    link = surveys.draft_survey(
        title="今年最想就近办成的事", place=here.places[STREET], actor=officer, openly=True, template="needs",
        last_day=here.today + timedelta(days=20), at=_at(here, -3),
    )  # fmt: skip
    surveys.open(link, actor=officer, at=_at(here, -3))


def _hand_out(here: Here, garden: Project) -> None:
    """Plants for the doors of one building, bought with the garden's money; some signed for theirs."""
    bought = Voucher.objects.filter(shares__expenditure__commitment=garden.commitment_id).order_by("issued_on").last()
    worker, at = here.people["yinxing.shegong"], _at(here, -8)
    building = Building.objects.filter(community=garden.place).order_by("pk").first()
    assert building is not None  # the estates stand before
    row: Distribution = activities.distribute(
        place=garden.place, item="阳台绿植", measure="盆", bought=200, buildings=[building],
        voucher=ref_of(bought) if bought else None, subject=ref_of(garden), actor=worker, at=at,
    )  # fmt: skip
    chance = draw("plants")
    for handout in row.handouts.order_by("pk")[:18]:
        activities.sign_for(handout, receiver=person_name(chance, female=True), actor=worker, at=_at(here, -6))
