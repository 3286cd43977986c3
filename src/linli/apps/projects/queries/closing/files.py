"""The closing file as it stands now: its facts from the records, its gate, its grade; advice that waits."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.apps.activities import queries as activities
from linli.apps.ledger import queries as ledger
from linli.apps.ledger.models import Expenditure, ExpenditureState
from linli.apps.projects.models import (
    Advice,
    ChangedLine,
    ChangeState,
    ClosingFile,
    ClosingGrade,
    Evidence,
    Milestone,
    Project,
    ProjectIndicator,
)
from linli.apps.projects.queries.closing.completeness import SECTIONS, Whole, completeness
from linli.apps.projects.queries.closing.gate import GateFacts, GateRule, Lack, lacks
from linli.apps.projects.queries.closing.grading import Step, read_steps
from linli.apps.projects.queries.projects import visible_to
from linli.apps.surveys.queries import Rate, rate_of
from linli.kernel.files.models import Photo
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import look, value_of

UNSETTLED = (
    ExpenditureState.DRAFTED, ExpenditureState.SUBMITTED, ExpenditureState.CHECKED, ExpenditureState.APPROVED,
    ExpenditureState.RETURNED,
)  # fmt: skip


@dataclass(frozen=True)
class ClosingFacts:
    """What the records say of a project at its end."""

    indicators: list[ProjectIndicator]
    rate: Rate | None
    spending: ledger.Spending | None
    photos: int
    evidence: list[Evidence]
    unpaid: int
    evidence_of: activities.Evidence
    first_budget: tuple[tuple[str, Decimal], ...] = ()
    """Items and amounts as first agreed, where a change moved them; else the budget stands as it was."""

    @property
    def open(self) -> tuple[str, ...]:
        """Indicators without an actual figure."""
        return tuple(one.name for one in self.indicators if one.actual is None)

    @property
    def answers(self) -> int:
        """Valid answers of an official survey; a self-selected one does not open the gate."""
        return self.rate.n_valid if self.rate is not None and self.rate.is_official else 0


def owners_of(project: Project) -> list[UUID]:
    """The keys of the records whose photos and files belong to a project: itself, the evidence of its milestones,
    its reports and visits, its activities and their dates.
    """
    evidence = Evidence.objects.filter(milestone__project=project).values_list("pk", flat=True)
    dates = list(activities.dates_held(subjects=[ref_of(project)]).values_list("pk", "activity_id"))
    return [project.pk, *evidence, *{held for _date, held in dates}, *(day for day, _held in dates)]


def photos_of(project: Project) -> QuerySet[Photo]:
    """Every photo that is not withdrawn, of the project, of what was done for it and of what was bought."""
    owners = owners_of(project)
    if project.commitment_id:
        owners += Expenditure.objects.filter(commitment=project.commitment_id).values_list("pk", flat=True)
    rows = Photo.objects.filter(owner_id__in=owners, withdrawn_at__isnull=True)
    return rows.select_related("stored").order_by("taken_at", "id")


def first_budget_of(project: Project) -> tuple[tuple[str, Decimal], ...]:
    """What each item was given before the first approved change moved money; nothing where none did. One query."""
    rows = ChangedLine.objects.filter(
        change__project=project, change__state__in=(ChangeState.APPROVED, ChangeState.FILED)
    )
    found = list(rows.order_by("change__asked_at", "change", "number").values_list("change", "item", "before"))
    return tuple((item, before) for change, item, before in found if change == found[0][0] and before)


def facts_of(project: Project) -> ClosingFacts:
    """Everything the file rests on, read from the records."""
    missing = Evidence.objects.filter(milestone__project=project, is_required=True, given_on__isnull=True, on_paper="")
    spent = Expenditure.objects.filter(commitment=project.commitment_id, state__in=UNSETTLED)
    return ClosingFacts(
        indicators=list(project.indicators.order_by("number")),
        rate=rate_of(ref_of(project)),
        spending=ledger.spending_of(project.commitment) if project.commitment else None,
        photos=photos_of(project).count(),
        evidence=list(missing.select_related("milestone").order_by("milestone__number", "number")),
        unpaid=spent.count() if project.commitment_id else 0,
        evidence_of=activities.evidence_of(ref_of(project)),
        first_budget=first_budget_of(project),
    )


def sections_asked(project: Project) -> list[tuple[str, str]]:
    """Code and title of the sections: the six, and what the round (or the street) asks beside them."""
    intake = project.proposal.round if project.proposal else None
    more = str(
        value_of("projects.closing_sections", street=project.street_id, record=intake.pk if intake else None) or ""
    )
    titles = [part.strip()[:40] for part in more.replace(";", "；").split("；") if part.strip()]
    return [*SECTIONS, *((f"more{number}", title) for number, title in enumerate(titles, 1))]


def whole_of(closing: ClosingFile, facts: ClosingFacts) -> Whole:
    """How complete the file is."""
    return completeness(
        {one.code: (one.title, one.text) for one in closing.sections.all()},
        indicators=len(facts.indicators),
        open_indicators=facts.open,
        photos=facts.photos,
        evidence=[one.title for one in facts.evidence],
        has_money=facts.spending is not None,
        unpaid=facts.unpaid,
        answers=facts.rate.n_valid if facts.rate else 0,
    )


def gate_of(closing: ClosingFile, facts: ClosingFacts) -> list[Lack]:
    """What keeps the project out of the review, exceptions counted."""
    figures = look(["projects.gate_answers", "projects.gate_percent"], street=closing.project.street_id)
    rule = GateRule(figures["projects.gate_answers"].value, figures["projects.gate_percent"].value)
    given = GateFacts(len(facts.indicators), facts.open, facts.answers, closing.users)
    return lacks(given, rule, excused=[one.ground for one in closing.exceptions.all()])


def steps_in(project: Project) -> list[Step]:
    """The grades of the project's street."""
    return read_steps(str(value_of("projects.grades", street=project.street_id)))


