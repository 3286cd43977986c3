"""Reads of plans, and the sentence that says why a proposal gets what it gets."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.apps.rounds.models import AllocationPlan, PlanLine, PlanState, Round
from linli.apps.rounds.queries.rounds import visible_to as rounds_visible_to
from linli.kernel.money import format_yuan
from linli.kernel.scope import Actor

SENTENCES = {
    "rank": gettext_noop("Rank %(rank)s, as asked for."),
    "rank-capped": gettext_noop("Rank %(rank)s, up to the most a project may get."),
    "tier": gettext_noop("Rank %(rank)s, as asked for; its tier gives as much or more."),
    "tier-capped": gettext_noop("Rank %(rank)s, what its tier gives."),
    "past-tiers": gettext_noop("Rank %(rank)s, past the last tier."),
    "past-ranks": gettext_noop("Rank %(rank)s; it would get less than the least amount that is given."),
    "past-places": gettext_noop("Not among the %(places)s that can be supported."),
    "partly": gettext_noop("Rank %(rank)s, what was left of the fund; %(wanted)s would have been due."),
    "no-room": gettext_noop("Rank %(rank)s, but only %(left)s were left where %(wanted)s were needed."),
    "no-score": gettext_noop("Has no score."),
    "below-line": gettext_noop("Scored %(score)s, below the line of %(line)s."),
    "below-floor": gettext_noop("Its share of %(share)s lies below the least amount of %(floor)s."),
    "score": gettext_noop("Its part of the fund by its score of %(score)s."),
    "score-capped": gettext_noop("In full: its part by its score of %(score)s would be more."),
    "best": gettext_noop("Belongs to the choice with the highest total score (%(score)s)."),
    "not-best": gettext_noop("The choice with the highest total score leaves it out (%(score)s for %(wanted)s)."),
    "votes": gettext_noop("Chosen by the rule over the residents' votes (%(votes)s votes)."),
    "no-votes": gettext_noop("The rule over the residents' votes leaves it out (%(votes)s votes)."),
    "hand": gettext_noop("Set by hand: %(reason)s"),
}
MONEY = frozenset({"wanted", "left", "share", "floor"})
"""Figures that are amounts, in fen."""


def sentence_of(line: PlanLine) -> str:
    """Why, in the reader's language."""
    return sentence(line.why, line.facts)


def sentence(why: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a reason with its figures."""
    shown = {name: format_yuan(Decimal(value) / 100) if name in MONEY else value for name, value in facts.items()}
    return _(SENTENCES[why]) % shown


def plans_of(intake: Round) -> list[AllocationPlan]:
    """The plans of a round that were not dropped, with their lines in order. Two queries."""
    rows = AllocationPlan.objects.filter(round=intake).exclude(state=PlanState.DROPPED).select_related("fund")
    return list(rows.order_by("number").prefetch_related("lines__proposal__category"))


def plans_visible_to(actor: Actor | None, rows: QuerySet[AllocationPlan] | None = None) -> QuerySet[AllocationPlan]:
    """Plans of rounds the actor reads; proposers do not see plans before a decision."""
    rows = AllocationPlan.objects.all() if rows is None else rows
    return rows.filter(round__in=rounds_visible_to(actor).order_by().values("pk"))
