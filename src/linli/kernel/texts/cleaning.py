"""Takes out of a text what nobody sees and what turns its order round; leaves every sign a person could have meant."""

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

HIDDEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab and line ends
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # direction
    r"\u00ad\u200b\u2060-\u2065\ufeff"  # without width
    r"\u3164\uffa0\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # fillers, notes, no characters
    r"\ud800-\udfff\U000e0000-\U000e007f"  # halves of characters, tags
)
"""Inside of a character class: never kept. See README.md for what is kept, and why."""
_JOINERS = "\u200c\u200d"
_ODD = re.compile(rf"[{HIDDEN}{_JOINERS}\r\u0085\u2028\u2029]")
_NEVER = re.compile(rf"[{HIDDEN}]")
_LINE_END = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_JOINER = re.compile(f"[{_JOINERS}]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_HAN = ("CJK ", "KANGXI", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH")
SHOWN = 5


def clean(text: str) -> str:
    """The text without hidden characters, its lines ended by "\\n". Most texts come back as they are."""
    if not _ODD.search(text):
        return text
    seen = _NEVER.sub("", _LINE_END.sub("\n", text))
    return _JOINER.sub(_joined, seen)


def _joined(found: re.Match[str]) -> str:
    """One joiner where it shapes what stands on both sides (emoji, Uyghur, Mongolian); else nothing."""
    text, start, end = found.string, found.start(), found.end()
    sides = text[max(0, start - 1) : start], text[end : end + 1]
    return found[0][0] if all(side and _can_join(side) for side in sides) else ""


def _can_join(sign: str) -> bool:
    if sign.isascii() or unicodedata.category(sign)[0] not in "LMS":
        return False
    return not unicodedata.name(sign, "CJK ").startswith(_HAN)


def cleaned(value: Any) -> Any:
    """``value`` (plain data: texts, lists, dictionaries) with every text in it clean, keys too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): cleaned(item) for key, item in value.items()}
    return value


def private_signs(text: str) -> list[str]:
    """The characters of private use in ``text``: somebody's own, which another computer shows otherwise or not."""
    return list(dict.fromkeys(_PRIVATE.findall(text)))


def unsure(*texts: str) -> str:
    """The sentence to show beside texts with characters of private use; "" where there is none."""
    found = private_signs("".join(texts))
    if not found:
        return ""
    signs = "、".join(f"{sign} (U+{ord(sign):04X})" for sign in found[:SHOWN])
    return _(
        "Saved, but %(signs)s may look different on other computers, or not show at all. "
        "Compare it with the identity document and enter the character of the national standard."
    ) % {"signs": signs}
