"""Which proposals of a round the projects of a file are: by number, by key, else by their whole title."""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.apps.rounds.models import Proposal, Round
from linli.apps.rounds.queries.proposals import accepted_in


@dataclass(frozen=True)
class Match:
    """One project of a file: its id and name there, and the proposal it is."""

    id: str
    name: str
    proposal: Proposal | None


def _plain(title: str) -> str:
    return "".join(title.split()).casefold()


def matches_of(intake: Round, projects: Mapping[str, Mapping[str, str]]) -> list[Match]:
    """Every project of the file in its order. A title that two proposals bear matches none. One query."""
    proposals = list(accepted_in(intake))
    known = {one.serial: one for one in proposals} | {str(one.pk): one for one in proposals}
    titles: dict[str, list[Proposal]] = {}
    for one in proposals:
        titles.setdefault(_plain(one.title), []).append(one)
    return [_match(key, row.get("name", ""), known, titles) for key, row in projects.items()]


def _match(key: str, name: str, known: Mapping[str, Proposal], titles: Mapping[str, list[Proposal]]) -> Match:
    alike = titles.get(_plain(name), [])
    found = known.get(key) or (alike[0] if len(alike) == 1 else None)
    return Match(key, name or key, found)