def grade_of(project: Project) -> ClosingGrade | None:
    """The grade that stands. One query."""
    return ClosingGrade.objects.filter(closing__project=project, ended_at__isnull=True).first()


def closing_visible_to(actor: Actor | None, rows: QuerySet[ClosingFile] | None = None) -> QuerySet[ClosingFile]:
    """Files of projects the actor sees."""
    rows = ClosingFile.objects.all() if rows is None else rows
    return rows.filter(project__in=visible_to(actor).order_by().values("pk"))


def waiting_advice(actor: Actor | None, *, day: date | None = None) -> QuerySet[Advice]:
    """Advice without an answer, or taken and not done; of ``day``: only what is due by then."""
    rows = Advice.objects.filter(sheet__project__in=visible_to(actor).order_by().values("pk"), done_on__isnull=True)
    rows = rows.exclude(taken="not").select_related("sheet__project")
    return rows if day is None else rows.filter(sheet__due__lte=day)


def milestones_in(project: Project) -> QuerySet[Milestone]:
    """The milestones with their evidence."""
    return project.milestones.order_by("number").prefetch_related("evidence")


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part of a whole in per cent with two decimals; None of nothing."""
    return (part * 100 / whole).quantize(Decimal("0.01")) if whole else None


def figures_of(project: Project, facts: ClosingFacts) -> list[dict[str, Any]]:
    """The figures that may be shown to everybody: indicators, activities, money, satisfaction with its n."""
    rows = [
        {"name": one.name, "value": f"{one.actual.normalize():f}", "unit": one.unit}
        for one in facts.indicators
        if one.actual is not None
    ]
    total = facts.evidence_of.total
    if total.sessions:
        rows.append({"name": "活动场次", "value": str(total.sessions), "unit": "场"})
        rows.append({"name": "参与人次", "value": str(total.person_times), "unit": "人次"})
    if facts.spending is not None:
        rows.append({"name": "经费支出", "value": f"{facts.spending.total.paid:,.2f}", "unit": "元"})
    if facts.rate is not None and facts.rate.rate is not None:
        share = f"{facts.rate.rate * 100:.1f}"
        rows.append({"name": f"满意率（有效答卷{facts.rate.n_valid}份）", "value": share, "unit": "%"})
    return rows
