"""Migrations that found a table in one statement: its indexes and constraints stand inside its creation.

Django writes them as operations of their own and draws every related model anew at each of them, and SQLite copies
the whole table for each constraint: a fresh house of 90 tables took twice as long to found.
"""

from collections.abc import Sequence

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


def fold(operations: Sequence[Operation]) -> list[Operation]:
    """The same tables from fewer operations, in their order.

    An index or constraint joins the creation of its table in the same migration; it stays alone where a column of
    that table is added later, since it may speak of that column.
    """
    late = {one.model_name_lower for one in operations if isinstance(one, AddField)}
    created: dict[str, int] = {}
    folded: list[Operation] = []
    for one in operations:
        if isinstance(one, AddIndex | AddConstraint) and one.model_name_lower in created.keys() - late:
            place = created[one.model_name_lower]
            folded[place] = _with(folded[place], one)
            continue
        if isinstance(one, CreateModel):
            created[one.name_lower] = len(folded)
        folded.append(one)
    return folded


def _with(creation: Operation, one: AddIndex | AddConstraint) -> CreateModel:
    """The creation with one index or constraint more among its options."""
    assert isinstance(creation, CreateModel)  # fold() put it there
    kind, value = ("indexes", one.index) if isinstance(one, AddIndex) else ("constraints", one.constraint)
    options = {**creation.options, kind: [*creation.options.get(kind, ()), value]}
    return CreateModel(creation.name, creation.fields, options, creation.bases, creation.managers)
