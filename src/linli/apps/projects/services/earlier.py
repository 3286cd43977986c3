"""Tables of earlier years are taken over: what was there is written anew, nothing is doubled."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.projects.models import EarlierProject, EarlierScore

Key = tuple[UUID, int, str]
TEXTS = ("number", "title", "bearer_name", "kind", "state", "grade", "note")
DECIMALS = ("amount", "own", "score", "satisfaction")
DAYS = ("starts_on", "ends_on")
COLUMNS = (*TEXTS, *DECIMALS, *DAYS)


def key_of(row: Mapping[str, Any]) -> str:
    """By what a line is found again: its number, else its title."""
    return str(row.get("number") or row["title"])


@transaction.atomic
def take_over_earlier(
    rows: Sequence[Mapping[str, Any]],
    *,
    streets: Mapping[str, Place],
    places: Mapping[str, Place],
    organizations: Mapping[str, Organization],
    is_demo: bool = False,
) -> int:
    """Lines of a register: ``street`` and ``place`` are codes, amounts and days texts as the table reader gives them.

    A column that the file does not have keeps what is there. How many there were; three queries, whatever the number.
    """
    known = {
        (row.street_id, row.year, row.key): row
        for row in EarlierProject.objects.filter(
            street__in=streets.values(), year__in={row["year"] for row in rows}, key__in={key_of(row) for row in rows}
        )
    }
    new: list[EarlierProject] = []
    old: list[EarlierProject] = []
    for row in rows:
        street = streets[row["street"]]
        there = known.get((street.pk, row["year"], key_of(row)))
        one = there or EarlierProject(street=street, year=row["year"], key=key_of(row), is_demo=is_demo)
        _write(one, row, places, organizations)
        (old if there else new).append(one)
    EarlierProject.objects.bulk_create(new, batch_size=500)
    EarlierProject.objects.bulk_update(old, [*COLUMNS, "place", "bearer"], batch_size=200)
    return len(rows)


def _write(
    one: EarlierProject,
    row: Mapping[str, Any],
    places: Mapping[str, Place],
    organizations: Mapping[str, Organization],
) -> None:
    for name in TEXTS:
        if row.get(name) is not None:
            setattr(one, name, row[name])
    for name in DECIMALS:
        if name in row:
            setattr(one, name, Decimal(row[name]) if row[name] is not None else None)
    for name in DAYS:
        if name in row:
            setattr(one, name, date.fromisoformat(row[name]) if row[name] else None)
    if "place" in row:
        one.place = places.get(row["place"])
    one.bearer = organizations.get(one.bearer_name)


@transaction.atomic
def take_over_scores(rows: Sequence[Mapping[str, Any]], *, projects: Mapping[str, EarlierProject]) -> int:
    """Lines of score tables; ``project`` is the key of a record in ``projects``, ``marks`` a list of texts."""
    known = {
        (row.project_id, row.stage): row for row in EarlierScore.objects.filter(project__in=list(projects.values()))
    }
    new: list[EarlierScore] = []
    old: list[EarlierScore] = []
    for row in rows:
        project = projects[row["project"]]
        there = known.get((project.pk, row["stage"]))
        one = there or EarlierScore(project=project, stage=row["stage"])
        one.marks = row["marks"]
        one.told = Decimal(row["told"]) if row.get("told") is not None else None
        one.rank, one.grade = row.get("rank"), row.get("grade") or ""
        (old if there else new).append(one)
    EarlierScore.objects.bulk_create(new, batch_size=500)
    EarlierScore.objects.bulk_update(old, ["marks", "told", "rank", "grade"], batch_size=200)
    return len(rows)
