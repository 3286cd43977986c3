"""The co-creation round of 2017: fifteen communities, ideas, coaching, proposals of residents and teams, ten awards."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from linli.apps.ledger import services as ledger
from linli.apps.organizations.models import Organization
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Duty, Mode, Panel, ReviewSession, Seat, SeatActor, TieRule, VoteKind
from linli.apps.rounds import services
from linli.apps.rounds.models import COMMUNITY, Idea, IdeaSource, PlanRule, Proposal, Round, WordKind
from linli.apps.rounds.services import Knobs, Proposer, Sitting, Step
from linli.demo.bodies import AGENCY, PAINTERS
from linli.demo.names import draw, person_name
from linli.demo.notices import show
from linli.demo.proposing import YEAR, Project, date_phases, fill, on, words, worker_of
from linli.demo.streets import MAIN, MANY_STAIRWELLS, STREET, Here
from linli.kernel.refs import ref_of

NAME = "临湖街道社区创享计划"
DATES = (on(3, 1), on(4, 1), on(5, 2), on(6, 1), on(6, 15), on(7, 3), on(7, 14), on(4, 20, 17, year=YEAR + 1))
"""Ideas, coaching, proposals, the communities' choice, the street's choice, notice, support; the end."""
AWARDS, AMOUNT = 10, Decimal(5000)
"""Excellent proposals of the year, and what each gets."""
PATROL = "柳塘晨间巡守队"
TEAMS = {MAIN: PAINTERS, MANY_STAIRWELLS: PATROL}
"""Communities in which a team of neighbours proposes; in the others it is a resident."""
A, B, C, D = "便民服务类", "环境保护类", "文化教育类", "邻里融合类"


@dataclass(frozen=True)
class Spark:
    """An idea that became a proposal: title, what was said, class, budget line, target."""

    title: str
    said: str
    word: str
    line: tuple[str, str, str, str, str]
    target: tuple[str, int, str]


SPARKS = (
    Spark("楼门口的笔墨会", "过节写春联只有一天，想每周在楼门口写一回。", C,
          ("materials", "纸墨和展架", "46.50", "100", "份"), ("写字会", 30, "场")),
    Spark("孩子们的种子图书馆", "想让孩子把种子借回家，秋天再还回来。", C,
          ("materials", "种子、土和标签", "12.80", "360", "份"), ("借出种子", 300, "份")),
    Spark("晨间顺手巡一圈", "我们天天遛弯，顺手看看井盖、路灯和消防通道。", A,
          ("materials", "马甲、手电和记录本", "88.00", "52", "套"), ("巡查", 240, "次")),
    Spark("一碗热汤面", "独居的老人中午常常凑合，想每周一起做一顿。", D,
          ("materials", "食材", "9.60", "500", "份"), ("一起吃饭", 40, "次")),
    Spark("楼道里的小画廊", "楼道墙面脏了，想请孩子们来画。", B,
          ("materials", "颜料和清漆", "62.00", "78", "升"), ("美化楼门", 18, "个")),
    Spark("松林下的合唱", "会唱歌的人不少，缺一个教的人。", C,
          ("teaching", "声乐辅导", "160.00", "30", "课时"), ("排练", 30, "次")),
    Spark("修小家电的周六", "坏了舍不得扔，修又没地方修。", A,
          ("materials", "零件和工具", "38.40", "125", "件"), ("修好", 260, "件")),
    Spark("石榴树下讲故事", "想请老人讲本地的故事，录下来给孩子听。", C,
          ("printing", "录制和刻印", "24.90", "190", "份"), ("讲述", 24, "场")),
    Spark("湖边净滩日", "湖边的塑料袋捡不完，想固定一天大家来。", B,
          ("materials", "手套、夹子和环保袋", "15.60", "300", "套"), ("净滩", 20, "次")),
    Spark("西堤的共享花架", "阳台小，想在院里搭个大家都能养花的架子。", B,
          ("works", "花架和雨水桶", "780.00", "6", "组"), ("养护家庭", 48, "户")),
    Spark("月光露天电影", "夏天晚上院里热闹，想放几场老电影。", D,
          ("venue", "放映设备租用", "580.00", "8", "场"), ("观影", 900, "人次")),
    Spark("放学路上的护送队", "路口车多，接孩子的家长轮流站一站。", A,
          ("volunteers", "保险和反光衣", "52.00", "90", "套"), ("值守", 180, "天")),
    Spark("云杉编织社", "会编织的邻居想教会更多人，给新生儿送小毯子。", D,
          ("materials", "毛线", "18.00", "260", "团"), ("编织", 120, "件")),
    Spark("邻里运动会", "从前厂里有运动会，想在小区里办一个。", D,
          ("venue", "器材和场地布置", "1490.00", "3", "次"), ("参加", 500, "人次")),
    Spark("新市民问事角", "刚搬来不知道怎么办事，老住户可以说给新住户听。", A,
          ("printing", "问事手册", "7.50", "600", "册"), ("解答", 400, "次")),
)  # fmt: skip
"""One a community."""
OTHERS = (
    ("院里装个秋千", "孩子没处玩。", "场地是消防通道，改由小区更新项目考虑。"),
    ("楼下能不能收快递", "下班晚了驿站关门。", ""),
)
"""Ideas that were set aside, with the reason, or are being coached on."""


def walk_ideas(here: Here) -> None:
    """From ideas in March to the ten excellent proposals of the year, and their support until the next spring."""
    officer, at = here.people["linhu.jiedao"], on(2, 20)
    programme = services.found_programme(
        name=NAME, place=here.places[STREET], sets=("sanjianfang", "sources"), started_on=at.date(), actor=officer,
        purpose="居民提想法，一起变成看得见的改变。", is_demo=True, at=at,
    )  # fmt: skip
    for theme in ("楼门文化", "邻里守望"):
        services.add_word(programme, kind=WordKind.THEME, title=theme, year=YEAR, actor=officer, at=at)
    intake = services.set_up_round(
        programme, template="co_creation", title=f"{YEAR}年社区创享计划", year=YEAR, actor=officer, is_demo=True,
        communities=here.communities(), contact="社区建设办公室", at=at,
        call="一句话的金点子也可以；支持机构上门辅导，帮您写成提案。",
    )  # fmt: skip
    date_phases(intake, DATES, actor=officer, at=at)
    services.open_round(intake, actor=officer, at=on(3, 1, 9))
    agency = here.organizations[AGENCY]
    services.assign_agency(intake, agency=agency, communities=here.communities(), actor=officer, at=on(3, 1))
    proposals = _propose(here, intake, _hand_in(here, intake, agency), agency)
    session = _choose(here, intake, proposals)
    _award(here, intake, session)
    services.close_round(
        intake, reason="提案实施结束，召开总结会并启动下一年计划。", actor=officer, at=on(4, 20, 16, year=YEAR + 1)
    )


def _hand_in(here: Here, intake: Round, agency: Organization) -> list[Idea]:
    """Three ideas a community, most of them on paper: one is coached on, one not yet, one set aside."""
    kept = []
    for number, (place, spark) in enumerate(zip(here.communities(), SPARKS, strict=True)):
        worker, at = worker_of(here, place), on(3, 2 + number, 15)
        idea = services.hand_in_idea(
            intake, place=place, title=spark.title, text=spark.said, source=IdeaSource.PAPER, actor=worker,
            is_demo=True, at=at,
        )  # fmt: skip
        services.record_coaching(
            idea, agency=agency, held_on=date(YEAR, 4, 3 + number), changed="弄清谁需要、谁来做、要花多少钱。",
            next_step="约上三五位邻居，把步骤写下来。", actor=None, at=on(4, 3 + number, 16),
        )  # fmt: skip
        kept.append(idea)
        for title, text, reason in OTHERS:
            other = services.hand_in_idea(
                intake, place=place, title=title, text=text, actor=None, is_demo=True, at=at + timedelta(hours=1)
            )
            if reason:
                services.set_aside(other, reason=reason, actor=here.people["linhu.jiedao"], at=on(4, 20))
    return kept


def _propose(here: Here, intake: Round, ideas: list[Idea], agency: Organization) -> list[Proposal]:
    """Every coached idea becomes a proposal; the agency helps to fill it, its community holds the money."""
    classes, chance = words(intake.programme, WordKind.CLASS), draw("co-creation")
    handed_in = []
    for number, (idea, spark) in enumerate(zip(ideas, SPARKS, strict=True)):
        place, worker, at = idea.place, worker_of(here, idea.place), on(5, 4 + number, 14)
        team = here.organizations.get(TEAMS.get(place.name, ""))
        who = Proposer(organization=team) if team else Proposer(name=person_name(chance, female=number % 2 == 0))
        proposal = services.take_up(idea, proposers=[who], actor=worker, entered_at=place, at=at)
        text = {
            "provider": "residents",
            "background": f"{spark.said}支持机构走访后确认需要的人不少。",
            "holder_place": place,
        }
        project = Project(
            spark.title, spark.word, place, (spark.line,), ("volunteers", "志愿服务折价", "20.00", "60", "小时"),
            spark.target, text, number=300 + number,
        )  # fmt: skip
        fill(proposal, project, word=classes[spark.word], actor=worker, at=at)
        services.record_coaching(
            proposal, agency=agency, held_on=at.date(), changed="核对单价，补上受益人数。", actor=None, at=at
        )
        services.count_supporters(
            proposal, kind="neighbours", count=15 + number * 4, source="联名单", actor=worker, at=at
        )
        services.submit(proposal, actor=worker, at=on(5, 22 + number % 8))
        handed_in.append(proposal)
    return handed_in


def _choose(here: Here, intake: Round, proposals: list[Proposal]) -> ReviewSession:
    """Community and office let all fifteen pass; five experts and four residents pick ten each."""
    officer = here.people["linhu.jiedao"]
    for proposal in proposals:
        check = services.begin_check(proposal, stage="first", actor=officer, at=on(6, 5))
        for view in check.views.all():
            speaker = worker_of(here, proposal.place) if view.office == COMMUNITY else officer
            services.give_view(view, view="pass", actor=speaker, at=on(6, 6))
        services.accept(proposal, actor=officer, at=on(6, 7))
    session = reviews.open_session(
        title=f"{intake.title}街道决选", place=here.places[STREET], first_day=date(YEAR, 6, 20), mode=Mode.VOTE,
        vote_kind=VoteKind.PICKS, picks=AWARDS, winners=AWARDS, ties=TieRule.EQUAL, venue="临湖文化馆小剧场",
        is_demo=True, actor=officer, at=on(6, 12),
    )  # fmt: skip
    panel = reviews.add_panel(session, name="决选组", actor=officer, at=on(6, 12))
    chance = draw("final choice")
    judges = [
        reviews.seat_judge(
            panel, name=person_name(chance, female=number % 2 == 1), unit="居民代表" if number > 4 else "社区营造专家",
            is_chair=number == 0, actor=officer, at=on(6, 12),
        )
        for number in range(9)
    ]  # fmt: skip
    for proposal in proposals:
        reviews.enter(
            session, title=proposal.title, subject=ref_of(proposal), panel=panel, summary=proposal.goal,
            actor=officer, at=on(6, 15),
        )  # fmt: skip
    _vote(here, session, panel, judges)
    reviews.close(session, actor=officer, at=on(6, 20, 17))
    return session


def _vote(here: Here, session: ReviewSession, panel: Panel, judges: list[Seat]) -> None:
    """Each judge leaves one of the ten favourites out for another one."""
    officer, morning, noon = here.people["linhu.jiedao"], on(6, 20, 9), on(6, 20, 11)
    for seat in judges:
        reviews.sign_promise(seat, on_paper=True, actor=officer, at=morning)
    counter, supervisor = (
        SeatActor(reviews.seat_staff(session, duty=duty, name=here.people[user].name, actor=officer, at=morning))
        for duty, user in ((Duty.COUNTER, "linhu.caiwu"), (Duty.SUPERVISOR, "shenjishi"))
    )
    reviews.start(session, actor=officer, at=morning)
    panel.refresh_from_db()
    reviews.open_panel(panel, actor=officer, at=morning)
    entries = list(session.entries.select_related("session", "panel").order_by("number"))
    for number, seat in enumerate(judges):
        picked = [one for place, one in enumerate(entries[:AWARDS]) if place != number] + [entries[AWARDS + number % 5]]
        reviews.cast(panel, seat=seat, yes=picked, actor=SeatActor(seat), at=noon)
    reviews.collect_ballots(panel, actor=counter, at=noon)
    done = list(session.entries.select_related("session", "panel").order_by("number"))
    reviews.confirm(done, actor=counter, at=on(6, 20, 14))
    reviews.confirm(done, actor=supervisor, at=on(6, 20, 14))
    reviews.reveal(done, actor=officer, at=on(6, 20, 15))


def _award(here: Here, intake: Round, session: ReviewSession) -> None:
    """The ten first become the excellent proposals of the year, with equal support; the list is shown."""
    officer = here.people["linhu.jiedao"]
    fund = ledger.open_fund(
        street=here.places[STREET], code=f"创享{YEAR}", name=f"{YEAR}年社区创享资金", year=YEAR,
        source="community_services", amount=AWARDS * AMOUNT, document=f"临街财〔{YEAR}〕9号",
        actor=here.people["linhu.caiwu"], at=on(6, 1),
    )  # fmt: skip
    plan = services.draw_plan(
        intake, fund=fund, rule=PlanRule.TIERS, knobs=Knobs(most=AWARDS, tiers=(Step(AWARDS, AMOUNT),)),
        sessions=[session], actor=officer, title="十个优秀提案", at=on(6, 21),
    )  # fmt: skip
    decision = services.decide(
        intake, plan=plan, actor=officer, at=on(6, 27),
        sitting=Sitting(
            body="临湖街道办事处主任办公会", held_on=date(YEAR, 6, 26), minutes_number=f"临街办纪〔{YEAR}〕18号",
            present="街道办事处主任、副主任五人，社区建设办公室列席", note=f"十个提案同时授予“{YEAR}年度优秀提案”。",
        ),
    )  # fmt: skip
    show(here, intake, decision, title=f"{YEAR}年度优秀提案公示", at=on(7, 3), closed=on(7, 12))
