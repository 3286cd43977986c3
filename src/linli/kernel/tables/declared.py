"""A sheet declared: its columns in the words people use, its key, and where its rows go."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.core.exceptions import ImproperlyConfigured

KEY = re.compile(r"[a-z][a-z0-9_]*")


class Type(Enum):
    """What a cell holds."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """One column. ``title`` and ``synonyms`` are Chinese headings; ``note`` explains it in the template.

    ``choices`` are (stored, shown) pairs; ``least`` and ``most`` bound numbers; ``places`` are the decimals of a
    DECIMAL, ``digits`` all its digits; ``example`` stands in the template's example row.
    """

    key: str
    title: str
    type: Type = Type.TEXT
    synonyms: tuple[str, ...] = ()
    required: bool = False
    max_length: int = 200
    choices: tuple[tuple[str, str], ...] = ()
    least: int | None = None
    most: int | None = None
    places: int = 2
    digits: int = 15
    note: str = ""
    example: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a cell is bad: the column's key, a code of :mod:`linli.kernel.tables.reasons`, facts for its sentence."""

    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Into:
    """Where rows go: one model, by key.

    ``fields`` maps keys of a row to field names where they differ, and may name keys that the sheet's ``review``
    adds (a UUID as 32 hex digits). ``constants(actor)`` gives the columns no row has; they are written once.
    The key's fields need a unique constraint. With ``pk``, a key that the review adds holds the primary key of
    each row, new or known, and is what rows are found by.
    """

    model: Callable[[], Any]
    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Callable[[Any], Mapping[str, Any]] | None = None
    pk: str = ""


@dataclass(frozen=True)
class Match:
    """A record that a new row may be a double of: its id, a reason of :mod:`linli.kernel.tables.reasons`, and what
    is shown of it beside the row, by the keys of columns; ``title`` names it.
    """

    id: str
    reason: str
    title: str
    shown: Mapping[str, str] = field(default_factory=dict)


Review = Callable[..., Sequence[Sequence[Problem]]]
"""``review(rows, actor=…)``: checks a batch of parsed rows that belongs together, may add keys to each row (a
dict), returns the problems of each."""


@dataclass(frozen=True)
class Sheet:
    """A table people fill in. ``key`` names the columns by which a row is found again.

    Rows go ``into`` a model, or the owner gives ``existing(keys, actor=…)`` (key -> row as stored) and
    ``commit(rows, actor=…)``, one set-based statement over a queryset of staged rows. The owner's key may hold
    columns that can be empty (a building beside all estates): they are "" or None in it, None where not in the file.

    ``likely(rows, actor=…)`` gives the matches of each new row; whoever imports says of every such row whether it
    is the same or another one. ``before(rows, actor=…)`` and ``same(rows, actor=…)`` run in the transaction of the
    commit: the first over all rows that are taken over, the second over those said to be the same as a record
    there. Without ``formulas`` a cell with a formula is refused, whatever it gives. ``known_by`` says in Chinese how
    rows are found again, where the key is the review's.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    into: Into | None = None
    review: Review | None = None
    existing: Callable[..., Mapping[tuple[Any, ...], Mapping[str, Any]]] | None = None
    commit: Callable[..., None] | None = None
    likely: Callable[..., Sequence[Sequence[Match]]] | None = None
    before: Callable[..., None] | None = None
    same: Callable[..., None] | None = None
    formulas: bool = True
    known_by: str = ""

    def __post_init__(self) -> None:
        """A sheet that contradicts itself fails at start."""
        keys = [column.key for column in self.columns]
        headings = [word for column in self.columns for word in _words(column)]
        may_be_keys = {column.key for column in self.columns if column.required or self.into is None}
        if self.review is not None and self.into is not None and self.into.pk:
            may_be_keys |= set(self.key) - set(keys)
        wrong = (
            (len(set(keys)) != len(keys), "two columns have one key"),
            (not all(KEY.fullmatch(key) for key in keys), "a key is not a plain word"),
            (len(set(headings)) != len(headings), "two columns have one heading"),
            (not self.key or not set(self.key) <= may_be_keys, "every part of the key is a required column"),
            ((self.into is None) == (self.commit is None), "rows go into a model, or the owner commits them"),
            ((self.likely is None) != (self.same is None), "who looks for doubles says what becomes of them"),
        )
        for is_wrong, sentence in wrong:
            if is_wrong:
                message = f"the sheet {self.name!r}: {sentence}"
                raise ImproperlyConfigured(message)

    def column(self, key: str) -> Column:
        """The column of this key. Raises KeyError."""
        return next(column for column in self.columns if column.key == key)

    def words(self) -> dict[str, str]:
        """Every heading this sheet understands, folded, with the key of its column."""
        return {word: column.key for column in self.columns for word in _words(column)}


_MARKS = re.compile(r"[\s*＊_:：/\\、,，.。·\-—()\[\]【】《》<>]+")
_UNIT = re.compile(r"[(\[【]\s*万元\s*[)\]】]")
"""A unit that must not get lost with its brackets: it is ten thousand times the other one."""
_BRACKETS = re.compile(r"[(\[【《].*?[)\]】》]")


def folded(heading: str) -> str:
    """A heading without width, case, space and marks: 「 联系电话（必填）* 」 and 「联系电话」 are one.

    「金额（万元）」 is not 「金额」.
    """
    plain = _UNIT.sub("万元", unicodedata.normalize("NFKC", heading).casefold())
    short = _MARKS.sub("", _BRACKETS.sub("", plain))
    return short or _MARKS.sub("", plain)


def _words(column: Column) -> set[str]:
    return {folded(word) for word in (column.title, *column.synonyms)}
