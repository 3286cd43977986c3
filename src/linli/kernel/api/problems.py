"""The one shape of an error: application/problem+json (RFC 9457), in the reader's language, never a traceback."""

import json
import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError, ValidationError

from linli.kernel.api.sentences import errors_of
from linli.kernel.errors import Refusal

logger = logging.getLogger("linli.api")

MEDIA_TYPE = "application/problem+json"
TITLES: dict[int, str | Promise] = {
    400: _("The request cannot be read"),
    401: _("A valid token is needed"),
    403: _("This is not allowed"),
    404: _("There is no such thing"),
    405: _("This address does not answer this method"),
    406: _("Only JSON is answered"),
    409: _("This is not possible as things stand"),
    413: _("The request is too large"),
    415: _("Only JSON is understood"),
    422: _("The data are not accepted"),
    429: _("Too many requests"),
    500: _("Something went wrong here"),
    503: _("Not available for the moment"),
}
CODES = {
    400: "unreadable", 401: "unauthenticated", 403: "not-allowed", 404: "missing", 405: "wrong-method",
    406: "not-acceptable", 409: "refused", 413: "too-large", 415: "wrong-media-type", 422: "invalid",
    429: "too-many", 500: "failure", 503: "unavailable",
}  # fmt: skip


class Problem(Exception):
    """Raised by a door; becomes the problem document of its ``status``."""

    def __init__(
        self,
        status: int,
        sentence: str | Promise = "",
        *,
        code: str = "",
        errors: Sequence[dict[str, str]] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.code = code or CODES[status]
        self.errors = list(errors)
        self.headers = headers or {}


def unauthenticated() -> Problem:
    """401, the same for a missing, unknown, expired or revoked token."""
    sentence = _("Send a valid token in the header “Authorization: Bearer …”.")
    return Problem(401, sentence, headers={"WWW-Authenticate": 'Bearer realm="linli"'})


def answer(problem: Problem, request: HttpRequest) -> HttpResponse:
    """The problem document with type, code, title, status, detail, instance and, where there are any, errors."""
    title = str(TITLES[problem.status])
    content: dict[str, Any] = {
        "type": f"urn:linli:problem:{problem.code}",
        "code": problem.code,
        "title": title,
        "status": problem.status,
        "detail": str(problem.sentence) or title,
        "instance": request.path,
    }
    if problem.errors:
        content["errors"] = problem.errors
    response = HttpResponse(
        json.dumps(content, ensure_ascii=False),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )
    response["Cache-Control"] = "no-store"
    return response


def problem_of(error: Exception) -> Problem:
    """The problem an exception stands for; one nobody foresaw is logged and becomes a bare 500."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refusal):
        return _of_refusal(error)
    if isinstance(error, ValidationError):
        return Problem(422, _("Some values are not accepted."), errors=errors_of(error.errors))
    if isinstance(error, HttpError):
        return Problem(error.status_code if error.status_code in TITLES else 400)
    for kind, status in (
        (Http404, 404),
        (PermissionDenied, 403),
        (RequestDataTooBig, 413),
        (SuspiciousOperation, 400),
    ):
        if isinstance(error, kind):
            return Problem(status)
    logger.error("an API route failed", exc_info=error)
    return Problem(500, _("The failure was noted. Try again later; nothing was changed."))


def _of_refusal(refusal: Refusal) -> Problem:
    errors = [{"detail": str(refusal.sentence), "pointer": f"#/{refusal.field}"}] if refusal.field else []
    status = refusal.status if refusal.status in TITLES else 409
    headers = {"Retry-After": "60"} if status == 429 else {}
    return Problem(status, str(refusal.sentence), code=refusal.code, errors=errors, headers=headers)
