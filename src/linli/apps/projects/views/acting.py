"""What the doors of projects share: the record of the address, the reader's frame, one form and one verb."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.projects import queries
from linli.apps.projects.models import Project
from linli.kernel.errors import NotAllowed
from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui import acting
from linli.kernel.ui.acting import me

DESK, PORTAL = "ui/desk.html", "ui/portal.html"
NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")
JOINED = (
    "place", "street", "bearer", "bearer_place", "agency", "category", "proposal__round", "award__line__decision",
    "commitment__fund", "agreement",
)  # fmt: skip


def frame_of(request: HttpRequest) -> str:
    """The desk's frame for staff, the portal's for everybody else."""
    actor = actor_of(request)
    return DESK if actor is not None and actor.roles() & STAFF else PORTAL


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Project:
    """The project of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    row: Project = get_object_or_404(queries.visible_to(actor).select_related(*JOINED), pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


def page_of(row: Project, tab: str = "") -> str:
    """The project's page, or one of its tabs."""
    address = reverse("projects:project", args=[row.pk])
    return f"{address}?tab={tab}" if tab else address


def act(
    request: HttpRequest,
    form: forms.BaseForm,
    do: Callable[[dict[str, Any]], Any],
    *,
    back: str,
    done: Any,
    **shown: Any,
) -> HttpResponse:
    """One form, one verb, one answer in the reader's frame."""
    return acting.act(request, form, do, back=back, done=done, frame=frame_of(request), **shown)
