"""400, 403, 404, 405, 409, 413, 429, 500, 503 and 507 as sentences; none of these pages asks the database anything."""

import errno
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal, TooMany
from linli.kernel.files.accepting import LARGEST, MEGABYTE
from linli.kernel.ui.context import look_of

Text = str | Promise


@dataclass(frozen=True)
class Answer:
    """What happened, and what to do next."""

    status: int
    title: Text
    advice: Text


BAD_REQUEST = Answer(
    400, _("This request could not be read"), _("Please go back, check what you entered and send it again.")
)
UNKNOWN_ADDRESS = Answer(
    400,
    _("This site does not answer to this address"),
    _("Open it by the address it printed when it started, or ask the operator to name this one in LINLI_HOSTS."),
)
TOO_LARGE = Answer(
    413,
    _("What was sent is too large"),
    _("Nothing was saved. A file may have up to %(file)s MB, the text of a form about %(text)s MB.")
    % {"file": LARGEST // MEGABYTE, "text": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE},
)
FORBIDDEN = Answer(
    403,
    _("Your post does not open this page"),
    _("If you need it for your work, ask the administrator of your street for the right post."),
)
STALE_FORM = Answer(
    403,
    _("This form is out of date"),
    _("Go back, reload the page and send it again. What you typed is still in the form."),
)
NOT_FOUND = Answer(404, _("There is no such page"), _("The address may be mistyped, or the record is not open to you."))
BY_A_BUTTON = Answer(
    405,
    _("This address belongs to a button"),
    _("Nothing was done. Go back to the page and press the button there."),
)
LOCKED = Answer(
    429,
    _("Too many failed sign-ins"),
    _("For your safety this account is closed for 30 minutes from this device. Please try again later."),
)
BROKEN = Answer(500, _("Something went wrong on our side"), _("It has been noted. Please try again in a few minutes."))
UNREACHABLE = Answer(
    503,
    _("The database does not answer"),
    _("Nothing you saved is lost. Please try again in a minute; keep this page open if you were typing."),
)
FULL = Answer(
    507,
    _("The server's disk is full"),
    _("Nothing was saved just now, and nothing saved before is lost. Please tell the system administrator."),
)
REFUSED: dict[int, Text] = {
    403: _("You may not do this"),
    404: _("There is no such record"),
    409: _("This cannot be done now"),
    429: _("That was too much at once"),
}


def wants_problem(request: HttpRequest) -> bool:
    """True for programs: the API's addresses, and callers that accept JSON only."""
    return request.path.startswith("/api/") or request.headers.get("Accept", "") == "application/json"


def respond(request: HttpRequest, answer: Answer, *, code: str = "") -> HttpResponse:
    """The answer as a page; as an alert in place for htmx; as an RFC 9457 problem for programs."""
    if wants_problem(request):
        problem = {"type": code or "about:blank", "title": str(answer.title), "detail": str(answer.advice)}
        return JsonResponse(
            problem | {"status": answer.status}, status=answer.status, content_type="application/problem+json"
        )
    in_place = request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
    template = "ui/error_in_place.html" if in_place else "ui/error.html"
    context = {"answer": answer, "look": look_of(request), "request": request}
    response = HttpResponse(render_to_string(template, context), status=answer.status)
    if in_place:
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML show:top"
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal that no form took up: its own sentence, with its status."""
    title = REFUSED.get(refusal.status, REFUSED[409])
    return respond(request, Answer(refusal.status, title, refusal.sentence), code=refusal.code)


def trouble_of(error: BaseException | None) -> Answer | None:
    """The answer for a full disk or an unreachable database; None for anything else."""
    if error is None:
        return None
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    if isinstance(error, DatabaseError):
        words = str(error).lower()
        if "disk is full" in words or "no space left" in words:
            return FULL
        if isinstance(error, OperationalError | InterfaceError):
            return UNREACHABLE
    return None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What could not be read; or the trouble behind it, such as a session that a full disk did not take."""
    if isinstance(exception, DisallowedHost):
        return respond(request, UNKNOWN_ADDRESS)
    if isinstance(exception, RequestDataTooBig):
        return respond(request, TOO_LARGE)
    behind: BaseException | None = exception
    while behind is not None and trouble_of(behind) is None:
        behind = behind.__context__
    return respond(request, trouble_of(behind) or BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(request, NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    """The last net, also for what breaks outside of views (sessions, sign-in)."""
    return respond(request, trouble_of(sys.exc_info()[1]) or BROKEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return respond(request, STALE_FORM)


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """django-axes counted too many failures."""
    return respond(request, LOCKED, code=TooMany.default_code)
