"""The call of this year that runs now: drafts, a change that waits for its word, sealed proposals, a review ahead."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from linli.apps.ledger import services as ledger
from linli.apps.ledger.services import Part
from linli.apps.publicity import services as publicity
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Expert
from linli.apps.rounds import services
from linli.apps.rounds.models import Programme, Round, WordKind
from linli.apps.rounds.queries import phases_of
from linli.apps.rounds.services import Proposer
from linli.demo.bodies import AGENCY, PAINTERS, WARM
from linli.demo.contest import NAME
from linli.demo.proposing import CHINA, Project, date_phases, words, write
from linli.demo.streets import MAIN, STREET, Here
from linli.kernel import publication
from linli.kernel.deadlines import calendar_for
from linli.kernel.refs import ref_of
from linli.kernel.rubric.models import RubricVersion

OPENED, LENGTHS = 12, (30, 10, 7, 10, 10, 20)
"""Days since the call began; days of each phase."""


def open_call(here: Here) -> None:
    """A contest of this year in its call: who proposes has drafts, who checks waits, finance has a payment to enter."""
    officer, at, before = here.people["linhu.jiedao"], _ago(here, OPENED), _ago(here, OPENED + 2)
    programme = Programme.objects.get(name=NAME, place=here.places[STREET])
    year = here.today.year
    intake = services.set_up_round(
        programme, template="contest", title=f"{year}年党建项目创投大赛", year=year, actor=officer, is_demo=True,
        source=words(programme, WordKind.SOURCE)["公益金"], contact="党建工作办公室",
        call="社区、居民团队和社会组织都可以申报；截止前可以反复修改，截止后由两人到场开启。", at=before,
    )  # fmt: skip
    days = [at]
    for length in LENGTHS:
        days.append((days[-1] + timedelta(days=length)).replace(hour=17))
    date_phases(intake, days, actor=officer, at=before)
    services.open_round(intake, actor=officer, at=at)
    services.assign_agency(
        intake, agency=here.organizations[AGENCY], communities=here.communities(), actor=officer, at=at
    )
    intake = Round.objects.select_related("programme", "place").get(pk=intake.pk)
    _hand_in(here, intake)
    _begin(here, intake)
    _promise(here, intake)
    _prepare_review(here, intake)
    _prepare_notices(here, intake)


def _ago(here: Here, days: int, hour: int = 9) -> datetime:
    """A working moment so many days before today, or shortly before that: never one that lies ahead."""
    calendar, day = calendar_for(), here.today - timedelta(days=days)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(hour), tzinfo=CHINA)


def _spoken(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%-m月%-d日}"


def _hand_in(here: Here, intake: Round) -> None:
    """A community and an organization have handed in; it lies sealed."""
    classes = words(intake.programme, WordKind.CLASS)
    own = ("volunteers", "志愿服务折价", "20.00", "90", "小时")
    rows = (
        ("nanli.shegong", "加装电梯邻里协商坊", "便民利民类", "南里社区", None,
         ("service", "协商引导和设计说明", "680.00", "30", "场"), ("协商会", 30, "场")),
        ("nuanlin", "独居老人紧急联络网", "扶贫帮困类", MAIN, WARM,
         ("service", "上门探访和设备维护", "45.50", "800", "人次"), ("探访", 800, "人次")),
    )  # fmt: skip
    for number, (user, title, word, place, organization, line, target) in enumerate(rows):
        who = Proposer(organization=here.organizations[organization]) if organization else None
        project = Project(
            title, word, here.places[place], (line,), own, target, {"is_brand": not organization},
            [who] if who else (), number=810 + number,
        )  # fmt: skip
        actor, at = here.people[user], _ago(here, 6 - number, 14)
        proposal = write(intake, project, word=classes[word], actor=actor, at=at)
        services.submit(proposal, actor=actor, at=at + timedelta(hours=1))


def _begin(here: Here, intake: Round) -> None:
    """Drafts: a community's whose agency changed it, a team's without fund holder, a resident's."""
    worker, agency, place = here.people["yinxing.shegong"], here.people["zhichi"], here.places[MAIN]
    project = Project(
        "银杏里楼门议事会", "便民利民类", place, (("materials", "议事桌椅和展板", "326.00", "45", "套"),), None,
        ("议事会", 36, "场"), {"is_brand": True}, number=820,
    )  # fmt: skip
    word = words(intake.programme, WordKind.CLASS)["便民利民类"]
    proposal = write(intake, project, word=word, actor=worker, at=_ago(here, 8))
    services.record_coaching(
        proposal, agency=here.organizations[AGENCY], held_on=_ago(here, 5).date(), changed="把目标写成可以数的场次。",
        next_step="请社区确认修改后提交。", actor=agency, at=_ago(here, 5, 14),
    )  # fmt: skip
    services.save_section(
        proposal, seen=None, goal="全年在十二个楼门各办三场议事会，至少办成六件居民提出的事。", actor=agency,
        at=_ago(here, 5, 15),
    )  # fmt: skip
    team, resident = here.people["shuhua"], here.people["jumin"]
    for user, title, who in (
        (team, "书画进楼门", Proposer(organization=here.organizations[PAINTERS])),
        (resident, "楼下的共读长椅", Proposer(name=resident.name, user=resident.pk)),
    ):
        draft = services.start_proposal(
            intake, place=place, title=title, proposers=[who], actor=user, is_demo=True, at=_ago(here, 4, 15)
        )
        services.save_section(
            draft, seen=None, background="邻居们提过几次，想先写下来再找人一起做。", actor=user, at=_ago(here, 4, 16)
        )


