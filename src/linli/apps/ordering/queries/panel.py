"""What the panel of an open call found: each offer's place and score, and how a sheet is shared by them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from linli.apps.ordering.models import Claim, WorkSheet
from linli.apps.reviews.models import SessionState
from linli.apps.reviews.queries import Result, results_of
from linli.kernel.money import largest_remainder

HUNDRED = 100
BY_SCORE, BY_RANK = "score", "rank"


def found_by_panel(sheet: WorkSheet) -> dict[UUID, Result]:
    """Claim → what the panel found of it; {} before its review is closed. At most two queries."""
    session = sheet.session
    if session is None or session.state != SessionState.CLOSED:
        return {}
    return {one.subject.id: one for one in results_of(session)}


def in_order(claims: Sequence[Claim], found: Mapping[UUID, Result]) -> list[Claim]:
    """The claims the panel ranked and did not turn down, the first first."""
    ranked = [(one.rank, row) for row in claims if (one := found.get(row.pk)) and one.rank and one.passed is not False]
    return [row for _rank, row in sorted(ranked, key=lambda pair: (pair[0], str(pair[1].pk)))]


def shares_by(way: str, claims: Sequence[Claim], found: Mapping[UUID, Result], places: int) -> dict[UUID, int]:
    """Organization → whole percent for the first ``places`` of the panel: by their scores, or by their ranks.

    By rank the last of them weighs one, each before it one more. Of equals the first has what is left over. {} where
    nobody was ranked, or there are no scores to go by.
    """
    first = in_order(claims, found)[:places]
    weights: list[Decimal] = [Decimal(len(first) - place) for place in range(len(first))]
    if way == BY_SCORE:
        weights = [found[row.pk].score or Decimal(0) for row in first]
    if not first or not sum(weights):
        return {}
    parts = largest_remainder(Decimal(1), weights)
    return {row.organization_id: int(part * HUNDRED) for row, part in zip(first, parts, strict=True)}
