"""Matters that are under way today: a roof in stages, a quarrel, somebody to ring, a lamp three neighbours tell of."""

from datetime import date, datetime, time, timedelta

from linli.apps.needs import services
from linli.apps.needs.models import Category, Channel, Duty, Need, NeedState, Outcome, Route, StageKind
from linli.apps.needs.services import Asked, ContactText, GuideText, Spot
from linli.demo.bodies import HOUSING
from linli.demo.pictures import scene
from linli.demo.proposing import CHINA
from linli.demo.streets import MAIN, STREET, Here
from linli.kernel.deadlines import calendar_for
from linli.kernel.files import photos
from linli.kernel.refs import ref_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def moment(day: date, hour: int) -> datetime:
    """An hour of a working day: ``day``, or the one before on which offices work."""
    calendar = calendar_for()
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(hour), tzinfo=CHINA)


def ago(here: Here, days: int, hour: int = 9) -> datetime:
    """An hour of the working day so many days before today."""
    return moment(here.today - timedelta(days=days), hour)


def opened(here: Here, words: str, spot: str, category: Category, at: datetime) -> Need:
    """A need of the main community that the street handles."""
    need = services.receive(
        street=here.places[STREET], place=here.places[MAIN], matter=words, channel=Channel.HOTLINE, spot=Spot(spot),
        contact=ContactText(name="雷秀兰", phone="13900004321", is_elder=True), is_demo=True, actor=None, at=at,
    ).need  # fmt: skip
    services.analyse(need, category=category, route=Route.JOINT, actor=None, at=at + HOUR)
    if need.state == NeedState.ANALYSED:
        services.dispatch(need, unit=here.places[STREET], actor=None, at=at + HOUR)
    services.accept(need, actor=None, at=at + 2 * HOUR)
    services.record_contact(need, way="phone", reached=True, actor=None, at=at + 2 * HOUR)
    return need


def walk_on(here: Here, categories: dict[str, Category]) -> None:
    """One of each kind that is not finished, and a guide for the window."""
    _roof(here, categories["0403"])
    _quarrel(here, categories["0901"])
    _to_be_rung(here, categories["0401"])
    _said_thrice(here)
    services.write_guide(
        GuideText(
            stage="retirement", title="高龄津贴", bring="身份证\n户口本\n本人银行卡", where="社区一站式窗口",
            about="年满八十周岁的老人，本人不便可由家人或楼门长代办。", hours="工作日 9:00—17:00",
            takes="当场受理，次月发放",
        ),
        place=here.places[STREET], actor=here.people["linhu.jiedao"], at=here.on(5),
    )  # fmt: skip


def _roof(here: Here, category: Category) -> None:
    """Rain comes in: the first stage is done, a company is asked by a link, the housing office has answered."""
    at = ago(here, 5)
    need = opened(here, "顶层屋面漏雨，一下雨墙皮就往下掉，报修几次都只是补一补。", "银杏苑7号楼", category, at)
    due = zip(StageKind, (-3, 2, 9, 30, 40), strict=True)
    dues = {str(kind): here.today + timedelta(days=days) for kind, days in due}
    plan = services.plan_stages(need, dues=dues, actor=None, at=at + 3 * HOUR)
    services.give_first_result(need, text="已约物业上屋面看，先把漏点盖住。", actor=None, at=at + 4 * HOUR)
    visit, seen = plan.stages.all()[0], ago(here, 4, 15)
    photos.take_in(scene("银杏苑7号楼", "before", seen), owner=ref_of(visit), actor=None, at=seen)
    services.finish_stage(visit, note="与物业上屋面看过，防水层老化，三处积水。", actor=None, at=seen)
    housing = services.give_sub_task(
        need,
        Asked(
            "查公共维修资金", "7号楼屋面防水翻修，请查该楼公共维修资金余额和支取条件。",
            moment(here.today + 2 * DAY, 17), unit=here.organizations[HOUSING], checked=True,
        ),
        actor=None, at=ago(here, 3),
    )  # fmt: skip
    services.answer_sub_task(
        housing,
        text="余额够用；需三分之二业主书面同意，材料清单已发街道。",
        actor=here.people["fangguan"],
        at=ago(here, 2),
    )
    services.give_sub_task(
        need,
        Asked(
            "上屋面报价", "7号楼屋面约六百平方米，防水层老化，请上屋面查看并报维修方案和价格。",
            moment(here.today + 5 * DAY, 17), outside="晴川防水工程部", checked=True,
        ),
        actor=None, at=ago(here, 1),
    )  # fmt: skip


