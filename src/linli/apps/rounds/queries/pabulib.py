"""Choices and awards as Pabulib ``.pb`` files, with nameless voters, for anybody to count again."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from linli.algorithms.allocation import pb_text
from linli.apps.rounds.models import (
    Award,
    BallotKind,
    ChoiceProject,
    ChoiceState,
    ElsewhereFile,
    ResidentsChoice,
    Round,
)
from linli.apps.rounds.queries.choice import ballots_elsewhere, ballots_in, budget_of, choice_of, projects_of

Ballots = Sequence[Sequence[str] | Mapping[str, int]]


def _meta(intake: Round, description: str) -> dict[str, str]:
    return {
        "description": description,
        "country": "China",
        "unit": intake.place.name,
        "instance": str(intake.year),
        "currency": "CNY",
        "language": "zh-Hans",
        "rule": "unknown",
    }


def pb_of(choice: ResidentsChoice) -> str:
    """A counted choice as a file: projects under the numbers of their proposals. Raises Conflict while it is open."""
    intake, projects = choice.round, projects_of(choice)
    meta = {
        **_meta(intake, f"{intake.title} 居民评选"),
        "budget": str(budget_of(choice, projects)),
        "date_begin": f"{choice.phase.opens_at:%d.%m.%Y}" if choice.phase.opens_at else "",
        "date_end": f"{choice.phase.closes_at:%d.%m.%Y}" if choice.phase.closes_at else "",
        "vote_type": "approval" if choice.kind == BallotKind.APPROVAL else "cumulative",
        "max_length" if choice.kind == BallotKind.APPROVAL else "max_sum_points": str(choice.most),
    }
    rows = {one.proposal.serial: _row(one) for one in projects}
    return pb_text(meta={key: value for key, value in meta.items() if value}, projects=rows, ballots=_ballots(choice))


def _row(project: ChoiceProject) -> dict[str, str]:
    proposal = project.proposal
    told = {
        "cost": str(project.asked), "name": proposal.title, "votes": str(project.votes or 0),
        "score": str(project.points or 0), "district": proposal.place.name,
    }  # fmt: skip
    return told | ({"category": proposal.category.title} if proposal.category else {})


def _ballots(choice: ResidentsChoice) -> Ballots:
    projects = projects_of(choice)
    held = ElsewhereFile.objects.filter(choice=choice).first() if choice.origin else None
    if held is not None:
        serials = {str(one.proposal_id): one.proposal.serial for one in projects}
        return [_renamed(ballot, serials) for ballot in ballots_elsewhere(held)]
    by_number = {one.number: one.proposal.serial for one in projects}
    found = ballots_in(choice)
    if choice.kind == BallotKind.APPROVAL:
        return [[by_number[number] for number in picks] for picks in found]
    return [{by_number[number]: points for number, points in picks.items()} for picks in found]


def _renamed(
    ballot: Sequence[str] | Mapping[str, Fraction], serials: Mapping[str, str]
) -> Sequence[str] | Mapping[str, int]:
    if isinstance(ballot, Mapping):
        return {serials[key]: int(points) for key, points in ballot.items()}
    return [serials[key] for key in ballot]


def pb_of_awards(intake: Round, awards: Sequence[Award]) -> str:
    """Public awards as a file: ``selected`` and ``awarded`` tell what was given; ballots of a published choice beside.

    Without such a choice it has no votes, and only what is supported stands in it.
    """
    given = {award.proposal.serial: award for award in awards}
    rows = {key: {"cost": str(one.proposal.asked), "name": one.proposal.title} for key, one in given.items()}
    ballots: Ballots = []
    meta = {**_meta(intake, f"{intake.title} 立项结果"), "vote_type": "approval"}
    choice = choice_of(intake)
    if choice is not None and choice.state == ChoiceState.PUBLISHED:
        chosen = {one.proposal.serial: _row(one) for one in projects_of(choice)}
        rows = {**rows, **chosen}
        ballots = _ballots(choice)
        meta["vote_type"] = "approval" if choice.kind == BallotKind.APPROVAL else "cumulative"
    for serial, row in rows.items():
        row["selected"] = str(int(serial in given))
        row["awarded"] = str(given[serial].amount) if serial in given else "0"
    meta["budget"] = str(sum(award.amount for award in awards))
    return pb_text(meta=meta, projects=rows, ballots=ballots)
