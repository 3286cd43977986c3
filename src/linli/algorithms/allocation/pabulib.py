"""Elections from Pabulib ``.pb`` files, read strictly: the line of what is malformed, and what was expected there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from linli.algorithms.allocation.elections import Election, of_merged
from linli.algorithms.allocation.pabulib_parts import Malformed, Section
from linli.algorithms.allocation.pabulib_votes import read_votes

APPROVAL, POINTS = ("approval", "choose-1"), ("scoring", "cumulative")
AMOUNT = re.compile(r"\d+(\.\d+)?")
SECTIONS = ("META", "PROJECTS", "VOTES")
COUNTS = (("num_projects", "projects"), ("num_votes", "votes"))


@dataclass(frozen=True)
class PbFile:
    """A file as it was read: its facts, the columns of its projects by id, and the election."""

    meta: Mapping[str, str]
    projects: Mapping[str, Mapping[str, str]]
    election: Election


def read_pb(path: Path | str) -> PbFile:
    """The file at ``path``. Raises Malformed, or OSError where it cannot be opened."""
    return parse_pb(Path(path).read_bytes())


def parse_pb(content: bytes) -> PbFile:
    """A file's content, which is text in UTF-8. Raises Malformed.

    Approval, choose-1, scoring and cumulative ballots are known. The counts that the file tells of itself must be
    true, ids unique, amounts plain numbers; a project named twice on an approval ballot counts once.
    """
    meta_part, projects_part, votes_part = _sections(_lines(content))
    meta = _meta(meta_part)
    lines = dict(zip(meta, meta_part.lines, strict=True))
    budget = _amount(meta.get("budget"), lines.get("budget", meta_part.line), "'budget;' and an amount")
    kind = meta.get("vote_type")
    if kind not in (*APPROVAL, *POINTS):
        told = ", ".join((*APPROVAL, *POINTS))
        raise Malformed(lines.get("vote_type", meta_part.line), f"'vote_type;' and one of {told}")
    projects, costs = _projects(projects_part)
    votes = read_votes(votes_part, frozenset(costs), pointed=kind in POINTS)
    for (key, name), count in zip(COUNTS, (len(projects), votes.rows), strict=True):
        if meta.get(key, str(count)) != str(count):
            raise Malformed(lines[key], f"{count}, the number of {name} in the file, found {meta[key]!r}")
    return PbFile(meta, projects, of_merged(budget, costs, votes))


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(content.count(b"\n", 0, error.start) + 1, "text in UTF-8") from None
    return text.replace("\r\n", "\n").split("\n")


def _sections(lines: Sequence[str]) -> list[Section]:
    """META, PROJECTS and VOTES, in that order, each with a line of columns."""
    starts: list[int] = []
    for name in SECTIONS:
        numbers = [number for number, line in enumerate(lines, 1) if line == name] if name in lines else []
        if not numbers:
            raise Malformed(len(lines) - (not lines[-1]) if starts else 1, f"the line {name}")
        if len(numbers) > 1:
            raise Malformed(numbers[1], f"{name} only once")
        if starts and numbers[0] < starts[-1]:
            raise Malformed(numbers[0], f"{name} in the order {', '.join(SECTIONS)}")
        starts += numbers
    if any(map(str.strip, lines[: starts[0] - 1])):
        raise Malformed(1, "the line META")
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    return [_section(*part, lines) for part in zip(SECTIONS, starts, ends, strict=True)]


def _section(name: str, start: int, end: int, text: Sequence[str]) -> Section:
    lines = text[start:end]
    if not lines or not lines[0].strip():
        raise Malformed(start + 1, f"the names of the columns of {name}")
    part = Section(name, start, [cell.strip() for cell in lines[0].split(";")])
    numbers = range(start + 2, start + 1 + len(lines))
    part.rows, part.lines = list(lines[1:]), list(numbers)
    if not all(map(str.strip, part.rows)):
        kept = [(row, number) for row, number in zip(part.rows, part.lines, strict=True) if row.strip()]
        part.rows, part.lines = [row for row, _number in kept], [number for _row, number in kept]
    return part


def _meta(part: Section) -> dict[str, str]:
    if part.columns != ["key", "value"]:
        raise Malformed(part.line + 1, "'key;value'")
    found: dict[str, str] = {}
    for (key, value), line in zip(part.cells(), part.lines, strict=True):
        if key.strip() in found:
            raise Malformed(line, f"{key.strip()!r} only once")
        found[key.strip()] = value.strip()
    return found


def _amount(text: str | None, line: int, expected: str) -> Fraction:
    if text is None or not AMOUNT.fullmatch(text):
        raise Malformed(line, expected + ("" if text is None else f" (digits and a point), found {text!r}"))
    return Fraction(text)


def _projects(part: Section) -> tuple[dict[str, dict[str, str]], dict[str, Fraction]]:
    """The columns of each project, and its cost."""
    name_at, cost_at = part.place("project_id"), part.place("cost")
    projects: dict[str, dict[str, str]] = {}
    costs: dict[str, Fraction] = {}
    for cells, line in zip(part.cells(), part.lines, strict=True):
        name = cells[name_at].strip()
        if not name or "," in name:
            raise Malformed(line, "an id without commas in 'project_id'")
        if name in costs:
            raise Malformed(line, f"project {name!r} only once")
        costs[name] = _amount(cells[cost_at].strip(), line, "an amount in 'cost'")
        projects[name] = {column: cell.strip() for column, cell in zip(part.columns, cells, strict=True)}
    if not costs:
        raise Malformed(part.line + 2, "at least one project")
    return projects, costs
