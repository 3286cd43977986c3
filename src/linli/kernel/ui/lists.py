"""A list of any length: paged by key, counted up to 10,000, sorted by indexed columns, filtered by chips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property

Text = str | Promise
MOST = 10_000
MANY = 14
"""More chips than this are a wall."""


@dataclass(frozen=True)
class Column:
    """A head of the list. ``sort`` names an indexed column that is never empty; "" cannot be sorted."""

    name: str
    title: Text
    sort: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Filter:
    """A row of chips: ``?<name>=<value>`` keeps rows whose ``lookup`` (default: the name) is that value.

    ``narrow(rows, value)`` keeps them itself where one column does not tell.
    """

    name: str
    title: Text
    choices: Sequence[tuple[Any, Text]]
    lookup: str = ""
    narrow: Callable[[QuerySet[Any], Any], QuerySet[Any]] | None = None


@dataclass(frozen=True)
class Head:
    """A column as the table shows it: where a click leads and how it is sorted now."""

    title: Text
    numeric: bool
    address: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Chip:
    """One choice of a filter."""

    title: Text
    address: str
    current: bool


@dataclass(frozen=True)
class ChipRow:
    title: Text
    chips: list[Chip] = field(default_factory=list)

    @property
    def long(self) -> bool:
        """True where the chips would fill more than three lines of a phone: there they stand in one line to push."""
        return sum(len(str(chip.title)) + 3 for chip in self.chips) > 48

    @property
    def many(self) -> bool:
        """True where the chips would be a wall: they stay folded behind the one that is chosen."""
        return len(self.chips) > MANY

    @property
    def chosen(self) -> Text:
        """The title of the chip that is chosen; empty for "all"."""
        return next((chip.title for chip in self.chips if chip.current), "")


def _is_indexed(model: type[Model], column: Any) -> bool:
    if column.primary_key or column.unique or column.db_index:
        return True
    leading = [part.lstrip("-") for index in model._meta.indexes for part in index.fields[:2]]
    return column.name in leading


def sortable(model: type[Model], name: str) -> Field[Any, Any]:
    """The column ``name`` of ``model``; raises ImproperlyConfigured unless it is indexed and never empty.

    It may stand second in an index: then the list is always one of a single value of the first column.
    """
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist as error:
        message = f"{model._meta.label} has no column {name!r}"
        raise ImproperlyConfigured(message) from error
    if not isinstance(column, Field) or column.null or not _is_indexed(model, column):
        message = f"{model._meta.label}.{name} cannot be sorted by: it may be empty or has no index"
        raise ImproperlyConfigured(message)
    return column


def _number(count: int, most: int = MOST) -> str:
    return f"{most:,}+" if count > most else f"{count:,}"


def counted(rows: QuerySet[Any]) -> str:
    """How many there are, as a page says it: counted to 10,000, then "10,000+"; one query."""
    return _number(rows.order_by()[: MOST + 1].count())


class ListPage:
    """One page of ``rows`` (from ``visible_to``) as the address asks for it; two queries whatever the size.

    Parameters of the address: ``sort`` ("name", "-name"), ``after``/``before`` (keys), and one a filter.
    Anything unknown or broken in the address is left out, never an error.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        *,
        columns: Sequence[Column],
        filters: Sequence[Filter] = (),
        first_sort: str = "-id",
        more_sorts: Sequence[str] = (),
        size: int = 30,
        most: int = MOST,
    ) -> None:
        self.asked = request.GET
        self.path = request.path
        self.columns = columns
        self.filters = filters
        self.size = size
        self.most = most
        self._model = rows.model
        sorts = {column.sort for column in columns if column.sort} | {first_sort.lstrip("-"), *more_sorts}
        self._sorts = {name: sortable(self._model, name) for name in sorts}
        wanted = self.asked.get("sort", "")
        self.sort = wanted if wanted.lstrip("-") in self._sorts else first_sort
        self._filtered = self._filter(rows)

    def _filter(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for item in self.filters:
            value = self._chosen(item)
            if value is not None and item.narrow is not None:
                rows = item.narrow(rows, value)
            elif value is not None:
                rows = rows.filter(**{item.lookup or item.name: value})
        return rows

    @property
    def matching(self) -> QuerySet[Any]:
        """All rows the filters keep, of every page: what an export writes."""
        return self._filtered

    def _chosen(self, item: Filter) -> Any:
        asked = self.asked.get(item.name)
        return next((value for value, _ in item.choices if str(value) == asked), None)

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page, in order."""
        return self._cut[0]

    @cached_property
    def _cut(self) -> tuple[list[Any], bool, bool]:
        """(rows, is there an earlier page, is there a later one)."""
        name, down = self.sort.lstrip("-"), self.sort.startswith("-")
        backwards = "before" in self.asked
        key = self._read_key(self.asked.get("before" if backwards else "after", ""))
        falling = down != backwards
        order = [("-" if falling else "") + part for part in ((name, "pk") if name != "id" else ("pk",))]
        rows = self._filtered
        if key is not None:
            rows = rows.filter(self._beyond(name, key, falling=falling))
        found = list(rows.order_by(*order)[: self.size + 1])
        more, found = len(found) > self.size, found[: self.size]
        if backwards:
            found.reverse()
            return found, more, key is not None
        return found, key is not None, more

    def _beyond(self, name: str, key: tuple[Any, Any], *, falling: bool) -> Q:
        step = "lt" if falling else "gt"
        value, pk = key
        if name == "id":
            return Q(**{f"pk__{step}": pk})
        # one range that an index can walk, and the rest of it; the two alternatives alone would be sorted anew
        return Q(**{f"{name}__{step}e": value}) & (Q(**{f"{name}__{step}": value}) | Q(**{f"pk__{step}": pk}))

    @property
    def _salt(self) -> str:
        return f"ui.list:{self._model._meta.label_lower}:{self.sort.lstrip('-')}"

    def _key(self, row: Any) -> str:
        column = self._sorts[self.sort.lstrip("-")]
        return signing.dumps([column.value_to_string(row), str(row.pk)], salt=self._salt)

    def _read_key(self, text: str) -> tuple[Any, Any] | None:
        """What a key stands for; None for one this list did not sign, so that no odd value reaches the database."""
        column = self._sorts[self.sort.lstrip("-")]
        try:
            value, pk = signing.loads(text, salt=self._salt)
        except signing.BadSignature:
            return None
        return column.to_python(value), self._model._meta.pk.to_python(pk)

    def address(self, **changes: str | None) -> str:
        """The address of this list with some parameters changed; a change always starts at the first page."""
        asked = self.asked.copy()
        for gone in ("after", "before"):
            asked.pop(gone, None)
        for name, value in changes.items():
            asked.pop(name, None)
            if value is not None:
                asked[name] = value
        return f"{self.path}?{asked.urlencode()}" if asked else self.path

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted no further than one above ``most`` (10,000)."""
        return self._filtered.order_by()[: self.most + 1].count()

    @property
    def count_text(self) -> str:
        return _number(self.count, self.most)

    @property
    def later(self) -> str:
        """The address of the next page, or ""."""
        return self.address(after=self._key(self.rows[-1])) if self.rows and self._cut[2] else ""

    @property
    def earlier(self) -> str:
        """The address of the page before, or ""."""
        return self.address(before=self._key(self.rows[0])) if self.rows and self._cut[1] else ""

    @property
    def sorts(self) -> bool:
        """True when some column can be sorted by."""
        return any(column.sort for column in self.columns)

    @property
    def heads(self) -> list[Head]:
        """The heads of the table; a second click on the sorted one turns the order round."""
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column.title, column.numeric)
        state = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(self.sort, "")
        turned = f"-{column.sort}" if state == "ascending" else column.sort
        return Head(column.title, column.numeric, self.address(sort=turned), state)

    @property
    def chip_rows(self) -> list[ChipRow]:
        """The filters with "all" first."""
        return [self._chip_row(item) for item in self.filters]

    def _chip_row(self, item: Filter) -> ChipRow:
        chosen = self._chosen(item)
        everything = Chip("", self.address(**{item.name: None}), chosen is None)
        chips = [Chip(title, self.address(**{item.name: str(value)}), value == chosen) for value, title in item.choices]
        return ChipRow(item.title, [everything, *chips])

    @property
    def narrowed(self) -> bool:
        """True when a filter other than the first one is on: a page that folds them away then shows them."""
        return any(self._chosen(item) is not None for item in self.filters[1:])

    @property
    def filtered(self) -> bool:
        """True when some filter is on: an empty page then says so."""
        return any(self._chosen(item) is not None for item in self.filters)
