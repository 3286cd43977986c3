"""The rules a fund is divided by: proposals, scores, purses, votes and resources brought before the algorithms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.algorithms.allocation import Completion, Election, Outcome, Utility, equal_shares, greedy, phragmen
from linli.algorithms.allocation.dividing import Bounds, Claim, Division, Grant, Tier, by_tiers, in_order
from linli.algorithms.allocation.filling import at_one_rate, by_score
from linli.algorithms.allocation.stocking import give_out
from linli.algorithms.allocation.totals import best_total
from linli.algorithms.allocation.voting import by_votes
from linli.apps.rounds.models import Method, PlanRule, Proposal, Resource
from linli.apps.rounds.queries.purses import Purses
from linli.apps.rounds.services.knobs import Knobs
from linli.kernel.errors import Refusal

PERCENT = Decimal(100)
UNJUDGED = (PlanRule.HAND, PlanRule.VOTES, PlanRule.RATE)
"""Rules that need no score."""


@dataclass(frozen=True)
class Standing:
    """Score and rank of a proposal, as a review gave them."""

    score: Decimal | None
    rank: int | None


@dataclass(frozen=True)
class Ground:
    """What a plan is drawn over: the proposals that wait, how they were judged and voted for, what there is to give."""

    proposals: Sequence[Proposal]
    standings: Mapping[UUID, Standing]
    purses: Purses
    cap: Decimal
    election: Election | None = None
    stock: Mapping[Resource, int] = field(default_factory=dict)
    demands: Mapping[UUID, Mapping[UUID, int]] = field(default_factory=dict)

    def standing(self, proposal: Proposal) -> Standing:
        """Score and rank; both None where it was not judged."""
        return self.standings.get(proposal.pk, Standing(None, None))


@dataclass(frozen=True)
class Divided:
    """Grants in the order of the proposals, what the rule says of the whole, and lots: proposal → resource → amount."""

    division: Division
    facts: Mapping[str, Any]
    lots: Mapping[UUID, Mapping[UUID, int]]


def divided(rule: PlanRule, ground: Ground, pot: int, knobs: Knobs) -> Divided:
    """``pot`` fen divided. Raises Refusal for parts above 100 per cent, and where scores or votes are missing."""
    if rule not in UNJUDGED and not any(one.rank is not None for one in ground.standings.values()):
        raise Refusal(_("Nothing of this round was judged yet. Choose a finished review, or divide by hand."))
    bounds = _bounds(knobs, ground, pot)
    claims = [_claim(one, ground, knobs, whole=rule == PlanRule.BEST) for one in ground.proposals]
    if rule == PlanRule.VOTES:
        return _by_votes(claims, pot, bounds, ground, knobs)
    if rule == PlanRule.BEST:
        return _best(claims, pot, bounds, ground)
    division = _rule(rule, knobs, bounds)(claims, pot)
    return Divided(division, {}, _lots(division, ground, knobs))


def in_fen(amount: Decimal) -> int:
    """An amount in yuan as whole fen."""
    return int(amount * 100)


def _bounds(knobs: Knobs, ground: Ground, pot: int) -> Bounds:
    """The knobs with the cap of the round, in fen, and the room in every purse."""
    parts = knobs.classes.values()
    if sum(parts, Decimal(0)) > PERCENT or any(share < 0 for share in parts):
        raise Refusal(_("The parts of the classes sum to more than 100 per cent."), field="classes")
    rooms = {purse: in_fen(room) for purse, room in ground.purses.rooms.items()} if ground.purses.of else {}
    rooms |= {f"class:{key}": int(pot * Fraction(share) / 100) for key, share in knobs.classes.items()}
    caps = [one for one in (knobs.cap, ground.cap) if one]
    line = None if knobs.line is None else Fraction(knobs.line)
    return Bounds(in_fen(min(caps)) if caps else 0, in_fen(knobs.floor), line, knobs.most, rooms)


def _claim(proposal: Proposal, ground: Ground, knobs: Knobs, *, whole: bool) -> Claim:
    """A proposal as the algorithms see it; with ``whole`` it needs its resources too, or is not chosen."""
    standing, purses = ground.standing(proposal), []
    if knobs.classes:
        purses.append(f"class:{proposal.category_id or ''}")
    if ground.purses.of:
        purses.append(ground.purses.named(proposal))
    score = None if standing.score is None else Fraction(standing.score)
    needs = {str(key): many for key, many in ground.demands.get(proposal.pk, {}).items()} if whole else {}
    return Claim(str(proposal.pk), in_fen(proposal.asked), score, standing.rank, tuple(purses), needs)


def _rule(rule: PlanRule, knobs: Knobs, bounds: Bounds) -> Callable[[Sequence[Claim], int], Division]:
    """The rule with its knobs turned."""
    if rule == PlanRule.TIERS:
        tiers = [
            Tier(one.upto, in_fen(one.amount), None if one.percent is None else Fraction(one.percent))
            for one in knobs.tiers
        ]
        return lambda some, part: by_tiers(some, part, tiers, bounds=bounds)
    if rule == PlanRule.SCORE:
        return lambda some, part: by_score(some, part, bounds=bounds)
    if rule == PlanRule.RATE:
        return lambda some, part: at_one_rate(some, part, bounds=bounds)
    if rule == PlanRule.RANK:
        return lambda some, part: in_order(some, part, bounds=bounds, partly=knobs.partly)
    return lambda some, part: Division(tuple(Grant(one.id, 0, "hand", {"reason": "—"}) for one in some), part)


def _best(claims: Sequence[Claim], pot: int, bounds: Bounds, ground: Ground) -> Divided:
    """The best total; money and resources must both fit."""
    stock = {str(one.pk): left for one, left in ground.stock.items()}
    try:
        found = best_total(claims, pot, bounds=bounds, stock=stock)
    except ValueError as error:
        sentence = _("These are too many proposals to prove the best total. Divide by rank, or class by class.")
        raise Refusal(sentence, code="too-many") from error
    facts = {"total": float(found.total), "bound": float(found.bound), "proven": found.proven}
    chosen = {grant.id for grant in found.division.grants if grant.amount}
    lots = {one.pk: dict(ground.demands.get(one.pk, {})) for one in ground.proposals if str(one.pk) in chosen}
    return Divided(found.division, facts, lots)


def _by_votes(claims: Sequence[Claim], pot: int, bounds: Bounds, ground: Ground, knobs: Knobs) -> Divided:
    election = ground.election
    if election is None:
        raise Refusal(_("The residents' choice of this round was not counted yet."), code="no-votes", field="rule")
    if knobs.worth == Utility.POINTS and election.points is None:
        raise Refusal(_("The residents approved projects and gave no points. Choose money or number."), field="worth")
    division = by_votes(claims, pot, election, _counted(knobs), bounds=bounds)
    return Divided(division, {"ballots": election.ballots}, _lots(division, ground, knobs))


def _counted(knobs: Knobs) -> Callable[[Election], Outcome]:
    """The rule over votes with its knobs turned."""
    if knobs.method == Method.PHRAGMEN:
        return phragmen
    if knobs.method == Method.GREEDY:
        return lambda asked: greedy(asked, utility=Utility(knobs.worth))
    completion = Completion(knobs.filling)
    return lambda asked: equal_shares(asked, utility=Utility(knobs.worth), completion=completion)


def _lots(division: Division, ground: Ground, knobs: Knobs) -> Mapping[UUID, Mapping[UUID, int]]:
    """Resources for who gets money, each by itself: by rank, else by amount; ``partly`` as with the money."""
    funded = {grant.id: grant.amount for grant in division.grants if grant.amount}
    by_key = {str(one.pk): one for one in ground.proposals if str(one.pk) in funded}
    best_first = sorted(by_key, key=lambda one: (ground.standing(by_key[one]).rank or 10_000, -funded[one], one))
    ranks = {one: place for place, one in enumerate(best_first)}
    found: dict[UUID, dict[UUID, int]] = {by_key[one].pk: {} for one in best_first}
    for resource, left in ground.stock.items():
        needs = {one: ground.demands.get(by_key[one].pk, {}).get(resource.pk, 0) for one in best_first}
        asked = {one: {resource.title: many} for one, many in needs.items() if many}
        for lot in give_out({resource.title: left}, asked, ranks, partly=knobs.partly).lots:
            found[by_key[lot.project].pk][resource.pk] = lot.given.get(resource.title, 0)
    return found
