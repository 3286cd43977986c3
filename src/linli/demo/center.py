"""The center of 临湖街道: nineteen organizations, their ten-point months, one that left by the rule, a year's stars."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from linli.apps.incubation import services
from linli.apps.incubation.models import ExitCase, MonthMark, MonthSheet, MonthWarning, StarRound
from linli.apps.incubation.queries import SHEET, VERSION, next_month
from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.services import give_standing
from linli.apps.publicity import services as publicity
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Duty, Entry, EntryState, ReviewSession, SessionState
from linli.demo.names import draw
from linli.demo.streets import STREET, Here
from linli.kernel import publication

MEMBERS = 19
LINE = Decimal("6.0")
HUNDREDTH = Decimal("0.01")
WHY = "见服务中心台账"
AGREED = "临湖街道社会组织服务中心入驻协议"
BELOW = (8, 9, 10)
"""The months in a row in which one stays below the line."""


@dataclass(frozen=True)
class Course:
    """How an organization does: its months in per cent of the marks, of Party work, its review; how many months."""

    months: int
    party: int
    review: int
    joined: int = 1


FIVE, FOUR, THREE = Course(96, 96, 93), Course(87, 88, 84), Course(77, 80, 76)
REST, OUTSIDE, LATE, LEAVES = Course(66, 70, 64), Course(88, 45, 86), Course(82, 85, 80, joined=9), Course(74, 75, 0)
COURSES = (FIVE, FOUR, THREE, REST, OUTSIDE, FOUR, THREE, LEAVES, REST, REST, THREE, *(REST,) * 7, LATE)
"""One with five stars, two with four, three with three; one outside the gate, one too new, one that leaves."""


def run_center(here: Here) -> None:
    """The months of the year before and of this year, the exit, the stars."""
    year = here.first_day.year - (1 if here.first_day >= date(here.first_day.year, 3, 1) else 2)
    members = [
        one
        for one in here.organizations.values()
        if one.kind == OrganizationKind.SOCIAL_ORGANIZATION and one.place.street_id == here.places[STREET].pk
    ][:MEMBERS]
    for one, course in zip(members, COURSES, strict=True):
        day = date(year, course.joined, 1) if course.joined > 1 else date(year - 1, 12, 1)
        give_standing(one, kind="center_stay", value="入驻", valid_from=day, source=AGREED, actor=None, at=_noon(day))
    _write_months(here, members, year)
    _leave(here, members[COURSES.index(LEAVES)], year)
    _give_stars(here, dict(zip((one.pk for one in members), COURSES, strict=True)), year)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def _months(here: Here, year: int) -> Iterator[date]:
    """From January of the year to the month before the last one: that one is still to be rated."""
    month = date(year, 1, 1)
    while next_month(next_month(month)) <= here.today.replace(day=1):
        yield month
        month = next_month(month)


def _write_months(here: Here, members: list[Organization], year: int) -> None:
    """Settled months as they stand in the book of the center, taken over at once."""
    chance = draw("center")
    sheets, marks = [], []
    for month in _months(here, year):
        for one, course in zip(members, COURSES, strict=True):
            if (month.year == year and month.month < course.joined) or (course is LEAVES and _is_late(month, year)):
                continue
            given = _marks(chance, course)
            sheet = _sheet(here, one, month, sum(given.values(), Decimal(0)))
            sheets.append(sheet)
            marks += _kept(sheet, given)
    MonthSheet.objects.bulk_create(sheets)
    MonthMark.objects.bulk_create(marks)


def _kept(sheet: MonthSheet, given: dict[str, Decimal]) -> list[MonthMark]:
    return [
        MonthMark(sheet=sheet, number=number, code=one.code, top=one.top, mark=given[one.code], why=WHY)
        for number, one in enumerate(SHEET, 1)
    ]


def _is_late(month: date, year: int) -> bool:
    return month >= date(year, BELOW[0], 1)


def _sheet(here: Here, organization: Organization, month: date, total: Decimal) -> MonthSheet:
    after = _noon(next_month(month))
    days = {name: after + timedelta(days=number) for name, number in (("shown", 3), ("said", 6), ("final", 14))}
    return MonthSheet(
        organization=organization, street=here.places[STREET], month=month, rubric=VERSION, state="final", total=total,
        line=LINE, drafted_at=after, shown_at=days["shown"], statement_until=days["said"], published_at=days["said"],
        objection_until=days["final"], final_at=days["final"], is_demo=True,
    )  # fmt: skip


def _marks(chance: Random, course: Course, *, below: bool = False) -> dict[str, Decimal]:
    """Marks around the course; below the line where it is said."""
    share = 48 if below else course.months
    found = {}
    for one in SHEET:
        around = min(course.party, share) if one.priority and below else course.party if one.priority else share
        percent = min(100, max(30, around + chance.randrange(-3, 4)))
        found[one.code] = (one.top * percent / 100).quantize(HUNDREDTH)
    return found


def _leave(here: Here, organization: Organization, year: int) -> None:
    """Three months below the line: warned twice, proposed, heard, decided, left."""
    chance = draw("center leaves")
    officer, leader = here.people["linhu.jiedao"], here.people["linhu.lingdao"]
    for number in BELOW:
        month = date(year, number, 1)
        given = _marks(chance, LEAVES, below=True)
        sheet = _sheet(here, organization, month, sum(given.values(), Decimal(0)))
        sheet.save(force_insert=True)
        MonthMark.objects.bulk_create(_kept(sheet, given))
        assert sheet.final_at is not None  # a settled month
        services.reconsider(organization, actor=None, at=sheet.final_at)
        for warning in MonthWarning.objects.filter(sheet=sheet).select_related("sheet"):
            services.hear_warning(
                warning, text="骨干人员变动，坐班和台账没有跟上，下月补齐。", actor=officer,
                at=warning.given_at + timedelta(days=2),
            )  # fmt: skip
    case = ExitCase.objects.get(organization=organization)
    told = _noon(date(year, 11, 17))
    services.tell_exit(case, actor=officer, at=told)
    services.hear_case(
        case, text="目前无力承担坐班，同意退出，已签项目继续做完。", actor=officer, at=told + timedelta(days=2)
    )
    reason = "连续三个月低于6分，经听取陈述，本单位同意退出。"
    services.decide_exit(case, reason=reason, actor=leader, at=told + timedelta(days=9))
    services.record_leaving(case, on=date(year, 12, 20), actor=officer, at=_noon(date(year, 12, 20)))


def _give_stars(here: Here, courses: dict[object, Course], year: int) -> None:
    """The report, the review as it came back, objections none, the notice by three people, the stars."""
    officer = here.people["linhu.jiedao"]
    day = _noon(date(year + 1, 1, 8))
    row = services.open_stars(here.places[STREET], year=year, actor=officer, at=day)
    StarRound.objects.filter(pk=row.pk).update(is_demo=True)
    session = services.open_report(
        row, first_day=date(year + 1, 1, 12), venue="临湖街道党群服务中心多功能厅", is_demo=True, actor=officer, at=day
    )
    _rate(here, session, courses, day + timedelta(days=4))
    services.reckon(row, actor=officer, at=day + timedelta(days=5))
    services.show_stars(row, actor=officer, at=day + timedelta(days=5))
    noticed = day + timedelta(days=15)
    services.notice_stars(row, office="党建工作办公室", phones="010-62880099", actor=officer, at=noticed)
    assert row.notice is not None  # it was drawn up just now
    publication.check(row.notice, actor=here.people["linhu.kezhang"], at=noticed)
    publication.sign_off(row.notice, actor=here.people["linhu.lingdao"], at=noticed)
    row.notice.refresh_from_db()
    publicity.close(row.notice, actor=officer, at=noticed + timedelta(days=20))
    services.give_stars(row, actor=officer, at=noticed + timedelta(days=21))


def _rate(here: Here, session: ReviewSession, courses: dict[object, Course], at: datetime) -> None:
    """The scores of the report as the minutes give them, two people standing behind them."""
    officer = here.people["linhu.jiedao"]
    counter, supervisor = (
        reviews.seat_staff(session, duty=duty, name=here.people[user].name, actor=officer, at=at)
        for duty, user in ((Duty.COUNTER, "linhu.caiwu"), (Duty.SUPERVISOR, "shenjishi"))
    )
    entries = list(session.entries.all())
    best_first = sorted(entries, key=lambda one: -courses[one.subject_id].review)
    for rank, one in enumerate(best_first, 1):
        one.state, one.score, one.rank = EntryState.REVEALED, Decimal(courses[one.subject_id].review), rank
        one.counter_id, one.supervisor_id = counter.pk, supervisor.pk
    Entry.objects.bulk_update(entries, ["state", "score", "rank", "counter_id", "supervisor_id"])
    ReviewSession.objects.filter(pk=session.pk).update(state=SessionState.CLOSED)
