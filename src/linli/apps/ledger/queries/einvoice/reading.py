"""What could be read off an invoice; whatever is missing or damaged is simply not there."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

EARLIEST, LATEST = 2000, 2099


@dataclass(frozen=True)
class Reading:
    """One invoice as a machine read it from ``source`` (qr, xml, ofd, pdf). "" and None: not readable.

    ``amount`` is the total with tax, ``net`` an amount that may be without it: the QR codes of the older kinds give
    one that is (rules §13, grade C). A red-letter invoice has amounts below zero.
    """

    source: str = ""
    code: str = ""
    number: str = ""
    amount: Decimal | None = None
    net: Decimal | None = None
    issued_on: date | None = None
    buyer: str = ""
    seller: str = ""
    items: str = ""

    def __bool__(self) -> bool:
        """True when anything was read at all."""
        return bool(self.number or self.amount is not None or self.net is not None or self.issued_on)

    @property
    def is_red(self) -> bool:
        """Does it take another invoice back."""
        return any(one is not None and one < 0 for one in (self.amount, self.net))

    def kept(self) -> dict[str, str]:
        """As JSON keeps it: only what was read, as text."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in found.items() if value not in ("", None)}


def restored(kept: Mapping[str, Any]) -> Reading:
    """The reading that :meth:`Reading.kept` wrote."""
    texts = {name: str(kept.get(name, "")) for name in ("source", "code", "number", "buyer", "seller", "items")}
    return Reading(
        **texts, amount=money(kept.get("amount")), net=money(kept.get("net")), issued_on=day(kept.get("issued_on"))
    )


def joined(first: Reading, *others: Reading) -> Reading:
    """``first`` with what it lacks taken from the others, in their order."""
    for other in others:
        gaps = {
            field.name: getattr(other, field.name)
            for field in fields(first)
            if getattr(first, field.name) in ("", None) and getattr(other, field.name) not in ("", None)
        }
        first = replace(first, **gaps)
    return first


def plain(value: Any) -> str:
    """Text in half-width forms without spaces at its edges or control characters."""
    text = unicodedata.normalize("NFKC", str(value or ""))
    return "".join(letter for letter in text if letter.isprintable()).strip()


def digits(value: Any, *lengths: int) -> str:
    """The digits of ``value`` when they are as many as one of ``lengths``; otherwise ""."""
    text = "".join(plain(value).split())
    return text if text.isascii() and text.isdigit() and len(text) in lengths else ""


def money(value: Any) -> Decimal | None:
    """Yuan with two decimals, or None for what is no amount."""
    text = plain(value).replace(",", "").replace("¥", "").replace("￥", "").removesuffix("元").replace(" ", "")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found) >= 10**13 or found == 0:
        return None
    return found.quantize(Decimal("0.01")) if found == found.quantize(Decimal("0.01")) else None


def day(value: Any) -> date | None:
    """A day written 20260302, 2026-03-02, 2026/3/2 or 2026年03月02日, with or without a time; else None."""
    text = plain(value).replace("年", "-").replace("月", "-").replace("/", "-").replace(".", "-")
    text = text.split("日")[0].split("T")[0].split(" ")[0] if "-" in text else text
    parts = text.split("-") if "-" in text else [text[:4], text[4:6], text[6:8]] if len(text) in (8, 14) else []
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, number = (int(part) for part in parts)
    try:
        return date(year, month, number) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
