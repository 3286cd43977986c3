"""Sorts of personal values: how each is written one way, how it is masked, how it is found again."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from linli.kernel.privacy import masks, numbers
from linli.kernel.seals import fingerprint
from linli.kernel.seals import fingerprints as all_fingerprints


@dataclass(frozen=True)
class Sort:
    """``tidy`` writes a value one way (raises Refusal for a wrong one); ``mask`` gives what everybody may see."""

    name: str
    tidy: Callable[[str], str]
    mask: Callable[[str], str]


def _tidy_text(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _tidy_name(text: str) -> str:
    """One space between words; the middle dot of minority names is always U+00B7 (民委发〔2016〕33号)."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    for dot in "•・‧∙.":
        plain = plain.replace(dot, "·")
    return plain


PHONE = Sort("phone", numbers.tidy_phone, masks.mask_phone)
ID_NUMBER = Sort("id_number", numbers.tidy_id_number, masks.mask_id_number)
PERSON_NAME = Sort("person_name", _tidy_name, masks.mask_name)
ADDRESS = Sort("address", _tidy_text, masks.mask_text)


def fingerprint_of(sort: Sort, text: str) -> str:
    """The keyed hash to store beside a sealed value of this sort."""
    return fingerprint_of_tidy(sort, sort.tidy(text))


def fingerprint_of_tidy(sort: Sort, tidied: str) -> str:
    """As :func:`fingerprint_of`, of text that is written as the sort writes it already."""
    return fingerprint(f"{sort.name}:{tidied}")


def fingerprints(sort: Sort, text: str) -> tuple[str, ...]:
    """Every keyed hash under which ``text`` may stand, newest key first; use with ``__in``. Raises Refusal.

    There are several only while keys are being changed.
    """
    return all_fingerprints(f"{sort.name}:{sort.tidy(text)}")
