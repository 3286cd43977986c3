"""Reads of what people are asked to agree to, and what they said."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.apps.people.models import SEPARATE, Consent, ConsentPurpose, ConsentText, Disclosure, Person, User
from linli.apps.people.queries.persons import persons_visible_to
from linli.kernel.files import StoredFile
from linli.kernel.scope import Actor


@dataclass(frozen=True)
class Question:
    """One purpose as a person sees it: the version asked now, what was said to it, and to an older one."""

    text: ConsentText
    given: Consent | None
    older: Consent | None

    @property
    def changed(self) -> bool:
        """Agreed once, but to a version that is no longer asked."""
        return self.given is None and self.older is not None

    @property
    def is_separate(self) -> bool:
        return self.text.is_sensitive or self.text.purpose in SEPARATE


def questions_for(user: User, on: date) -> list[Question]:
    """Every purpose asked on a day, with what this account said; two queries."""
    given = list(user.consents.filter(withdrawn_at__isnull=True).select_related("text"))
    by_text = {consent.text_id: consent for consent in given}
    by_purpose = {consent.text.purpose: consent for consent in given}
    texts = ConsentText.objects.in_force(on).order_by("purpose")
    return [
        Question(text, by_text.get(text.pk), by_purpose.get(text.purpose) if text.pk not in by_text else None)
        for text in texts
    ]


def agreed(purpose: str, on: date, *, user: User | None = None, person: Person | None = None) -> bool:
    """Whether this account or person agreed to the version of ``purpose`` asked on a day, and still does."""
    current = ConsentText.objects.in_force(on).filter(purpose=ConsentPurpose(purpose))
    return Consent.objects.filter(user=user, person=person, text__in=current, withdrawn_at__isnull=True).exists()


def consent_in_force(text: ConsentText, *, user: User | None, person: Person | None) -> Consent | None:
    """What this account or person said to one version, unless it was withdrawn."""
    return Consent.objects.filter(text=text, user=user, person=person, withdrawn_at__isnull=True).first()


def texts_with_counts() -> QuerySet[ConsentText]:
    """Every version, with how many agree to it now (``agreed``)."""
    now = Count("consents", filter=Q(consents__withdrawn_at__isnull=True))
    return ConsentText.objects.annotate(agreed=now)


def consents_visible_to(actor: Actor | None, rows: QuerySet[Consent] | None = None) -> QuerySet[Consent]:
    """One's own, and those of the persons whose roster the actor keeps."""
    rows = Consent.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    persons = persons_visible_to(actor, Person.objects.all())
    return rows.filter(Q(user=actor.actor_id) | Q(person__in=persons.values("pk")))


def told_about(person: Person) -> dict[str, list[Any]]:
    """What somebody of the roster agreed to, each with its ``scans``, and what was passed on. Three queries."""
    rows = Consent.objects.filter(person=person).select_related("text", "witness", "guardianship__guardian")
    scans: dict[UUID, list[StoredFile]] = {}
    given = list(rows)
    for stored in StoredFile.objects.filter(owner_kind="people.consent", owner_id__in=[one.pk for one in given]):
        scans.setdefault(stored.owner_id, []).append(stored)
    passed = Disclosure.objects.filter(person=person).select_related("passed_by", "consent__text")
    return {"consents": [(one, scans.get(one.pk, [])) for one in given], "disclosures": list(passed)}
