"""Satisfaction rates of records, from what was counted: one query for any number of them.

Rate = (very satisfied + satisfied) ÷ valid answers (rules §3, suggested: no binding formula was found).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from linli.algorithms.marks import rounded
from linli.algorithms.sampling import Estimate, stratified, wilson
from linli.algorithms.sampling import Stratum as Layer
from linli.apps.surveys.models import RatingCount, RatingLabel, Survey, SurveyState
from linli.kernel.refs import Ref

LEVEL = 0.95


@dataclass(frozen=True)
class Rate:
    """The satisfaction with one subject in one closed survey; shares from 0 to 1 with four decimals.

    ``low`` to ``high``: Wilson's interval of 95 per cent. ``weighted`` with its interval: strata by their households,
    with finite-population correction, where a sample was drawn; ``merged`` says which strata were put together.
    ``in_presence`` valid answers were given while the rated team was there; ``rate_apart`` leaves them out.
    """

    survey: UUID
    title: str
    closed_at: datetime | None
    label: str
    n_valid: int
    satisfied: int
    unknown: int
    rate: Decimal | None
    low: Decimal | None
    high: Decimal | None
    asked: int
    returned: int
    response_rate: Decimal | None
    in_presence: int
    rate_apart: Decimal | None
    weighted: Decimal | None = None
    weighted_low: Decimal | None = None
    weighted_high: Decimal | None = None
    merged: tuple[tuple[str, ...], ...] = ()

    @property
    def is_official(self) -> bool:
        """Whether it comes from a sample or from slips handed out, not from the open link."""
        return self.label == RatingLabel.OFFICIAL


def rate_of(subject: Ref, *, survey: Survey | None = None) -> Rate | None:
    """The rate of one record: of ``survey``, else of the survey closed last; None where none was counted. One query.

    An official rate goes before a self-selected one.
    """
    return rates_of([subject], survey=survey).get(subject)


def rates_of(subjects: Iterable[Ref], *, survey: Survey | None = None) -> dict[Ref, Rate]:
    """Record → its rate, as ``rate_of`` gives it; records without one are left out. One query."""
    wanted = set(subjects)
    rows = RatingCount.objects.filter(subject__about__in=[ref.id for ref in wanted])
    rows = rows.filter(subject__survey__state=SurveyState.CLOSED)
    if survey is not None:
        rows = rows.filter(subject__survey=survey)
    piles: dict[Ref, list[RatingCount]] = defaultdict(list)
    for row in rows.select_related("subject__survey", "stratum").order_by("stratum__number"):
        ref = row.subject.ref
        if ref is not None and ref in wanted:
            piles[ref].append(row)
    found = {ref: _best(pile) for ref, pile in piles.items()}
    return {ref: rate for ref, rate in found.items() if rate is not None}


def rates_in(survey: Survey) -> dict[int, dict[str, Rate]]:
    """Number of a subject → label → its rate in a closed survey. One query."""
    rows = RatingCount.objects.filter(subject__survey=survey).select_related("subject__survey", "stratum")
    piles: dict[tuple[int, str], list[RatingCount]] = defaultdict(list)
    for row in rows.order_by("subject__number", "stratum__number"):
        piles[row.subject.number, row.label].append(row)
    found: dict[int, dict[str, Rate]] = defaultdict(dict)
    for (number, label), pile in piles.items():
        found[number][label] = rate_from(pile)
    return dict(found)


def _best(rows: Sequence[RatingCount]) -> Rate | None:
    """Of the surveys closed, the last official one with a valid answer, else the last self-selected one."""
    piles: dict[tuple[UUID, str], list[RatingCount]] = defaultdict(list)
    for row in rows:
        piles[row.subject.survey_id, row.label].append(row)
    rates = [rate_from(pile) for pile in piles.values() if sum(row.valid for row in pile)]
    return max(rates, key=lambda rate: (rate.is_official, rate.closed_at, str(rate.survey)), default=None)


def rate_from(rows: Sequence[RatingCount]) -> Rate:
    """The rate from the counts of one subject in one survey under one label. No query."""
    survey, label = rows[0].subject.survey, rows[0].label
    valid, satisfied = sum(row.valid for row in rows), sum(row.content for row in rows)
    watched, happy = sum(row.watched for row in rows), sum(row.watched_satisfied for row in rows)
    strata = [row.stratum for row in rows if row.stratum is not None]
    asked = sum(one.asked for one in strata)
    returned = sum(one.returned or 0 for one in strata) if strata else survey.came_openly
    low, high = wilson(satisfied, valid, LEVEL)
    estimate = _by_strata(rows)
    return Rate(
        survey.pk, survey.title, survey.closed_at, label, valid, satisfied, sum(row.unknown for row in rows),
        _share(satisfied, valid), _four(low) if valid else None, _four(high) if valid else None,
        asked, returned, _share(returned, asked), watched, _share(satisfied - happy, valid - watched),
        *((_four(estimate.share), _four(estimate.low), _four(estimate.high), estimate.merged) if estimate else ()),
    )  # fmt: skip


def _by_strata(rows: Sequence[RatingCount]) -> Estimate | None:
    """The share by strata, where the size of each is known and there are several."""
    if len(rows) < 2 or any(row.stratum is None or row.stratum.size is None for row in rows):
        return None
    layers = [Layer(row.stratum.name, row.stratum.size or 0, row.valid, row.content) for row in rows if row.stratum]
    return stratified(layers, LEVEL)


def _share(part: int, whole: int) -> Decimal | None:
    return rounded(Fraction(part, whole), 4) if whole else None


def _four(share: float) -> Decimal:
    return Decimal(f"{share:.4f}")
