"""A form sent twice is done once: the second press, or a reload, gets the first one's answer."""

from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from linli.kernel.errors import Conflict
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.models import SubmittedForm
from linli.kernel.ui.pages.errors import refused

FIELD = "_once"
LONGEST = 40
DONE_COOKIE = "linli_done"
"""Tells the page after which form was done, so that its draft can be dropped."""
MACHINES = "/api/"
"""Addresses of other systems: they send no forms, and have idempotency keys of their own."""
LOGIN = settings.LOGIN_URL


class Once:
    """Middleware around every view: takes the key that ``<c-form>`` carries before the view runs.

    The view runs in the transaction that takes the key, so a second press waits for the first. An answer
    that redirects is kept; a form with errors gives the key back; a refusal or a trouble undoes everything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_form = request.method == "POST" and not request.path.startswith(MACHINES)
        key = request.POST.get(FIELD, "")[:LONGEST] if is_form else ""
        usable = key.isprintable() and "\x00" not in request.path  # no database keeps NUL
        return self._guarded(request, key) if key and usable else self.get_response(request)

    def _guarded(self, request: HttpRequest, key: str) -> HttpResponse:
        actor = actor_of(request)
        row = SubmittedForm(
            key=key, actor_id=actor.actor_id if actor else None, path=request.path[: SubmittedForm.PATH_LIMIT]
        )
        with transaction.atomic():
            if not self._take(row):
                return self._first_answer(request, row)
            response = self.get_response(request)
            if response.status_code >= 400 or transaction.get_connection().needs_rollback:
                transaction.set_rollback(True)
            elif self._is_done(response):
                row.location = response["Location"]
                row.save(update_fields=["location"])
                _tell_done(response, key)
            else:
                row.delete()
        return response

    def _is_done(self, response: HttpResponse) -> bool:
        """A redirect, but not the one that sends a stranger to sign in."""
        return 300 <= response.status_code < 400 and not response["Location"].startswith(resolve_url(LOGIN))

    def _take(self, row: SubmittedForm) -> bool:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def _first_answer(self, request: HttpRequest, row: SubmittedForm) -> HttpResponse:
        first = SubmittedForm.objects.filter(key=row.key).first()
        if first and first.location and (first.actor_id, first.path) == (row.actor_id, row.path):
            return HttpResponseRedirect(first.location)
        return refused(request, Conflict(_("This form was already sent. Reload the page and fill in a fresh one.")))


def drop_draft(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What was typed is done although the page is shown again with the rest of it: its draft does not come back."""
    key = request.POST.get(FIELD, "")[:LONGEST]
    if key.isalnum():
        _tell_done(response, key)
    return response


def _tell_done(response: HttpResponse, key: str) -> None:
    response.set_cookie(DONE_COOKIE, key, max_age=600, samesite="Lax")
