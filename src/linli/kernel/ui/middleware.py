"""Around every view: refusals and troubles become sentences, pages of signed-in people stay out of caches."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from linli.kernel.errors import Refusal
from linli.kernel.ui.pages.errors import refused, respond, trouble_of

logger = logging.getLogger(__name__)


class Sentences:
    """A Refusal, a full disk, an unreachable database: each is answered with a page, never with a traceback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refused(request, exception)
        answer = trouble_of(exception)
        if answer is None:
            return None
        logger.error("%s %s: %s", request.method, request.path, exception)
        return respond(request, answer)


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
