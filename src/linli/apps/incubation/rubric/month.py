"""The ten-point sheet of a month (rules 3.4): criteria, what records propose, how raters make one mark."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

VERSION = "2026-1"
"""Written beside every sheet; a change of criteria or formulas is a new version."""
HUNDREDTH, NOTHING = Decimal("0.01"), Decimal(0)
PLAN_BY = 5
"""The plan is filed by this day of the month."""
LATE = Decimal("0.5")
"""What a late plan or summary loses."""
CHECKS, EACH_CHECK = 2, Decimal("0.5")


@dataclass(frozen=True)
class Criterion:
    """One line of the sheet; ``priority``: Party work, which also is the gate of the stars."""

    code: str
    short: str
    title: str
    top: Decimal
    rule: str
    priority: bool = False


SHEET = (
    Criterion("plan", "计划", "月度工作计划按时提交", Decimal("1.5"), "5日前提交；迟交减0.5分，未交0分"),
    Criterion("summary", "总结", "月度工作总结与台账", Decimal("1.5"), "月末前提交；迟交减0.5分，未交0分"),
    Criterion("desk", "坐班", "坐班情况", Decimal("2.0"), "实到班次÷应到班次×2分"),
    Criterion("tidiness", "卫生", "卫生清洁与场地管理", Decimal("1.0"), "每月检查2次，每次合格0.5分"),
    Criterion(
        "party", "党建", "党建活动与制度执行", Decimal("2.0"), "看党日、学习、指导员记录，由评分人评", priority=True
    ),
    Criterion("service", "活动", "服务活动开展", Decimal("1.5"), "至少1场有记录、有签到的活动"),
    Criterion("feedback", "反馈", "居民反馈", Decimal("0.5"), "当月没有经核实的投诉"),
)
TOP = sum((one.top for one in SHEET), NOTHING)


def month_of(day: date) -> date:
    """The first day of the month ``day`` lies in; months are named by it."""
    return day.replace(day=1)


@dataclass(frozen=True)
class Facts:
    """What the records hold about one organization and one month."""

    month: date
    plan_on: date | None = None
    summary_on: date | None = None
    shifts: int = 0
    attended: int = 0
    checks: Sequence[bool] = ()
    party: int = 0
    services: int = 0
    complaints: int = 0


@dataclass(frozen=True)
class Proposed:
    """A criterion, the mark the records give (None: a person judges) and why."""

    criterion: Criterion
    mark: Decimal | None
    why: str


def proposals(facts: Facts) -> list[Proposed]:
    """The sheet as the records fill it, in its order."""
    last = _last_day(facts.month)
    given = {
        "plan": _filed(facts.plan_on, facts.month.replace(day=PLAN_BY), _top("plan")),
        "summary": _filed(facts.summary_on, last, _top("summary")),
        "desk": _desk(facts),
        "tidiness": _tidiness(facts.checks),
        "party": (None, _("%(n)d records of Party work. The raters judge.") % {"n": facts.party}),
        "service": _service(facts.services),
        "feedback": _feedback(facts.complaints),
    }
    return [Proposed(one, *given[one.code]) for one in SHEET]


def _top(code: str) -> Decimal:
    return next(one.top for one in SHEET if one.code == code)


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _filed(on: date | None, until: date, top: Decimal) -> tuple[Decimal, str]:
    told = {"day": on.isoformat() if on else "", "until": until.isoformat()}
    if on is None:
        return NOTHING, _("Nothing was filed; it was due on %(until)s.") % told
    if on > until:
        return top - LATE, _("Filed on %(day)s, after %(until)s.") % told
    return top, _("Filed on %(day)s, in time.") % told


def _desk(facts: Facts) -> tuple[Decimal | None, str]:
    told = {"attended": facts.attended, "shifts": facts.shifts}
    if not facts.shifts:
        return None, _("No shift was planned. The raters judge.")
    share = Decimal(min(facts.attended, facts.shifts)) / Decimal(facts.shifts)
    mark = (share * _top("desk")).quantize(HUNDREDTH, ROUND_HALF_UP)
    return mark, _("%(attended)d of %(shifts)d shifts attended.") % told


def _tidiness(checks: Sequence[bool]) -> tuple[Decimal | None, str]:
    """Fewer checks than two are no fault of the organization: the raters judge."""
    told = {"n": len(checks), "good": sum(checks)}
    if len(checks) < CHECKS:
        return None, _("Only %(n)d of 2 checks were made. The raters judge.") % told
    mark = (_top("tidiness") * sum(checks) / len(checks)).quantize(HUNDREDTH, ROUND_HALF_UP)
    return mark, _("%(good)d of %(n)d checks were good.") % told


def _service(held: int) -> tuple[Decimal, str]:
    if held:
        return _top("service"), _("%(n)d service activities with record and sign-in.") % {"n": held}
    return NOTHING, _("No service activity with record and sign-in.")


def _feedback(complaints: int) -> tuple[Decimal, str]:
    if complaints:
        return NOTHING, _("%(n)d complaints were upheld.") % {"n": complaints}
    return _top("feedback"), _("No complaint was upheld.")


def combined(proposed: Decimal | None, marks: Iterable[Decimal]) -> Decimal | None:
    """The mark of a criterion: the mean of its raters, half up to 0.01; without raters what the records propose."""
    given = list(marks)
    if not given:
        return proposed
    return (sum(given, NOTHING) / len(given)).quantize(HUNDREDTH, ROUND_HALF_UP)


def total_of(marks: Mapping[str, Decimal]) -> Decimal:
    """The sum of all seven marks, exact: they are hundredths already."""
    return sum((marks[one.code] for one in SHEET), NOTHING).quantize(HUNDREDTH)
