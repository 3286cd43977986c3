"""Which proposals may go before which review, and where those of a round stand."""

from django.db.models import QuerySet

from linli.apps.places.models import Level
from linli.apps.reviews import queries as reviews
from linli.apps.reviews.models import Entry, Panel, ReviewSession, SessionState
from linli.apps.rounds.models import Proposal, ProposalState, Round
from linli.apps.rounds.permissions import ENTERERS
from linli.kernel.scope import Actor

PROPOSAL = "rounds.proposal"


def reviews_about(intake: Round) -> QuerySet[ReviewSession]:
    """The reviews in which proposals of the round stand, the earliest first; no rehearsal."""
    proposals = Proposal.objects.filter(round=intake).order_by().values("pk")
    rows = ReviewSession.objects.filter(entries__subject_kind=PROPOSAL, entries__subject_id__in=proposals)
    return rows.filter(rehearsal_of__isnull=True).distinct().order_by("first_day", "id")


def panels_for(intake: Round, actor: Actor) -> QuerySet[Panel]:
    """Panels of reviews in preparation within the street of the round, which the actor prepares."""
    rows = reviews.visible_to(actor).filter(
        state=SessionState.PREPARING, rehearsal_of__isnull=True, place__street=intake.place.street_id,
        place__in=actor.reach(*ENTERERS).places,
    )  # fmt: skip
    panels = Panel.objects.filter(session__in=rows.order_by().values("pk"))
    return panels.select_related("session__place").order_by("-session__first_day", "session", "position")


def ready_for(intake: Round, session: ReviewSession) -> QuerySet[Proposal]:
    """What may be entered: accepted ones for the street's review; for a community's own also those just handed in."""
    states = [ProposalState.ACCEPTED]
    rows = Proposal.objects.filter(round=intake)
    if session.place.level != Level.STREET:
        states.append(ProposalState.SUBMITTED)
        rows = rows.filter(place=session.place_id)
    if intake.is_closed_to_readers:
        return rows.none()
    there = Entry.objects.filter(session=session, subject_kind=PROPOSAL)
    rows = rows.filter(state__in=states).exclude(pk__in=there.order_by().values("subject_id"))
    return rows.select_related("round__place", "place", "fund_holder", "holder_place", "idea").order_by("serial")
