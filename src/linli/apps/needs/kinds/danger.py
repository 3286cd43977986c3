"""Words of danger: whom to call before anything else, and what to do until help comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from linli.apps.needs.kinds.reading import rows_of, signs_of

FILE = "danger.toml"
LONGEST = 20_000
"""Characters that are looked at; more is not a cry for help."""


@dataclass(frozen=True)
class Danger:
    """One kind of danger, the numbers to call, what to do first, and the words it was recognised by."""

    code: str
    title: str
    call: tuple[str, ...]
    advice: str
    words: str = ""


@cache
def _kinds() -> Mapping[str, Danger]:
    rows = rows_of(FILE)["kind"]
    return {row["code"]: Danger(row["code"], row["title"], tuple(row["call"]), row["advice"]) for row in rows}


def dangers_in(text: str) -> list[Danger]:
    """The dangers a text speaks of as happening, each once, the first kind first; [] for an ordinary matter."""
    found = signs_of(FILE).find(text[:LONGEST])
    kinds = _kinds()
    return [Danger(row.code, row.title, row.call, row.advice, one.words) for one in found if (row := kinds[one.kind])]


def danger_title(code: str) -> str:
    """How the screen names a kind of danger; the code itself where the file has forgotten it."""
    row = _kinds().get(code)
    return row.title if row else code
