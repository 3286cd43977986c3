"""The year of a programme (document 29): four sections, and figures summed from the rows when it is written out."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from linli.apps.activities import queries as activities
from linli.apps.ledger.queries import spending_totals
from linli.apps.places.queries import office_name
from linli.apps.projects.models import ClosingGrade, Highlight, Prize, ProgrammeSummary, Project, ProjectIndicator
from linli.apps.projects.rubric import percent_reached
from linli.apps.surveys.queries import rates_of
from linli.kernel.documents import Column, Head, Layout, Paper, Rows, Text
from linli.kernel.money import format_yuan
from linli.kernel.refs import ref_of

NOTHING, WHOLE = Decimal(0), Decimal(100)


@dataclass(frozen=True)
class YearFigures:
    """Figures of a programme's year; ``answers`` and ``satisfied`` are sums over projects with an official rate,
    ``reached`` of the ``indicators`` met their target.
    """

    projects: int
    units: int
    amount: Decimal
    spent: Decimal
    sessions: int
    person_times: int
    hours: Decimal
    answers: int
    satisfied: int
    grades: dict[str, int]
    highlights: list[str]
    prizes: list[str]
    by_class: list[tuple[str, int, Decimal]]
    indicators: int
    reached: int

    @property
    def rate(self) -> Decimal | None:
        """The satisfied of all valid answers in per cent; None without an answer."""
        return (Decimal(self.satisfied * 100) / self.answers).quantize(Decimal("0.1")) if self.answers else None


def projects_in(summary: ProgrammeSummary) -> QuerySet[Project]:
    """The projects of a programme's rounds in a year."""
    rows = Project.objects.filter(proposal__round__programme=summary.programme, year=summary.year)
    return rows.select_related("category", "bearer", "bearer_place").order_by("number")


def figures_of_year(summary: ProgrammeSummary) -> YearFigures:
    """Everything counted from the rows, in about ten queries whatever the number of projects."""
    projects = list(projects_in(summary))
    refs = [ref_of(one) for one in projects]
    held = activities.total_of(activities.totals(subjects=refs)) if refs else activities.Total()
    spent = spending_totals([one.commitment for one in projects if one.commitment is not None])
    rates = [rate for rate in rates_of(refs).values() if rate.is_official]
    grades: dict[str, int] = {}
    for row in ClosingGrade.objects.filter(closing__project__in=projects, ended_at__isnull=True).order_by("letter"):
        grades[str(row)] = grades.get(str(row), 0) + 1
    classes: dict[str, list[Project]] = {}
    for one in projects:
        classes.setdefault(str(one.category or one.get_kind_display()), []).append(one)
    shining = Highlight.objects.filter(project__in=projects).select_related("project")
    prizes = Prize.objects.filter(project__in=projects).select_related("project")
    return YearFigures(
        len(projects), len({one.bearer_id or one.bearer_place_id for one in projects}),
        sum((one.amount for one in projects), NOTHING), sum((row.paid for row in spent.values()), NOTHING),
        held.sessions, held.person_times, held.hours, sum(rate.n_valid for rate in rates),
        sum(rate.satisfied for rate in rates), grades,
        [one.project.title for one in shining],
        [f"{one.project.title}（{one.title}）" for one in prizes],
        [(name, len(own), sum((one.amount for one in own), NOTHING)) for name, own in sorted(classes.items())],
        *_indicators_of(projects),
    )  # fmt: skip


def _indicators_of(projects: list[Project]) -> tuple[int, int]:
    """How many indicators the projects have, and how many of them met their target. One query."""
    rows = list(ProjectIndicator.objects.filter(project__in=projects))
    known = [one for one in rows if one.actual is not None]
    met = [one for one in known if percent_reached(one.baseline, one.target, one.actual or NOTHING) >= WHOLE]
    return len(rows), len(met)


def summary_paper(summary: ProgrammeSummary) -> Paper:
    """29 年度工作总结: each section's figures in a sentence, then what was written."""
    counted = figures_of_year(summary)
    columns = [Column("类别", 3), Column("项目数", 1, "right"), Column("金额", 2, "right")]
    table = Rows(columns, [list(row) for row in counted.by_class], total=["合计", counted.projects, counted.amount])
    delivery = (
        f"全年开展活动{counted.sessions}场、{counted.person_times}人次，志愿服务{counted.hours.normalize():f}小时；"
        f"支出{format_yuan(counted.spent)}。指标共{counted.indicators}项，达到目标值{counted.reached}项。{_rate(counted)}"
    )
    growth = "、".join(f"{grade}{count}项" for grade, count in counted.grades.items()) or "结项评审尚未完成"
    shining = f"亮点项目：{'、'.join(counted.highlights)}。" if counted.highlights else ""
    prizes = f"优秀项目：{'、'.join(counted.prizes)}。" if counted.prizes else ""
    overview = f"本年度共实施项目{counted.projects}项，涉及{counted.units}个单位，经费{format_yuan(counted.amount)}。"
    blocks: list[Any] = [
        Head("一、项目概况"), Text(overview), table, *_written(summary.overview),
        Head("二、实施情况"), Text(delivery), *_written(summary.delivery),
        Head("三、项目的成长性"), Text(f"结项评审结果：{growth}。{shining}{prizes}"), *_written(summary.growth),
        Head("四、项目展望"), *(_written(summary.outlook) or [Text("　")]),
    ]  # fmt: skip
    place = summary.programme.place
    day = timezone.localdate(summary.written_at)
    title = f"{summary.programme.name}\n{summary.year}年度工作总结"
    return Paper(Layout.PLAIN, title, office_name(place), day, f"{place.name}-{summary.year}", blocks)


def _written(text: str) -> list[Text]:
    return [Text(line) for line in text.splitlines() if line.strip()]


def _rate(counted: YearFigures) -> str:
    if counted.rate is None:
        return "满意度调查尚未完成。"
    return f"满意度有效答卷{counted.answers}份，满意率{counted.rate}%。"
