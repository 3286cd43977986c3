"""Doors of the signature, the end and the archive of an agreement."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements import services
from linli.apps.agreements.forms import ReasonForm, ShelfForm, SignForm
from linli.apps.agreements.permissions import writes_pages
from linli.apps.agreements.views.agreements import found, page_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me


@permission(writes_pages)
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the sealed paper."""
    row = found(request, pk, writes_pages)
    form = SignForm(request.POST or None, request.FILES or None)
    return act(
        request,
        form,
        lambda data: services.sign(row, actor=me(request), **data) and None,
        back=page_of(row),
        done=_("The agreement is signed."),
        title=_("Enter the signature"),
        lead=_("All parties have signed and sealed the paper. Its scan is kept with its hash."),
        press=_("Enter the signature"),
        crumb=row.number,
    )


LAST: dict[str, tuple[Callable[..., None], Any, Any, Any]] = {
    "end": (services.end, _("End the agreement"), _("It has run its course, or was dissolved."), _("Ended.")),
    "call_off": (
        services.call_off,
        _("Call the agreement off"),
        _("It will not be signed; its number stays with it."),
        _("Called off."),
    ),
}


@permission(writes_pages)
def finish(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """End a signed agreement, or call off one that is not."""
    row = found(request, pk, writes_pages)
    do, title, lead, done = LAST[verb]
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: do(row, actor=me(request), **data),
        back=page_of(row),
        done=done,
        title=title,
        lead=lead,
        press=title,
        danger=True,
        crumb=row.number,
    )


@permission(writes_pages)
def archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say where the paper is kept."""
    row = found(request, pk, writes_pages)
    return act(
        request,
        ShelfForm(request.POST or None),
        lambda data: services.archive(row, actor=me(request), **data),
        back=page_of(row),
        done=_("The agreement is archived."),
        title=_("Archive the agreement"),
        lead=_("Where the sealed paper lies: room, cabinet, box."),
        press=_("Archive"),
        crumb=row.number,
    )
