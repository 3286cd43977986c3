"""Money: whole fen in the database, ``Decimal`` yuan in Python, limits over rows that no race can pass."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.money.amounts import InexactAmount, largest_remainder, require_within, yuan
from linli.kernel.money.words import format_wan, format_yuan, in_capitals

if TYPE_CHECKING:
    from linli.kernel.money.columns import MoneyField
    from linli.kernel.money.entry import MoneyFormField
    from linli.kernel.money.limits import LimitRow, NumberRun, locked, next_number
else:
    __getattr__ = lazily(
        __name__, columns="MoneyField", entry="MoneyFormField", limits="LimitRow NumberRun locked next_number"
    )

__all__ = [
    "InexactAmount",
    "LimitRow",
    "MoneyField",
    "MoneyFormField",
    "NumberRun",
    "format_wan",
    "format_yuan",
    "in_capitals",
    "largest_remainder",
    "locked",
    "next_number",
    "require_within",
    "yuan",
]
