"""Figures of projects as the records have them: money, indicators, evidence; each in one query for any number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q

from linli.apps.ledger.models import Commitment
from linli.apps.ledger.queries import LineSpending, spending_totals
from linli.apps.projects.models import Evidence, Project, ProjectIndicator
from linli.apps.projects.rubric import percent_reached, points_of

NOTHING = Decimal(0)


@dataclass(frozen=True)
class IndicatorBand:
    """An indicator, the per cent of its plan that is reached, and the points of three (rules §3)."""

    indicator: ProjectIndicator
    percent: Decimal
    points: int


def band_of_indicator(row: ProjectIndicator) -> IndicatorBand:
    """Its band; nothing recorded is nothing reached."""
    if row.actual is None:
        return IndicatorBand(row, NOTHING, 0)
    percent = percent_reached(row.baseline, row.target, row.actual)
    return IndicatorBand(row, percent, points_of(percent))


def indicator_bands(projects: Iterable[Project]) -> dict[UUID, list[IndicatorBand]]:
    """Project → its indicators with their bands, in order. One query for any number."""
    found: dict[UUID, list[IndicatorBand]] = defaultdict(list)
    rows = ProjectIndicator.objects.filter(project__in=[row.pk for row in projects])
    for row in rows.order_by("project", "number"):
        found[row.project_id].append(band_of_indicator(row))
    return dict(found)


def spent_of(projects: Sequence[Project]) -> dict[UUID, Decimal]:
    """Project → yuan paid of its commitment. Two queries for any number."""
    totals = money_of(projects)
    return {key: row.paid for key, row in totals.items()}


def money_of(projects: Sequence[Project]) -> Mapping[UUID, LineSpending]:
    """Project → what is handed in, approved and paid of its money. Two queries for any number."""
    by_commitment = {row.commitment_id: row.pk for row in projects if row.commitment_id}
    totals = spending_totals([Commitment(pk=key) for key in by_commitment]) if by_commitment else {}
    return {by_commitment[key]: row for key, row in totals.items() if key in by_commitment}


def missing_evidence(projects: Iterable[Project], day: date) -> dict[UUID, tuple[int, int]]:
    """Project → required evidence missing of milestones due by ``day``, and by any day. One query."""
    rows = Evidence.objects.filter(
        milestone__project__in=[row.pk for row in projects], is_required=True, given_on__isnull=True
    )
    counted = (
        rows.order_by()
        .values("milestone__project")
        .annotate(due=Count("pk", filter=Q(milestone__due__lte=day)), every=Count("pk"))
    )
    return {row["milestone__project"]: (row["due"], row["every"]) for row in counted}
