"""Finding persons of one community by what somebody types: a name, pinyin, initials, a whole number."""

import re
from contextlib import suppress
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from linli.algorithms import personal_names as names
from linli.apps.people.models import DOCUMENT, Person
from linli.kernel.errors import Refusal
from linli.kernel.privacy import PHONE, fingerprints


@dataclass(frozen=True)
class Found:
    """The persons found, and the indexed column by which they are found and stand."""

    rows: QuerySet[Person]
    sort: str


def search_roster(rows: QuerySet[Person], text: str) -> Found:
    """``rows`` (of one community) cut to ``text``.

    A number is looked for whole, by its fingerprint; letters as the beginning of the pinyin, else as initials;
    anything else as the beginning of a name in any writing.
    """
    text = text.strip()
    if re.search(r"\d", text):
        return Found(rows.filter(_has_number(text)), "pinyin_key")
    letters = names.typed_letters(text)
    if letters and text.isascii():
        by_sound = rows.filter(pinyin__gte=letters, pinyin__lt=f"{letters}zzzz")
        if len(letters) > names.LETTERS or by_sound.exists():
            return Found(by_sound, "pinyin")
        return Found(rows.filter(initials__gte=letters, initials__lt=f"{letters}zzzz"), "initials")
    key = names.name_key(names.tidy(text))
    if not key:
        return Found(rows.none(), "name_key")
    return Found(rows.filter(name_key__gte=key, name_key__lt=f"{key}g"), "name_key")


def _has_number(text: str) -> Q:
    """A telephone or a document of this very number; of part of one, nothing is found."""
    wanted = Q(pk__in=[])
    with suppress(Refusal):
        prints = fingerprints(PHONE, text)
        wanted |= Q(phone_print__in=prints) | Q(landline_print__in=prints)
    with suppress(Refusal):
        wanted |= Q(id_print__in=fingerprints(DOCUMENT, text))
    return wanted
