"""The short way for what most cells look like; None sends a cell the long way of ``cells``."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from linli.kernel.tables.declared import Column, Type
from linli.kernel.texts import HIDDEN

Parse = Callable[[Any], Any]

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_odd = re.compile(rf"^[\s#]|\s$|[{HIDDEN}\r\u200c\u200d\u2028\u2029\u3000\uff10-\uff5a]").search


def _short_text(column: Column) -> Parse:
    limit = column.max_length

    def parse(raw: Any) -> str | None:
        return raw if raw.__class__ is str and 0 < len(raw) <= limit and not _odd(raw) else None

    return parse


def _short_whole(column: Column) -> Parse:
    least = column.least if column.least is not None else -(2**31)
    most = column.most if column.most is not None else 2**31 - 1

    def parse(raw: Any) -> int | None:
        return int(raw) if raw.__class__ is float and least <= raw <= most and raw.is_integer() else None

    return parse


def _short_decimal(column: Column) -> Parse:
    most = min(10 ** (column.digits - column.places) - 1, 10**9)
    least = column.least if column.least is not None else -most
    most = min(most, column.most) if column.most is not None else most
    form = f".{column.places}f"

    def parse(raw: Any) -> str | None:
        if raw.__class__ is float and least <= raw <= most:
            text: str = format(raw, form)
            return text if float(text) == raw else None
        return None

    return parse


def _short_date(column: Column) -> Parse:
    def parse(raw: Any) -> str | None:
        if raw.__class__ is date and FIRST_DAY <= raw <= LAST_DAY:
            return str(raw.isoformat())
        if raw.__class__ is str and len(raw) == 10 and raw[4] == raw[7] == "-" and raw.isascii():
            try:
                return str(raw) if FIRST_DAY <= date.fromisoformat(raw) <= LAST_DAY else None
            except ValueError:
                return None
        return None

    return parse


def _short_yes_no(column: Column) -> Parse:
    return {"是": True, "否": False, True: True, False: False}.get


def _short_choice(column: Column) -> Parse:
    return {word: stored for stored, shown in column.choices for word in (stored, shown)}.get


def _no_short_way(column: Column) -> Parse:
    nothing: dict[Any, Any] = {}
    return nothing.get


SHORT: dict[Type, Callable[[Column], Parse]] = {
    Type.TEXT: _short_text,
    Type.WHOLE: _short_whole,
    Type.DECIMAL: _short_decimal,
    Type.DATE: _short_date,
    Type.MOMENT: _no_short_way,
    Type.YES_NO: _short_yes_no,
    Type.CHOICE: _short_choice,
}
