"""The kinds of public notice and how each begins, read from ``data/notices.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class NoticeWord:
    """One kind: its code, its name, and the sentence a notice of it begins with unless somebody writes another."""

    code: str
    title: str
    body: str


@cache
def notice_kinds() -> Mapping[str, NoticeWord]:
    """Every kind by its code, in the order of the file."""
    rows = tomllib.loads((DATA / "notices.toml").read_text(encoding="utf-8"))["notice"]
    return {row["code"]: NoticeWord(**row) for row in rows}


def kind_title(code: str) -> str:
    """How the screen names ``code``; the code itself when the dictionary has forgotten it."""
    found = notice_kinds().get(code)
    return found.title if found else code
