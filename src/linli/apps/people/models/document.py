"""Identity numbers and the numbers of other documents: written one way, masked, found again."""

import re
import unicodedata

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal
from linli.kernel.privacy import Sort, mask_id_number, tidy_id_number
from linli.kernel.privacy.numbers import check_digit

CENTENARIANS = frozenset({"996", "997", "998", "999"})
"""Last three digits of an old number that were kept for people born before 1900."""
_EIGHTEEN = re.compile(r"\d{17}[\dX]")
_OTHER = re.compile(r"[A-Z0-9]{5,17}")


class DocumentKind(models.TextChoices):
    """Which document the number stands on. An old 15-digit number is kept as the 18 digits it became."""

    RESIDENT = "resident", _("Resident identity card")
    OLD_RESIDENT = "old_resident", _("Resident identity card, old 15 digits")
    HONG_KONG_MACAO = "hong_kong_macao", _("Travel permit of Hong Kong and Macao residents")
    TAIWAN = "taiwan", _("Travel permit of Taiwan residents")
    REGIONAL_RESIDENCE = "regional_residence", _("Residence permit of Hong Kong, Macao and Taiwan residents")
    FOREIGN_RESIDENCE = "foreign_residence", _("Foreigner's permanent residence card")
    PASSPORT = "passport", _("Passport")
    BIRTH = "birth", _("Birth certificate")


def _renewed(old: str) -> str:
    """The 18 digits that a number of 15 became."""
    century = "18" if old[12:] in CENTENARIANS else "19"
    first_17 = f"{old[:6]}{century}{old[6:]}"
    return first_17 + check_digit(first_17)


def tidy_document(text: str) -> str:
    """Capital letters and digits without gaps; an old 15-digit number as 18. Raises Refusal.

    Eighteen digits are checked as GB 11643 says, whosever card they stand on.
    """
    number = re.sub(r"[\s\-()（）]", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"\d{15}", number):
        number = _renewed(number)
    if _EIGHTEEN.fullmatch(number):
        return tidy_id_number(number)
    if _OTHER.fullmatch(number):
        return number
    raise Refusal(
        _("This is no document number. Write letters and digits as they stand on the document."),
        code="not-a-document",
    )


def mask_document(number: str) -> str:
    """As an identity number is masked; of a shorter one the last two characters."""
    return mask_id_number(number) if len(number) >= 12 else f"{'*' * max(len(number) - 2, 1)}{number[-2:]}"


DOCUMENT = Sort("document", tidy_document, mask_document)
"""An identity number or the number of another document; equal ones are found equal by their fingerprint."""
