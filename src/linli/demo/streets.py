"""The fictional district 和安区: two streets, four communities, their grids and organizations."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.services import check_digit, enter
from linli.apps.places.models import Level, Place
from linli.apps.places.services import found

FIRST_DAY = date(2026, 1, 5)
MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

STREETS = (
    ("990101001000", "清河里街道", (("990101001001", "槐荫社区", 3), ("990101001002", "南里社区", 2))),
    ("990101002000", "望桥街道", (("990101002001", "桥头社区", 2), ("990101002002", "泉北社区", 2))),
)
GRIDS = ("第一网格", "第二网格", "第三网格")

KINDS = OrganizationKind
ORGANIZATIONS = (
    ("暖邻社会工作服务中心", KINDS.SOCIAL_ORGANIZATION, "清河里街道", "52990101MJ000101A"),
    ("清河里社区社会组织支持中心", KINDS.SUPPORTING_AGENCY, "清河里街道", "52990101MJ000102B"),
    ("槐荫社区卫生服务站", KINDS.MEMBER_UNIT, "槐荫社区", "12990101MB000103C"),
    ("清河里小学", KINDS.SCHOOL, "槐荫社区", "12990101MB000104D"),
    ("槐荫书画队", KINDS.RESIDENT_TEAM, "槐荫社区", ""),
    ("和居物业服务有限公司", KINDS.PROPERTY_COMPANY, "南里社区", "91990101MA000105E"),
    ("南里老旧小区加装电梯协调队", KINDS.TASK_TEAM, "南里社区", ""),
    ("望桥为老服务社", KINDS.SOCIAL_ORGANIZATION, "望桥街道", "52990101MJ000106F"),
    ("桥头便民菜店", KINDS.ENTERPRISE, "桥头社区", "91990101MA000107G"),
    ("泉北晨练队", KINDS.RESIDENT_TEAM, "泉北社区", ""),
    ("和安区房屋管理科", KINDS.DEPARTMENT, "和安区", "11990101000000108"),
)


@dataclass(frozen=True)
class Here:
    """The founded places and organizations, by name."""

    places: dict[str, Place]
    organizations: dict[str, Organization]


def found_district() -> Here:
    """Found everything as of :data:`FIRST_DAY`."""
    district = _found("990101000000", "和安区", Level.DISTRICT, None)
    places = {district.name: district}
    for code, name, communities in STREETS:
        street = places[name] = _found(code, name, Level.STREET, district)
        for community_code, community_name, grids in communities:
            community = places[community_name] = _found(community_code, community_name, Level.COMMUNITY, street)
            for number, grid in enumerate(GRIDS[:grids], start=1):
                _found(f"{community_code}{number:03}", f"{community_name}{grid}", Level.GRID, community)
    return Here(places, {name: _enter(name, kind, places[at], head) for name, kind, at, head in ORGANIZATIONS})


def _found(code: str, name: str, level: Level, parent: Place | None) -> Place:
    return found(
        code=code,
        name=name,
        level=level,
        parent=parent,
        valid_from=FIRST_DAY,
        actor=None,
        is_demo=True,
        at=MORNING,
    )


def _enter(name: str, kind: OrganizationKind, place: Place, head: str) -> Organization:
    return enter(
        name=name,
        kind=kind,
        place=place,
        credit_code=head + check_digit(head) if head else "",
        valid_from=FIRST_DAY,
        actor=None,
        is_demo=True,
        at=MORNING,
    )
