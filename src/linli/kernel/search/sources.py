"""Which kinds can be found, and the text of a record."""

from typing import Any

from linli.kernel.contributions import Searchable, contributions
from linli.kernel.search.text import plain_of


def searchables() -> dict[str, Searchable]:
    """The contributed sources by the name of their kind."""
    return {source.kind: source for source in contributions(Searchable)}


def plain_text(source: Searchable, record: Any) -> str:
    """What is searched of a record; its first line is its name."""
    return plain_of(source.text(record))
