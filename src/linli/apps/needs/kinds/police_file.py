"""Recognises what comes out of a police file; a mediation refuses it (no police case data is ever kept)."""

from linli.apps.needs.kinds.danger import LONGEST
from linli.apps.needs.kinds.reading import signs_of

FILE = "police.toml"


def police_words(text: str) -> str:
    """The words that show a police file, as they stand in ``text``; "" for none."""
    found = signs_of(FILE).find(text[:LONGEST])
    return found[0].words if found else ""
