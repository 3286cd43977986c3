"""Rows that point at a person turn with him when two rows of the roster are merged, and back when it is undone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.kernel.contributions import Person as Subject

Narrow = Callable[[QuerySet[Any], UUID], QuerySet[Any]]


def all_of_them(rows: QuerySet[Any], kept: UUID) -> QuerySet[Any]:
    """Nothing stays behind."""
    return rows


@dataclass(frozen=True)
class Pointer:
    """The column ``column`` of ``model`` points at a person; ``may_turn(rows, kept)`` leaves out what cannot stand
    twice: such rows stay with the row that went.
    """

    model: Any
    column: str = "person"
    may_turn: Narrow = all_of_them

    @property
    def name(self) -> str:
        """The table and column, by which the rows are found again."""
        return f"{self.model._meta.label_lower}.{self.column}"


def merging(*pointers: Pointer) -> Callable[[Subject, Subject], dict[str, Any]]:
    """The ``merge`` of a PersonalData: turns the rows, returns their ids by column."""

    def merge(kept: Subject, gone: Subject) -> dict[str, Any]:
        assert kept.person_id is not None
        moved: dict[str, Any] = {"gone": str(gone.person_id)}
        for pointer in pointers:
            rows = pointer.model._default_manager.filter(**{pointer.column: gone.person_id})
            ids = list(pointer.may_turn(rows, kept.person_id).values_list("pk", flat=True))
            pointer.model._default_manager.filter(pk__in=ids).update(**{f"{pointer.column}_id": kept.person_id})
            moved[pointer.name] = [str(one) for one in ids]
        return moved

    return merge


def unmerging(*pointers: Pointer) -> Callable[[dict[str, Any]], None]:
    """The ``unmerge`` of a PersonalData: the very rows that turned go back."""

    def unmerge(moved: dict[str, Any]) -> None:
        gone = UUID(moved["gone"])
        for pointer in pointers:
            rows = pointer.model._default_manager.filter(pk__in=moved.get(pointer.name, []))
            rows.update(**{f"{pointer.column}_id": gone})

    return unmerge
