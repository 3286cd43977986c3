"""Organizations of the demo street, and what is kept about them: standings, honours, facilities, partners, ticks."""

from collections.abc import Iterator
from datetime import date, timedelta

from linli.apps.organizations import services
from linli.apps.organizations.models import HonourLevel, OrganizationKind, RelationKind
from linli.apps.organizations.services import check_digit, enter
from linli.demo.names import draw
from linli.demo.streets import DISTRICT, MAIN, MANY_STAIRWELLS, NEIGHBOUR, PARK, STREET, Here
from linli.kernel.scope import Actor

KINDS = OrganizationKind
WARM, AGENCY, PAINTERS = "暖邻社会工作服务中心", "临湖街道社会组织支持中心", "银杏书画队"
HOUSING, ELDERS = "和安区房屋管理科", "望桥为老服务社"
FIRST = (
    (WARM, KINDS.SOCIAL_ORGANIZATION, STREET),
    (AGENCY, KINDS.SUPPORTING_AGENCY, STREET),
    ("临湖小学", KINDS.SCHOOL, MAIN),
    (PAINTERS, KINDS.RESIDENT_TEAM, MAIN),
    ("和居物业服务有限公司", KINDS.PROPERTY_COMPANY, "南里社区"),
    ("南里老旧小区加装电梯协调队", KINDS.TASK_TEAM, "南里社区"),
    ("柳塘晨间巡守队", KINDS.RESIDENT_TEAM, MANY_STAIRWELLS),
    (ELDERS, KINDS.SOCIAL_ORGANIZATION, NEIGHBOUR),
    ("桥头便民菜店", KINDS.ENTERPRISE, "桥头社区"),
    ("泉北晨练队", KINDS.RESIDENT_TEAM, "泉北社区"),
    (HOUSING, KINDS.DEPARTMENT, DISTRICT),
)
MEMBER_UNITS = (
    "银杏社区卫生服务站", "临湖派出所", "临湖中学", "临湖幼儿园", "临湖市政养护所", "临湖供热站", "湖滨邮政支局",
    "湖滨供电营业所", "银杏市场管理所", "临湖消防救援站", "湖滨商业银行临湖支行", "临湖文化馆", "临湖园林管护所",
    "银杏养老照料中心",
)  # fmt: skip
"""Fourteen units of the committee that co-ordinates the neighbourhood (H03)."""
IN_THE_PARK = (
    "和湖软件有限公司", "映波文化传媒有限公司", "青禾设计有限公司", "云帆检测技术有限公司", "拾光印务有限公司",
    "临湖智能装备有限公司", "橡果教育科技有限公司", "木棉服饰有限公司", "远岸物流有限公司",
)  # fmt: skip
"""Nine enterprises of the park (G39)."""
WORK = (
    ("为老服务社", "elders"), ("助老协会", "elders"), ("青少年成长中心", "children"), ("亲子阅读社", "children"),
    ("助残服务中心", "disabled"), ("心理健康服务社", "health"), ("戏曲协会", "culture"), ("舞蹈协会", "culture"),
    ("绿色生活促进会", "environment"), ("平安志愿服务队联合会", "safety"), ("邻里调解服务中心", "mediation"),
    ("社区营造中心", "governance"),
)  # fmt: skip
PREFIXES = ("临湖", "柳塘", "湖滨", "和煦", "听松", "桂苑")
SOCIAL_ORGANIZATIONS = 26
"""Those of 临湖街道, the one in :data:`FIRST` among them: thirteen of them organized is half (D01)."""
PREFIX = {
    KINDS.SOCIAL_ORGANIZATION: "52990101MJ", KINDS.SUPPORTING_AGENCY: "52990101MJ", KINDS.MEMBER_UNIT: "12990101MB",
    KINDS.SCHOOL: "12990101MB", KINDS.PROPERTY_COMPANY: "91990101MA", KINDS.ENTERPRISE: "91990101MA",
    KINDS.DEPARTMENT: "1199010100",
}  # fmt: skip
SINCE = date(2018, 1, 1)
CIVIL = "和安区民政局"


