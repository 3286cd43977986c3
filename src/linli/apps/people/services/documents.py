"""Document numbers checked against the kind of document they stand on."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import DocumentKind
from linli.apps.people.models.document import tidy_document
from linli.kernel.errors import Refusal

FORMS = {
    DocumentKind.RESIDENT: r"[1-6]\d{16}[\dX]",
    DocumentKind.OLD_RESIDENT: r"[1-6]\d{16}[\dX]",
    DocumentKind.HONG_KONG_MACAO: r"[HM]\d{8}(\d{2})?",
    DocumentKind.TAIWAN: r"\d{8}(\d{2})?",
    DocumentKind.REGIONAL_RESIDENCE: r"8[123]\d{15}[\dX]",
    DocumentKind.FOREIGN_RESIDENCE: r"[A-Z]{3}\d{12}|9\d{16}[\dX]",
    DocumentKind.PASSPORT: r"[A-Z0-9]{5,17}",
    DocumentKind.BIRTH: r"[A-Z]\d{9}",
}
"""The form of a tidied number on each kind of document."""
GUESSED = tuple(kind for kind in FORMS if kind not in {DocumentKind.OLD_RESIDENT, DocumentKind.PASSPORT})


def check_document(kind: str, number: str, born_on: date | None) -> tuple[str, str, date | None]:
    """(kind, number, date of birth) as they are kept: the kind guessed from the form, the birth read from 18 digits.

    Raises Refusal when the number is not of that kind, or contradicts the date of birth.
    """
    if not number.strip():
        return "", "", born_on
    try:
        number = tidy_document(number)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, code=refusal.code, field="id_number") from refusal
    kind = kind or next((str(item) for item in GUESSED if re.fullmatch(FORMS[item], number)), DocumentKind.PASSPORT)
    if not re.fullmatch(FORMS[DocumentKind(kind)], number):
        raise Refusal(
            _("This number is not one of the document “%(kind)s”.") % {"kind": DocumentKind(kind).label},
            code="not-of-this-document",
            field="id_number",
        )
    if len(number) != 18:
        return kind, number, born_on
    written = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    if born_on is not None and born_on != written:
        raise Refusal(
            _("The date of birth is not the one in the document number. Compare both with the card."),
            code="birth-contradicts",
            field="born_on",
        )
    return kind, number, written
