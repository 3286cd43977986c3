"""The board of a year: every organization with its twelve months, their mean and its stars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from linli.apps.incubation.models import MonthLeave, MonthSheet, SheetState, StarState
from linli.apps.incubation.queries.months import visible_to
from linli.apps.incubation.queries.stars import ratings_visible_to
from linli.apps.organizations.models import Organization
from linli.kernel.scope import Actor

MONTHS = range(1, 13)
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class YearRow:
    """One organization: a sheet (or None) for every month, months of leave, the mean of what is settled, its stars."""

    organization: Organization
    months: Sequence[tuple[date, MonthSheet | None, bool]]
    mean: Decimal | None
    stars: int | None


def year_board(organizations: Sequence[Organization], year: int, actor: Actor | None) -> list[YearRow]:
    """A row for each organization, in the order given. Three queries, however many there are."""
    days = [date(year, number, 1) for number in MONTHS]
    sheets = {
        (one.organization_id, one.month): one
        for one in visible_to(actor).filter(organization__in=organizations, month__year=year)
    }
    leaves = set(
        MonthLeave.objects.filter(organization__in=organizations, month__year=year).values_list("organization", "month")
    )
    given = ratings_visible_to(actor).filter(round__year=year, round__state=StarState.FINAL)
    stars = dict(given.filter(organization__in=organizations).values_list("organization", "stars"))
    return [
        YearRow(
            one,
            [(day, sheets.get((one.pk, day)), (one.pk, day) in leaves) for day in days],
            _mean([sheets[one.pk, day] for day in days if (one.pk, day) in sheets]),
            stars.get(one.pk),
        )
        for one in organizations
    ]


def _mean(sheets: Sequence[MonthSheet]) -> Decimal | None:
    totals = [one.total for one in sheets if one.state == SheetState.FINAL and one.total is not None]
    if not totals:
        return None
    return (sum(totals, Decimal(0)) / len(totals)).quantize(HUNDREDTH, ROUND_HALF_UP)
