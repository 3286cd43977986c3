"""Answers the two addresses of machines before anything else, and counts and times every other answer.

``/healthz`` and ``/metrics`` need no session, no name of a host and no https: who asks them is a balancer, a script
or a collector on this machine. Neither says anything of a person or a record.
"""

import logging
import time
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

from linli.site.watching import figures
from linli.site.watching.tally import TALLY

log = logging.getLogger("linli.requests")
PASSED_ON = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP")
"""Who sends one of these came through a proxy: that the proxy stands on this machine proves nothing of him."""


class Watched:
    """The first middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.own = {"/healthz": ready, "/healthz/live": live, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = self.own.get(request.path_info)
        if own is not None and request.method in ("GET", "HEAD"):
            return own(request)
        start = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - start
        TALLY.add(response.status_code, seconds)
        if settings.LINLI_LOGS == "json":
            facts = {"status": response.status_code, "milliseconds": round(seconds * 1000)}
            log.info("answered", extra={"request": request, "facts": facts})
        return response


def live(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else was asked."""
    return _told({"live": True}, 200)


def ready(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and is set up, else 503; beside it, whether jobs wait too long."""
    now = figures.health()
    return _told(now.told(), 200 if now.ready else 503)


def _told(body: dict[str, object], status: int) -> HttpResponse:
    response = JsonResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, to who holds the token of the house or asks from this very machine; to others there is nothing."""
    if not _may_read(request):
        return HttpResponse(status=404)
    response = HttpResponse(figures.prometheus(), content_type="text/plain; version=0.0.4; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _may_read(request: HttpRequest) -> bool:
    token = settings.LINLI_METRICS_TOKEN
    if token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    if any(name in request.META for name in PASSED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
