"""Entering, correcting and emptying persons of the roster."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.algorithms import personal_names as names
from linli.apps.people.models import Person, Purpose, Source
from linli.apps.people.permissions import keeps_roster
from linli.apps.people.services.documents import check_document
from linli.apps.places.models import Household, Place
from linli.apps.places.queries import COMMUNITIES
from linli.kernel import audit
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.privacy import tidy_phone
from linli.kernel.scope import Actor

GONE = "已删除"
"""The name of an emptied row; data are Chinese."""

FLAWS = {
    "empty": _("Write the name."),
    "long": _("The name has more than 120 characters. Write it as it stands on the document."),
    "private": _(
        "%(point)s is a private character that other machines do not know. Choose the character from GB 18030-2022."
    ),
    "described": _("The name describes a character by its parts. Write the character itself (GB 18030-2022)."),
    "stand-in": _("“%(character)s” stands in place of a character. Write the character itself."),
    "foreign": _("“%(character)s” is no part of a name. Leave it out."),
}


@dataclass(frozen=True)
class PersonText:
    """What is written of a person; sealed columns are given in full. "" and None mean unknown."""

    name: str
    other_names: str = ""
    phone: str = ""
    landline: str = ""
    id_kind: str = ""
    id_number: str = ""
    born_on: date | None = None
    gender: str = ""
    relation: str = ""
    household: Household | None = None


def tidy_name(text: str) -> str:
    """The name as it is kept. Raises Refusal with a sentence about the character that cannot stay."""
    name = names.tidy(text)
    flaw = names.flaw_of(name)
    if flaw is not None:
        sentence = FLAWS[flaw.code] % {"character": flaw.character, "point": flaw.point}
        raise Refusal(sentence, code=f"name-{flaw.code}", field="name")
    return name


def _check_phone(column: str, text: str) -> None:
    """A refusal says which of the two telephones it is about."""
    try:
        if text.strip():
            tidy_phone(text)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, code=refusal.code, field=column) from refusal


def write(person: Person, text: PersonText) -> None:
    """Put ``text`` into the row, checked, with the keys of its name; nothing is saved. Raises Refusal."""
    name = tidy_name(text.name)
    kind, number, born_on = check_document(text.id_kind, text.id_number, text.born_on)
    for column in ("phone", "landline"):
        _check_phone(column, getattr(text, column))
    for column, value in vars(text).items():
        setattr(person, column, value.strip() if isinstance(value, str) else value)
    person.name, person.id_kind, person.id_number, person.born_on = name, kind, number, born_on
    person.telephones = bool(text.phone.strip()) + bool(text.landline.strip())
    person.building_id = text.household.building_id if text.household else None
    for column, value in vars(names.keys_of(name)).items():
        setattr(person, column, value)


def enter_person(
    *,
    community: Place,
    text: PersonText,
    actor: Actor | None,
    purpose: str = Purpose.SERVICE,
    source: str = Source.COUNTER,
    source_note: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> Person:
    """A new person of ``community``. Refuses a name nobody can read, wrong numbers, a document known already."""
    at = at or timezone.now()
    person = Person(
        community=community, purpose=purpose, source=source, source_note=source_note, is_demo=is_demo,
        added_at=at, changed_at=at,
    )  # fmt: skip
    if community.level not in COMMUNITIES:
        raise Refusal(_("A person belongs to a community. Choose one."), field="community")
    if not keeps_roster(actor, person):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    write(person, text)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            facts = {"name": audit.Personal(person.pk, person.name)}
            record("people.person.enter", person, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise document_taken() from error
    return person


def document_taken() -> Refusal:
    """The refusal of a document number that another person has."""
    return Refusal(
        _("Somebody with this document number is on the roster already. Open that person instead."),
        code="document-taken",
        field="id_number",
    )


def text_of(person: Person) -> PersonText:
    """What is written of a person, sealed columns opened for the machine."""
    values = {item.name: getattr(person, item.name) for item in fields(PersonText)}
    for column in ("phone", "landline", "id_number"):
        values[column] = values[column].for_machine(because="correcting") if values[column] else ""
    return PersonText(**values)


def correct_person(
    person: Person,
    values: Mapping[str, Any],
    *,
    actor: Actor | None,
    version: int | None = None,
    at: datetime | None = None,
) -> Person:
    """The person with other ``values`` (columns of PersonText), if the row is still that of ``version``.

    Raises Conflict when somebody changed it meanwhile or merged it, Refusal for wrong values.
    """
    at = at or timezone.now()
    if not keeps_roster(actor, person):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    known = {item.name for item in fields(PersonText)}
    given = {name: value for name, value in values.items() if name in known and value is not None}
    try:
        with transaction.atomic():
            version = person.version if version is None else version
            held = Person.objects.filter(pk=person.pk, version=version, merged_into__isnull=True)
            if not held.update(version=version + 1, changed_at=at):
                raise Conflict(_("Somebody changed this person while you were writing. Read the page again."))
            person.refresh_from_db()
            before = audit.seen(person, given)
            write(person, replace(text_of(person), **given))
            person.save()
            edits = audit.changes(before, audit.seen(person, given), of=person.pk)
            facts = {"name": audit.Personal(person.pk, person.name), **edits}
            record("people.person.correct", person, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise document_taken() from error
    return person


def empty_person(person: Person, *, actor: Actor | None, at: datetime | None = None) -> Person:
    """Empty the row for good: no name, number, birth or telephone. The nameless row stays."""
    at = at or timezone.now()
    if not keeps_roster(actor, person):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    with transaction.atomic():
        write(person, PersonText(name=GONE))
        person.source_note, person.changed_at = "", at
        person.left_on = person.left_on or timezone.localdate(at)
        person.version += 1
        person.save()
        record("people.person.empty", person, actor=actor, at=at)
    return person
