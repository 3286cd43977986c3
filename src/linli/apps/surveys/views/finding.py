"""The survey of an address, as far as the reader may see and keep it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from linli.apps.surveys import queries
from linli.apps.surveys.models import Survey
from linli.apps.surveys.permissions import keeps_surveys
from linli.apps.surveys.services.keeping import NOT_YOURS
from linli.kernel.errors import NotAllowed
from linli.kernel.ui.acting import me


def found(request: HttpRequest, pk: UUID, *, keep: bool = False) -> Survey:
    """The survey of the address, if the reader sees it; ``keep``: refused to whoever only reads."""
    actor = me(request)
    row: Survey = get_object_or_404(queries.visible_to(actor).select_related("place", "box"), pk=pk)
    if keep and not keeps_surveys(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


def page_of(row: Survey) -> str:
    """The survey's page on the desk."""
    return reverse("surveys:survey", args=[row.pk])


def sent(request: HttpRequest) -> Any:
    """What a form was sent with; None while it is only shown."""
    return request.POST if request.method == "POST" else None
