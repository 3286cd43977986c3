"""Finding persons of one community by what somebody types: a name, pinyin, initials, a whole number."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from linli.algorithms import personal_names as names
from linli.apps.people.models import DOCUMENT, Person
from linli.kernel.errors import Refusal
from linli.kernel.privacy import PHONE, fingerprints

MOST = 200
"""Persons who share one telephone."""


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
        return Found(_has_number(rows, text), "pinyin_key")
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


def _has_number(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those with a telephone or a document of this very number; of part of one, nothing is found.

    Each fingerprint is looked up in its own index first: asked for together, the whole community would be read.
    """
    found: set[UUID] = set()
    with suppress(Refusal):
        prints = fingerprints(PHONE, text)
        for column in ("phone_print", "landline_print"):
            found |= _ids(column, prints)
    with suppress(Refusal):
        found |= _ids("id_print", fingerprints(DOCUMENT, text))
    return rows.filter(pk__in=found)


def _ids(column: str, prints: Sequence[str]) -> set[UUID]:
    return set(Person.objects.filter(**{f"{column}__in": prints}).order_by().values_list("pk", flat=True)[:MOST])
