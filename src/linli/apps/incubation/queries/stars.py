"""Reads of the stars: rounds and ratings within reach, what a rating is reckoned from, what stands in public."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.apps.incubation.models import (
    MonthMark,
    MonthSheet,
    SheetState,
    StarObjection,
    StarRating,
    StarRound,
    StarState,
)
from linli.apps.incubation.permissions import READERS, SPEAKERS
from linli.apps.incubation.queries.course import members_on
from linli.apps.incubation.rubric import SHEET
from linli.apps.organizations.models import Organization, Standing
from linli.apps.organizations.queries import with_standing
from linli.apps.reviews.queries import results_of
from linli.kernel.scope import Actor

NOTHING = Decimal(0)
GRADE, STARS = "social_grade", "street_stars"
"""The bureau's grade (5A) and the street's stars: two kinds of standing, never one."""
PARTY = next(one.code for one in SHEET if one.priority)


def rounds_visible_to(actor: Actor | None, rows: QuerySet[StarRound] | None = None) -> QuerySet[StarRound]:
    """Rounds of the streets the actor's post reads; whoever speaks for a rated organization, once they were shown."""
    rows = StarRound.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    shown = ratings_visible_to(actor).exclude(round__state=StarState.DRAFTED)
    mine = Q(pk__in=shown.order_by().values("round"))
    return rows.filter(Q(street__in=actor.reach(*READERS).places) | mine)


def ratings_visible_to(actor: Actor | None, rows: QuerySet[StarRating] | None = None) -> QuerySet[StarRating]:
    """Ratings where the actor's post reads; his own organization's once they were shown."""
    rows = StarRating.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    mine = Q(organization__in=actor.reach(*SPEAKERS).organizations) & ~Q(round__state=StarState.DRAFTED)
    return rows.filter(Q(round__street__in=actor.reach(*READERS).places) | mine)


def star_objections_visible_to(
    actor: Actor | None, rows: QuerySet[StarObjection] | None = None
) -> QuerySet[StarObjection]:
    """Objections to the ratings the actor sees."""
    rows = StarObjection.objects.all() if rows is None else rows
    return rows.filter(rating__in=ratings_visible_to(actor).order_by().values("pk"))


def given_rounds() -> QuerySet[StarRound]:
    """Rounds whose stars were given: these are public, the latest first."""
    return StarRound.objects.filter(state=StarState.FINAL).select_related("street").order_by("-year", "street__name")


def stars_of_organization(organization: Organization) -> QuerySet[StarRating]:
    """Its stars year by year, those that were given, the latest first."""
    rows = StarRating.objects.filter(organization=organization, round__state=StarState.FINAL)
    return rows.select_related("round").order_by("-round__year")


def rated_in(intake: StarRound) -> list[Organization]:
    """Whom a round is about: organizations of the street with a place in the center at the end of the year."""
    last = min(date(intake.year, 12, 31), timezone.localdate())
    return list(members_on(Organization.objects.filter(place__street=intake.street_id), last))


@dataclass(frozen=True)
class Basis:
    """What one organization's stars are reckoned from; ``review`` is None where none was revealed."""

    totals: Sequence[Decimal]
    party: Sequence[Decimal]
    review: Decimal | None


def bases_of(intake: StarRound, organizations: Sequence[Organization]) -> dict[UUID, Basis]:
    """The settled months of the year, their marks of Party work, the review. Three queries."""
    sheets = MonthSheet.objects.filter(
        organization__in=organizations, month__year=intake.year, state=SheetState.FINAL
    ).order_by("month")
    totals: dict[UUID, list[Decimal]] = defaultdict(list)
    for owner, total in sheets.values_list("organization", "total"):
        totals[owner].append(total or NOTHING)
    marks = MonthMark.objects.filter(sheet__in=sheets.order_by().values("pk"), code=PARTY)
    party: dict[UUID, list[Decimal]] = defaultdict(list)
    for owner, mark in marks.order_by("sheet__month").values_list("sheet__organization", "mark"):
        party[owner].append(mark or NOTHING)
    scores = {one.subject.id: one.score for one in results_of(intake.session)} if intake.session else {}
    return {one.pk: Basis(totals[one.pk], party[one.pk], scores.get(one.pk)) for one in organizations}


def grades_of(organizations: Sequence[UUID], on: date) -> dict[UUID, str]:
    """The bureau's grade by organization, told beside the stars and never mixed with them. One query."""
    rows = Standing.objects.filter(organization__in=organizations, kind=GRADE, valid_from__lte=on)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    return dict(rows.order_by().values_list("organization", "value"))


def starred_on(rows: QuerySet[Organization], on: date) -> QuerySet[Organization]:
    """Those of ``rows`` whose stars hold on the day."""
    return with_standing(rows, STARS, on)
