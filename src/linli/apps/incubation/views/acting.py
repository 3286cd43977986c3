"""What the doors of incubation share: the record of the address, the reader's frame, a verb as data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation import queries
from linli.apps.incubation.permissions import SPEAKERS
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import visible_to
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import Actor
from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui import acting
from linli.kernel.ui.acting import me

DESK, PORTAL = "ui/desk.html", "ui/portal.html"
NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")


@dataclass(frozen=True)
class Doing:
    """A verb of a page: its form, for whom, what it does, and what the page says."""

    form: Callable[..., forms.Form]
    may: Any
    do: Callable[[Any, dict[str, Any], Actor], Any]
    title: str | Promise
    done: str | Promise
    lead: str | Promise = ""
    danger: bool = False


def frame_of(request: HttpRequest) -> str:
    """The desk's frame for staff, the portal's for everybody else."""
    actor = actor_of(request)
    return DESK if actor is not None and actor.roles() & STAFF else PORTAL


def found(request: HttpRequest, rows: QuerySet[Any], pk: Any, may: Any = None) -> Any:
    """The record of the address, if the reader sees it; refused when he may not do what he came for."""
    row = get_object_or_404(rows, pk=pk)
    if may is not None and not may(me(request), row):
        raise NotAllowed(NOT_YOURS)
    return row


def members_for(actor: Actor) -> QuerySet[Organization]:
    """Organizations whose months the reader may read: where his post reads, and his own."""
    mine = visible_to(actor).filter(pk__in=actor.reach(*SPEAKERS).organizations)
    return queries.read_by(actor) | mine


def act(request: HttpRequest, doing: Doing, form: forms.Form, row: Any, *, back: str, crumb: str) -> HttpResponse:
    """One form, one verb, one answer in the reader's frame."""
    return acting.act(
        request, form, lambda data: doing.do(row, data, me(request)) and None,
        back=back, done=doing.done, title=doing.title, lead=doing.lead, press=doing.title, crumb=crumb,
        danger=doing.danger, frame=frame_of(request),
    )  # fmt: skip


def month_asked(request: HttpRequest, otherwise: date) -> date:
    """The month in the address; ``otherwise`` where there is none that reads."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return otherwise