def _quarrel(here: Here, category: Category) -> None:
    """Owners and the property company about fees: two of the four steps are gone; two people are named in it."""
    worker, head = here.people["yinxing.shegong"], here.people["linhu.kezhang"]
    at = ago(here, 6)
    need = services.receive(
        street=here.places[STREET], place=here.places[MAIN], channel=Channel.WINDOW, spot=Spot("银杏苑3号楼"),
        matter="物业说我们楼欠费就不修灯，我们说灯不修就不交费，谈了两回没谈拢。", is_demo=True, actor=worker, at=at,
        contact=ContactText(name="康立民", phone="13900005678"),
    ).need  # fmt: skip
    services.analyse(need, category=category, route=Route.JOINT, actor=None, at=at + HOUR)
    services.dispatch(need, unit=here.places[MAIN], user=worker, actor=None, at=at + HOUR)
    services.give_part(need, duty=Duty.LEADS, unit=here.places[STREET], user=head, actor=None, at=at + HOUR)
    services.accept(need, actor=worker, at=at + 2 * HOUR)
    services.record_contact(need, way="visit", reached=True, actor=worker, at=at + 2 * HOUR)
    services.give_first_result(need, text="双方都愿意坐下来谈。", actor=worker, at=at + 4 * HOUR)
    row = services.register_mediation(
        need, kind="property", parties=["3号楼业主代表", "物业公司"], actor=worker, at=at + 2 * HOUR
    )
    services.accept_mediation(row, actor=worker, at=at + 3 * HOUR)
    for days, kind, text in (
        (5, "party_leads", "社区党支部约双方到社区坐下谈，都同意先修灯、再对账。"),
        (3, "residents_speak", "居民说事会开了一晚，灯、保洁、停车费三件事分开谈。"),
    ):
        services.note_mediation_step(row, kind=kind, text=text, actor=worker, at=ago(here, days, 19))


def _to_be_rung(here: Here, category: Category) -> None:
    """Answered for somebody of 78, who is asked by telephone."""
    need = opened(here, "单元门关不上，夜里一直响，睡不好。", "银杏苑2号楼一单元", category, ago(here, 6))
    text = "闭门器已换，门轻关就能锁上，夜里不再响。"
    services.answer(need, text=text, outcome=Outcome.SOLVED, ways=["running"], actor=None, at=ago(here, 2, 15))


def _said_thrice(here: Here) -> None:
    """Three neighbours about one lamp: a person says whether it is one matter, and it is a hot topic of these days."""
    words = (
        "5号楼东侧路灯坏了三天，晚上走路看不见台阶。", "5号楼东侧的路灯坏了，晚上走路看不见台阶，摔了怎么办。",
        "5号楼东侧的路灯还没有修，晚上走路看不见台阶，老人差点摔了。",
    )  # fmt: skip
    for hours, said in enumerate(words):
        services.receive(
            street=here.places[STREET], place=here.places[MAIN], matter=said, channel=Channel.PORTAL,
            spot=Spot("银杏苑5号楼东侧"), contact=ContactText(phone=f"1390000222{hours}"), is_demo=True, actor=None,
            at=ago(here, 1, 18 + hours),
        )  # fmt: skip
    services.find_topics(here.places[STREET], until=here.today)
