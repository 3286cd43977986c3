"""Matters a street does not take: where they go. Of such a matter nothing is kept but a count."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from linli.apps.needs.kinds.danger import LONGEST
from linli.apps.needs.kinds.reading import rows_of, signs_of

FILE = "elsewhere.toml"


@dataclass(frozen=True)
class Elsewhere:
    """One kind of matter: its name, who takes it, the telephone ("" where each has its own), how."""

    code: str
    title: str
    where: str
    phone: str
    how: str


@cache
def elsewhere_kinds() -> Mapping[str, Elsewhere]:
    """Every kind by its code, in the order of the file."""
    fields = ("code", "title", "where", "phone", "how")
    return {row["code"]: Elsewhere(**{name: row[name] for name in fields}) for row in rows_of(FILE)["kind"]}


def belongs_elsewhere(text: str) -> list[Elsewhere]:
    """The kinds a text seems to be of, in the order of the file; [] for a matter the street takes."""
    return [elsewhere_kinds()[one.kind] for one in signs_of(FILE).find(text[:LONGEST])]
