"""The contest of 2017: twelve brands, ten chosen, five classes; sealed and opened by two, judged, decided, signed."""

from dataclasses import dataclass
from decimal import Decimal

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Fund
from linli.apps.reviews.models import ReviewSession
from linli.apps.rounds import services
from linli.apps.rounds.models import Decision, PlanRule, Proposal, Round, WordKind
from linli.apps.rounds.services import Knobs, Proposer, Sitting, Step
from linli.demo.choosing import let_residents_choose
from linli.demo.notices import show
from linli.demo.panel import judge
from linli.demo.proposing import YEAR, Project, date_phases, on, words, worker_of, write
from linli.demo.signings import sign_all
from linli.demo.streets import FROM_VILLAGES, MAIN, MANY_STAIRWELLS, SMALL, STREET, Here

NAME = "临湖街道党建项目创投大赛"
DATES = (on(8, 14), on(9, 8, 17), on(9, 18), on(9, 23), on(10, 9), on(10, 18), on(11, 24, 17))
"""Call, first check, road-show, decision, notice, agreements; the end."""
POT = Decimal(210_000)
TIERS = (Step(1, Decimal(36_000)), Step(4, Decimal(24_000)), Step(10, percent=Decimal(60)))
"""What the ranks get: the first, the next three, and six tenths of what they asked for to the tenth."""
A, B, C, D, E = "便民利民类", "宣传教育类", "扶贫帮困类", "卫生保健类", "文体娱乐类"


@dataclass(frozen=True)
class Brand:
    """One community's brand: title, class, who leads its team, budget line and target; how good the judges find it."""

    place: str
    title: str
    word: str
    line: tuple[str, str, str, str, str]
    target: tuple[str, int, str]
    quality: int


BRANDS = (
    Brand(MAIN, "银杏暖邻驿站", A,
          ("service", "上门代办和送餐", "18.50", "2200", "人次"), ("服务", 2200, "人次"), 94),
    Brand("南里社区", "楼上楼下先锋队", A,
          ("volunteers", "队员误餐和保险", "36.00", "860", "人次"), ("服务日", 48, "场"), 87),
    Brand(MANY_STAIRWELLS, "楼门口的微党课", B,
          ("teaching", "宣讲和道具", "420.00", "72", "场"), ("宣讲", 72, "场"), 90),
    Brand(SMALL, "小先锋普法剧场", B,
          ("materials", "剧本服装和道具", "1460.00", "16", "场"), ("演出", 16, "场"), 82),
    Brand("映波社区", "残疾人手工合作坊", C,
          ("materials", "手工材料和工具", "296.80", "110", "套"), ("学会手艺", 40, "人"), 92),
    Brand("听松社区", "困难家庭助学伴读", C,
          ("teaching", "伴读和心理支持", "128.00", "240", "课时"), ("伴读", 240, "课时"), 85),
    Brand("桂苑社区", "产后妈妈康复小站", D,
          ("service", "康复指导", "215.50", "130", "人次"), ("康复指导", 130, "人次"), 88),
    Brand("石榴园社区", "慢病互助小组", D,
          ("teaching", "营养和运动指导", "260.00", "96", "课时"), ("稳定达标", 80, "人"), 83),
    Brand("东堤社区", "湖畔百姓舞台", E,
          ("venue", "舞台音响租用", "1980.00", "14", "次"), ("演出", 14, "场"), 80),
    Brand("西堤社区", "亲子运动周末", E,
          ("venue", "场地和器材", "735.60", "36", "次"), ("参加", 900, "人次"), 84),
    Brand("望月社区", "跨年灯会", E,
          ("materials", "花灯制作", "88.00", "320", "盏"), ("参加", 1500, "人次"), 70),
    Brand(FROM_VILLAGES, "村歌大家唱", B,
          ("teaching", "教唱和录制", "310.00", "80", "课时"), ("参加", 300, "人"), 73),
)  # fmt: skip


