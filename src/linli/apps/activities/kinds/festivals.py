"""On which day a traditional festival falls, by the Chinese calendar; the dictionary is ``data/festivals.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
YEARS = range(1950, 2100)


@dataclass(frozen=True)
class Festival:
    """A day of the Chinese calendar (month and day, ``before`` days earlier), or a solar term."""

    code: str
    title: str
    month: int = 0
    day: int = 0
    before: int = 0
    term: str = ""


@cache
def festivals() -> Mapping[str, Festival]:
    """Every festival by its code, in the order of the file."""
    rows = tomllib.loads((DATA / "festivals.toml").read_text(encoding="utf-8"))["festival"]
    return {row["code"]: Festival(**row) for row in rows}


def festival_day(code: str, year: int) -> date:
    """The day in the Chinese year that begins in ``year``; one of its twelfth month may fall into the next January.

    Raises KeyError for an unknown festival, ValueError outside 1950 to 2099.
    """
    if year not in YEARS:
        message = f"no calendar for {year}"
        raise ValueError(message)
    found = festivals()[code]
    if found.term:
        return _term(found.term, year)
    return _solar(year, found)


def _solar(year: int, festival: Festival) -> date:
    from lunar_python import Lunar  # tables of two hundred years: only for whoever plans a festival

    day = Lunar.fromYmd(year, festival.month, festival.day).getSolar()
    return date(day.getYear(), day.getMonth(), day.getDay()) - timedelta(days=festival.before)


def _term(name: str, year: int) -> date:
    from lunar_python import Solar

    day = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()[name]
    return date(day.getYear(), day.getMonth(), day.getDay())


def next_festival(code: str, after: date) -> date:
    """The next day of it, not before ``after``."""
    days = (festival_day(code, year) for year in (after.year - 1, after.year, after.year + 1))
    return next(day for day in days if day >= after)


def festival_title(code: str) -> str:
    """How the screen names ``code``; "" for none."""
    found = festivals().get(code)
    return found.title if found else ""
