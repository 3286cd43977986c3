"""The QR text of invoices, in every form seen (rules §13), with fields missing or damaged.

``01,10,<code 12>,<number 8>,<amount>,<yyyymmdd>,<check 20>,<crc 4>,`` of older invoices (10 electronic, 04 paper,
01 special: there the amount is without tax); ``01,32,,<number 20>,<amount>,<yyyymmdd>,,<crc 4>`` of fully digital ones.
"""

import re

from linli.apps.ledger.queries.einvoice.reading import Reading, day, digits, money, plain

VERSION, CODE, NUMBER, AMOUNT, DAY = 0, 2, 3, 4, 5
FEWEST = 5
DIGITAL = 20
LONGEST = 500


def read_qr(text: str) -> Reading:
    """What the QR text says; an empty reading where it is no invoice's (an address, a payment code)."""
    if len(text) > LONGEST or "://" in text:
        return Reading()
    parts = [plain(part) for part in re.split(r"[,，、;；]", plain(text.lstrip("\ufeff")))]
    if len(parts) < FEWEST:
        return Reading()
    found = _in_place(parts)
    return found if found.number else _anywhere(parts)


def _in_place(parts: list[str]) -> Reading:
    """Every field where it belongs."""
    if parts[VERSION] not in ("01", "1"):
        return Reading()
    padded = [*parts, "", "", ""]
    number = digits(padded[NUMBER], 8, DIGITAL)
    amount = money(padded[AMOUNT])
    is_digital = len(number) == DIGITAL
    return Reading(
        source="qr",
        code="" if is_digital else digits(padded[CODE], 10, 12),
        number=number,
        amount=amount if is_digital else None,
        net=None if is_digital else amount,
        issued_on=day(padded[DAY]),
    )


def _anywhere(parts: list[str]) -> Reading:
    """Fields told by their look, where one before them is lost: the first that fits counts."""
    number = next((part for part in parts if digits(part, DIGITAL)), "")
    code = next((part for part in parts if digits(part, 12, 10)), "")
    if code:
        after = parts[parts.index(code) + 1 :]
        number = next((part for part in after if digits(part, 8) and day(part) is None), "")
    amount = next((money(part) for part in parts if re.fullmatch(r"-?\d+\.\d{1,2}", part)), None)
    dates = [day(part) for part in parts if len(part) == 8]
    issued = next((one for one in dates if one is not None), None)
    if not number or (amount is None and issued is None):
        return Reading()
    is_digital = len(number) == DIGITAL
    return Reading(
        source="qr",
        code=code,
        number=number,
        amount=amount if is_digital else None,
        net=None if is_digital else amount,
        issued_on=issued,
    )
