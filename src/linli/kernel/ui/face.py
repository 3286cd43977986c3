"""How a house calls itself and which colour it wears: two settings, read once in a few seconds for all pages."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal
from linli.kernel.settings import Declared, Level, declare, look
from linli.kernel.ui.colours import Rgb, nearest, readable

NAME, COLOUR = "ui.name", "ui.colour"
USUAL = "#c8102e"
PALETTE = {
    "#c8102e": _("Red (usual)"),
    "#1f5a96": _("Blue"),
    "#1b7a3d": _("Deep green"),
    "#8a5300": _("Ochre"),
    "#6b3fa0": _("Violet"),
}
Read = TypeVar("Read")


def readable_colour(value: Any) -> str:
    """The colour as ``#rrggbb``. Refuses no colour, and one that cannot be read, naming the nearest."""
    try:
        colour = Rgb.of(str(value))
    except ValueError as error:
        raise Refusal(
            _("Write the colour as # and six digits or letters a to f, such as #1f5a96."), field="value"
        ) from error
    if not readable(colour):
        raise Refusal(
            _("White letters on %(colour)s are hard to read. The nearest colour that can be read is %(nearest)s.")
            % {"colour": colour, "nearest": nearest(colour)},
            code="contrast",
            field="value",
        )
    return str(colour)


declare(
    Declared(
        NAME,
        _("Name of the site"),
        str,
        "",
        source="各地自定",
        grade="K",
        deepest=Level.INSTALLATION,
        check=lambda value: str(value).strip()[:40],
    )
)
declare(
    Declared(
        COLOUR,
        _("Colour of the site"),
        str,
        USUAL,
        source="各地自定",
        grade="K",
        deepest=Level.INSTALLATION,
        check=readable_colour,
    )
)


@dataclass(frozen=True)
class Face:
    """Name ("" for none) and colour of a house."""

    name: str = ""
    colour: str = USUAL

    @property
    def own_colour(self) -> str:
        """The colour without its sign, where it is not the usual one; else ""."""
        return "" if self.colour == USUAL else self.colour.lstrip("#")


class Remembered(Generic[Read]):
    """What all pages ask and hardly anything changes: read again after ``LINLI_FACE_SECONDS``; None: never read.

    Where the database does not answer, what was read last stays.
    """

    def __init__(self, read: Callable[[], Read], first: Read) -> None:
        self._read, self._value, self._until = read, first, 0.0

    def __call__(self) -> Read:
        seconds = settings.LINLI_FACE_SECONDS
        if seconds is None or time.monotonic() < self._until:
            return self._value
        self._until = time.monotonic() + seconds
        try:
            self._value = self._read()
        except DatabaseError:
            return self._value
        return self._value


def read() -> Face:
    """Name and colour that count now. One query."""
    found = look([NAME, COLOUR])
    return Face(str(found[NAME].value), str(found[COLOUR].value))


face = Remembered(read, Face())
