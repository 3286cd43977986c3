"""One effect for one ``Idempotency-Key``, however often the request comes.

The key is claimed first, visibly to other processes; the answer is then written in the same transaction as
the effect. Whoever repeats the key gets the kept answer, is told that the work is still going on (409), or that
the key belongs to another request (422). A refused request keeps nothing: the key may be tried again.
"""

import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.api.models import ApiToken, KeptAnswer
from linli.kernel.api.problems import Problem
from linli.kernel.seals import fingerprint, open_sealed, seal

HEADER = "Idempotency-Key"
PATTERN = r"^[!-~]{8,200}$"
KEPT = timedelta(hours=24)
LEASE = timedelta(seconds=60)
HEADERS_KEPT = ("Content-Type", "Location", "Link")


def _digest(request: HttpRequest) -> str:
    parts = (request.method or "", request.get_full_path(), fingerprint(request.body.hex()))
    return fingerprint("\n".join(parts))


def _busy() -> Problem:
    sentence = _("A request with this key is being worked on. Ask again in a moment.")
    return Problem(409, sentence, code="in-progress", headers={"Retry-After": "2"})


def _claim(token: ApiToken, key: str, request: HttpRequest, at: datetime) -> KeptAnswer:
    """The row of this key: claimed by us (status 0), or with its kept answer. Raises Problem 409, 422."""
    digest, claim = _digest(request), secrets.token_hex(16)
    KeptAnswer.objects.filter(token=token, key=key, expires_at__lte=at).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(
                token=token,
                key=key,
                request=f"{request.method} {request.path}"[:300],
                digest=digest,
                claim=claim,
                claimed_until=at + LEASE,
                expires_at=at + KEPT,
            )
    except IntegrityError:
        row = KeptAnswer.objects.filter(token=token, key=key).first()
    if row is None:
        raise _busy()
    if row.digest != digest:
        raise Problem(422, _("This key was used for another request. Choose a new one."), code="key-reused")
    if row.status:
        return row
    taken = KeptAnswer.objects.filter(pk=row.pk, claim=row.claim, status=0, claimed_until__lte=at).update(
        claim=claim, claimed_until=at + LEASE
    )
    if not taken:
        raise _busy()
    row.claim = claim
    return row


def _replayed(row: KeptAnswer) -> HttpResponse:
    body = open_sealed(row.body, context=f"api.kept_answer:{row.pk}")
    response = HttpResponse(body, status=row.status, headers=row.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _keep(row: KeptAnswer, response: HttpResponse) -> None:
    """Write the answer beside the effect. Raises Problem 409 when another process took the claim over."""
    kept = KeptAnswer.objects.filter(pk=row.pk, claim=row.claim, status=0).update(
        status=response.status_code,
        headers={name: response[name] for name in HEADERS_KEPT if response.has_header(name)},
        body=seal(response.content.decode("utf-8"), context=f"api.kept_answer:{row.pk}"),
    )
    if not kept:
        raise _busy()


def _release(row: KeptAnswer) -> None:
    KeptAnswer.objects.filter(pk=row.pk, claim=row.claim, status=0).delete()


def once(request: HttpRequest, token: ApiToken, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of ``run``, run in one transaction, or the one kept under the key. Raises Problem."""
    key = request.headers.get(HEADER, "")
    if not re.match(PATTERN, key):
        sentence = _("Send the header Idempotency-Key with 8 to 200 visible characters, new for each intent.")
        raise Problem(400, sentence, code="key-needed")
    row = _claim(token, key, request, timezone.now())
    if row.status:
        return _replayed(row)
    kept = False
    try:
        with transaction.atomic():
            response = run()
            if response.status_code < 400 and isinstance(response, HttpResponse):
                _keep(row, response)
                kept = True
            else:
                transaction.set_rollback(True)
    except BaseException:
        _release(row)
        raise
    if not kept:
        _release(row)
    return response


def forget(*, at: datetime) -> int:
    """Delete answers older than a day; run by the clock. Returns how many."""
    return KeptAnswer.objects.filter(expires_at__lte=at).delete()[0]
