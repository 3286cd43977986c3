"""What the doors of needs share: the need of the address, and where its page is."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from linli.apps.needs import queries
from linli.apps.needs.models import Need
from linli.apps.needs.services.keeping import NOT_YOURS
from linli.kernel.errors import NotAllowed
from linli.kernel.ui.acting import me


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Need:
    """The need of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    row: Need = get_object_or_404(queries.visible_to(actor).select_related(*JOINED), pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


JOINED = (
    "street", "place__parent", "category", "joined_to", "split_from", "raised_to", "walled_place",
    "walled_organization", "contact", "ticket",
)  # fmt: skip


def page_of(row: Need) -> str:
    """The need's page on the desk."""
    return reverse("needs:need", args=[row.pk])


def sent(request: HttpRequest) -> Any:
    """What was sent, also by a form that asks nothing; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None
