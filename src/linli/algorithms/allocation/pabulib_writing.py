"""Elections written as Pabulib ``.pb`` files, for others to count again."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence

from linli.algorithms.allocation.elections import Number

BROKEN = frozenset(',;\n\r"')


def pb_text(
    *,
    meta: Mapping[str, str],
    projects: Mapping[str, Mapping[str, str]],
    ballots: Sequence[Collection[str] | Mapping[str, Number]],
    voters: Sequence[Mapping[str, str]] = (),
) -> str:
    """The file's text, with voters numbered from 1.

    ``meta`` holds at least ``budget``, ``projects`` a ``cost`` for each id, ``ballots`` the ids (or points by id) of
    each voter, ``voters`` further columns beside them (age, way of voting). The counts and the kind of vote are filled
    in. Raises ValueError for an id that the format cannot hold and for a ballot for a project that does not stand.
    """
    _check(projects, ballots)
    pointed = any(isinstance(one, Mapping) for one in ballots)
    facts = {**meta, "num_projects": str(len(projects)), "num_votes": str(len(ballots))}
    facts.setdefault("vote_type", "cumulative" if pointed else "approval")
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\n")
    out.writerows([["META"], ["key", "value"], *((key, _flat(value)) for key, value in facts.items())])
    columns = _columns(projects.values(), first=("cost",))
    out.writerows([["PROJECTS"], ["project_id", *columns]])
    out.writerows([name, *(_flat(row.get(column, "")) for column in columns)] for name, row in projects.items())
    further = _columns(voters, first=())
    out.writerows([["VOTES"], ["voter_id", "vote", *(["points"] if pointed else []), *further]])
    for number, ballot in enumerate(ballots):
        points = [",".join(map(str, ballot.values()))] if isinstance(ballot, Mapping) else []
        own = voters[number] if voters else {}
        cells = [_flat(own.get(column, "")) for column in further]
        out.writerow([number + 1, ",".join(ballot), *(points or [""] * pointed), *cells])
    return text.getvalue()


def _flat(cell: str) -> str:
    """A cell on one line."""
    return " ".join(cell.split())


def _columns(rows: Collection[Mapping[str, str]], *, first: tuple[str, ...]) -> list[str]:
    """All columns that any row has, in the order they appear."""
    found = dict.fromkeys(first)
    for row in rows:
        found.update(dict.fromkeys(row))
    return [column for column in found if column not in {"project_id", "voter_id", "vote", "points"}]


def _check(
    projects: Mapping[str, Mapping[str, str]], ballots: Sequence[Collection[str] | Mapping[str, Number]]
) -> None:
    for name, row in projects.items():
        if not name.strip() or name != name.strip() or BROKEN & set(name):
            raise ValueError(f"expected an id without commas, semicolons, quotation marks and line ends, not {name!r}")
        if "cost" not in row:
            raise ValueError(f"expected a cost for project {name!r}")
    strange = {name for ballot in ballots for name in ballot} - set(projects)
    if strange:
        raise ValueError(f"expected ballots for projects that stand, not {min(strange)!r}")
