"""A form declared: single fields, grids of rows below, and what comes back filled."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from linli.kernel.tables.declared import Column, Problem

CODE_LABEL = "表单编号"
CODE = re.compile(r"[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}")
"""A form's number as slips print codes: without 0, O, 1, I, L."""


def plain(label: object) -> str:
    """A label as it is compared: its first line, without star, colon, spaces, notes in brackets, in one width."""
    text = unicodedata.normalize("NFKC", str(label or "").strip().partition("\n")[0])
    text = re.sub(r"\([^)]*\)|\s|[*::]", "", text)
    return text.casefold()


@dataclass(frozen=True)
class Grid:
    """Rows below a heading of ``columns``; ``rows`` stand empty on the paper, at most ``most`` are read."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: int = 8
    most: int = 200


@dataclass(frozen=True)
class BoundForm:
    """``fields`` have one value each. Titles are what people read; no two fields share one."""

    name: str
    title: str
    fields: tuple[Column, ...]
    grids: tuple[Grid, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        labels = [plain(word) for column in self.fields for word in (column.title, *column.synonyms)]
        if len(set(labels)) != len(labels):
            message = f"{self.name}: two fields share a label"
            raise ValueError(message)

    def labels(self) -> dict[str, str]:
        """Plain label → key of the field."""
        return {plain(word): column.key for column in self.fields for word in (column.title, *column.synonyms)}


@dataclass(frozen=True)
class Raw:
    """What stood in a file: fields by key, rows of grids by key, the number printed on it."""

    fields: Mapping[str, Any]
    grids: Mapping[str, Sequence[Mapping[str, Any]]]
    code: str = ""


@dataclass(frozen=True)
class Place:
    """Where a problem stands: a field, or a column in a row (from 1) of a grid."""

    problem: Problem
    grid: str = ""
    row: int = 0


@dataclass(frozen=True)
class Filled:
    """A form that came back: JSON values by key, rows of grids, what could not be taken and why.

    ``found`` names the fields that were on the paper at all; a field that is not was cut away.
    """

    code: str
    values: dict[str, Any]
    grids: dict[str, list[dict[str, Any]]]
    problems: tuple[Place, ...]
    found: frozenset[str] = field(default=frozenset())

    @property
    def is_whole(self) -> bool:
        """Whether everything could be taken."""
        return not self.problems
