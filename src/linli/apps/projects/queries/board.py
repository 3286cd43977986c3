"""The board of a year: every project with four lamps, and what the money does; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.apps.ledger.models import Commitment
from linli.apps.ledger.queries import LineSpending, spending_totals, spent_by_month
from linli.apps.projects.models import Evidence, Milestone, Project, VisitFinding
from linli.apps.projects.queries.activity import rates_of
from linli.apps.projects.queries.lamps import Facts, Lamp, Limits, lamps_from
from linli.apps.projects.queries.projects import visible_to
from linli.apps.surveys.queries import Rate
from linli.kernel.scope import Actor
from linli.kernel.settings import look

NOTHING = Decimal(0)
Months = dict[tuple[int, int], Decimal]


@dataclass(frozen=True)
class BoardRow:
    """One project with its lamps by name (time, money, evidence, satisfaction), steps and money."""

    project: Project
    lamps: dict[str, Lamp]
    steps: Sequence[tuple[date, bool, str]]
    money: LineSpending
    months: Months

    @property
    def paid(self) -> Decimal:
        """Yuan spent after all."""
        return self.money.paid

    def in_year(self, year: int) -> Decimal:
        """Yuan paid in the year."""
        return sum((amount for (when, _month), amount in self.months.items() if when == year), NOTHING)


@dataclass
class _Gathered:
    """What the queries brought, by project."""

    steps: dict[UUID, list[tuple[date, bool, str]]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    findings: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    money: dict[UUID, LineSpending] = field(default_factory=dict)
    months: dict[UUID, Months] = field(default_factory=dict)
    rates: dict[UUID, Rate] = field(default_factory=dict)


def limits_of(street: UUID | None) -> Limits:
    """The figures by which lamps change, as the street has them. One query."""
    names = ("behind", "rate_good", "rate_poor")
    found = look([f"projects.{name}" for name in names], street=street)
    return Limits(*(Decimal(found[f"projects.{name}"].value) for name in names))


def lamps(projects: Sequence[Project], *, day: date) -> dict[UUID, dict[str, Lamp]]:
    """Project → its four lamps. Eight queries for any number."""
    return {row.project.pk: row.lamps for row in rows_of(projects, day=day)}


def rows_of(projects: Sequence[Project], *, day: date) -> list[BoardRow]:
    """The projects as the board shows them. Eight queries for any number."""
    found = _gather(projects, day)
    limits = limits_of(projects[0].street_id if projects else None)
    rows = []
    for project in projects:
        key = project.pk
        money = found.money.get(key, LineSpending(None, planned=project.amount))
        facts = Facts(
            steps=found.steps[key], missing=found.missing.get(key, (0, 0)), findings=found.findings.get(key, (0, 0)),
            money=money, rate=found.rates.get(key),
        )  # fmt: skip
        shown = lamps_from(project, facts, limits, day)
        rows.append(BoardRow(project, shown, found.steps[key], money, found.months.get(key, {})))
    return rows


def _gather(projects: Sequence[Project], day: date) -> _Gathered:
    found, keys = _Gathered(), _few(projects)
    for key, due, reached, title in (
        Milestone.objects.filter(project__in=keys)
        .order_by("project", "number")
        .values_list("project", "due", "reached_on", "title")
    ):
        found.steps[key].append((due, reached is not None, title))
    missing = Evidence.objects.filter(milestone__project__in=keys, is_required=True, given_on__isnull=True).order_by()
    for row in missing.values("milestone__project").annotate(
        due=Count("pk", filter=Q(milestone__due__lt=day)), every=Count("pk")
    ):
        found.missing[row["milestone__project"]] = (row["due"], row["every"])
    late = VisitFinding.objects.filter(project__in=keys, settled_on__isnull=True).order_by()
    for one in late.values("project").annotate(late=Count("pk", filter=Q(due__lt=day)), every=Count("pk")):
        found.findings[one["project"]] = (one["late"], one["every"])
    by_commitment = {row.commitment_id: row.pk for row in projects if row.commitment_id}
    if by_commitment:
        promised = [Commitment(pk=key) for key in by_commitment]
        found.money = {by_commitment[key]: row for key, row in spending_totals(promised).items()}
        found.months = {by_commitment[key]: row for key, row in spent_by_month(promised).items()}
    found.rates = rates_of(projects)
    return found


def _few(projects: Iterable[Project]) -> list[UUID]:
    return [row.pk for row in projects]


def of_year(rows: QuerySet[Project], year: int) -> QuerySet[Project]:
    """Those of a year, with what the board names, by number."""
    rows = rows.filter(year=year)
    return rows.select_related("place", "street", "bearer", "bearer_place").order_by("number")


def years_of(actor: Actor | None) -> list[int]:
    """Years in which the actor sees projects, the latest first. One query."""
    return list(visible_to(actor).order_by("-year").values_list("year", flat=True).distinct())


def board(actor: Actor | None, year: int, *, day: date) -> list[BoardRow]:
    """Every project of the year the actor sees, with its lamps. Nine queries for any number."""
    return rows_of(list(of_year(visible_to(actor), year)), day=day)
