"""Activities and hours whose sums the public reports print: lectures, visits, rounds on foot, teams and their hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from linli.apps.activities import services
from linli.apps.activities.services import Item, Times
from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.services import enter
from linli.apps.places.models import Place
from linli.apps.projects.models import Project
from linli.demo.proposing import YEAR, on
from linli.demo.streets import MAIN, MANY_STAIRWELLS, Here
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

LONG = timedelta(hours=2)
CARE, OUTDOORS = "产后妈妈康复小站", "亲子运动周末"
"""The projects of the contest whose first three months were counted."""


@dataclass(frozen=True)
class Held:
    """One activity: its dates are a week apart from ``first`` on; ``heads`` says how many came to each."""

    title: str
    kind: str
    first: datetime
    heads: Sequence[int]
    apart: int = 7
    minors: int = 0
    agenda: tuple[Item, ...] = ()


LECTURES = Held(
    "育儿和产后健康讲座", "lecture", on(11, 1, 15),
    (34, 28, 31, 26, 33, 29, 30, 27, 32, 30, 28, 31, 29, 27, 30, 28, 33), apart=5,
    agenda=(Item("科学育儿", "卫生服务站医生", "银杏社区卫生服务站", 60), Item("现场答问", minutes=30)),
)  # fmt: skip
"""Seventeen in three months, more than five hundred came (F11)."""
RECOVERY = Held("产后康复健康服务", "health", on(11, 11), (18, 21), apart=30)
FAMILIES = Held("户外亲子活动", "family", on(11, 4, 9), (42, 38, 45, 40, 36, 44), apart=14, minors=16)
"""Twice and six times (F12)."""
NEIGHBOURHOOD = (
    Held("环境整治日", "environment", on(3, 10, year=2023), (52, 48, 45, 50, 47, 49), apart=30),
    Held("夜间巡逻防控", "patrol", on(4, 20, 19, year=2023), (36, 34), apart=60),
    Held("征求意见座谈会", "talk", on(5, 12, year=2023), (28,)),
    Held("党员轮训", "training", on(3, 22, year=2023), (60, 58, 62), apart=60),
    Held("红色观影", "film", on(7, 1, 15, year=2023), (55, 45), apart=30),
    Held("便民志愿服务", "volunteer", on(3, 5, year=2023), (30, 24), apart=90),
)
"""Sixteen in a year with 723 person-times; of them 6 + 2 + 1 by the units of the neighbourhood (H09, H13, H14)."""
TEAMS = (
    ("柳塘楼门清洁队", 9, 286), ("柳塘文明劝导队", 8, 254), ("柳塘平安巡夜队", 10, 412), ("柳塘护绿队", 6, 178),
    ("柳塘银发帮扶队", 7, 243), ("柳塘法律咨询队", 4, 96), ("柳塘家电维修队", 4, 118), ("柳塘理发服务队", 5, 142),
    ("柳塘合唱队", 9, 204), ("柳塘舞蹈队", 8, 176), ("柳塘太极队", 7, 158), ("柳塘书画队", 6, 132),
    ("柳塘戏曲队", 6, 149), ("柳塘摄影队", 4, 88), ("柳塘编织队", 5, 124), ("柳塘读书会", 6, 131),
    ("柳塘少年志愿队", 8, 192), ("柳塘垃圾分类队", 9, 318), ("柳塘调解队", 4, 156), ("柳塘急救队", 5, 143),
    ("柳塘为老送餐队", 6, 298),
)  # fmt: skip
"""Name, members, hours of the year; with the one that stood already 22 teams of 140 people, 4,232 hours (G10, G11)."""
STOOD, ITS_MEMBERS, ITS_HOURS = "柳塘晨间巡守队", 4, 234
KINDS_OF_SERVICE = {"清洁": "environment", "护绿": "environment", "垃圾": "environment", "巡": "patrol"}
SERVED = 2023
QUARTERS = ((3, 31), (6, 30), (9, 29), (12, 29))


def count_contest(here: Here, projects: dict[str, Project]) -> None:
    """The first three months of two projects of the contest, as their report counts them."""
    officer = here.people["linhu.jiedao"]
    for title, held in ((CARE, (LECTURES, RECOVERY)), (OUTDOORS, (FAMILIES,))):
        project = projects[title]
        for one in held:
            hold(project.place, one, subject=ref_of(project), planner=officer, announcer=here.people["linhu.kezhang"])


def count_neighbourhood(here: Here) -> None:
    """A year of the neighbourhood's party units in the main community."""
    worker, secretary = here.people["yinxing.shegong"], here.people["yinxing.shuji"]
    for one in NEIGHBOURHOOD:
        hold(here.places[MAIN], one, subject=None, planner=worker, announcer=secretary)


def hold(place: Place, held: Held, *, subject: Ref | None, planner: Actor | None, announcer: Actor | None) -> None:
    """Plan an activity, have somebody else announce it, count who came to each date."""
    starts = [held.first + timedelta(days=held.apart * number) for number in range(len(held.heads))]
    before = held.first - timedelta(days=10)
    activity = services.plan(
        title=held.title, kind=held.kind, place=place, times=[Times(at, at + LONG) for at in starts],
        agenda=held.agenda, subject=subject, venue=f"{place.name}党群服务站", actor=planner, at=before,
    )  # fmt: skip
    services.publish(activity, actor=announcer, at=before + timedelta(days=1))
    for occurrence, heads in zip(activity.occurrences.order_by("starts"), held.heads, strict=True):
        services.count_heads(occurrence, total=heads, minors=min(held.minors, heads), actor=planner, at=occurrence.ends)


def count_teams(here: Here) -> None:
    """The teams of one community and what each gave in each quarter of the year."""
    place, officer = here.places[MANY_STAIRWELLS], here.people["linhu.jiedao"]
    rows = [(here.organizations[STOOD], ITS_MEMBERS, ITS_HOURS)]
    for name, members, hours in TEAMS:
        team: Organization = enter(
            name=name, kind=OrganizationKind.RESIDENT_TEAM, place=place, valid_from=on(1, 4, year=2020).date(),
            details={"about": "志愿服务和文体活动"}, is_demo=True, actor=officer, at=here.on(2),
        )  # fmt: skip
        rows.append((team, members, hours))
    for team, members, hours in rows:
        kind = next((kind for word, kind in KINDS_OF_SERVICE.items() if word in team.name), "volunteer")
        for quarter, (month, day) in enumerate(QUARTERS):
            given = hours // 4 + (hours % 4 if quarter == 3 else 0)
            services.record_hours(
                team=team, hours=Decimal(given), people=members, day=on(month, day, year=SERVED).date(), kind=kind,
                place=place, remark="按季度汇总", actor=officer, at=on(month, day, 17, year=SERVED),
            )  # fmt: skip


THREE_MONTHS = (on(11, 1, 0), on(2, 1, 0, year=YEAR + 1))
"""The window of the contest's counters."""
