"""Reads of the pool of experts: by name, never by how they judged."""

from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from linli.apps.reviews.models import Duty, Expert, FeeLine, Purpose, ReviewSession, Seat, SessionState
from linli.apps.reviews.permissions import PAYERS, reads_experts
from linli.kernel.scope import Actor

BEGUN = (SessionState.RUNNING, SessionState.AWAY, SessionState.CLOSED)
"""Sessions that count as service: scoring has begun."""


def experts_visible_to(actor: Actor | None, rows: QuerySet[Expert] | None = None) -> QuerySet[Expert]:
    """The whole pool, for whoever keeps or reads it anywhere in the district."""
    rows = Expert.objects.all() if rows is None else rows
    if actor is None or not reads_experts(actor, None):
        return rows.none()
    return rows


def with_service(rows: QuerySet[Expert]) -> QuerySet[Expert]:
    """Experts with how often and when they served (``served``, ``served_last``): so that invitations go round."""
    real = Q(seats__duty=Duty.JUDGE, seats__left_at__isnull=True, seats__session__rehearsal_of__isnull=True)
    real &= Q(seats__session__state__in=BEGUN)
    return rows.annotate(
        served=Count("seats", filter=real, distinct=True), served_last=Max("seats__session__last_day", filter=real)
    )


def service_of(expert: Expert) -> list[tuple[date, str, str]]:
    """(day, session, purpose) of every review the expert judged, the latest first. One query."""
    seats = Seat.objects.filter(
        expert=expert, duty=Duty.JUDGE, left_at__isnull=True, session__rehearsal_of__isnull=True
    ).filter(session__state__in=BEGUN)
    rows = seats.order_by("-session__first_day").values_list("session__first_day", "session__title", "session__purpose")
    return [(day, title, str(Purpose(purpose).label)) for day, title, purpose in rows]


def fees_of(session: ReviewSession, actor: Actor | None) -> QuerySet[FeeLine]:
    """The fee lines of a session, for finance at its place alone."""
    rows = FeeLine.objects.filter(seat__session=session).select_related("seat__expert", "seat__session")
    if actor is None:
        return rows.none()
    return rows.filter(seat__session__place__in=actor.reach(*PAYERS).places)
