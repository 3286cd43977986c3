"""A year of needs, heard to rated; a gate that three units were called to, and a drain mended in stages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from linli.apps.needs import services
from linli.apps.needs.models import (
    Category,
    Channel,
    IssueSource,
    Need,
    NeedState,
    Outcome,
    Route,
    StageKind,
    Whistle,
    WhistleCall,
    WhistleKind,
)
from linli.apps.needs.models.stages import PICTURED
from linli.apps.needs.services import Called, ContactText, Spot
from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.demo.bodies import HOUSING
from linli.demo.names import draw
from linli.demo.pictures import scene
from linli.demo.proposing import CHINA
from linli.demo.streets import MAIN, STREET, Here
from linli.demo.underway import HOUR, ago, moment, opened, walk_on
from linli.kernel.files import photos
from linli.kernel.refs import ref_of

MONTHS, EACH = 12, 4
"""How far back the year goes, and how many needs each month brought; the last month has more that are still open."""


@dataclass(frozen=True)
class Said:
    """What somebody said, what it is about, and what was answered."""

    code: str
    words: str
    spot: str
    answer: str


SAYINGS = (
    Said("0101", "楼道的声控灯坏了一个多星期，晚上上下楼看不清台阶。", "{n}号楼二单元", "灯已更换，今晚可以正常照明。"),
    Said("0102", "分类垃圾点两天没有清运，气味很大。", "{n}号楼北侧", "今天上午已清运，清运频次改为每天两次。"),
    Said("0104", "梧桐树的枝子顶到窗户了，刮风时一直敲玻璃。", "{n}号楼南侧", "园林工人已修剪，枝条离窗一米以上。"),
    Said(
        "0201",
        "消防通道上总停着车，救护车上次差点进不来。",
        "{n}号楼东侧路口",
        "已划禁停线并装隔离桩，物业每天巡查。",
    ),
    Said("0204", "一下大雨路口就积水，老人没法出门。", "{n}号楼前路口", "雨水口已清掏，试水十分钟排净。"),
    Said("0304", "家里暖气只有十六度，孩子写作业都穿棉衣。", "{n}号楼五层", "供热站已上门排气调阀，复测二十度。"),
    Said("0401", "单元门禁坏了，外人随便进出。", "{n}号楼三单元", "门禁主板已更换，门能自动锁闭。"),
    Said("0501", "想问问老年餐能不能送到家，我腿脚不方便。", "{n}号楼一层", "已登记送餐，明天中午开始由志愿者送到家。"),
    Said(
        "0601",
        "活动室周末不开门，我们合唱队没有地方练歌。",
        "社区活动室",
        "本周起周六上午开放，请到社区领钥匙。",
    ),
)
WAYS = (Channel.PORTAL, Channel.HOTLINE, Channel.WINDOW, Channel.VISIT, Channel.CHAT)
CALLERS = ("何素芬", "孟广林", "齐月华", "康立民", "尤春梅", "乔振东", "雷秀兰", "柏志远")


def hear(here: Here) -> None:
    """The year, the two cases of the reports, what was put right before anybody complained, and the sums."""
    officer, leader = here.people["linhu.jiedao"], here.people["linhu.lingdao"]
    services.load_catalogue(actor=officer, at=here.morning)
    categories = {one.code: one for one in Category.objects.all()}
    chance = draw("needs")
    for at, said, place in _year(here, chance):
        _play(here, at, said, place=place, category=categories[said.code], chance=chance)
    _gate(here, categories["0201"], officer, leader)
    _drain(here, categories["0204"], officer)
    _issues(here)
    walk_on(here, categories)
    days = {one.astimezone(CHINA).date() for one in Need.objects.values_list("received_at", flat=True)}
    services.recount(here.places[STREET], sorted(days))
    services.train_model(at=ago(here, 1, 18))


def _year(here: Here, chance: Random) -> Iterator[tuple[datetime, Said, Place]]:
    """When, what and where, the oldest first; heating in winter and water in summer, as it is."""
    names = (MAIN, "南里社区", "柳塘二里社区")
    communities = [one for one in here.communities() if one.name in names]
    for back in range(MONTHS, 0, -1):
        for n in range(EACH):
            day = here.today - timedelta(days=back * 30 - n * 7)
            winter, summer = day.month in (11, 12, 1, 2), day.month in (6, 7, 8)
            fitting = [one for one in SAYINGS if (one.code != "0304" or winter) and (one.code != "0204" or summer)]
            yield moment(day, 9), chance.choice(fitting), chance.choice(communities)


def _play(here: Here, at: datetime, said: Said, *, place: Place, category: Category, chance: Random) -> None:
    """One need: old ones are closed, one in six after being opened again; those of the last weeks are on their way."""
    caller = ContactText(
        name=chance.choice(CALLERS), phone=f"1390000{chance.randrange(1000, 9999)}", is_elder=chance.random() < 0.4
    )
    spot = Spot(said.spot.format(n=chance.randrange(1, 16)))
    need = services.receive(
        street=here.places[STREET], place=place, matter=said.words, channel=chance.choice(WAYS), contact=caller,
        spot=spot, is_demo=True, actor=None, at=at,
    ).need  # fmt: skip
    age = (here.today - at.date()).days
    if age < 8:
        return
    services.analyse(need, category=category, route=Route.FORWARD, actor=None, at=at + HOUR)
    if need.state == NeedState.ANALYSED:
        services.dispatch(need, unit=here.places[STREET], actor=None, at=at + HOUR)
    services.accept(need, actor=None, at=at + 2 * HOUR)
    services.record_contact(need, way="phone", reached=True, actor=None, at=at + 2 * HOUR)
    if age < 15:
        return
    later = moment(at.date() + timedelta(days=3), 10)
    services.answer(need, text=said.answer, outcome=Outcome.SOLVED, ways=["following"], actor=None, at=later)
    if chance.random() < 1 / 6:
        services.rate(
            need,
            actor=None,
            via="phone",
            solved=False,
            satisfied="dissatisfied",
            reasons="过了两天又不行了。",
            at=later + HOUR,
        )
        later = moment(at.date() + timedelta(days=8), 10)
        services.answer(need, text=said.answer, outcome=Outcome.SOLVED, ways=["at_door"], actor=None, at=later)
    content = "acceptable" if chance.random() < 0.2 else "satisfied"
    services.rate(need, actor=None, via="phone", solved=True, satisfied=content, at=later + 2 * HOUR)


def _gate(here: Here, category: Category, officer: User, leader: User) -> None:
    """The gate case (H19): police, property company and housing office are called and settle it together."""
    need = opened(
        here, "小区东门被物业锁了，消防通道也堵着，出了事救护车进不来。", "银杏苑东门", category, ago(here, 34)
    )
    units = here.organizations
    whistle = services.draft_whistle(
        place=here.places[MAIN], kind=WhistleKind.RESIDENTS, title="银杏苑东门锁闭、消防通道占用",
        matter="东门长期锁闭，门内消防通道划了收费车位，居民多次反映，物业与停车管理意见不一。", point="银杏苑东门",
        departments=[
            Called(units[HOUSING], leads=True), Called(units["临湖派出所"]), Called(units["和居物业服务有限公司"]),
        ],
        need=need, actor=officer, at=ago(here, 33), is_demo=True,
    )  # fmt: skip
    services.approve_whistle(
        whistle, actor=leader, instruction="同意。三家当天到场，事不完人不撤。", at=ago(here, 33, 10)
    )
    came = ("房管科副科长", "社区民警", "项目经理")
    did = (
        "约谈物业，责令三日内恢复东门通行，撤销通道上的收费车位。", "清理占用通道的车辆七辆，告知车主停放位置。",
        "东门改为推杆门常开，通道划黄线，地面车位另划在北侧。",
    )  # fmt: skip
    for call, who_came, text in zip(_calls(whistle), came, did, strict=True):
        services.check_in(call, came=who_came, actor=officer, by_paper=True, at=ago(here, 33, 11))
        services.answer_call(call, text=text, actor=officer, by_paper=True, at=ago(here, 32, 15))
    services.note_step(
        whistle, kind="visit", text="四方在东门现场踏勘，听取二十三户居民意见。",
        plan="房管科牵头，物业三日内换门，派出所清车。", actor=officer, at=ago(here, 33, 14),
    )  # fmt: skip
    services.settle_whistle(
        whistle, result="东门常开，消防通道畅通，居民代表现场验看。", actor=officer, at=ago(here, 29)
    )
    for call in _calls(whistle):
        services.rate_call(call, side="street", prompt=True, helpful=True, actor=officer, at=ago(here, 29, 10))
    services.close_whistle(whistle, actor=officer, at=ago(here, 28))
    text = "东门已改成推杆门，白天黑夜都能走；通道上的车位撤掉了，救护车能开到楼下。"
    told = ["following", "at_door"]
    services.answer(need, text=text, outcome=Outcome.SOLVED, ways=told, actor=None, at=ago(here, 28, 10))
    services.rate(need, actor=None, via="phone", solved=True, satisfied="satisfied", at=ago(here, 27))


def _calls(whistle: Whistle) -> list[WhistleCall]:
    """The departments called, the one that leads first."""
    rows = WhistleCall.objects.filter(whistle=whistle).select_related("whistle__street", "organization")
    return sorted(rows, key=lambda call: (call.part != "leads", str(call.pk)))


def _drain(here: Here, category: Category, officer: User) -> None:
    """The drainage case (H20): seen on the spot, residents asked, planned, rebuilt."""
    need = opened(
        here, "院里的下水管老堵，雨天污水从井里冒出来，一楼住户没法开窗。", "怡兴楼前", category, ago(here, 120)
    )
    told = (
        (118, "已与养护所到现场看过：管径小、坡度不够，光疏通解决不了。"),
        (110, "听了四十一户意见，三十八户同意换管，下周公布施工方案。"),
        (96, "方案定了：换管一百二十米，分两段施工，每段五天，期间保证通行。"),
    )
    services.give_first_result(need, text=told[0][1], actor=None, at=ago(here, told[0][0]))
    _drain_in_stages(here, need)
    for days, text in told[1:]:
        services.report_between(need, text=text, actor=None, at=ago(here, days))
    text = "新管已接通，两场大雨都没有再冒水；井盖换成了防坠的。"
    services.answer(need, text=text, outcome=Outcome.SOLVED, ways=["special", "at_door"], actor=None, at=ago(here, 60))
    services.rate(need, actor=None, via="phone", solved=True, satisfied="satisfied", at=ago(here, 58))


STAGES_OF_THE_DRAIN = (
    "开井查看三处，管径小、坡度不够。", "四十一户谈过，三十八户同意换管。", "换管一百二十米，分两段，每段五天。",
    "两段都已换完，期间留了一米五的通道。", "试水和两场大雨后查看，没有冒水。",
)  # fmt: skip
"""What came of each stage of the drainage case."""


def _drain_in_stages(here: Here, need: Need) -> None:
    """Its five stages with what came of each, and a photo before and after."""
    back = dict(zip((str(kind) for kind in StageKind), (118, 110, 96, 70, 62), strict=True))
    dues = {kind: ago(here, days).date() for kind, days in back.items()}
    plan = services.plan_stages(need, dues=dues, actor=None, at=ago(here, 119))
    for stage, came in zip(plan.stages.all(), STAGES_OF_THE_DRAIN, strict=True):
        at = ago(here, back[stage.kind], 16)
        if stage.kind in PICTURED:
            shows = "before" if stage.kind == StageKind.VISIT else "after"
            photos.take_in(scene("怡兴楼前", shows, at), owner=ref_of(stage), actor=None, at=at)
        services.finish_stage(stage, note=came, actor=None, at=at)


ISSUES = (
    ("供暖前试水，老楼阀门逐户查看", IssueSource.FORECAST, "银杏苑1—6号楼", "供热站与社区分楼试水，漏点当日修", 12, ""),
    (
        "雨前清掏雨水口",
        IssueSource.HOT_TOPIC,
        "银杏路沿线",
        "养护所清掏四十处，社区验看",
        -20,
        "清掏四十处，两场雨未积水。",
    ),
    ("充电棚插座老化", IssueSource.PATROL, "银杏苑北侧车棚", "", 0, ""),
)
"""Issue, source, point, measure, days until it is due (past ones are struck off), what was done."""


def _issues(here: Here) -> None:
    """What stands on the board of 未诉先办: one struck off, one under way, one just noticed."""
    for title, source, point, measure, days, done in ISSUES:
        noticed = ago(here, 30 if done else 5)
        issue = services.notice_issue(
            place=here.places[MAIN], street=here.places[STREET], title=title, source=source, point=point, actor=None,
            on=noticed.date(), is_demo=True, at=noticed,
        )  # fmt: skip
        if not measure:
            continue
        due = here.today + timedelta(days=days)
        services.begin_issue(issue, unit=here.places[MAIN], measure=measure, due=due, actor=None, at=noticed + HOUR)
        if done:
            services.strike_off(issue, progress=done, actor=None, on=ago(here, 22).date(), at=ago(here, 22))
