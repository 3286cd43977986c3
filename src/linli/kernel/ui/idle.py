"""Signs a person out who left: after fifteen quiet minutes the session ends on the server too."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_datetime

SEEN = "seen_at"
STEP = timedelta(minutes=1)
"""A sign of life is written at most once a minute, so that reading costs no write."""
GRACE = timedelta(minutes=6)
"""The page asks at fifteen minutes and waits five for an answer; the server waits a minute longer."""


def idle_limit() -> timedelta:
    """``LINLI_IDLE_MINUTES`` (15) and the grace."""
    return timedelta(minutes=float(settings.LINLI_IDLE_MINUTES)) + GRACE


def is_sign_of_life(request: HttpRequest) -> bool:
    """Pages opened and forms sent count; what a page fetches by itself does not."""
    return request.method == "POST" or request.headers.get("HX-Request") != "true"


class IdleSession:
    """Middleware after authentication: ends quiet sessions, keeps busy ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        now = timezone.now()
        seen = self._seen(request, now)
        if now - seen > idle_limit():
            logout(request)
            back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/desk/")
            return redirect_to_login(back)
        if is_sign_of_life(request) and (SEEN not in request.session or now - seen > STEP):
            request.session[SEEN] = now.isoformat()
        return self.get_response(request)

    def _seen(self, request: HttpRequest, now: datetime) -> datetime:
        """When life was last seen; a time after now means that the clock was set back."""
        seen = parse_datetime(request.session.get(SEEN, "")) or now
        return min(seen, now)
