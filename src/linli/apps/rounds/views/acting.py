"""One form, one verb, one answer: what most doors of rounds do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.kernel.errors import Refusal
from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF

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
    """Show ``form``; when it is sent, ``do`` its data and go ``back`` with the sentence ``done``.

    ``shown``: title, lead (what will happen), press (the word on the button), danger, crumb (name of ``back``).
    """
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "back": back, "files": form.is_multipart(), "frame": frame_of(request), **shown}
    return render(request, "rounds/act.html", context, status=422 if form.errors else 200)


def explain(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put the sentence of a refusal beside its field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
