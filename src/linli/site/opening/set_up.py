"""What a rehearsal takes along: places, staff with their posts, catalogues and settings; no resident and no paper."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field

from linli.kernel.privacy.columns import Fingerprint, SealedText
from linli.site.keeping.rows import Table, tables

TAKEN = (
    "places.Place", "places.PlacePath", "places.PlaceName", "places.Predecessor", "places.Estate", "places.Building",
    "places.Stairwell", "places.GridCover", "places.Outline",
    "organizations.Organization", "people.User", "people.Post", "people.Office",
    "settings.ChosenValue", "deadlines.CalendarDay",
    "rubric.Rubric", "rubric.RubricVersion", "rubric.CriterionRow", "rounds.Programme", "rounds.ProgrammeWord",
    "needs.Category", "needs.AnswerTemplate", "needs.RoutingRule", "needs.Guide",
)  # fmt: skip
"""Models whose rows a rehearsal begins with. Funds are left out: entering and spending them is what is rehearsed."""
LEFT_EMPTY = {("people_user", "email"), ("people_user", "claims_phone")}
"""Columns that would reach people outside, beside every sealed one."""


def taken() -> list[Table]:
    """Their tables, by name."""
    names = {apps.get_model(name)._meta.db_table for name in TAKEN}
    return [table for table in tables() if table.name in names]


def plain(table: Table) -> Callable[[list[Any]], list[Any]]:
    """What makes a row of the table fit for a rehearsal: sealed values emptied, links to what stays behind cut.

    Raises ValueError for a link that must lead somewhere and leads to a model that is not taken.
    """
    fields = _fields(table)
    emptied = [(at, value) for at, field in enumerate(fields) for value in _emptied(table, field)]

    def fit(row: list[Any]) -> list[Any]:
        for at, value in emptied:
            row[at] = value
        return row

    return fit


def _fields(table: Table) -> "list[Field[Any, Any]]":
    model = next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table.name)
    return list(model._meta.local_concrete_fields)


def _emptied(table: Table, field: "Field[Any, Any]") -> Iterator[Any]:
    if isinstance(field, (SealedText, Fingerprint)):
        yield None if field.null else ""
    elif (table.name, field.column) in LEFT_EMPTY:
        yield False if field.get_internal_type() == "BooleanField" else ""
    elif field.is_relation and field.related_model is not None and field.related_model._meta.label not in TAKEN:
        if not field.null:
            message = f"{table.name}.{field.column} leads to what a rehearsal does not take along"
            raise ValueError(message)
        yield None