def _promise(here: Here, intake: Round) -> None:
    """Money of this year; the agency that serves the call is promised some, and its first part is due."""
    finance, year, at = here.people["linhu.caiwu"], here.today.year, _ago(here, 11)
    fund = ledger.open_fund(
        street=here.places[STREET], code=f"创投{year}", name=f"{year}年党建项目创投资金", year=year, source="venture",
        amount=Decimal(300_000), document=f"临街财〔{year}〕30号", actor=finance, at=at,
    )  # fmt: skip
    row = ledger.commit(
        fund=fund, subject=ref_of(intake), grounds=ref_of(intake), amount=Decimal(18_000), actor=finance, at=at,
        title="征集辅导和路演组织服务", bearer=AGENCY,
    )  # fmt: skip
    parts = [Part(Decimal(60), "征集启动后"), Part(Decimal(40), "路演结束后")]
    first, _second = ledger.plan_instalments(row, parts=parts, actor=finance, at=at)
    ledger.mark_met(first, on=_ago(here, 9).date(), actor=finance, at=_ago(here, 9))


def _prepare_review(here: Here, intake: Round) -> None:
    """The road-show ahead: a panel of five from the pool, nothing entered before the opening."""
    officer, at = here.people["linhu.jiedao"], _ago(here, 3)
    show = next(phase for phase in phases_of(intake) if phase.code == "road_show")
    assert show.opens_at is not None  # every phase of this call is dated
    session = reviews.open_session(
        title=f"{intake.title}路演评审", place=here.places[STREET], first_day=show.opens_at.date(), is_demo=True,
        rubric=RubricVersion.objects.get(rubric__name="pitch_review", number=1), tie_criteria=["need", "lasting"],
        venue="临湖街道党群服务中心多功能厅", actor=officer, at=at,
    )  # fmt: skip
    panel = reviews.add_panel(session, name="评审组", actor=officer, at=at)
    for number, expert in enumerate(Expert.objects.order_by("unit")[:5]):
        reviews.seat_judge(panel, expert=expert, is_chair=number == 0, actor=officer, at=at)


def _prepare_notices(here: Here, intake: Round) -> None:
    """Two notices on their way: one waits for the section head's check, the other for the leader's sign-off."""
    officer, section, at = here.people["linhu.jiedao"], here.people["linhu.kezhang"], _ago(here, 2)
    call = "；".join(f"{one.title}{_spoken(one.opens_at)}开始" for one in phases_of(intake) if one.opens_at)
    judged = "；".join(
        f"{row.title}{row.top.normalize():f}分" for row in RubricVersion.objects.get(
            rubric__name="pitch_review", number=1).rows.all()
    )  # fmt: skip
    for title, body, checked in (
        ("项目征集安排公示", f"{intake.title}的日程：{call}。社区、居民团队和社会组织都可以申报。", True),
        ("路演评审办法公示", f"五名评委独立打分：{judged}。同分时先比较前两项。", False),
    ):
        text = publicity.NoticeText(
            title=f"{intake.title}{title}",
            body=body,
            office="党建工作办公室",
            phones="010-62880099",
            address="临湖路1号",
        )
        notice = publicity.publish(
            subject=ref_of(intake), grounds=ref_of(intake), kind="other", text=text, place=here.places[STREET],
            actor=officer, at=at,
        )  # fmt: skip
        if checked:
            publication.check(notice, actor=section, at=at + timedelta(hours=2))
