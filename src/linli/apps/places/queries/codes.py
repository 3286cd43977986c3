"""What a code says: its form, the level it gives, the digits of its parent, and what looks odd in it."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Level

DIGITS = {
    Level.DISTRICT: 6,
    Level.STREET: 9,
    Level.COMMUNITY: 12,
    Level.VILLAGE: 12,
    Level.GRID: 15,
    Level.POINT: 18,
}
"""How many leading digits of the code tell one place of a level from another; shorter ones end in zeros."""
TOWNSHIPS = (
    (range(1, 100), _("Sub-district (街道)")),
    (range(100, 200), _("Town (镇)")),
    (range(200, 400), _("Township (乡)")),
    (range(400, 600), _("Unit like a township")),
)
"""GB/T 10114: what digits 7 to 9 say (rules §7, grade A)."""
NEIGHBOURHOODS = {Level.COMMUNITY: range(1, 200), Level.VILLAGE: range(200, 400)}
"""Where digits 10 to 12 lie in samples (rules §7, grade B): something else is worth a second look, no more."""


def length_of(level: Level) -> int:
    """How many digits a code of this level is written with."""
    return max(12, DIGITS[level])


def head_of(code: str, level: Level) -> str:
    """The digits of a code that all codes below it begin with."""
    return code[: DIGITS[level]]


def is_code(code: str, level: Level) -> bool:
    """Whether these are the digits of a code of this level, ending in zeros where they must."""
    own = DIGITS[level]
    digits = code.isascii() and code.isdigit() and len(code) == length_of(level)
    return digits and not code[own:].strip("0") and bool(code[:own].strip("0"))


def township_of(code: str) -> str | Promise | None:
    """What kind of unit digits 7 to 9 name; None where the standard has none."""
    number = int(code[6:9])
    return next((title for numbers, title in TOWNSHIPS if number in numbers), None)


def level_of(code: str) -> Level | None:
    """The level a well-formed code speaks of; None for no code at all."""
    if not (code.isascii() and code.isdigit()):
        return None
    if len(code) in {15, 18}:
        level = Level.GRID if len(code) == 15 else Level.POINT
    elif len(code) != 12:
        return None
    elif not code[9:].strip("0"):
        level = Level.DISTRICT if not code[6:9].strip("0") else Level.STREET
    else:
        level = Level.VILLAGE if int(code[9:]) in NEIGHBOURHOODS[Level.VILLAGE] else Level.COMMUNITY
    return level if is_code(code, level) else None


def parents_of(code: str, level: Level) -> Iterator[str]:
    """The codes its parent may have, the nearest first."""
    if level == Level.STREET:
        yield code[:6] + "000000"
    elif level in {Level.COMMUNITY, Level.VILLAGE}:
        yield code[:9] + "000"
    elif level == Level.GRID:
        yield code[:12]
    elif level == Level.POINT:
        yield code[:15]
        yield code[:12]


def oddities(code: str, level: Level) -> list[str]:
    """Sentences about digits that are allowed but unusual."""
    usual = NEIGHBOURHOODS.get(level)
    if usual is None or int(code[9:12]) in usual:
        return []
    return [
        _("Digits 10 to 12 of a %(level)s usually lie between %(first)03d and %(last)03d. Compare the code.")
        % {"level": level.label, "first": usual[0], "last": usual[-1]}
    ]
