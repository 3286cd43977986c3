"""Recognises what comes out of a police file; a mediation refuses it (no police case data is ever kept)."""

from linli.apps.needs.kinds.danger import LONGEST
from linli.apps.needs.kinds.reading import signs_of

FILE, POLICE = "police.toml", "police_file"


def police_words(text: str, *, of_police_alone: bool = False) -> str:
    """The words that show a police file, as they stand in ``text``; "" for none.

    ``of_police_alone`` lets pass what the city's own inspectors write, too, such as a decision on a fine.
    """
    found = [one.words for one in signs_of(FILE).find(text[:LONGEST]) if one.kind == POLICE or not of_police_alone]
    return found[0] if found else ""
