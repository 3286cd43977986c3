"""The unified social credit code: 18 characters that check themselves, and what is wrong where they do not."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = 18
MOST_HINTS = 4
"""More would be no hint."""
NEVER = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}
"""The letters no code has, and what was probably meant."""

ALIKE = ("0D", "1L7", "2", "5", "8B", "6G", "CG", "UW", "MN", "EF", "PR", "XY", "38", "17", "27", "KX")
"""Characters the eye takes for one another."""

SENTENCES = {
    "code-length": gettext_noop("A unified social credit code has 18 characters; this one has %(length)s."),
    "code-letter": gettext_noop(
        "Character %(position)s is “%(letter)s”, which stands in no credit code. Perhaps it is “%(instead)s”."
    ),
    "code-character": gettext_noop("Character %(position)s is “%(letter)s”, which stands in no credit code."),
    "code-region": gettext_noop(
        "Character %(position)s is “%(letter)s”; characters 3 to 8 are the digits of the region."
    ),
    "code-look": gettext_noop(
        "The check character does not fit. Compare all 18 with the certificate, first these: %(hints)s."
    ),
    "code-check": gettext_noop(
        "The check character does not fit: with the first 17 characters the last one would be “%(instead)s”, "
        "not “%(letter)s”. Compare all 18 with the certificate."
    ),
}
"""By the code of a problem; the sheet of organizations shows the same sentences."""


@dataclass(frozen=True)
class CodeProblem:
    """What is wrong with a code: a key of :data:`SENTENCES` and its facts; positions count from 1."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong, in the reader's language."""
        return _(SENTENCES[self.code]) % self.facts


def tidy_credit_code(code: str) -> str:
    """The code without width, case, spaces and hyphens."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return "".join(character for character in plain if not character.isspace() and character not in "-—–")


def check_digit(head: str) -> str:
    """The 18th character of a unified social credit code, from its first 17 (GB 32100-2015, modulo 31)."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(head, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    """Whether 18 characters can be a unified social credit code (GB 32100-2015)."""
    return len(code) == LENGTH and all(character in ALPHABET for character in code) and _fits(code)


def credit_code_problem(code: str) -> CodeProblem | None:
    """Why ``code`` (tidied) cannot be one, and which character was probably misread; None for a right one."""
    if len(code) != LENGTH:
        return CodeProblem("code-length", {"length": len(code)})
    for position, letter in enumerate(code, start=1):
        found = _strange(position, letter)
        if found is not None:
            return found
    if _fits(code):
        return None
    hints = [*_misread(code), *_turned_round(code)]
    if 0 < len(hints) <= MOST_HINTS:
        return CodeProblem("code-look", {"hints": "、".join(hints)})
    return CodeProblem("code-check", {"instead": check_digit(code[:17]), "letter": code[17]})


def _strange(position: int, letter: str) -> CodeProblem | None:
    facts = {"position": position, "letter": letter}
    if letter in NEVER:
        return CodeProblem("code-letter", {**facts, "instead": NEVER[letter]})
    if letter not in ALPHABET:
        return CodeProblem("code-character", facts)
    if 3 <= position <= 8 and not letter.isdigit():
        return CodeProblem("code-region", facts)
    return None


def _fits(code: str) -> bool:
    return check_digit(code[:17]) == code[17]


def _with(code: str, index: int, letters: str) -> str:
    return code[:index] + letters + code[index + len(letters) :]


def _misread(code: str) -> list[str]:
    """Each character that, read as another the eye takes it for, makes the code right: "9（N→M）"."""
    return [
        f"{index + 1}（{letter}→{instead}）"
        for index, letter in enumerate(code)
        for instead in sorted({other for group in ALIKE if letter in group for other in group} - {letter})
        if _fits(_with(code, index, instead)) and _strange(index + 1, instead) is None
    ]


def _turned_round(code: str) -> list[str]:
    """Each pair of neighbours that, the other way round, makes the code right: "12/13（01→10）"."""
    pairs = [(index, code[index + 1] + code[index]) for index in range(17)]
    return [
        f"{index + 1}/{index + 2}（{code[index : index + 2]}→{turned}）"
        for index, turned in pairs
        if turned[0] != turned[1] and _fits(_with(code, index, turned))
    ]
