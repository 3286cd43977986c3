"""The frame a door of rounds stands in: staff work at the desk, everybody else on the portal."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui import acting
from linli.kernel.ui.acting import explain

__all__ = ["DESK", "PORTAL", "act", "explain", "frame_of", "sent"]

DESK, PORTAL = "ui/desk.html", "ui/portal.html"


def frame_of(request: HttpRequest) -> str:
    """The desk's frame for staff, the portal's for everybody else."""
    actor = actor_of(request)
    return DESK if actor is not None and actor.roles() & STAFF else PORTAL


def sent(request: HttpRequest) -> Any:
    """What a form was sent with, were it nothing at all; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def act(
    request: HttpRequest,
    form: forms.BaseForm,
    do: Callable[[dict[str, Any]], Any],
    *,
    back: str,
    done: Any,
    **shown: Any,
) -> HttpResponse:
    """One form, one verb, one answer (``kernel.ui.acting.act``) in the reader's frame."""
    return acting.act(request, form, do, back=back, done=done, frame=frame_of(request), **shown)
