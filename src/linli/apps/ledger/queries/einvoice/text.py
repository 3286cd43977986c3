"""The words printed on an invoice, in whatever order a PDF or OFD gives them."""

import re
from decimal import Decimal

from linli.apps.ledger.queries.einvoice.reading import Reading, day, digits, money, plain

_COLON = r"[:：]?\s*"
NUMBER = re.compile(rf"发\s*票\s*号\s*码{_COLON}(\d{{20}}|\d{{8}})(?!\d)")
CODE = re.compile(rf"发\s*票\s*代\s*码{_COLON}(\d{{12}}|\d{{10}})(?!\d)")
DAY = re.compile(rf"开\s*票\s*日\s*期{_COLON}(20\d\d\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|20\d\d[-/]?\d\d[-/]?\d\d)")
TOTAL = re.compile(r"[（(]\s*小\s*写\s*[)）]\s*[¥￥]?\s*(-?[\d,]+\.\d{2})")
ANY_DAY = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
ANY_MONEY = re.compile(r"[¥￥]\s*(-?[\d,]+\.\d{2})")
LOOSE_NUMBER = re.compile(r"(?<!\d)2\d{19}(?!\d)")
NAME = re.compile(r"名\s*称\s*[:：]\s*([^\s:：]{4,60})")
ITEM = re.compile(r"\*[^*\s]{1,20}\*[^\s*]{1,40}")
LONGEST = 200_000


def read_text(text: str, *, source: str) -> Reading:
    """What the printed words say. The first name is the buyer's, the second the seller's: so the form is drawn."""
    text = text[:LONGEST]
    names = [plain(name)[:120] for name in NAME.findall(text)]
    number = _first(NUMBER, text) or _first(LOOSE_NUMBER, text)
    return Reading(
        source=source,
        code=_first(CODE, text),
        number=digits(number, 8, 20),
        amount=money(_first(TOTAL, text)) or _largest(text),
        issued_on=day("".join((_first(DAY, text) or _first(ANY_DAY, text)).split())),
        buyer=names[0] if names else "",
        seller=names[1] if len(names) > 1 else "",
        items="、".join(dict.fromkeys(ITEM.findall(text)))[:300],
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(found.re.groups) if found else ""


def _largest(text: str) -> Decimal | None:
    """The largest amount printed with a ¥: the total, where the word beside it is torn off."""
    found = [one for one in (money(amount) for amount in ANY_MONEY.findall(text)) if one is not None]
    return max(found, key=abs, default=None)
