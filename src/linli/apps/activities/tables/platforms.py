"""An export of a volunteers' platform, added up by project and day while it is read; a number only counts heads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.translation import gettext_noop

from linli.kernel.files import StoredFile
from linli.kernel.tables import Column, Sheet, Type, add_reason
from linli.kernel.tables.cells import Bad, as_text, parser
from linli.kernel.tables.headings import Heading, find_heading
from linli.kernel.tables.reading import opened_table
from linli.kernel.tables.refusing import refusal, too_many_rows
from linli.kernel.tables.staging import local_copy

add_reason(
    "hours-of-whom",
    gettext_noop("does not say whether each volunteer gave it, or all together; name the column of the sum 时长合计"),
)
add_reason("hours-of-nobody", gettext_noop("says of nobody who gave the hours: fill in 志愿者编号, or 人数"))

HALF = Decimal("0.5")
MOST_ROWS = 20_000
SHEET = Sheet(
    name="activities.platform",
    title="志愿服务时长",
    columns=(
        Column("number", "项目编号", synonyms=("项目ID", "项目编码", "活动编号"), required=True, max_length=40),
        Column("title", "项目名称", synonyms=("活动名称", "活动", "项目")),
        Column("day", "活动日期", Type.DATE, synonyms=("服务日期", "日期", "服务时间"), required=True),
        Column("volunteer", "志愿者编号", synonyms=("志愿者ID", "志愿者号", "志愿者编码"), max_length=60),
        Column("hours", "服务时长", Type.DECIMAL, synonyms=("时长", "个人时长", "志愿时长"), least=0, most=99_999),
        Column("people", "人数", Type.WHOLE, synonyms=("服务人数", "志愿者人数", "参与人数"), least=1, most=99_999),
        Column("total", "时长合计", Type.DECIMAL, synonyms=("总时长", "服务总时长", "合计时长"), least=0, most=999_999),
    ),
    key=("number", "day"),
    commit=lambda *_given, **_words: None,
)
"""Its columns in the platforms' words. Every other heading (names, telephones, identity numbers) is not looked at."""


@dataclass
class Given:
    """What a project gave on a day: heads and their hours together, in halves, rounded down. ``row`` is its first."""

    row: int
    number: str
    title: str
    day: date
    counted: int = 0
    exact: Decimal = Decimal(0)
    heads: set[str] = field(default_factory=set, repr=False)

    @property
    def people(self) -> int:
        """Distinct volunteers, and those that were only counted."""
        return len(self.heads) + self.counted

    @property
    def hours(self) -> Decimal:
        """All hours together in halves; never more than the platform says."""
        return self.exact // HALF * HALF


@dataclass
class Read:
    """The sums of a file, and the cells of the rows that were left out, each once."""

    given: list[Given]
    bad: list[dict[str, Any]]


def read_hours(stored: StoredFile) -> Read:
    """Read an upload. Raises Refusal (damaged, no headings, too long)."""
    with local_copy(stored) as path, opened_table(path, stored.content_type) as table:
        heads = [(find_heading(head.first, SHEET), index) for index, head in enumerate(table.heads)]
        found = [(head, index) for head, index in heads if head is not None and not head.missing]
        if not found:
            raise refusal("no-heading", rows=30, titles="、".join(column.title for column in SHEET.columns))
        head, index = max(found, key=lambda pair: (len(pair[0].positions), -pair[1]))
        rows = list(islice(table.rows(index), MOST_ROWS + head.last + 1))
    if len(rows) > MOST_ROWS + head.last:
        raise too_many_rows(MOST_ROWS)
    if len(rows) <= head.last:
        raise refusal("no-rows")
    return _summed(_cells(rows, head))


def _cells(rows: Sequence[Sequence[Any]], head: Heading) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Of each filled row its number, what it says by key, and what is bad of it."""
    readers = {key: (index, parser(SHEET.column(key))) for key, index in head.positions.items()}
    for number, row in enumerate(rows, start=1):
        raw = {key: row[index] if index < len(row) else "" for key, (index, _reader) in readers.items()}
        if number <= head.last or not any(as_text(cell) for cell in raw.values()):
            continue
        data: dict[str, Any] = {}
        bad: dict[str, Any] = {}
        for key, (_index, reader) in readers.items():
            try:
                data[key] = reader(raw[key])
            except Bad as no:
                shown = "" if key == "volunteer" else as_text(raw[key])[:40]
                bad = bad or {**no.facts, "column": key, "code": no.code, "value": shown}
        yield number, data, bad


def _summed(rows: Iterator[tuple[int, dict[str, Any], dict[str, Any]]]) -> Read:
    sums: dict[tuple[str, str], Given] = {}
    left: list[dict[str, Any]] = []
    for number, data, bad in rows:
        hours, wrong = (None, bad) if bad else _hours(data)
        if wrong or hours is None:
            left.append({"row": number, **wrong})
            continue
        day = date.fromisoformat(data["day"])
        one = sums.setdefault(
            (data["number"], data["day"]), Given(number, data["number"], data.get("title") or "", day)
        )
        one.exact += hours
        if data.get("volunteer"):
            one.heads.add(data["volunteer"])
        else:
            one.counted += data["people"]
    return Read(list(sums.values()), left)


def _hours(data: dict[str, Any]) -> tuple[Decimal | None, dict[str, Any]]:
    """The hours of a row all together; or what is bad of it."""
    own, total, people = data.get("hours"), data.get("total"), data.get("people")
    if data.get("volunteer"):
        told, most = own if own is not None else total, 24
    elif people is None:
        return None, {"column": "volunteer", "code": "hours-of-nobody", "value": ""}
    elif total is None and own is not None and people > 1:
        return None, {"column": "hours", "code": "hours-of-whom", "value": own}
    else:
        told, most = total if total is not None else own, 24 * people
    if told is None:
        return None, {"column": "hours", "code": "required", "value": ""}
    hours = Decimal(told)
    if not 0 < hours <= most:
        return None, {"column": "hours", "code": "out-of-range", "least": 0, "most": most, "value": told}
    return hours, {}
