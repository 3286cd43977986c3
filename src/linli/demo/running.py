"""Projects of this year that are under way: some on time, one behind, one halted, one waiting for a change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Fund
from linli.apps.projects import services
from linli.apps.projects.models import Project, ProjectKind
from linli.apps.projects.services import GroupText, IndicatorText, ProjectText
from linli.apps.rounds.models import ProviderKind
from linli.demo.bodies import AGENCY, PAINTERS, WARM
from linli.demo.pictures import paper, scene
from linli.demo.proposing import CHINA
from linli.demo.spendings import Bought, spend
from linli.demo.streets import MAIN, STREET, Here
from linli.kernel.files import photos
from linli.kernel.refs import ref_of

LIVED, AHEAD = 130, 110
"""Days a project of this year has been under way, and has before it."""
POT = Decimal(180_000)
PICTURED = ("before", "during", "after", "photos", "posted", "notice", "outcome")
"""Evidence that is a picture; all else is a paper."""
WORKS, SERVICE, LED = ProjectKind.HARDWARE, ProjectKind.PROFESSIONAL, ProjectKind.RESIDENT_LED


@dataclass(frozen=True)
class Running:
    """One project: budget ``lines`` (item, yuan), ``reached`` milestones, ``figures`` (name, target, actual, unit)."""

    title: str
    where: str
    who: str
    user: str
    kind: ProjectKind
    goal: str
    lines: tuple[tuple[str, str], ...]
    figures: tuple[str, int, int, str]
    reached: int
    bought: tuple[Bought, ...] = ()
    pictures: tuple[str, ...] = ()


GARDEN, COMPANY, WALL = "银杏里口袋花园", "暖邻陪诊", "楼门书画墙"
GALLERY, STUDY, READING = "南里议事长廊", "四点半自习室", "映波晨读会"
RUNNING = (
    Running(
        COMPANY, MAIN, WARM, "nuanlin", SERVICE, "为独居和高龄老人陪同就医、取药，全年不少于三百人次。",
        (("陪诊服务", "32000"), ("培训和保险", "9600"), ("印刷制作", "6400")), ("陪诊", 300, 168, "人次"), 2,
        (
            Bought(20, "陪诊服务", "service", "第一阶段陪诊服务", "湖滨助老服务社", "9360"),
            Bought(45, "印刷制作", "printing", "陪诊手册和联系卡印制", "拾光印务有限公司", "3180.50"),
            Bought(60, "陪诊服务", "service", "第二阶段陪诊服务", "和湖陪护服务部", "8840"),
            Bought(88, "陪诊服务", "service", "第三阶段陪诊服务", "湖滨助老服务社", "7920", "submitted",
                   "同一服务社按阶段结算，合同一次签订，三家比价记录附后。"),
            Bought(93, "印刷制作", "printing", "药盒提示贴", "拾光印务有限公司", "960", "drafted"),
        ),
        ("候诊区暖心角",),
    ),
    Running(
        GARDEN, MAIN, "", "yinxing.shegong", WORKS, "把楼前闲置空地改成居民共建共管的小花园。",
        (("花池和铺装", "24000"), ("苗木", "9000"), ("工具和标牌", "3000")), ("添绿", 260, 212, "平方米"), 2,
        (
            Bought(30, "花池和铺装", "works", "花池砌筑和透水铺装", "青禾设计有限公司", "17600"),
            Bought(70, "苗木", "goods", "月季和地被苗木", "临湖园林管护所", "8650"),
            Bought(96, "工具和标牌", "goods", "共管工具和认养标牌", "和居物业服务有限公司", "1280", "approved"),
        ),
        ("楼前空地", "东侧花池"),
    ),
    Running(
        WALL, MAIN, PAINTERS, "shuhua", LED, "书画队带着邻居把十二个楼门装点成自家的样子。",
        (("颜料和装裱", "8400"), ("活动材料", "3600")), ("楼门", 12, 7, "个"), 2,
        (
            Bought(25, "颜料和装裱", "goods", "颜料、宣纸和画框", "木棉服饰有限公司", "3960"),
            Bought(75, "活动材料", "goods", "画笔和围裙", "临湖文具店", "860", "returned"),
        ),
        ("三号楼门",),
    ),
    Running(
        GALLERY, "南里社区", "", "nanli.shegong", WORKS, "在长廊里添座椅和议事桌，让邻居坐得下来商量事。",
        (("座椅和顶棚", "28000"), ("照明", "5000")), ("座椅", 24, 8, "条"), 1,
        (Bought(35, "座椅和顶棚", "works", "廊架基础和首批座椅", "和居物业服务有限公司", "9200"),),
        ("长廊",),
    ),
    Running(
        STUDY, "南里社区", "", "nanli.shegong", SERVICE, "放学后到家长下班前，孩子有地方写作业。",
        (("看护服务", "18000"), ("桌椅", "7000")), ("开放", 150, 46, "天"), 0,
        (Bought(50, "桌椅", "goods", "可折叠桌椅", "橡果教育科技有限公司", "3150"),),
    ),
    Running(
        READING, "映波社区", "", "linhu.jiedao", LED, "每周六清晨在湖边一起读书，读过的书留给下一位邻居。",
        (), ("晨读", 40, 21, "场"), 2, (), ("湖边书架",),
    ),
)  # fmt: skip


def run(here: Here) -> dict[str, Project]:
    """Enter the projects of this year with what they have done, spent and shown until today, by title."""
    begin = max(here.today - timedelta(days=LIVED), date(here.today.year, 1, 1))
    gone = (here.today - begin).days

    def on(share: int) -> datetime:
        return datetime.combine(begin + timedelta(days=gone * share // 100), time(10), tzinfo=CHINA)

    fund = ledger.open_fund(
        street=here.places[STREET], code=f"服务{here.today.year}", name=f"{here.today.year}年服务群众项目资金",
        year=here.today.year, source="venture", amount=POT, document=f"临街财〔{here.today.year}〕6号",
        actor=here.people["linhu.caiwu"], at=on(0),
    )  # fmt: skip
    begun = {one.title: _carry(here, one, fund, on) for one in RUNNING}
    services.suspend(
        begun[GALLERY], reason="连续降雨，廊架基础积水，等复核后复工。", actor=here.people["linhu.jiedao"], at=on(85)
    )
    services.request_change(
        begun[WALL], services.ChangeText("雨季墙面返潮，最后四个楼门延后一个月完成。",
                                         ends_on=begun[WALL].ends_on + timedelta(days=31)),
        actor=here.people["shuhua"], at=on(92),
    )  # fmt: skip
    return begun


def _carry(here: Here, one: Running, fund: Fund, on: Callable[[int], datetime]) -> Project:
    """One project from its first day until today."""
    by, project = here.people[one.user], _enter(here, one, fund, on)
    for number, step in enumerate(project.milestones.all()):
        for row in step.evidence.all() if number < one.reached else ():
            upload = (
                scene(f"{one.title}{row.title}", "during" if row.code == "during" else "before", on(15 + 40 * number))
                if row.code in PICTURED
                else paper(f"{one.title}{row.title}")
            )
            services.give_evidence(row, uploads=[upload], actor=by, at=on(10 + 40 * number))
        if number < one.reached:
            services.reach_milestone(step, on=on(12 + 40 * number).date(), actor=by, at=on(12 + 40 * number))
    for picture in one.pictures:
        for share, stage in ((3, "before"), (50, "during"), (90, "after")):
            photos.take_in(scene(picture, stage, on(share)), owner=ref_of(project), actor=by, at=on(share))
    if one.bought:
        spend(here, project, one.bought, by=by, on=on)
    for indicator in project.indicators.all():
        services.record_actual(
            indicator, value=Decimal(one.figures[2]), on=on(95).date(), grounds="服务记录", actor=by, at=on(95)
        )
    return project


def _enter(here: Here, one: Running, fund: Fund, on: Callable[[int], datetime]) -> Project:
    """The row as the street enters it: out of the fund, or of nobody's money where there are no lines."""
    place, organization = here.places[one.where], here.organizations[one.who] if one.who else None
    project = services.enter_directly(
        place=place, text=_text(here, one, on), bearer=organization, bearer_place=None if organization else place,
        fund=fund if one.lines else None, grounds=ref_of(fund) if one.lines else None,
        agency=here.organizations[AGENCY], actor=here.people["linhu.jiedao"], at=on(1),
    )  # fmt: skip
    Project.objects.filter(pk=project.pk).update(is_demo=True)
    return project


def _provider(one: Running) -> ProviderKind:
    """An organization's work is that of professionals; without one a team of members, or the community."""
    if one.kind == LED:
        return ProviderKind.MEMBERS_TEAM
    return ProviderKind.PROFESSIONAL if one.who else ProviderKind.COMMUNITY


def _text(here: Here, one: Running, on: Callable[[int], datetime]) -> ProjectText:
    name, target, _actual, unit = one.figures
    lines = [ledger.Line(item, Decimal(amount)) for item, amount in one.lines]
    return ProjectText(
        title=one.title, kind=one.kind, goal=one.goal, lines=lines, year=here.today.year,
        provider=_provider(one),
        starts_on=on(1).date(), ends_on=here.today + timedelta(days=AHEAD), money_from="" if lines else "社区自筹",
        amount=sum((line.amount for line in lines), Decimal(0)),
        indicators=[IndicatorText(name, Decimal(target), unit=unit)],
        groups=[GroupText("本社区居民", 160, "网格台账")],
        content="摸底登记；居民骨干和党员认领任务；按月开展；公开用款和成效，听取意见。",
    )  # fmt: skip
