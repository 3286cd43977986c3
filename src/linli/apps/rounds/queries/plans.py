"""Reads of plans, and the sentence that says why a proposal gets what it gets."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.apps.rounds.models import (
    AllocationPlan,
    Filling,
    Method,
    PlanLine,
    PlanRule,
    PlanState,
    Round,
    Satisfaction,
)
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
    "partly-class": gettext_noop("Rank %(rank)s, what was left for its class; %(wanted)s would have been due."),
    "partly-quota": gettext_noop(
        "Rank %(rank)s, what was left of its community's quota; %(wanted)s would have been due."
    ),
    "partly-free": gettext_noop("Rank %(rank)s, what was left outside the quotas; %(wanted)s would have been due."),
    "no-room": gettext_noop("Rank %(rank)s, but only %(left)s were left where %(wanted)s were needed."),
    "no-room-class": gettext_noop(
        "Rank %(rank)s, but only %(left)s were left for its class where %(wanted)s were needed."
    ),
    "no-room-quota": gettext_noop(
        "Rank %(rank)s, but its community's quota held only %(left)s where %(wanted)s were needed."
    ),
    "no-room-free": gettext_noop(
        "Rank %(rank)s, but outside the quotas only %(left)s were left where %(wanted)s were needed."
    ),
    "no-score": gettext_noop("Has no score."),
    "below-line": gettext_noop("Scored %(score)s, below the line of %(line)s."),
    "below-floor": gettext_noop("Its share of %(share)s lies below the least amount of %(floor)s."),
    "score": gettext_noop("Its part of the fund by its score of %(score)s."),
    "score-class": gettext_noop("Its part of what its class has, by its score of %(score)s."),
    "score-quota": gettext_noop("Its part of its community's quota, by its score of %(score)s."),
    "score-free": gettext_noop("Its part of what no quota sets aside, by its score of %(score)s."),
    "score-capped": gettext_noop("In full: its part by its score of %(score)s would be more."),
    "rate": gettext_noop("%(percent)s per cent of what it asked for, as everybody."),
    "rate-class": gettext_noop("%(percent)s per cent of what it asked for, as everybody in its class."),
    "rate-quota": gettext_noop("%(percent)s per cent of what it asked for, as its community's quota allows."),
    "rate-free": gettext_noop("%(percent)s per cent of what it asked for, as everybody without a quota."),
    "rate-capped": gettext_noop("As asked for, or up to the most a project may get."),
    "best": gettext_noop("Belongs to the choice with the highest total score (%(score)s)."),
    "not-best": gettext_noop("The best choice with it would score %(other)s in all, the one chosen scores %(total)s."),
    "left-out": gettext_noop(
        "The choice with the best total score (%(total)s) leaves it out: %(score)s for %(wanted)s."
    ),
    "never-fits": gettext_noop("Alone it needs %(wanted)s or resources that the fund does not hold for it."),
    "votes-ranked": gettext_noop("%(votes)s votes; place %(place)s by votes, and it fitted."),
    "votes-no_room": gettext_noop("%(votes)s votes; place %(place)s by votes, and %(missing)s were missing."),
    "votes-bought": gettext_noop("%(votes)s votes; its supporters could pay for it, %(each)s each at most."),
    "votes-free": gettext_noop("%(votes)s votes, and it costs nothing."),
    "votes-unaffordable": gettext_noop(
        "%(votes)s votes; its supporters had %(held)s left in the end, %(missing)s too little."
    ),
    "votes-no_support": gettext_noop("Nobody voted for it."),
    "votes-earliest": gettext_noop("%(votes)s votes; turn %(turn)s, its supporters had saved enough then."),
    "votes-stopped": gettext_noop("%(votes)s votes; the choice ended before its turn, %(left)s were left."),
    "votes-above_budget": gettext_noop("%(votes)s votes; it alone costs %(missing)s more than there is."),
    "votes-past-places": gettext_noop("Chosen by votes, but not among the %(places)s that can be supported."),
    "votes-room": gettext_noop("Chosen by votes, but only %(left)s were left where %(wanted)s were needed."),
    "votes-room-class": gettext_noop(
        "Chosen by votes, but only %(left)s were left for its class where %(wanted)s were needed."
    ),
    "votes-room-quota": gettext_noop(
        "Chosen by votes, but its community's quota held only %(left)s where %(wanted)s were needed."
    ),
    "votes-room-free": gettext_noop(
        "Chosen by votes, but outside the quotas only %(left)s were left where %(wanted)s were needed."
    ),
    "hand": gettext_noop("Set by hand: %(reason)s"),
}
MONEY = frozenset({"wanted", "left", "share", "floor", "missing", "held", "each"})
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


def _yuan(value: Any) -> str:
    return format_yuan(Decimal(value))


def _tiers_in_words(tiers: Any) -> str:
    steps = [
        _("up to rank %(rank)s %(given)s")
        % {"rank": upto, "given": _yuan(amount) if percent is None else f"{Decimal(percent):f}%"}
        for upto, amount, percent in tiers
    ]
    return "；".join(steps)


def knobs_in_words(plan: AllocationPlan, classes: Mapping[str, str]) -> list[str]:
    """What the rule was told; ``classes``: key of a word → its title. No query."""
    knobs, found = plan.knobs, []
    if Decimal(knobs.get("cap") or 0):
        found.append(_("Most for one project: %(amount)s") % {"amount": _yuan(knobs["cap"])})
    if Decimal(knobs.get("floor") or 0):
        found.append(_("Least that is given: %(amount)s") % {"amount": _yuan(knobs["floor"])})
    if knobs.get("line") is not None:
        found.append(_("Least score: %(score)s") % {"score": knobs["line"]})
    if knobs.get("most"):
        found.append(_("At most %(places)s projects") % {"places": knobs["most"]})
    if knobs.get("partly"):
        found.append(_("Who does not fit has what is left"))
    if knobs.get("tiers"):
        found.append(_("Tiers: %(tiers)s") % {"tiers": _tiers_in_words(knobs["tiers"])})
    parts = [f"{classes.get(key, '—')} {Decimal(share):f}%" for key, share in (knobs.get("classes") or {}).items()]
    if parts:
        found.append(_("Parts of the classes: %(parts)s") % {"parts": "、".join(parts)})
    return [*found, *_of_votes(plan), *_of_the_whole(plan)]


def _of_votes(plan: AllocationPlan) -> list[str]:
    if plan.rule != PlanRule.VOTES or "method" not in plan.knobs:
        return []
    knobs, found = plan.knobs, [str(Method(plan.knobs["method"]).label)]
    if knobs["method"] != Method.PHRAGMEN:
        found.append(str(Satisfaction(knobs["worth"]).label))
    if knobs["method"] == Method.EQUAL_SHARES:
        found.append(str(Filling(knobs["filling"]).label))
    found.append(_("%(ballots)s ballots") % {"ballots": plan.facts.get("ballots", 0)})
    return found if "share" in plan.facts else [*found, _("The residents' choice of this round is for reference")]


def _of_the_whole(plan: AllocationPlan) -> list[str]:
    found = []
    if "share" in plan.facts and plan.rule not in (PlanRule.HAND, PlanRule.RATE):
        found.append(_("The residents' choice is %(share)s per cent of the score") % plan.facts)
    if "total" not in plan.facts:
        return found
    told = {"total": f"{plan.facts['total']:.2f}", "bound": f"{plan.facts['bound']:.2f}"}
    if plan.facts["proven"]:
        return [*found, _("Total score %(total)s; no other choice scores more") % told]
    return [*found, _("Total score %(total)s; no choice scores more than %(bound)s") % told]
