"""Reads of the tree of categories: its branches, each with what hangs below it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from linli.apps.needs.models import Category


@dataclass(frozen=True)
class Branch:
    """A category of the first level and, itself first, all that hang below it in their order."""

    top: Category
    rows: list[Category] = field(default_factory=list)


def branches(categories: Iterable[Category]) -> list[Branch]:
    """The tree of ``categories``, a branch for each of the first level, in their order."""
    rows = list(categories)
    known = {row.pk: row for row in rows}
    found: dict[UUID, Branch] = {row.pk: Branch(row) for row in rows if row.parent_id is None}
    for row in rows:
        top = row
        while top.parent_id is not None:
            top = known[top.parent_id]
        found[top.pk].rows.append(row)
    for branch in found.values():
        branch.rows.sort(key=lambda row: row.pk != branch.top.pk)
    return list(found.values())
