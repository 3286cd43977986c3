"""Numbers that belong to persons: identity numbers, mobiles, landlines, bank cards; solid, spaced or dashed.

Forms: GB 11643-1999 (identity), GB 32100-2015 (credit codes, which pass), ISO/IEC 7812 (cards, Luhn).
"""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from linli.kernel.publication.scanning.findings import FindingKind

LONGEST = 24
_CHAIN = re.compile(r"\d+X?(?:(?: {0,2}[-·._()/] {0,2}| {1,2})\d+X?)*")
_GROUP = re.compile(r"\d+X?")
_ID = re.compile(r"[1-8]\d{16}[\dX]")
_OLD_ID = re.compile(r"[1-8]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_MOBILE = re.compile(r"(?:0|86|0086)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"0(?:10|2\d)[2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6,7}")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_CARD = re.compile(r"[34569]\d{15,18}")
MOBILE_GROUPS = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (3, 3, 5), (5, 6), (3, 5, 3)})
TELEPHONE_WORDS = re.compile(r"(?:电话|座机|致电|拨打|来电|手机|联系方式|TEL)[^\d\n]{0,6}$")
IDENTITY_WORDS = re.compile(r"(?:身份证|证件)[^\d\n]{0,8}$")
DOCUMENT_WORDS = re.compile(
    r"(?:信用代码|票据|收据|凭证|回单|流水|订单|发票|备案|合同|编号|文号|项目号|单号)[^\d\n]{0,8}$"
)
CARD_WORDS = re.compile(r"(?:账号|帐号|账户|卡号|银行卡)[^\d\n]{0,8}$")
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Spot:
    """A number found: where in the text it stands, and its digits in one piece."""

    kind: FindingKind
    start: int
    end: int
    digits: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    digits: str
    groups: tuple[int, ...]
    before: str

    @property
    def solid(self) -> bool:
        return len(self.groups) == 1


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def is_id_number(digits: str) -> bool:
    """Eighteen characters with a date of 1880–2099 and the right check digit."""
    if not _ID.fullmatch(digits):
        return False
    born = _day(digits[6:14])
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=False))
    return born is not None and 1880 <= born.year < 2100 and "10X98765432"[total % 11] == digits[17]


def is_credit_code(code: str) -> bool:
    """A unified social credit code of an organization, by its check sign."""
    if len(code) != 18 or not set(code) <= set(_CREDIT_SIGNS):
        return False
    total = sum(_CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(code, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_SIGNS[-total % 31] == code[17]


def passes_luhn(digits: str) -> bool:
    """The check of card numbers (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (1 + number % 2) for number, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _identity(found: _Candidate) -> bool:
    if is_id_number(found.digits):
        return True
    return found.solid and bool(_OLD_ID.fullmatch(found.digits) and IDENTITY_WORDS.search(found.before))


def _mobile(found: _Candidate) -> bool:
    if not _MOBILE.fullmatch(found.digits):
        return False
    own = found.groups
    if not found.solid and found.digits[: own[0]] in {"86", "0086"}:
        own = own[1:]
    short = all(length <= 2 for length in own)
    return found.solid or own in MOBILE_GROUPS or short


def _landline(found: _Candidate) -> bool:
    if _LANDLINE.fullmatch(found.digits):
        return found.solid or found.groups[0] in {3, 4}
    told = _LOCAL.fullmatch(found.digits) and TELEPHONE_WORDS.search(found.before)
    shaped = found.groups in {(7,), (8,), (4, 4), (3, 4)}
    return bool(told) and shaped and _day(found.digits) is None


def _card(found: _Candidate) -> bool:
    if not _CARD.fullmatch(found.digits) or not passes_luhn(found.digits) or is_credit_code(found.digits):
        return False
    if DOCUMENT_WORDS.search(found.before) and not CARD_WORDS.search(found.before):
        return False
    *fours, last = found.groups
    return found.solid or (set(fours) == {4} and last <= 4) or set(found.groups) == {1}


_CHECKS: tuple[tuple[FindingKind, Callable[[_Candidate], bool]], ...] = (
    (FindingKind.ID_NUMBER, _identity),
    (FindingKind.MOBILE, _mobile),
    (FindingKind.LANDLINE, _landline),
    (FindingKind.BANK_CARD, _card),
)


def _kind_of(found: _Candidate) -> FindingKind | None:
    return next((kind for kind, holds in _CHECKS if holds(found)), None)


def bare(number: str) -> str:
    """The digits of a declared telephone, without its extension: how it is compared."""
    digits = re.sub(r"[\s()（）]", "", number)
    main = re.match(r"0\d{2,3}-?\d{7,8}|\d{3,4}-\d{3,4}(?:-\d{4})?|\d+", digits)
    return re.sub(r"\D", "", main.group() if main else digits)


def numbers_in(text: str, *, allowed: Set[str] = frozenset()) -> Iterator[Spot]:
    """Numbers of persons in a folded text, the longest reading first, each part of the text once.

    ``allowed`` are the digits that may stand: telephones of offices, with and without area code.
    """
    for chain in _CHAIN.finditer(text):
        groups = list(_GROUP.finditer(text, chain.start(), chain.end()))
        first = 0
        while first < len(groups):
            spot, taken = _from(text, groups, first)
            first += taken
            if spot is not None and not _may_stand(spot, allowed):
                yield spot


def _from(text: str, groups: list[re.Match[str]], first: int) -> tuple[Spot | None, int]:
    """What begins at the group ``first``, and how many groups it uses (one where nothing begins)."""
    before = text[max(0, groups[first].start() - 16) : groups[first].start()]
    digits = ""
    lengths: tuple[int, ...] = ()
    found: Spot | None = None
    taken = 1
    for number, group in enumerate(groups[first:], start=1):
        digits, lengths = digits + group.group(), (*lengths, len(group.group()))
        if len(digits) > LONGEST or "X" in digits[:-1]:
            break
        kind = _kind_of(_Candidate(digits, lengths, before))
        if kind is not None:
            found, taken = Spot(kind, groups[first].start(), group.end(), digits), number
    return found, taken


def _may_stand(spot: Spot, allowed: Set[str]) -> bool:
    if spot.digits in allowed:
        return True
    return spot.kind is FindingKind.LANDLINE and any(
        len(number) >= 7 and (spot.digits.endswith(number) or number.endswith(spot.digits)) for number in allowed
    )
