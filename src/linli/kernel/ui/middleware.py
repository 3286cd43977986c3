"""Around every view: refusals and troubles become sentences, pages of signed-in people stay out of caches."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from linli.kernel.errors import Refusal
from linli.kernel.scope.devices import device_of
from linli.kernel.scope.sources import Door, Source, coming_through
from linli.kernel.texts import cleaned, unsure
from linli.kernel.ui.pages.errors import BY_A_BUTTON, refused, respond, trouble_of, wants_problem

logger = logging.getLogger(__name__)


class Doors:
    """What is done below came from a page: its address, and the sort of device of somebody who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        device = device_of(request.headers.get("User-Agent", "")) if signed_in else ""
        with coming_through(Source(Door.WEB, address=request.META.get("REMOTE_ADDR", ""), device=device)):
            return self.get_response(request)


class Sentences:
    """A Refusal, a full disk, an unreachable database: each is answered with a page, never with a traceback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content or wants_problem(request):
            return response
        page = respond(request, BY_A_BUTTON)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refused(request, exception)
        answer = trouble_of(exception)
        if answer is None:
            return None
        logger.error("%s %s: %s", request.method, request.path, exception)
        return respond(request, answer)


class Seen:
    """Texts of forms and addresses without what nobody sees; a word to whoever saved a character of his own.

    Passwords stay as they are. The interface for programs has a door of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return self.get_response(request)
        request.GET = _seen(request.GET)
        if request.method != "POST":
            return self.get_response(request)
        given = request.POST = _seen(request.POST)
        response = self.get_response(request)
        sentence = unsure(*(text for name, texts in given.lists() if "password" not in name for text in texts))
        if sentence and 300 <= response.status_code < 400:
            messages.warning(request, sentence)
        return response


def _seen(given: Any) -> Any:
    """Of a QueryDict: a copy with clean texts; the very same where all were clean."""
    found = {name: texts for name, texts in given.lists() if "password" not in name}
    changed = {name: clear for name, texts in found.items() if (clear := cleaned(texts)) != texts}
    if not changed:
        return given
    copy = given.copy()
    for name, texts in changed.items():
        copy.setlist(name, texts)
    copy._mutable = False  # noqa: SLF001  # as Django's own are when they come
    return copy


class Uploads:
    """A form sent by ``upload.js`` is told where to go instead of being led there: the page is opened only once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "X-Upload" in request.headers and 300 <= response.status_code < 400:
            target = response["Location"]
            del response["Location"]
            response.status_code = 204
            response["X-Go"] = target
            if target.startswith(resolve_url(settings.LOGIN_URL)):
                response["X-Signed-Out"] = "1"
        return response


class Private:
    """Pages made for somebody who signed in are kept by no browser: after signing out, "back" shows none of them.

    A view that says itself how long its answer lives (a file, a token's secret) is left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response
