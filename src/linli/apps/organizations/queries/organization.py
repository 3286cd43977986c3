"""Reads of organizations."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.organizations.models import Organization
from linli.apps.organizations.permissions import READERS
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


def owners_of(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Unified social credit code -> name, and code of the seat, of the organization it belongs to. One query."""
    rows = Organization.objects.filter(credit_code__in=list(codes))
    found = rows.values_list("credit_code", "name", "place__code")
    return {str(code): (name, place) for code, name, place in found}


def reached(organizations: Iterable[UUID], places: QuerySet[Any, Any]) -> QuerySet[Organization, UUID]:
    """A subquery of ids: ``organizations`` themselves, and those that sit in ``places``."""
    rows = Organization.objects.filter(Q(pk__in=list(organizations)) | Q(place__in=places))
    return rows.order_by().values_list("pk", flat=True)
