"""Asks the house's language model what a need is about: masked, in a job, once a need; people decide."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.apps.needs.kinds import dangers_in
from linli.apps.needs.models import Category, CategoryHint, HintTrouble, Need, NeedState
from linli.apps.needs.services.keeping import moment
from linli.apps.needs.services.language import Endpoint, Named, Unanswered, ask, endpoint
from linli.apps.needs.services.suggesting import words_of
from linli.kernel.events import record
from linli.kernel.publication import redacted

MOST = 4000
"""Characters of a text that are sent."""
GONE = "〔隐去〕"
_HOUSE = re.compile(r"[0-9０-９]+\s*(?:号楼|号院|号|栋|幢|单元|室|门(?!口|前|外))")
_LONG = re.compile(r"[0-9０-９][0-9０-９ -]{2,}[0-9０-９]")


def masked(need: Need) -> str:
    """What leaves the house's own process: no names that are known or addressed, no numbers of persons, no house.

    Stricter than what is published, as no person reads it first: numbers of houses and every number of four digits
    and more go too. A name that no list knows may stay.
    """
    contact = getattr(need, "contact", None)
    sealed = (contact.name, contact.teller) if contact is not None else ()
    names = [one.for_machine(because="masking what a language model is asked") for one in sealed if one]
    text = redacted(words_of(need), street=need.street_id, names=names)
    return _LONG.sub(GONE, _HOUSE.sub(GONE, text))[:MOST]


def may_be_asked(need: Need) -> bool:
    """Whether a language model may be asked: a new need about nobody, not sensitive, without danger."""
    ordinary = not need.about_kind and not need.sensitivity
    return need.state == NeedState.RECEIVED and ordinary and not dangers_in(need.matter)


def ask_about(key: UUID, *, at: datetime | None = None) -> CategoryHint | None:
    """Ask about one need, once; None where it is not asked about. The call stands in no transaction.

    Whatever is answered, the need stays as it is: what is no category of ours is kept as a trouble.
    """
    where = endpoint()
    need = Need.objects.select_related("contact").filter(pk=key, category_hint__isnull=True).first()
    if where is None or need is None or not may_be_asked(need):
        return None
    rows = {row.code: row for row in Category.objects.filter(is_active=True, sensitivity="")}
    named, trouble = _answer(where, masked(need), {code: row.name for code, row in rows.items()})
    hint = {
        "category": rows[named.code] if named else None,
        "reason": named.reason if named else "",
        "trouble": trouble,
        "source": where.model[:120],
        "at": moment(at),
    }
    with transaction.atomic():
        row, new = CategoryHint.objects.get_or_create(need=need, defaults=hint)
        if new:
            record("needs.need.ask_model", need, actor=None, facts={"model": row.source}, at=row.at)
    return row


def _answer(where: Endpoint, text: str, categories: dict[str, str]) -> tuple[Named | None, str]:
    try:
        named = ask(where, text, categories)
    except Unanswered:
        return None, HintTrouble.SILENT
    return named, "" if named else HintTrouble.ODD
