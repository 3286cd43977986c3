"""Reading one cell: what stands there becomes a plain JSON value, or a reason why not."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

from linli.kernel.tables.declared import Column, Type
from linli.kernel.tables.quick import FIRST_DAY, LAST_DAY, SHORT
from linli.kernel.texts import clean

Parse = Callable[[Any], Any]

FORMULA = "#公式"
"""What the reader puts in the place of a formula where none is taken."""
ERRORS = frozenset({"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
LONGEST_NUMBER = 1e15
"""Excel keeps 15 digits; a longer number has lost its last ones."""
_EPOCH = date(1899, 12, 30)

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDE[0x3000] = 0x20
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_CLOCK = re.compile(r"(\d{1,2})[::](\d{2})(?:[::](\d{2})(?:\.\d+)?)?")
_WHOLE = re.compile(r"[+-]?\d{1,18}(\.0+)?")
_YES = frozenset({"是", "有", "y", "yes", "true", "1", "√", "✓", "✔", "对"})
_NO = frozenset({"否", "无", "没有", "n", "no", "false", "0", "×", "✗", "x", "不是"})


class Bad(Exception):
    """The cell cannot be taken: a code, and facts for its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def parser(column: Column) -> Parse:
    """A function from a raw cell to a JSON value; it raises Bad. Empty cells give "" for text, else None.

    What most cells look like is taken on a short way first; it gives what the long way would.
    """
    short = SHORT[column.type](column)
    long = _long_way(column)

    def parse(raw: Any) -> Any:
        found = short(raw)
        return long(raw) if found is None else found

    return parse


def _long_way(column: Column) -> Parse:
    inside = _BY_TYPE[column.type](column)
    empty: Any = "" if column.type is Type.TEXT else None
    required = column.required

    def parse(raw: Any) -> Any:
        if isinstance(raw, str):
            raw = raw.strip()
        if raw is None or raw == "":
            if required:
                raise Bad("required")
            return empty
        if raw == FORMULA:
            raise Bad("formula-cell")
        if isinstance(raw, str) and raw in ERRORS:
            raise Bad("formula", error=raw)
        return inside(raw)

    return parse


def as_text(raw: Any) -> str:
    """A raw cell as the text a person sees in it."""
    if isinstance(raw, str):
        return clean(raw.translate(_WIDE)).strip()
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < LONGEST_NUMBER else repr(raw)
    if isinstance(raw, datetime):
        return raw.strftime("%Y-%m-%d") if raw.time() == time() else raw.strftime("%Y-%m-%d %H:%M:%S")
    return "" if raw is None else str(raw)


def _plain(raw: Any) -> str:
    return unicodedata.normalize("NFKC", as_text(raw)).strip()


def _text(column: Column) -> Parse:
    limit = column.max_length

    def parse(raw: Any) -> str:
        if isinstance(raw, float) and abs(raw) >= LONGEST_NUMBER:
            raise Bad("number-too-long")
        text = as_text(raw)
        if len(text) > limit:
            raise Bad("too-long", limit=limit, length=len(text))
        if not text and column.required:
            raise Bad("required")
        return text

    return parse


def _within(column: Column, value: Any, least: int, most: int) -> None:
    low = column.least if column.least is not None else least
    high = column.most if column.most is not None else most
    if not low <= value <= high:
        raise Bad("out-of-range", least=low, most=high)


def _whole(column: Column) -> Parse:
    def parse(raw: Any) -> int:
        if isinstance(raw, float | int) and not isinstance(raw, bool):
            if isinstance(raw, float) and not raw.is_integer():
                raise Bad("not-whole")
            value = int(raw)
        else:
            text = _plain(raw).replace(",", "").replace(" ", "")
            if not _WHOLE.fullmatch(text):
                raise Bad("not-whole")
            value = int(text.partition(".")[0])
        _within(column, value, -(2**31), 2**31 - 1)
        return value

    return parse


def _decimal(column: Column) -> Parse:
    step = Decimal(1).scaleb(-column.places)
    most = 10 ** (column.digits - column.places) - 1

    def parse(raw: Any) -> str:
        if isinstance(raw, float):
            text = format(raw, ".15g")
        else:
            text = re.sub(r"[,\s¥元]", "", _plain(raw)) if not isinstance(raw, int) else str(int(raw))
        try:
            value = Decimal(text)
            if not value.is_finite() or isinstance(raw, bool):
                raise Bad("not-a-number")
            rounded = value.quantize(step) if abs(value) <= most + 1 else value
        except InvalidOperation:
            raise Bad("not-a-number") from None
        _within(column, value, -most, most)
        if rounded != value:
            raise Bad("too-precise", places=column.places)
        return format(rounded, "f")

    return parse


def _day(raw: Any) -> date:
    found: date | None = None
    if isinstance(raw, datetime):
        found = raw.date()
    elif isinstance(raw, date):
        found = raw
    elif isinstance(raw, float | int) and not isinstance(raw, bool):
        found = _day_of_number(float(raw))
    else:
        found = _day_of_text(_plain(raw))
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        raise Bad("not-a-date")
    return found


def _day_of_number(number: float) -> date | None:
    if 19_000_101 <= number <= 21_991_231:
        return _day_of_text(str(int(number)))
    if 1 <= number < 110_000:
        return _EPOCH + timedelta(days=int(number))
    return None


def _day_of_text(text: str) -> date | None:
    match = _DATE.match(text)
    parts = match.groups() if match else (text[:4], text[4:6], text[6:8]) if re.fullmatch(r"\d{8}", text) else None
    if match and match.end() != len(text) and not _CLOCK.fullmatch(text[match.end() :].strip(" T")):
        return None
    if parts is None and re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _day_of_number(float(text))
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def _date(column: Column) -> Parse:
    def parse(raw: Any) -> str:
        return _day(raw).isoformat()

    return parse


def _moment(column: Column) -> Parse:
    def parse(raw: Any) -> str:
        day, clock = _day(raw), time()
        if isinstance(raw, datetime):
            clock = raw.time()
        elif isinstance(raw, float):
            seconds = min(round(raw % 1 * 86_400), 86_399)
            clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
        elif isinstance(raw, str):
            match = _CLOCK.search(_plain(raw))
            try:
                hour, minute, second = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
                clock = time(hour, minute, second)
            except ValueError:
                raise Bad("not-a-date") from None
        local = datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())
        return stored_moment(local)

    return parse


def stored_moment(moment: datetime) -> str:
    """A moment as both databases read it from text: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _yes_no(column: Column) -> Parse:
    def parse(raw: Any) -> bool:
        word = _plain(raw).casefold()
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise Bad("not-yes-or-no")

    return parse


def _choice(column: Column) -> Parse:
    by_word = {unicodedata.normalize("NFKC", word).casefold(): s for s, shown in column.choices for word in (s, shown)}
    shown = "、".join(shown for _stored, shown in column.choices[:12])

    def parse(raw: Any) -> str:
        found = by_word.get(_plain(raw).casefold())
        if found is None:
            raise Bad("not-offered", choices=shown)
        return found

    return parse


_BY_TYPE: dict[Type, Callable[[Column], Parse]] = {
    Type.TEXT: _text,
    Type.WHOLE: _whole,
    Type.DECIMAL: _decimal,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.YES_NO: _yes_no,
    Type.CHOICE: _choice,
}
