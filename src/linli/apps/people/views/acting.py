"""One form, one verb, one answer: what most doors of accounts, posts, absences and skills do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.apps.people.models import User
from linli.kernel.errors import Refusal


def me(request: HttpRequest) -> User:
    """Whoever is signed in; every door here is closed to strangers."""
    assert isinstance(request.user, User)
    return request.user


def act(
    request: HttpRequest,
    form: forms.BaseForm,
    do: Callable[[dict[str, Any]], Any],
    *,
    back: str,
    done: Any,
    onward: Callable[[Any], str] | None = None,
    **shown: Any,
) -> HttpResponse:
    """Show ``form``; when it is sent, ``do`` its data and go ``back`` with the sentence ``done``.

    ``onward``: the address of what ``do`` made, where the next step waits; without it the way leads ``back``.

    ``shown``: title, lead (what will happen), press (the word on the button), danger, crumb (name of ``back``).
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = do(form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, done)
            return redirect(onward(made) if onward else back)
    context = {"form": form, "back": back, "files": form.is_multipart(), **shown}
    return render(request, "people/act.html", context, status=422 if form.errors else 200)


def explain(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put the sentence of a refusal beside its field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def press(request: HttpRequest, do: Callable[[], Any], *, back: str, done: Any) -> HttpResponse:
    """One button without a form: a refusal is told on the page it leads back to."""
    try:
        do()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(back)
