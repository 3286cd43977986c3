"""Entering many persons of one community at once, in few statements: for rosters that are made, not typed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Person, Purpose, Source
from linli.apps.people.permissions import keeps_roster
from linli.apps.people.services.persons import PersonText, document_taken, write
from linli.apps.places.models import Place
from linli.apps.places.queries import COMMUNITIES
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs.inserting import insert_many
from linli.kernel.scope import Actor

CHUNK = 500


def enter_persons(
    texts: Iterable[PersonText],
    *,
    community: Place,
    actor: Actor | None,
    source: str = Source.ROSTER,
    source_note: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> int:
    """All of ``texts`` as new persons of ``community``, told once; how many. Memory holds one chunk.

    Refuses what :func:`~linli.apps.people.services.persons.enter_person` refuses; then nobody is entered.
    """
    at = at or timezone.now()
    if community.level not in COMMUNITIES:
        raise Refusal(_("A person belongs to a community. Choose one."), field="community")
    if not keeps_roster(actor, Person(community=community)):
        raise NotAllowed(_("Only people who work in this community keep its roster."))

    def row(text: PersonText) -> Person:
        person = Person(
            community=community, purpose=Purpose.SERVICE, source=source, source_note=source_note, is_demo=is_demo,
            added_at=at, changed_at=at,
        )  # fmt: skip
        write(person, text)
        return person

    count = 0
    try:
        with transaction.atomic():
            for some in _chunks(texts):
                insert_many([row(text) for text in some])
                count += len(some)
            record("people.person.enter_many", community, actor=actor, facts={"count": count}, at=at)
    except IntegrityError as error:
        raise document_taken() from error
    return count


def _chunks(texts: Iterable[PersonText]) -> Iterator[list[PersonText]]:
    iterator = iter(texts)
    while some := list(islice(iterator, CHUNK)):
        yield some
