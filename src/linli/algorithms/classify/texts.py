"""Tells segmented text from raw, and cuts raw text into words."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

LONGEST = 20_000
"""Characters of a text that are read; a message that is longer has said what it is about."""
_SPOKEN = re.compile(r"\w")


def tidied(text: str) -> str:
    """The text as it is compared: forms of width and case made one, blanks as one blank, at most ``LONGEST`` long."""
    return " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).casefold().split())


def is_segmented(text: str) -> bool:
    """Whether the text came cut into words: a blank for every five characters beyond ASCII at least.

    Raw Chinese has hardly any blanks; text of ASCII alone is always cut at its blanks.
    """
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text.count(" ") * 5 >= beyond - 4


def words_of(text: str) -> list[str]:
    """The words of a tidied text, segmented or raw, without punctuation."""
    if is_segmented(text):
        return [word for word in text.split() if _SPOKEN.search(word)]
    import rjieba

    return [word for word in rjieba.cut(text) if _SPOKEN.search(word)]


def without_repeats(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(text, label) rows with each tidied text once, under the label it had first; in the order they came."""
    first: dict[str, str] = {}
    for text, label in rows:
        first.setdefault(tidied(text), label.strip())
    return list(first.items())


def hash_of(rows: Sequence[tuple[str, str]]) -> str:
    """SHA-256 of the rows as sorted CSV lines, in hex: the same rows give the same in any order."""
    digest = hashlib.sha256()
    for text, label in sorted(rows):
        digest.update(f"{label}\x1f{text}\x1e".encode())
    return digest.hexdigest()
