"""Finding the record an address names, among those the reader's desk covers."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from linli.apps.places import queries
from linli.apps.places.models import Building, Estate, Place
from linli.kernel.errors import Refusal
from linli.kernel.scope.doors import actor_of


def place_of(request: HttpRequest, pk: UUID) -> Place:
    """The place of this id, or 404."""
    rows = queries.visible_to(actor_of(request)).select_related("parent", "street")
    found: Place = get_object_or_404(rows, pk=pk)
    return found


def estate_of(request: HttpRequest, pk: UUID) -> Estate:
    """The estate of this id, or 404."""
    rows = queries.estates_visible_to(actor_of(request)).select_related("community__street")
    found: Estate = get_object_or_404(rows, pk=pk)
    return found


def building_of(request: HttpRequest, pk: UUID) -> Building:
    """The building of this id, or 404."""
    rows = queries.buildings_visible_to(actor_of(request)).select_related("community__street", "estate")
    found: Building = get_object_or_404(rows, pk=pk)
    return found


def today() -> date:
    """The day it is here."""
    return timezone.localdate()


def explain(form: object, refusal: Refusal) -> None:
    """Show a refusal at its field, or above the form."""
    fields = form.fields  # type: ignore[attr-defined]  # any form has fields
    form.add_error(refusal.field if refusal.field in fields else None, str(refusal))  # type: ignore[attr-defined]  # any form