def _listed() -> Iterator[tuple[str, OrganizationKind, str, dict[str, object]]]:
    for name, kind, place in FIRST:
        yield name, kind, place, {}
    for name in MEMBER_UNITS:
        yield name, KINDS.MEMBER_UNIT, MAIN, {}
    for name in IN_THE_PARK:
        yield name, KINDS.ENTERPRISE, PARK, {"legal_form": "company"}
    chance = draw("organizations")
    names = [(prefix + work, business) for prefix in PREFIXES for work, business in WORK]
    places = ("南里社区", MANY_STAIRWELLS, "和煦家园社区", "听松社区", "桂苑社区", "望月社区", STREET)
    for name, business in chance.sample(names, SOCIAL_ORGANIZATIONS - 1):
        details: dict[str, object] = {
            "business": business,
            "legal_form": "association" if name.endswith("会") else "social_service",
            "registered_with": CIVIL,
            "registered_on": date(chance.randrange(2012, 2024), chance.randrange(1, 13), chance.randrange(1, 29)),
            "address": f"临湖路{chance.randrange(1, 160)}号",
            "office_phone": f"010-6288{chance.randrange(1000, 9999)}",
            "office_hours": "周一至周五 9:00—17:00",
            "is_public": chance.random() < 0.6,
        }
        yield name, KINDS.SOCIAL_ORGANIZATION, chance.choice(places), details


def enter_organizations(here: Here) -> None:
    """Enter all organizations of the district, the day after it began."""
    for number, (name, kind, place, details) in enumerate(_listed(), start=101):
        head = f"{PREFIX[kind]}{number:06}{number % 10}" if kind in PREFIX else ""
        head = head[:17].replace("O", "0")
        here.organizations[name] = enter(
            name=name,
            kind=kind,
            place=here.places[place],
            credit_code=head + check_digit(head) if head else "",
            valid_from=max(SINCE, here.places[place].valid_from),
            details=details,
            actor=None,
            is_demo=True,
            at=here.on(1),
        )


def tell_of_organizations(here: Here, actor: Actor) -> None:
    """What is known of some of them beside the register."""
    _tell_of_warm_neighbours(here, actor)
    _give_standings(here, actor)
    _give_honours(here, actor)
    _open_facilities(here, actor)
    _sign_partnerships(here, actor)


def _tell_of_warm_neighbours(here: Here, actor: Actor) -> None:
    warm, painters, at = here.organizations[WARM], here.organizations[PAINTERS], here.on(8)
    services.correct(
        warm,
        seen=warm.version,
        actor=actor,
        at=at,
        short_name="暖邻",
        legal_form="social_service",
        registered_with=CIVIL,
        registered_on=date(2019, 5, 6),
        founded_on=date(2019, 5, 6),
        business="elders",
        about="为高龄、独居老人上门探访、助餐助浴、紧急联络。\n每周二、四下午有志愿者培训。",
        address="临湖路8号201室",
        office_phone="010-62880055",
        office_hours="周一至周五 9:00—17:00",
        is_public=True,
    )
    services.set_legal_person(warm, name="安若宁", on=date(2019, 5, 6), source="登记证书", actor=actor, at=at)
    services.declare_relation(
        warm, kind=RelationKind.STAFF_FAMILY, count=1, on=here.first_day, source="年度承诺书", actor=actor, at=at
    )
    agency = here.organizations[AGENCY]
    services.coach(
        warm, agency=agency, valid_from=date(here.today.year, 1, 1), source="年度督导协议", actor=actor, at=at
    )
    _tick_six_haves(here, actor)
    services.correct(
        painters,
        seen=painters.version,
        actor=actor,
        at=at,
        business="culture",
        member_count=23,
        member_count_on=here.first_day,
        is_public=True,
        about="每周三上午在社区活动室写字作画。",
    )


def _tick_six_haves(here: Here, actor: Actor) -> None:
    """Three of six, each with its evidence."""
    for item, note in (("venue", "活动室一间，四十平方米"), ("rules", "制度已上墙"), ("reading", "")):
        services.tick(
            here.organizations[WARM],
            checklist="six_haves",
            item=item,
            on=here.first_day,
            link="https://example.cn/liuyou",
            note=note,
            actor=actor,
            at=here.on(9),
        )


