"""Our own tokens, spelled in plain letters and digits so that no engine cuts or folds them again.

``h`` and the code points of one character or of two neighbours; ``w`` and a word of letters and digits; ``s`` and the
street, where the engine wants it.
"""

from itertools import pairwise
from uuid import UUID

from linli.kernel.search.pinyin import words_of_name
from linli.kernel.search.text import runs

LONGEST_WORD = 40


def character_token(characters: str) -> str:
    """The token of one or two characters: ``h`` and five hexadecimal digits each (six for the last planes)."""
    return "h" + "".join(f"{ord(character):05x}" for character in characters)


def word_token(word: str) -> str:
    """The token of a word; the token of its beginning is the beginning of its token."""
    if word.isascii():
        return f"w{word[:LONGEST_WORD]}"
    spelled = (one if one.isascii() else f"x{ord(one):05x}" for one in word[:LONGEST_WORD])
    return "w" + "".join(spelled)


def street_token(street: UUID) -> str:
    """The token that all texts of a street share."""
    return f"s{street.hex}"


def pairs(run: str) -> list[str]:
    """Neighbours two by two: 槐荫社 gives 槐荫, 荫社."""
    return [run[place : place + 2] for place in range(len(run) - 1)]


def tokens_of(plain: str) -> list[str]:
    """All tokens of a text made plain, sorted; the first line is its name and is found by pinyin too."""
    found: set[str] = set()
    for paired, run in runs(plain):
        if paired:
            codes = [f"{ord(character):05x}" for character in run]
            found.update(f"h{code}" for code in codes)
            found.update(f"h{one}{other}" for one, other in pairwise(codes))
        else:
            found.add(word_token(run))
    name = plain.partition("\n")[0]
    found.update(map(word_token, words_of_name(name)))
    return sorted(found)
