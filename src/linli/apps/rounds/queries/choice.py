"""Reads of the residents' choice: what it counts for, the ballots as an election, votes and anomalies once counted."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from linli.algorithms.allocation import Election, election, parse_pb
from linli.apps.people.models import Person
from linli.apps.people.queries.ages import born_until
from linli.apps.rounds.models import Admission, BallotKind, ChoiceProject, ElsewhereFile, ResidentsChoice, Round
from linli.apps.rounds.queries.rounds import communities_of
from linli.apps.rounds.queries.rounds import visible_to as rounds_visible_to
from linli.kernel.money import yuan
from linli.kernel.privacy.boxes import contents
from linli.kernel.scope import Actor
from linli.kernel.slips import left

NOTHING = Decimal(0)
TOP, CENT = Decimal(100), Decimal("0.01")
Picks = Mapping[int, int]
"""Number of a project on the ballot → points; 1 on an approval ballot."""


def choices_visible_to(actor: Actor | None, rows: QuerySet[ResidentsChoice] | None = None) -> QuerySet[ResidentsChoice]:
    """Choices of rounds the actor reads."""
    rows = ResidentsChoice.objects.all() if rows is None else rows
    return rows.filter(round__in=rounds_visible_to(actor).order_by().values("pk"))


def choice_of(intake: Round) -> ResidentsChoice | None:
    """The residents' choice of a round, if one was prepared. One query."""
    rows = ResidentsChoice.objects.filter(round=intake)
    return rows.select_related("round__place", "phase", "decided", "box").first()


def projects_of(choice: ResidentsChoice) -> list[ChoiceProject]:
    """What stands on the ballot, by number. One query."""
    rows = choice.projects.select_related("proposal__place", "proposal__category")
    return list(rows.order_by("number"))


def share_of(intake: Round) -> Decimal:
    """Which part of the score the choice makes, in per cent: what was decided before it opened; 0 = for reference."""
    choice = choice_of(intake)
    return NOTHING if choice is None else choice.share


def written(kind: str, picks: Picks) -> str:
    """A ballot as it lies in the box: "1,4" or "1:5,4:5"; nothing for a blank one."""
    numbers = sorted(number for number, points in picks.items() if points)
    if kind == BallotKind.APPROVAL:
        return ",".join(map(str, numbers))
    return ",".join(f"{number}:{picks[number]}" for number in numbers)


def read(content: str) -> dict[int, int]:
    """The picks of a written ballot."""
    pairs = (cell.partition(":") for cell in content.split(",")) if content else ()
    return {int(number): int(points or 1) for number, _colon, points in pairs}


def ballots_in(choice: ResidentsChoice) -> list[dict[int, int]]:
    """The ballots of a counted choice, in no order. Raises Conflict while it is open."""
    return [] if choice.box is None else [read(content) for content in contents(choice.box)]


def ballots_of(intake: Round, *, budget: Decimal | None = None) -> Election | None:
    """The ballots as an election over ``budget`` yuan (default: the sum of the choice), by the proposals' keys as text.

    Costs are what each project asks for. None while the choice is open or was never held.
    """
    choice = choice_of(intake)
    if choice is None or not choice.is_counted:
        return None
    projects = projects_of(choice)
    pot = budget_of(choice, projects) if budget is None else yuan(budget)
    costs = {str(one.proposal_id): one.asked for one in projects}
    return election(budget=pot, costs=costs, ballots=list(_keyed(choice, projects)))


def budget_of(choice: ResidentsChoice, projects: Iterable[ChoiceProject]) -> Decimal:
    """The sum to be divided that the file names: the choice's own, else what all ask for."""
    return choice.pot or sum((one.asked for one in projects), NOTHING)


def _keyed(choice: ResidentsChoice, projects: Iterable[ChoiceProject]) -> Iterator[list[str] | dict[str, Fraction]]:
    """Ballots by the keys of the proposals; a blank one says nothing."""
    elsewhere = ElsewhereFile.objects.filter(choice=choice).first() if choice.origin else None
    if elsewhere is not None:
        yield from ballots_elsewhere(elsewhere)
        return
    keys = {one.number: str(one.proposal_id) for one in projects}
    for picks in ballots_in(choice):
        if choice.kind == BallotKind.APPROVAL:
            yield [keys[number] for number in picks]
        else:
            yield {keys[number]: Fraction(points) for number, points in picks.items()}


def ballots_elsewhere(held: ElsewhereFile) -> Iterator[list[str] | dict[str, Fraction]]:
    """The ballots of a file from elsewhere, by the keys of our proposals."""
    found = parse_pb(held.content.encode()).election
    papers: list[dict[str, Fraction]] = [{} for _ballot in found.weights]
    for place, name in enumerate(found.ids):
        given = found.given(place)
        for row, voter in enumerate(found.supporters(place)):
            papers[voter][held.names[name]] = Fraction(1 if given is None else int(given[row]))
    blank = found.ballots - int(found.weights.sum())
    for paper, weight in [*zip(papers, found.weights, strict=True), ({}, blank)]:
        for _voter in range(int(weight)):
            yield list(paper) if found.points is None else paper


def votes_in(intake: Round) -> dict[UUID, int]:
    """Proposal → how many chose it (the points it was given, where ballots divide points); {} until it is counted."""
    choice = choice_of(intake)
    if choice is None or not choice.is_counted:
        return {}
    column = "votes" if choice.kind == BallotKind.APPROVAL else "points"
    return {key: count or 0 for key, count in choice.projects.values_list("proposal_id", column)}


def mixed(intake: Round, scores: Mapping[UUID, Decimal]) -> dict[UUID, Decimal]:
    """Scores of 100 with the part the residents' choice has by decision; as they are where it has none.

    The project chosen most often has 100 of its part, the others in proportion. Two decimals, halves up.
    """
    share, votes = share_of(intake), votes_in(intake)
    top = max(votes.values(), default=0)
    if not share or not top:
        return dict(scores)
    part = share / TOP
    whole = {key: score * (1 - part) + TOP * votes.get(key, 0) / top * part for key, score in scores.items()}
    return {key: score.quantize(CENT, ROUND_HALF_UP) for key, score in whole.items()}


def eligible_in(choice: ResidentsChoice, *, on: date) -> int:
    """How many may take part: slips issued, or residents on the roster of the communities who are old enough."""
    if choice.admission == Admission.SLIP:
        return sum(batch.count for batch in choice.batches.all())
    return residents_of(choice, on=on).count()


def residents_of(choice: ResidentsChoice, *, on: date) -> QuerySet[Person]:
    """Residents on the roster of the round's communities of the least age; who gave no birth counts in."""
    rows = Person.objects.living().filter(community__in=communities_of(choice.round, on).order_by().values("pk"))
    young = rows.filter(born_on__gt=born_until(choice.least_age, on))
    return rows.exclude(pk__in=young.order_by().values("pk")) if choice.least_age else rows


def used_slips(choice: ResidentsChoice) -> dict[int, int]:
    """Number of a batch → how many of its slips were used; a query a batch."""
    return {batch.number: left(batch.purpose)[1] for batch in choice.batches.all()}