def walk_contest(here: Here) -> None:
    """From the call in August to the agreements in November."""
    officer, at = here.people["linhu.jiedao"], on(8, 7)
    programme = services.found_programme(
        name=NAME, place=here.places[STREET], sets=("sanshui", "sources"), started_on=at.date(), actor=officer,
        purpose="一社区一品牌，公开路演，竞争性分配资金和资源。", is_demo=True, at=at,
    )  # fmt: skip
    intake = services.set_up_round(
        programme, template="contest", title=f"{YEAR}年首届党建项目创投大赛", year=YEAR, actor=officer, is_demo=True,
        source=words(programme, WordKind.SOURCE)["公益金"], contact="党建工作办公室", at=at,
        call="每个社区申报一个品牌项目，由党群先锋队负责人路演。申报材料在截止后由两人到场开启。",
    )  # fmt: skip
    date_phases(intake, DATES, actor=officer, at=at)
    services.open_round(intake, actor=officer, at=on(8, 14, 9))
    fund = ledger.open_fund(
        street=here.places[STREET], code=f"创投{YEAR}", name=f"{YEAR}年党建项目创投资金", year=YEAR, source="venture",
        amount=POT, document=f"临街财〔{YEAR}〕21号", actor=here.people["linhu.caiwu"], at=on(8, 15),
    )  # fmt: skip
    proposals = _propose(here, intake)
    _open_and_check(here, intake, proposals)
    let_residents_choose(here, intake, [brand.quality for brand in BRANDS])
    qualities = {one.pk: brand.quality for one, brand in zip(proposals, BRANDS, strict=True)}
    session = judge(here, intake, proposals, qualities)
    decision = _decide(here, intake, fund, session)
    show(
        here, intake, decision, title=f"{YEAR}年党建项目创投大赛立项公示", at=on(10, 9), closed=on(10, 18, 9),
        objection="想了解一下，名次相近的项目为什么金额差别比较大？",
    )  # fmt: skip
    sign_all(here, intake)
    services.close_round(intake, reason="协议全部签订，项目转入实施。", actor=officer, at=on(11, 24, 16))


def _propose(here: Here, intake: Round) -> list[Proposal]:
    """Each community hands in one brand; two share theirs with an organization."""
    classes = words(intake.programme, WordKind.CLASS)
    handed_in = []
    for number, brand in enumerate(BRANDS):
        place = here.places[brand.place]
        worker, at = worker_of(here, place), on(8, 21 + number % 10, 10 + number % 7)
        project = Project(
            brand.title, brand.word, place, (brand.line,), ("volunteers", "志愿服务折价", "20.00", "120", "小时"),
            brand.target, {"is_brand": True, "provider": "members_team"}, _proposers(here, number), number=700 + number,
        )  # fmt: skip
        proposal = write(intake, project, word=classes[brand.word], actor=worker, at=at)
        services.count_supporters(
            proposal, kind="volunteers", count=20 + number * 3, source="党群先锋队花名册", actor=worker, at=at
        )
        services.submit(proposal, actor=worker, at=on(9, 1 + number % 7, 11))
        handed_in.append(proposal)
    return handed_in


def _proposers(here: Here, number: int) -> list[Proposer]:
    """The community alone, or with an organization that takes four tenths."""
    place = here.places[BRANDS[number].place]
    with_whom = {6: "银杏社区卫生服务站", 8: "临湖文化馆"}.get(number)
    if with_whom is None:
        return [Proposer(place=place)]
    partner = Proposer(organization=here.organizations[with_whom], share=Decimal(40), is_lead=False)
    return [Proposer(place=place, share=Decimal(60)), partner]


def _open_and_check(here: Here, intake: Round, proposals: list[Proposal]) -> None:
    """An officer begins the opening, the auditor confirms it; two offices check what lay there."""
    officer, finance = here.people["linhu.jiedao"], here.people["linhu.caiwu"]
    services.begin_opening(intake, where="街道二层会议室", actor=officer, at=on(9, 11, 9))
    services.open_seals(intake, actor=here.people["shenjishi"], at=on(9, 11, 10))
    for proposal in proposals:
        proposal.round = intake
        check = services.begin_check(proposal, stage="first", actor=officer, at=on(9, 12))
        for view in check.views.all():
            who = finance if view.office == "财务科" else officer
            services.give_view(view, view="pass", actor=who, at=on(9, 14))
        services.accept(proposal, actor=officer, at=on(9, 15))


def _decide(here: Here, intake: Round, fund: Fund, session: ReviewSession) -> Decision:
    """Two plans lie on the table; the one by tiers becomes binding, ten are chosen."""
    officer, at = here.people["linhu.jiedao"], on(9, 25)
    other = services.draw_plan(
        intake, fund=fund, rule=PlanRule.SCORE, knobs=Knobs(most=10), sessions=[session], actor=officer, at=at,
        title="按得分比例",
    )  # fmt: skip
    plan = services.draw_plan(
        intake, fund=fund, rule=PlanRule.TIERS, knobs=Knobs(most=10, tiers=TIERS), sessions=[session], actor=officer,
        title="按名次分档", at=at,
    )  # fmt: skip
    services.drop_plan(other, actor=officer, at=on(9, 27))
    return services.decide(
        intake, plan=plan, actor=officer, at=on(9, 29),
        sitting=Sitting(
            body="中共临湖街道工作委员会", held_on=on(9, 28).date(), minutes_number=f"临街工委纪〔{YEAR}〕27号",
            present="街道党工委委员九人", recused="一人（挂点社区有项目参评）",
        ),
    )  # fmt: skip
