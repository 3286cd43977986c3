"""Why a cell was not taken, as sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES = {
    "required": gettext_noop("must be filled in"),
    "formula": gettext_noop("the formula ends in the error %(error)s"),
    "formula-cell": gettext_noop("holds a formula; copy the column and paste it as values only, then upload again"),
    "number-too-long": gettext_noop(
        "a number of more than 15 digits has lost its last ones in Excel; format the column as text and enter it again"
    ),
    "too-long": gettext_noop("has %(length)s characters; at most %(limit)s are taken"),
    "out-of-range": gettext_noop("must lie between %(least)s and %(most)s"),
    "not-whole": gettext_noop("is not a whole number"),
    "not-a-number": gettext_noop("is not a number"),
    "too-precise": gettext_noop("has more than %(places)s decimals"),
    "not-a-date": gettext_noop("is not a date such as 2026-03-05"),
    "not-yes-or-no": gettext_noop("is neither yes (是) nor no (否)"),
    "not-offered": gettext_noop("is not one of: %(choices)s"),
    "twice": gettext_noop("is the same as in row %(row)s"),
}
"""By code; an owner's ``review`` may use these or add to them with :func:`add_reason`."""


def add_reason(code: str, sentence: str) -> None:
    """Make a reason of an owner known; ``sentence`` is an English source text marked with ``gettext_noop``."""
    SENTENCES[code] = sentence


def sentence(problem: Mapping[str, Any]) -> str:
    """The reason of a stored problem in the reader's language."""
    source = SENTENCES[problem["code"]]
    text = _(source)
    return text % problem if "%(" in text else text


def letter(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 27 is AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
