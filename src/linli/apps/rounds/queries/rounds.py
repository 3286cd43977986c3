"""Reads of programmes and rounds."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place, PlacePath
from linli.apps.places.queries import COMMUNITIES, in_force
from linli.apps.rounds import kinds
from linli.apps.rounds.models import HANDED_IN, Programme, ProgrammeWord, Proposal, Round, RoundState, WordKind
from linli.apps.rounds.permissions import READERS, SETTERS, SPEAKERS
from linli.apps.rounds.rubric import Rules
from linli.kernel.scope import Actor
from linli.kernel.settings import look

SETTINGS = ("rounds.project_cap", "rounds.per_proposer", "rounds.brands", "rounds.questionnaires", "rounds.quorum")
"""What a round copies when it opens; later choices of the street do not reach it."""


def _above(actor: Actor) -> Q:
    """Rounds run by a place at or above one the actor reads, or where an organization he speaks for sits."""
    seats = Organization.objects.filter(pk__in=actor.reach(*SPEAKERS).organizations).order_by().values("place")
    over = PlacePath.objects.order_by()
    here = over.filter(descendant__in=actor.reach(*READERS).places).values("ancestor")
    there = over.filter(descendant__in=seats).values("ancestor")
    return Q(place__in=here) | Q(place__in=there)


def visible_to(actor: Actor | None, rows: QuerySet[Round] | None = None) -> QuerySet[Round]:
    """Rounds of the street (or district) the actor works in or proposes from; what is being set up, to its keepers."""
    rows = Round.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    keeps = Q(place__in=actor.reach(*SETTERS).places)
    return rows.filter(keeps | (_above(actor) & ~Q(state=RoundState.DRAFTED)))


def public_rounds(rows: QuerySet[Round] | None = None) -> QuerySet[Round]:
    """Rounds anybody may read of: those that run, and those that ran."""
    rows = Round.objects.all() if rows is None else rows
    return rows.exclude(state=RoundState.DRAFTED).select_related("place", "programme")


def programmes_visible_to(actor: Actor | None, rows: QuerySet[Programme] | None = None) -> QuerySet[Programme]:
    """Programmes run by a place at, above or below the actor's own."""
    rows = Programme.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(Q(place__in=actor.reach(*SETTERS).places) | _above(actor))


def words_of(intake: Round, kind: str) -> QuerySet[ProgrammeWord]:
    """The words of one kind a proposal of this round may choose; of themes, those of its year."""
    rows = ProgrammeWord.objects.filter(programme=intake.programme_id, kind=kind, is_used=True)
    return rows.filter(year=intake.year) if kind == WordKind.THEME else rows


def communities_of(intake: Round, on: Any) -> QuerySet[Place]:
    """The communities a round is for: those named, else all below the place that runs it."""
    chosen = intake.communities.values("community")
    if chosen.exists():
        return Place.objects.filter(pk__in=chosen).order_by("code")
    below = PlacePath.objects.filter(ancestor=intake.place_id).values("descendant")
    return in_force(on, Place.objects.filter(pk__in=below, level__in=COMMUNITIES)).order_by("code")


def prohibited_in(intake: Round) -> list[kinds.Prohibited]:
    """The uses this round refuses: those of the law and rules, and what the programme adds. One query."""
    own = words_of(intake, WordKind.BAN).values_list("pk", "title", "clause")
    return [
        *kinds.prohibited(),
        *(kinds.Prohibited(code=str(key), title=title, words=(title,), clause=clause) for key, title, clause in own),
    ]


def values_of(intake: Round) -> dict[str, Any]:
    """The figures that count in this round. One query."""
    found = look(SETTINGS, street=intake.place.street_id, record=intake.pk)
    return {name: one.value for name, one in found.items()}


def rules_of(intake: Round) -> Rules:
    """What this round asks of a proposal. Three queries."""
    values = values_of(intake)
    return Rules(
        requires=tuple(intake.requires),
        project_cap=Decimal(values["rounds.project_cap"]),
        least_questionnaires=int(values["rounds.questionnaires"]),
        quorum=int(values["rounds.quorum"]),
        prohibited=prohibited_in(intake),
        has_classes=words_of(intake, WordKind.CLASS).exists(),
    )


def counts_of(rounds: Sequence[Round]) -> dict[UUID, int]:
    """How many proposals lie on the table of each round: a number, no more while they are sealed. One query."""
    rows = Proposal.objects.filter(round__in=[one.pk for one in rounds], state__in=HANDED_IN).order_by()
    return dict(rows.values_list("round").annotate(n=Count("id")).values_list("round", "n"))
