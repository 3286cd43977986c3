"""The service center of 临湖街道: its desks, services and books, a training plan partly held, figures, lists, units."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from linli.apps.activities.services import Times, count_heads, plan
from linli.apps.activities.services import publish as announce
from linli.apps.incubation import services
from linli.apps.incubation.models import PlannedTraining
from linli.apps.incubation.queries import members_on
from linli.apps.organizations.models import ChecklistTick, Organization
from linli.apps.organizations.services import tick
from linli.apps.places.models import Level, Place
from linli.apps.projects.models import Project
from linli.demo.bodies import AGENCY
from linli.demo.streets import DISTRICT, MAIN, STREET, Here
from linli.kernel.refs import ref_of

COURSES = (
    (2, "项目书怎么写", "邻里公益课堂", "社会组织负责人", 2, 60),
    (4, "预算与报账", "邻里公益课堂", "社会组织财务", 3, 90),
    (6, "党员带头说", "领航论坛", "街道党员", 2, 80),
    (9, "志愿者怎么带", "邻里公益课堂", "居民团队带头人", 2, 60),
    (11, "一年做了什么", "领航论坛", "社会组织负责人", 1, 40),
)
CAME = (34, 29, 31, 27, 33, 36, 41, 28, 25, 30)
CASES = (
    ("project", "项目申报辅导"), ("incubation", "章程与架构陪伴"), ("platform", "活动场地支持"),
    ("training", "带头人培训"),
)  # fmt: skip
STAGES = ("found", "coached", "filed", "registered", "independent")
TOLD = 6
"""How many tell figures and lists."""
PICTURE = "https://example.org/"
SIX = ("venue", "sign", "equipment", "flag", "reading", "rules")
FOUR = ("mechanism", "team", "venue", "funds", "five_stars")


def support_center(here: Here) -> None:
    """Centers at three levels, who has which desk and service, what was planned and held, who works where."""
    year, since = here.first_day.year, here.first_day
    members = list(members_on(Organization.objects.filter(is_demo=True), since))
    _furnish(here, members, since)
    _serve(here, members, date(year, 1, 5))
    _train(here, year)
    for number, one in enumerate(members):
        _tell_of(here, one, number, date(year, 1, 10))
    for number, (years_ago, count) in enumerate(((3, 4), (2, 5), (1, 6))):
        services.count_awards(
            here.places[STREET], title="区政府津贴人才", year=year - years_ago, count=count, source="区级公示",
            actor=None, at=here.on(2 + number),
        )  # fmt: skip
    _take_units(here, members[:6], since)


def _furnish(here: Here, members: list[Organization], since: date) -> None:
    at = here.on(2)
    for place, name in (
        (DISTRICT, "和安区社会组织服务中心"), (STREET, "临湖街道社会组织服务中心"), (MAIN, "银杏社区社会组织服务站"),
    ):  # fmt: skip
        made = services.open_center(
            here.places[place], name=name, opened_on=date(2019, 5, 1), actor=None, is_demo=True, at=at
        )
        if place == STREET:
            center = made
    desks = services.add_desks(center, numbers=[f"A{number:02}" for number in range(1, 25)], actor=None, at=at)
    for desk, one in zip(desks, members, strict=False):
        services.give_desk(desk, organization=one, since=since, actor=None, at=at)


def _serve(here: Here, members: list[Organization], opened: date) -> None:
    agency, at = here.organizations[AGENCY], here.on(3)
    for number, one in enumerate(members[:12]):
        service, title = CASES[number % len(CASES)]
        services.open_case(one, service=service, title=title, opened_on=opened, actor=None, is_demo=True, at=at)
    for number, one in enumerate(members[:6]):
        case = services.open_case(
            one, service="finance", title="财务代账", opened_on=opened, agency=agency, actor=None, is_demo=True, at=at
        )
        state = ("declared", "booked", "papers")[number % 3]
        month = (here.first_day.replace(day=1) - timedelta(days=1)).replace(day=1)
        services.keep_book(case, month=max(month, opened), state=state, on=here.first_day, actor=None, at=at)


def _train(here: Here, year: int) -> None:
    came = iter(CAME)
    for month, title, series, audience, sessions, people in COURSES:
        course = services.plan_training(
            here.places[STREET], year=year, month=month, title=title, series=series, audience=audience,
            sessions=sessions, person_times=people, actor=None, is_demo=True, at=here.on(2),
        )  # fmt: skip
        for turn in range(sessions):
            day = date(year, month, 10 + turn)
            if day < here.first_day:
                _hold(here, course, f"{title}（第{turn + 1}期）", day, next(came))


def _hold(here: Here, course: PlannedTraining, title: str, day: date, came: int) -> None:
    starts = datetime.combine(day, time(14), tzinfo=ZoneInfo("Asia/Shanghai"))
    times = [Times(starts, starts + timedelta(hours=2))]
    about, street = ref_of(course), here.places[STREET]
    held = plan(title=title, kind="training", place=street, times=times, subject=about, actor=None, at=starts)
    announce(held, actor=None, at=starts)
    count_heads(held.occurrences.get(), total=came, actor=None, at=starts + timedelta(hours=2))


def _tell_of(here: Here, one: Organization, number: int, day: date) -> None:
    at = here.on(4)
    services.reach_stage(one, stage=STAGES[number % len(STAGES)], on=day, leaders=1 + number % 2, actor=None, at=at)
    if number >= TOLD:
        return
    for kind, count in (("staff", 3 + number % 5), ("members", number % 3), ("applicants", number % 4)):
        services.type_figure(one, kind=kind, on=day, count=count, source="年度登记表", actor=None, at=at)
    if ChecklistTick.objects.filter(organization=one).exists():
        return
    for known, items, has in (("six_haves", SIX, 3 + number % 4), ("four_builds", FOUR, 2 + number % 4)):
        for item in items[:has]:
            tick(one, checklist=known, item=item, on=day, link=PICTURE, actor=None, at=at)


def _take_units(here: Here, members: list[Organization], since: date) -> None:
    """Six organizations work at sixteen units of eight communities for one project (D36)."""
    project = Project.objects.filter(is_demo=True, street=here.places[STREET]).order_by("-year", "serial").first()
    if project is None:
        return
    units: list[Place] = []
    for community in here.communities()[:8]:
        units += Place.objects.filter(parent=community, level=Level.GRID).order_by("code")[:2]
    for number, unit in enumerate(units):
        one = members[number % len(members)]
        services.take_unit(project, organization=one, unit=unit, since=since, actor=None, at=here.on(5))
