"""What was typed beside what was read: every difference by name, nothing guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from linli.apps.ledger.queries.einvoice.reading import Reading, plain

HIGHEST_TAX = Decimal("1.17")
"""The highest rate an invoice of these kinds ever bore: between an amount without tax and its total lies no more."""


@dataclass(frozen=True)
class Difference:
    """``field`` was typed as ``typed`` and read as ``read``."""

    field: str
    typed: Any
    read: Any


def differences(
    reading: Reading, *, number: str, amount: Decimal, issued_on: date, buyer: str = "", code: str = ""
) -> list[Difference]:
    """Where number, code, amount, date and buyer as typed are not what was read. What was not read is not compared."""
    return [
        *_texts(reading, number=number, code=code, buyer=buyer),
        *_amounts(reading, amount),
        *([Difference("issued_on", issued_on, reading.issued_on)] if _other_day(reading, issued_on) else []),
    ]


def _other_day(reading: Reading, issued_on: date) -> bool:
    return reading.issued_on not in (None, issued_on)


def _texts(reading: Reading, **typed: str) -> Iterator[Difference]:
    for field, text in typed.items():
        read = getattr(reading, field)
        if read and same(read) != same(text):
            yield Difference(field, text, read)


def same(text: str) -> str:
    """Names and numbers written one way: half-width, without spaces."""
    return "".join(plain(text).split()).upper()


def _amounts(reading: Reading, amount: Decimal) -> Iterator[Difference]:
    if reading.amount is not None:
        if reading.amount != amount:
            yield Difference("amount", amount, reading.amount)
    elif reading.net is not None and not _fits(reading.net, amount):
        yield Difference("amount", amount, reading.net)


def _fits(net: Decimal, total: Decimal) -> bool:
    """Can ``total`` be ``net`` with tax, or ``net`` itself."""
    if (net < 0) != (total < 0):
        return False
    return abs(net) <= abs(total) <= abs(net) * HIGHEST_TAX + Decimal("0.01")
