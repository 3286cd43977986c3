"""One colour of a house, and the shades drawn from it: letters stay readable (WCAG 2.2, contrast 4.5 to 1)."""

import colorsys
import re
from typing import NamedTuple

LEAST = 4.5
WHITE, PAPER = (255, 255, 255), (250, 248, 245)
NIGHT = (26, 25, 24)
HEX = re.compile(r"#?([0-9a-f]{6})", re.IGNORECASE)


class Rgb(NamedTuple):
    """Red, green, blue, 0 to 255 each."""

    red: int
    green: int
    blue: int

    @classmethod
    def of(cls, text: str) -> "Rgb":
        """Read ``#c8102e``. Raises ValueError for anything else."""
        found = HEX.fullmatch(text.strip())
        if found is None:
            raise ValueError(text)
        return cls(*bytes.fromhex(found.group(1)))

    def __str__(self) -> str:
        return "#{:02x}{:02x}{:02x}".format(*self)


Signs = tuple[int, int, int]


def _luminance(colour: Signs) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Signs, second: Signs) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour: Signs, ground: Signs, share: float) -> Rgb:
    """``share`` (0 to 1) of the colour on a ground."""
    return Rgb(*(round(one * share + other * (1 - share)) for one, other in zip(colour, ground, strict=True)))


def readable(colour: Signs) -> bool:
    """Whether white letters on it, and it as letters on white, on paper and on its own tint, can be read."""
    grounds = (WHITE, PAPER, mixed(colour, WHITE, 0.06))
    return all(contrast(colour, ground) >= LEAST for ground in grounds)


def _lit(colour: Signs, light: float) -> Rgb:
    """The same hue and saturation at another lightness, 0 to 1."""
    hue, _light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    return Rgb(*(round(part * 255) for part in colorsys.hls_to_rgb(hue, light, saturation)))


def nearest(colour: Rgb) -> Rgb:
    """The colour itself where it can be read; else the lightest of its hue that can."""
    if readable(colour):
        return colour
    light = colorsys.rgb_to_hls(*(part / 255 for part in colour))[1]
    steps = (_lit(colour, light * (100 - step) / 100) for step in range(1, 101))
    return next(one for one in steps if readable(one))


def at_night(colour: Rgb) -> Rgb:
    """Letters of this hue on the dark ground: as it is where it can be read, else the darkest that can."""
    ground = mixed(colour, NIGHT, 0.18)
    light = colorsys.rgb_to_hls(*(part / 255 for part in colour))[1]
    steps = (_lit(colour, light + (1 - light) * step / 100) for step in range(101))
    return next(one for one in steps if min(contrast(one, NIGHT), contrast(one, ground)) >= LEAST)


def sheet(colour: Rgb) -> str:
    """The style sheet of a house of this colour: brand only; warnings, errors and overdue marks stay red."""
    dark, night = mixed(colour, (0, 0, 0), 0.82), at_night(colour)
    red, green, blue = colour
    return (
        f":root{{--ln-brand:{colour};--ln-brand-dark:{dark};--ln-brand-deep:{dark};"
        f"--tblr-primary:{colour};--tblr-primary-rgb:{red},{green},{blue}}}\n"
        f'[data-bs-theme="dark"]{{--ln-brand:{colour};--ln-brand-dark:{night}}}\n'
    )
