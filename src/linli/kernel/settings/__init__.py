"""Figures a street may choose: declared with type, limits and source; layered, dated, audited."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.settings.declaring import MUST_CHOOSE, Declared, Level, declare, declared, declared_named

if TYPE_CHECKING:
    from linli.kernel.settings.choosing import choose
    from linli.kernel.settings.looking import Found, copy_values, look, value_of, values_of
    from linli.kernel.settings.relief import Switch, switch_off_ended, switches
else:
    __getattr__ = lazily(
        __name__,
        choosing="choose",
        looking="Found copy_values look value_of values_of",
        relief="Switch switch_off_ended switches",
    )

__all__ = [
    "MUST_CHOOSE",
    "Declared",
    "Found",
    "Level",
    "Switch",
    "choose",
    "copy_values",
    "declare",
    "declared",
    "declared_named",
    "look",
    "switch_off_ended",
    "switches",
    "value_of",
    "values_of",
]
