"""Reads of organizations."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.apps.organizations.models import FormerName, LegalPerson, Organization, OrganizationStatus, Suspension
from linli.apps.organizations.permissions import READERS
from linli.kernel.privacy import PERSON_NAME, fingerprints
from linli.kernel.scope import Actor


def visible_to(actor: Actor | None, rows: QuerySet[Organization] | None = None) -> QuerySet[Organization]:
    """Organizations that sit where the actor holds a reading post, or that he serves himself."""
    rows = Organization.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(pk__in=actor.reach(*READERS).organizations)


def in_force(on: date, rows: QuerySet[Organization] | None = None) -> QuerySet[Organization]:
    """Organizations that exist on the day ``on``."""
    rows = Organization.objects.all() if rows is None else rows
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


def working_on(on: date, rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """Those of ``rows`` that existed on the day ``on`` and were not suspended that day."""
    open_then = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    asleep = Suspension.objects.filter(open_then, valid_from__lte=on, organization=OuterRef("pk")).order_by()
    return in_force(on, rows).filter(~Exists(asleep))


def owners_of(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Unified social credit code -> name, and code of the seat, of the organization it belongs to. One query."""
    rows = Organization.objects.filter(credit_code__in=list(codes))
    found = rows.values_list("credit_code", "name", "place__code")
    return {str(code): (name, place) for code, name, place in found}


def reached(organizations: Iterable[UUID], places: QuerySet[Any, Any]) -> QuerySet[Organization, UUID]:
    """A subquery of ids: ``organizations`` themselves, and those that sit in ``places``."""
    rows = Organization.objects.filter(Q(pk__in=list(organizations)) | Q(place__in=places))
    return rows.order_by().values_list("pk", flat=True)


def name_on(organization: Organization, on: date) -> str:
    """The name it bore on the day ``on``. One query."""
    former = organization.former_names.filter(valid_from__lte=on, valid_to__gt=on).first()
    return former.name if former else organization.name


def status_on(organization: Organization, on: date) -> OrganizationStatus | None:
    """Whether it was active, suspended or ended on the day ``on``; None before it existed."""
    if on < organization.valid_from:
        return None
    if organization.valid_to is not None and on >= organization.valid_to:
        return OrganizationStatus.ENDED
    open_then = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    suspended = organization.suspensions.filter(open_then, valid_from__lte=on).exists()
    return OrganizationStatus.SUSPENDED if suspended else OrganizationStatus.ACTIVE


def found_by(text: str) -> list[Organization]:
    """Organizations whose credit code, name or short name is ``text``; those that ended are left out. One query."""
    text = " ".join(text.split())
    rows = Organization.objects.filter(valid_to__isnull=True).select_related("place")
    return list(rows.filter(Q(credit_code=text.upper()) | Q(name=text) | Q(short_name=text)).order_by("name", "id")[:9])


def legal_person_of(organization: Organization, on: date) -> LegalPerson | None:
    """Who stood for it in law on the day ``on``; the name is sealed."""
    rows = organization.legal_persons.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    return rows.first()


def with_legal_person(name: str, on: date) -> QuerySet[Organization]:
    """Organizations for which a legal person of this name stands on the day ``on``."""
    rows = LegalPerson.objects.filter(name_print__in=fingerprints(PERSON_NAME, name), valid_from__lte=on)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return Organization.objects.filter(pk__in=rows.order_by().values("organization"))


def former_names_at(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(former name, code of the place) -> the name today, for those of ``keys`` that are such. One query."""
    asked = set(keys)
    rows = FormerName.objects.filter(name__in={name for name, _code in asked})
    found = rows.values_list("name", "organization__place__code", "organization__name")
    return {(name, code): today for name, code, today in found if (name, code) in asked and name != today}
