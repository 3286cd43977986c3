"""The fictional district 和安区 with two streets: 临湖街道 with 26 units, 望桥街道 beside it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.places.models import Level, Place
from linli.apps.places.services import NewPlace, found, merge
from linli.kernel.deadlines import calendar_for

OLD = timedelta(days=40)
"""How long before the day of building the demo began: nothing in it is so old that it is sealed away."""
SINCE = date(2001, 3, 1)
"""From when streets, communities and villages stand."""
MERGED = date(2016, 9, 1)
"""When nine villages became one community (D41)."""

DISTRICT, STREET, NEIGHBOUR = "和安区", "临湖街道", "望桥街道"
MAIN, MANY_STAIRWELLS, SMALL, FROM_VILLAGES = "银杏社区", "柳塘二里社区", "和煦家园社区", "禾湾社区"
COMMUNITIES = (
    (MAIN, 3), ("南里社区", 2), (MANY_STAIRWELLS, 4), (SMALL, 2), ("映波社区", 2), ("听松社区", 2),
    ("桂苑社区", 2), ("石榴园社区", 2), ("东堤社区", 2), ("西堤社区", 2), ("望月社区", 2), ("朝晖里社区", 2),
    ("云杉社区", 2), ("枫桥里社区", 2),
)  # fmt: skip
"""Fourteen of the fifteen communities of 临湖街道 with their grids; the fifteenth came from villages."""
VILLAGES = (
    "上渡村", "下渡村", "荷塘村", "竹园村", "青石村", "高坡村", "小河湾村", "柳林村", "石磨村", "双井村", "梨花村",
)  # fmt: skip
FORMER_VILLAGES = (
    "前湾村", "后湾村", "东湾村", "西湾村", "中湾村", "禾场村", "渔埠村", "杨树村", "沙埂村",
)  # fmt: skip
NEIGHBOUR_COMMUNITIES = (("桥头社区", 2), ("泉北社区", 2))
PARK = "临湖创意产业园"
PARK_CODE = "990101001009002001"
NUMERALS = "一二三四"


@dataclass
class Here:
    """The days of the demo; places, organizations and accounts by name, as they come to be."""

    first_day: date
    today: date
    places: dict[str, Place] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @property
    def morning(self) -> datetime:
        """Nine o'clock of the first day."""
        return datetime.combine(self.first_day, time(9), tzinfo=ZoneInfo("Asia/Shanghai"))

    def on(self, days: int) -> datetime:
        """Nine o'clock of the first working day at least ``days`` after the first."""
        return self.at_work(self.morning + timedelta(days=days))

    def at_work(self, moment: datetime) -> datetime:
        """``moment``, or the same time of the next day on which offices work."""
        day = next(calendar_for().working_days_from(moment.date()))
        return datetime.combine(day, moment.timetz())

    def communities(self) -> list[Place]:
        """The fifteen communities of 临湖街道."""
        return [self.places[name] for name in (*(name for name, _grids in COMMUNITIES), FROM_VILLAGES)]


def first_day_before(today: date) -> date:
    """The Monday at least :data:`OLD` before ``today``."""
    day = today - OLD
    return day - timedelta(days=day.weekday())


def found_district(here: Here) -> None:
    """Found both streets with their communities, villages, grids and the park; nine villages become a community."""
    district = _found(here, "990101000000", DISTRICT, Level.DISTRICT, None)
    street = _found(here, "990101001000", STREET, Level.STREET, district)
    neighbour = _found(here, "990101002000", NEIGHBOUR, Level.STREET, district)
    _found_communities(here, street, COMMUNITIES)
    _found_communities(here, neighbour, NEIGHBOUR_COMMUNITIES)
    for number, name in enumerate(VILLAGES, start=201):
        _found(here, f"990101001{number}", name, Level.VILLAGE, street)
    _unite_villages(here, street)
    _found(here, PARK_CODE, PARK, Level.POINT, here.places["东堤社区第二网格"])


def _found_communities(here: Here, street: Place, communities: tuple[tuple[str, int], ...]) -> None:
    for number, (name, grids) in enumerate(communities, start=1):
        code = f"{street.code[:9]}{number:03}"
        community = _found(here, code, name, Level.COMMUNITY, street)
        _found_grids(here, community, grids)


def _found_grids(here: Here, community: Place, count: int) -> None:
    for number, numeral in enumerate(NUMERALS[:count], start=1):
        _found(here, f"{community.code}{number:03}", f"{community.name}第{numeral}网格", Level.GRID, community)


def _unite_villages(here: Here, street: Place) -> None:
    old = [
        _found(here, f"990101001{number}", name, Level.VILLAGE, street)
        for number, name in enumerate(FORMER_VILLAGES, start=231)
    ]
    new = NewPlace(f"990101001{len(COMMUNITIES) + 1:03}", FROM_VILLAGES, Level.COMMUNITY)
    paper = "和政发〔2016〕17号"
    united = here.places[FROM_VILLAGES] = merge(old, into=new, on=MERGED, document=paper, actor=None, at=here.morning)
    _found_grids(here, united, 2)


def _found(here: Here, code: str, name: str, level: Level, parent: Place | None) -> Place:
    since = max(SINCE, parent.valid_from) if parent else SINCE
    place = here.places[name] = found(
        code=code, name=name, level=level, parent=parent, valid_from=since, actor=None, is_demo=True, at=here.morning
    )
    return place
