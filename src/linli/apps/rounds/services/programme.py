"""Founding a programme and keeping its dictionaries."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.rounds.kinds import word_sets
from linli.apps.rounds.models import Programme, ProgrammeWord, WordKind
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.services.keeping import require, said
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def found_programme(
    *,
    name: str,
    place: Place,
    actor: Actor | None,
    purpose: str = "",
    started_on: date | None = None,
    sets: Iterable[str] = (),
    is_demo: bool = False,
    at: datetime | None = None,
) -> Programme:
    """A new programme run by ``place``, with the words of the shipped dictionaries named in ``sets``."""
    programme = Programme(
        name=said(name, "name", _("Give the programme a name.")), place=place, purpose=purpose.strip(),
        started_on=started_on or timezone.localdate(at), is_demo=is_demo,
    )  # fmt: skip
    require(keeps_rounds, actor, programme)
    chosen = [word_sets()[code] for code in sets]
    words = [
        ProgrammeWord(programme=programme, kind=one.kind, title=title, order=order)
        for one in chosen
        for order, title in enumerate(one.words)
    ]
    try:
        with transaction.atomic():
            programme.save(force_insert=True)
            ProgrammeWord.objects.bulk_create(words)
            record("rounds.programme.found", programme, actor=actor, facts={"name": programme.name}, at=at)
    except IntegrityError as error:
        raise Refusal(_("There is a programme of this name here already."), field="name") from error
    return programme


def add_word(
    programme: Programme,
    *,
    kind: str,
    title: str,
    actor: Actor | None,
    year: int | None = None,
    clause: str = "",
    at: datetime | None = None,
) -> ProgrammeWord:
    """A new word of a dictionary. A theme names its year; a use that is refused names its clause."""
    require(keeps_rounds, actor, programme)
    kind = WordKind(kind)
    title = said(title, "title", _("Write the word."))
    if (kind == WordKind.THEME) != (year is not None):
        raise Refusal(_("A theme of the year, and only a theme, belongs to a year."), field="year")
    if kind == WordKind.BAN and not clause.strip():
        raise Refusal(_("Name the clause that refuses this use."), field="clause")
    order = ProgrammeWord.objects.filter(programme=programme, kind=kind).count()
    word = ProgrammeWord(
        programme=programme, kind=kind, title=title, year=year, clause=clause.strip(), order=min(order, 32000)
    )
    try:
        with transaction.atomic():
            word.save(force_insert=True)
            facts = {"kind": in_chinese(kind.label), "word": title, "year": year}
            record("rounds.programme.add_word", programme, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Refusal(_("This word is there already."), field="title") from error
    return word


@transaction.atomic
def end_word(word: ProgrammeWord, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The word is offered no more; what was written with it keeps it."""
    require(keeps_rounds, actor, word.programme)
    if ProgrammeWord.objects.filter(pk=word.pk, is_used=True).update(is_used=False):
        facts = {"kind": in_chinese(word.get_kind_display()), "word": word.title}
        record("rounds.programme.end_word", word.programme, actor=actor, facts=facts, at=at)
