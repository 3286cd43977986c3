"""Telephone and identity numbers, written one way, so that equal ones are found equal."""

import re
import unicodedata
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal

COUNTRY = re.compile(r"^(?:(?:\+|00)86|86(?=1[3-9]\d{9}$))(\d+)$")
EXTENSION = re.compile(r"^(.+?)\s*(?:转|分机|ext\.?|x|#)\s*(\d{1,6})$", re.IGNORECASE)
MOBILE = re.compile(r"^1[3-9]\d{9}$")
LANDLINE = re.compile(r"^0(?:10|2\d)\d{8}$|^0[3-9]\d{2}\d{7,8}$")
SERVICE = re.compile(r"^[48]00\d{7}$")
ABROAD = re.compile(r"^\+(?!86)[1-9]\d{6,14}$")

ID_NUMBER = re.compile(r"^[1-9]\d{16}[\dX]$")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


def _digits_of(text: str) -> tuple[str, str]:
    """(number, extension) without spaces, brackets and dashes; full-width digits become plain ones."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = EXTENSION.match(plain)
    number, extension = found.groups() if found else (plain, "")
    if not extension:
        tail = re.match(r"^((?:\(?0\d{2,3}\)?[- ]?)\d{7,8})-(\d{1,6})$", plain)
        number, extension = tail.groups() if tail else (number, "")
    return re.sub(r"[\s()\-.·—–_]", "", number), extension


def _at_home(number: str) -> str:
    """Without the country's own prefix; a landline gets back the zero that is left out behind it."""
    found = COUNTRY.match(number)
    if found is None:
        return number
    rest = found[1]
    as_it_is = rest.startswith("0") or MOBILE.match(rest) or SERVICE.match(rest)
    return rest if as_it_is else f"0{rest}"


def tidy_phone(text: str) -> str:
    """``13812341234``, ``01081234567``, ``01081234567-801``, ``+85212345678``.

    Understands +86, 0086, spaces, dashes, brackets, full-width digits, 转 and 分机. Raises Refusal.
    """
    number, extension = _digits_of(text)
    number = _at_home(number)
    if any(form.match(number) for form in (MOBILE, LANDLINE, SERVICE, ABROAD)):
        return f"{number}-{extension}" if extension else number
    raise Refusal(
        _("This is not a telephone number. Give a mobile number of 11 digits, or a landline with its area code."),
        code="not-a-phone",
    )


def check_digit(first_17: str) -> str:
    """The 18th character of an identity number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def _is_past_date(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1880, 1, 1) <= day <= timezone.localdate()


def tidy_id_number(text: str) -> str:
    """Eighteen characters, a small x made large. Raises Refusal when form, birthday or check digit is wrong."""
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    right = ID_NUMBER.match(number) and _is_past_date(number[6:14]) and check_digit(number[:17]) == number[17]
    if not right:
        raise Refusal(
            _("This identity number is not valid. Compare all 18 characters with the card."),
            code="not-an-id-number",
        )
    return number
