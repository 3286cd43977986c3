"""The fictional district 和安区: two streets, four communities, their grids and organizations."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.services import check_digit, enter
from linli.apps.places.models import Level, Place
from linli.apps.places.services import found
from linli.kernel.deadlines import calendar_for

OLD = timedelta(days=40)
"""How long before the day of building the demo began: nothing in it is so old that it is sealed away."""

STREETS = (
    ("990101001000", "临湖街道", (("990101001001", "银杏社区", 3), ("990101001002", "南里社区", 2))),
    ("990101002000", "望桥街道", (("990101002001", "桥头社区", 2), ("990101002002", "泉北社区", 2))),
)
GRIDS = ("第一网格", "第二网格", "第三网格")

KINDS = OrganizationKind
ORGANIZATIONS = (
    ("暖邻社会工作服务中心", KINDS.SOCIAL_ORGANIZATION, "临湖街道", "52990101MJ000101A"),
    ("临湖街道社会组织支持中心", KINDS.SUPPORTING_AGENCY, "临湖街道", "52990101MJ000102B"),
    ("银杏社区卫生服务站", KINDS.MEMBER_UNIT, "银杏社区", "12990101MB000103C"),
    ("临湖小学", KINDS.SCHOOL, "银杏社区", "12990101MB000104D"),
    ("银杏书画队", KINDS.RESIDENT_TEAM, "银杏社区", ""),
    ("和居物业服务有限公司", KINDS.PROPERTY_COMPANY, "南里社区", "91990101MA000105E"),
    ("南里老旧小区加装电梯协调队", KINDS.TASK_TEAM, "南里社区", ""),
    ("望桥为老服务社", KINDS.SOCIAL_ORGANIZATION, "望桥街道", "52990101MJ000106F"),
    ("桥头便民菜店", KINDS.ENTERPRISE, "桥头社区", "91990101MA000107G"),
    ("泉北晨练队", KINDS.RESIDENT_TEAM, "泉北社区", ""),
    ("和安区房屋管理科", KINDS.DEPARTMENT, "和安区", "11990101000000108"),
)


@dataclass(frozen=True)
class Here:
    """The day it all began, the founded places and organizations by name."""

    first_day: date
    places: dict[str, Place]
    organizations: dict[str, Organization]

    @property
    def morning(self) -> datetime:
        """Nine o'clock of the first day."""
        return datetime.combine(self.first_day, time(9), tzinfo=ZoneInfo("Asia/Shanghai"))

    def at_work(self, moment: datetime) -> datetime:
        """``moment``, or the same time of the next day on which offices work."""
        day = next(calendar_for().working_days_from(moment.date()))
        return datetime.combine(day, moment.timetz())


def first_day_before(today: date) -> date:
    """The Monday at least :data:`OLD` before ``today``."""
    day = today - OLD
    return day - timedelta(days=day.weekday())


def found_district(today: date) -> Here:
    """Found everything as of the first day before ``today``."""
    here = Here(first_day_before(today), {}, {})
    places = here.places
    district = places["和安区"] = _found(here, "990101000000", "和安区", Level.DISTRICT, None)
    for code, name, communities in STREETS:
        street = places[name] = _found(here, code, name, Level.STREET, district)
        for community_code, community_name, grids in communities:
            community = places[community_name] = _found(here, community_code, community_name, Level.COMMUNITY, street)
            for number, grid in enumerate(GRIDS[:grids], start=1):
                _found(here, f"{community_code}{number:03}", f"{community_name}{grid}", Level.GRID, community)
    for name, kind, at, head in ORGANIZATIONS:
        here.organizations[name] = _enter(here, name, kind, places[at], head)
    return here


def _found(here: Here, code: str, name: str, level: Level, parent: Place | None) -> Place:
    return found(
        code=code,
        name=name,
        level=level,
        parent=parent,
        valid_from=here.first_day,
        actor=None,
        is_demo=True,
        at=here.morning,
    )


def _enter(here: Here, name: str, kind: OrganizationKind, place: Place, head: str) -> Organization:
    return enter(
        name=name,
        kind=kind,
        place=place,
        credit_code=head + check_digit(head) if head else "",
        valid_from=here.first_day,
        actor=None,
        is_demo=True,
        at=here.morning,
    )
