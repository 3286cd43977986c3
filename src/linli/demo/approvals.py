"""The approval round of 2017: 26 units, 72 projects of four classes, four discussions and a promise, commitments."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Fund
from linli.apps.places.models import Level, Place
from linli.apps.rounds import services
from linli.apps.rounds.models import PlanRule, Proposal, Round, WordKind
from linli.apps.rounds.services import Minutes, Sitting, Votes
from linli.demo.notices import show
from linli.demo.proposing import YEAR, Project, date_phases, on, words, worker_of, write
from linli.demo.streets import STREET, VILLAGES, Here
from linli.kernel import settings

NAME = "临湖街道基层党组织服务群众项目"
PROJECTS = 72
FOR_COMMUNITIES, FOR_VILLAGES = Decimal(150_000), Decimal(100_000)
"""What is set aside for each unit."""
DATES = (
    on(1, 9), on(2, 13), on(3, 13), on(4, 5), on(4, 17), on(5, 3), on(5, 15), on(5, 31), on(6, 5), on(6, 19),
    on(4, 13, 17, year=YEAR + 1),
)  # fmt: skip
"""Needs, discussions, call, first check, joint review, committee, filing, reply, notice, delivery; the end."""
A, B, C, D = "便民服务类", "环境保护类", "文化教育类", "邻里融合类"
KINDS: tuple[tuple[str, str, tuple[str, str, str, str, str], tuple[str, int, str]], ...] = (
    ("家门口的缝补磨刀日", A, ("service", "便民服务师傅工时", "120.00", "96", "工时"), ("服务日", 24, "场")),
    ("楼道扶手和折叠座椅", A, ("works", "扶手和折叠座椅安装", "286.50", "72", "处"), ("安装", 72, "处")),
    ("雨天不绕路的小坡道", A, ("works", "坡道和防滑条", "1680.00", "16", "处"), ("改造坡道", 16, "处")),
    ("助浴助洁进高龄家", A, ("service", "助浴助洁上门服务", "158.00", "150", "人次"), ("上门", 150, "人次")),
    ("夜归人的一盏灯", A, ("works", "太阳能楼门灯", "219.90", "96", "盏"), ("安装", 96, "盏")),
    ("共享工具屋", A, ("materials", "常用工具", "68.50", "180", "件"), ("借用", 400, "人次")),
    ("智能手机慢慢学", A, ("teaching", "授课", "300.00", "40", "课时"), ("学会挂号缴费", 120, "人")),
    ("流动理发车", A, ("service", "理发服务", "15.00", "960", "人次"), ("理发", 960, "人次")),
    ("取药代办志愿岗", A, ("volunteers", "志愿者误餐和保险", "25.50", "420", "人次"), ("代办", 420, "次")),
    ("非机动车停放线", A, ("works", "划线和停车架", "45.80", "460", "米"), ("划线", 460, "米")),
    ("厨余变花肥", B, ("materials", "堆肥桶和菌剂", "138.00", "110", "套"), ("堆肥", 900, "公斤")),
    ("小院口袋花园", B, ("works", "花池和苗木", "96.40", "260", "平方米"), ("添绿", 260, "平方米")),
    ("河道巡护队", B, ("volunteers", "巡护装备和保险", "185.00", "64", "套"), ("巡护", 180, "次")),
    ("旧物交换日", B, ("venue", "展台和棚架租用", "560.00", "18", "次"), ("换出", 1500, "件")),
    ("楼道堆物清零", B, ("transport", "清运车辆", "420.00", "36", "车次"), ("清理", 180, "个楼门")),
    ("四点半小课堂", C, ("teaching", "授课", "180.00", "128", "课时"), ("开课", 128, "课时")),
    ("口述村史社区史", C, ("printing", "整理和印制", "39.60", "400", "册"), ("收集口述", 60, "篇")),
    ("书香流动角", C, ("materials", "图书和书架", "32.80", "600", "册"), ("借阅", 1800, "人次")),
    ("戏曲和皮影传习", C, ("teaching", "教习", "260.00", "60", "课时"), ("传习", 60, "课时")),
    ("家庭急救人人会", C, ("teaching", "急救培训", "98.00", "200", "人次"), ("取得证书", 160, "人")),
    ("邻里百家宴", D, ("venue", "场地布置", "2380.00", "4", "次"), ("参加", 480, "人次")),
    ("新邻居欢迎礼", D, ("materials", "欢迎手册和小礼包", "26.50", "360", "份"), ("走访", 360, "户")),
    ("楼门议事长凳", D, ("works", "议事长凳", "698.00", "24", "条"), ("议事", 96, "次")),
    ("百姓调解圆桌", D, ("service", "调解员培训和值守", "150.00", "120", "班次"), ("调解", 90, "件")),
)
"""Title, class, budget line, indicator; three units take up each."""
STEPS = (
    ("motion", date(YEAR, 2, 15), "党组织书记和两委委员", "根据需求征集提出项目动议，确定由两委分工摸底。"),
    ("talk", date(YEAR, 2, 22), "居民代表、党员代表、楼门长", "就地点、时间和受益人数商议，建议优先照顾高龄家庭。"),
    ("review", date(YEAR, 3, 1), "两委联席会议", "审议预算和分工，调整两处单价。"),
    ("resolution", date(YEAR, 3, 8), "居民代表会议", "表决通过，在公告栏公布结果。"),
    ("promise", date(YEAR, 3, 10), "党组织书记", "承诺按期完成，用款逐笔公开，接受监督。"),
)


def walk_approvals(here: Here) -> None:
    """From the needs of winter to the end of delivery in the spring of the next year."""
    officer, at = here.people["linhu.jiedao"], on(1, 5)
    programme = services.found_programme(
        name=NAME, place=here.places[STREET], sets=("sanjianfang", "sources", "lines_of_work"),
        purpose="把党组织服务群众经费用在群众身边。", started_on=at.date(), actor=officer, is_demo=True, at=at,
    )  # fmt: skip
    intake = services.set_up_round(
        programme, template="approval", title=f"{YEAR}年度基层党组织服务群众项目", year=YEAR, actor=officer,
        source=words(programme, WordKind.SOURCE)["党组织服务群众经费"], contact="党建工作办公室", is_demo=True,
        call="先问需，再四议一承诺；每个基层单位申报不超过三个项目。", at=at,
    )  # fmt: skip
    date_phases(intake, DATES, actor=officer, at=at)
    services.open_round(intake, actor=officer, at=on(1, 9, 9))
    settings.choose(
        "rounds.per_proposer", 3, actor=here.people["linhu.kezhang"], street=here.places[STREET].pk, record=intake.pk,
        reason="每个基层单位不超过三个项目", at=on(1, 9, 9),
    )  # fmt: skip
    fund = _open_fund(here)
    proposals = _propose(here, intake)
    _check(here, proposals)
    _decide(here, intake, fund)
    services.close_round(
        intake, reason="年度项目全部实施完毕，转入结项评审。", actor=officer, at=on(4, 13, 16, year=YEAR + 1)
    )


def units(here: Here) -> list[Place]:
    """The 26 units of the street: fifteen communities, eleven villages."""
    return [*here.communities(), *(here.places[name] for name in VILLAGES)]


def _open_fund(here: Here) -> Fund:
    """Money of the year, all of it set aside for the units."""
    finance, at = here.people["linhu.caiwu"], on(1, 10)
    amounts = [
        (unit, FOR_VILLAGES if unit.level == Level.VILLAGE else FOR_COMMUNITIES) for unit in units(here)
    ]  # fmt: skip
    fund = ledger.open_fund(
        street=here.places[STREET], code=f"服务{YEAR}", name=f"{YEAR}年党组织服务群众经费", year=YEAR,
        source="party_service", amount=sum((amount for _unit, amount in amounts), Decimal(0)),
        document=f"临街财〔{YEAR}〕3号", actor=finance, at=at,
    )  # fmt: skip
    ledger.set_quotas(fund, amounts=amounts, actor=finance, at=at)
    return fund


def projects(here: Here) -> Iterator[Project]:
    """72 projects: the units take turns, twenty of them three times and six twice."""
    there = units(here)
    for number in range(PROJECTS):
        title, word, line, target = KINDS[number % len(KINDS)]
        place = there[number % len(there)]
        own = ("volunteers", "志愿服务时间折价", "20.00", str(10 + number % 30), "小时")
        yield Project(title, word, place, (line,), own, target, {}, number=number)


def _propose(here: Here, intake: Round) -> list[Proposal]:
    classes = words(intake.programme, WordKind.CLASS)
    handed_in = []
    for number, project in enumerate(projects(here)):
        worker, at = worker_of(here, project.place), on(3, 14 + number % 14, 9 + number % 8)
        proposal = write(intake, project, word=classes[project.word], actor=worker, at=at)
        services.record_discussions(proposal, _minutes(number), actor=worker, at=at)
        services.submit(proposal, actor=worker, at=at + timedelta(minutes=30))
        handed_in.append(proposal)
    return handed_in


def _minutes(number: int) -> list[Minutes]:
    """What the four discussions and the promise of one project say."""
    votes = {"resolution": Votes(31, 27, 24 + number % 4, 0, 3 - number % 4)}
    terms = {"promise": date(YEAR, 12, 10)}
    return [
        Minutes(step, day, people, minutes, votes=votes.get(step), promised_by=terms.get(step))
        for step, day, people, minutes in STEPS
    ]


def _check(here: Here, proposals: list[Proposal]) -> None:
    """The party office looks first and sends two back; then three offices give their views together."""
    officer, finance = here.people["linhu.jiedao"], here.people["linhu.caiwu"]
    for number, proposal in enumerate(proposals):
        if number % 40 == 11:
            _send_back(here, proposal)
        first = services.begin_check(
            proposal, stage="first", offices=["党建工作办公室"], actor=officer, at=on(4, 12)
        )  # fmt: skip
        for view in first.views.all():
            services.give_view(view, view="pass", actor=officer, at=on(4, 13))
        joint = services.begin_check(proposal, stage="joint", actor=officer, at=on(4, 19))
        for view in joint.views.all():
            less = view.office == "财务科" and number % 6 == 0
            approved = proposal.asked * 9 / 10 if less else proposal.asked
            services.give_view(
                view, view="pass", reason="单价高于询价，按九成核定。" if less else "", approved=approved,
                actor=finance if view.office == "财务科" else officer, at=on(4, 24),
            )  # fmt: skip
        services.accept(proposal, actor=officer, at=on(4, 27))


def _send_back(here: Here, proposal: Proposal) -> None:
    """Sent back for more, put right and handed in again."""
    reason = "请补充与相邻社区同类项目的区别。"
    services.return_for_more(proposal, reason=reason, actor=here.people["linhu.jiedao"], at=on(4, 6))
    worker = worker_of(here, proposal.place)
    services.save_section(
        proposal, seen=None, background=f"{proposal.background}相邻社区没有同类项目。", actor=worker, at=on(4, 9)
    )
    services.submit(proposal, actor=worker, at=on(4, 9, 15))


def _decide(here: Here, intake: Round, fund: Fund) -> None:
    """The working committee settles every amount; the list is made public, money is promised."""
    officer = here.people["linhu.jiedao"]
    plan = services.draw_plan(intake, fund=fund, rule=PlanRule.HAND, actor=officer, title="联审核定方案", at=on(5, 4))
    for line in plan.lines.select_related("plan__round__place", "proposal"):
        amount = services.approved_amount(line.proposal)
        services.set_amount(
            line, amount=line.asked if amount is None else amount, reason="按联审意见核定。", actor=officer, at=on(5, 5)
        )
    decision = services.decide(
        intake, plan=plan, actor=officer, at=on(5, 10),
        sitting=Sitting(
            body="中共临湖街道工作委员会", held_on=on(5, 9).date(), minutes_number=f"临街工委纪〔{YEAR}〕14号",
            present="街道党工委委员九人，纪工委列席",
        ),
    )  # fmt: skip
    show(here, intake, decision, title=f"{YEAR}年度基层党组织服务群众项目立项公示", at=on(6, 5), closed=on(6, 14))
