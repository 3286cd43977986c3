"""Text made comparable, and cut into runs: Chinese characters apart from words of letters and digits."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 30_000
"""Characters of a text that are searched; what comes after is not found."""

PAIRED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\ua000-\ua4cf\uac00-\ud7af\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff\U000f0000-\U0010ffff"
)
"""Scripts written without spaces, by code point and not by Unicode's tables, which in an older Python do not know
the newest characters of GB 18030-2022 (CJK extensions G and H); private use stands for characters without a code."""

RUNS = re.compile(rf"([{PAIRED}]+)|((?:(?![{PAIRED}])[^\W_])+)")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
SPACE = re.compile(r"[^\S\n]+")


def plain_of(text: str) -> str:
    """NFKC, lower case, one space where there were several, no invisible characters; lines stay lines."""
    folded = UNSEEN.sub("", unicodedata.normalize("NFKC", text[:LONGEST]).casefold())
    lines = (SPACE.sub(" ", line).strip() for line in folded.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def runs(plain: str) -> Iterator[tuple[bool, str]]:
    """(is it a run of paired characters, run) in order; signs and spaces separate runs."""
    for found in RUNS.finditer(plain):
        yield (True, found[1]) if found[1] else (False, found[2])
