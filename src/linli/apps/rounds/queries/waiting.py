"""What of rounds waits for somebody: reads behind the tasks of the desk. Two queries each, three where it says so."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.apps.agreements.models import Agreement
from linli.apps.rounds.models import (
    EDITABLE,
    AllocationPlan,
    Award,
    Check,
    OfficeView,
    Phase,
    PlanState,
    Proposal,
    ProposalState,
    Round,
    RoundState,
)
from linli.apps.rounds.permissions import OPENERS, SETTERS
from linli.apps.rounds.queries.proposals import own_of
from linli.kernel.scope import Actor, Role

FINANCE_WORD = "财"
"""An office with this in its name is asked of whoever keeps the money; any other of whoever keeps rounds."""


def written_by(actor: Actor) -> QuerySet[Proposal]:
    """Drafts of running rounds, and what came back for more, of those the actor speaks for; with round and phases."""
    rows = own_of(actor).filter(state__in=EDITABLE, round__state=RoundState.OPEN)
    return rows.select_related("round").prefetch_related("round__phases").order_by("changed_at")


def sealed_rounds(actor: Actor) -> QuerySet[Round]:
    """Running rounds whose proposals still lie sealed, where the actor may open them; with phases and opening."""
    rows = Round.objects.filter(state=RoundState.OPEN, is_sealed=True, unsealed_at__isnull=True, numbers__gt=0)
    rows = rows.filter(place__in=actor.reach(*OPENERS).places)
    return rows.select_related("opening__opened_by").prefetch_related("phases")


def silent_views(actor: Actor) -> QuerySet[OfficeView]:
    """Views nobody has given, of offices for which the actor speaks. One query."""
    money = Q(office__contains=FINANCE_WORD)
    treasury = Q(check_of__proposal__round__place__in=actor.reach(Role.FINANCE_OFFICER).places)
    desk = Q(check_of__proposal__round__place__in=actor.reach(*SETTERS).places)
    rows = OfficeView.objects.filter((money & treasury) | (~money & desk), view="", check_of__closed_at__isnull=True)
    rows = rows.filter(check_of__proposal__round__state=RoundState.OPEN)
    return rows.select_related("check_of__proposal__round").order_by("check_of__begun_at", "office")


def spoken_checks(actor: Actor) -> QuerySet[Check]:
    """Checks in which every office has spoken, where the actor answers the proposers. One query."""
    silent = OfficeView.objects.filter(check_of=OuterRef("pk"), view="")
    rows = Check.objects.filter(~Exists(silent), closed_at__isnull=True, proposal__state=ProposalState.SUBMITTED)
    rows = rows.filter(proposal__round__state=RoundState.OPEN, proposal__round__place__in=actor.reach(*SETTERS).places)
    return rows.select_related("proposal__round").order_by("begun_at")


def undecided_plans(actor: Actor) -> QuerySet[AllocationPlan]:
    """Saved plans of running rounds without a decision, which the actor keeps; with round and phases."""
    decided = AllocationPlan.objects.filter(round=OuterRef("round"), state=PlanState.DECIDED)
    rows = AllocationPlan.objects.filter(~Exists(decided), state=PlanState.SAVED, round__state=RoundState.OPEN)
    rows = rows.filter(round__place__in=actor.reach(*SETTERS).places)
    return rows.select_related("round").prefetch_related("round__phases").order_by("made_at")


def awards_to_follow(actor: Actor) -> QuerySet[Award]:
    """Standing awards where an objection was upheld, or whose notice has ended and no agreement is drawn up. One query.

    Those of rounds the actor keeps, with proposal, round and decision.
    """
    rows = unfinished_awards().filter(proposal__round__place__in=actor.reach(*SETTERS).places)
    return rows.filter(proposal__round__state=RoundState.OPEN)


def unfinished_awards(intake: Round | None = None) -> QuerySet[Award]:
    """Standing awards whose next step is due: another decision, or an agreement."""
    agreed = Agreement.objects.filter(subject_kind="rounds.proposal", subject_id=OuterRef("proposal"))
    due = ~Q(contested="") | (Q(line__decision__shown_at__isnull=False) & ~Exists(agreed))
    rows = Award.objects.filter(due, ended_by__isnull=True)
    if intake is not None:
        rows = rows.filter(proposal__round=intake)
    return rows.select_related("proposal__round", "line__decision").order_by("-contested", "proposal__serial")


def closing_of(phases: list[Phase], doors: frozenset[str], at: datetime) -> datetime | None:
    """Until when the first running phase with one of ``doors`` is open; None without an end, or while none runs."""
    running = [phase for phase in phases if phase.is_open(at) and doors & set(phase.opens)]
    return running[0].closes_at if running else None


def call_closed_at(phases: list[Phase], at: datetime) -> datetime | None:
    """When the last call for proposals closed; None while one runs or before the first one closed."""
    calls = [phase for phase in phases if "propose" in phase.opens and not phase.skipped]
    if any(phase.is_open(at) for phase in calls):
        return None
    return max((phase.closes_at for phase in calls if phase.closes_at and phase.closes_at <= at), default=None)