def _give_standings(here: Here, actor: Actor) -> None:
    year, at = here.today.year, here.on(9)
    rows = (
        (WARM, "social_grade", "4A", date(year - 2, 3, 1), "和安区社会组织评估等级公告"),
        (WARM, "annual_check", "合格", date(year, 6, 1), "和安区民政局年检结论"),
        (WARM, "undertaking", "具备", date(year, 1, 10), "临湖街道承接主体名录"),
        (AGENCY, "social_grade", "3A", date(year - 1, 4, 1), "和安区社会组织评估等级公告"),
    )
    for name, kind, value, since, source in rows:
        services.give_standing(
            here.organizations[name],
            kind=kind,
            value=value,
            valid_from=min(since, here.first_day),
            source=source,
            actor=actor,
            at=at,
        )


def _give_honours(here: Here, actor: Actor) -> None:
    at, year = here.on(10), here.today.year
    for title, level, when, given_by, place, organization, valid_to in (
        ("民主法治社区", HonourLevel.PROVINCE, 2023, "省司法厅、省民政厅", MAIN, "", None),
        ("绿色社区", HonourLevel.CITY, 2021, "市住房和城乡建设委员会", MANY_STAIRWELLS, "", None),
        ("和谐社区建设示范街道", HonourLevel.CITY, 2022, "市民政局", STREET, "", None),
        ("书香社区", HonourLevel.DISTRICT, 2024, "和安区文化和旅游局", MAIN, "", None),
        ("品牌社会组织", HonourLevel.CITY, year - 2, "市民政局", "", WARM, here.today + timedelta(days=50)),
        ("优秀群众文化团队", HonourLevel.DISTRICT, year - 1, "和安区文化馆", "", PAINTERS, None),
    ):
        services.add_honour(
            title=title,
            level=level,
            year=when,
            given_by=given_by,
            place=here.places.get(place),
            organization=here.organizations.get(organization),
            valid_to=valid_to,
            actor=actor,
            at=at,
        )


def _open_facilities(here: Here, actor: Actor) -> None:
    for number, (kind, name, place, operator) in enumerate((
        ("service_center", "临湖街道党群服务中心", STREET, ""),
        ("elder_care", "银杏居家养老服务中心", MAIN, WARM),
        ("health", "银杏社区卫生服务站", MAIN, ""),
        ("disabled_home", "临湖残疾人之家", STREET, ""),
        ("minors_protection", "临湖未成年人保护站", STREET, ""),
        ("canteen", "南里社区食堂", "南里社区", ""),
        ("culture", "柳塘文化活动室", MANY_STAIRWELLS, ""),
        ("mediation", "柳塘人民调解室", MANY_STAIRWELLS, ""),
        ("rest_stop", "湖滨户外劳动者驿站", "映波社区", ""),
    )):  # fmt: skip
        services.open_facility(
            place=here.places[place],
            kind=kind,
            name=name,
            address=f"临湖路{number * 4 + 3}号",
            hours="周一至周日 8:30—17:30",
            phone=f"010-628801{number:02}",
            operator=here.organizations.get(operator),
            valid_from=date(2022, 1, 1),
            actor=actor,
            at=here.on(10),
        )


def _sign_partnerships(here: Here, actor: Actor) -> None:
    year, street = here.today.year, here.places[STREET]
    services.sign_partnership(
        place=street,
        kind="research",
        partner="东岭大学社会治理研究院",
        subject="社区治理联合研究与学生实践",
        valid_from=date(year - 1, 9, 1),
        valid_to=date(year + 2, 9, 1),
        actor=actor,
        at=here.on(11),
    )
    services.sign_partnership(
        place=street,
        kind="law_firm",
        partner="和正律师事务所",
        subject="社区法律顾问",
        valid_from=date(year, 1, 1),
        valid_to=here.today + timedelta(days=40),
        actor=actor,
        at=here.on(11),
    )
