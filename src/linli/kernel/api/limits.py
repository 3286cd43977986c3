"""How many calls a minute a token may make, counted by one UPDATE that the database settles."""

from datetime import datetime

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.api.models import ApiToken, TokenUse
from linli.kernel.api.problems import Problem

CALLS_A_MINUTE = 300
BODY_BYTES = 1_000_000


def calls_a_minute() -> int:
    """The limit of this house (``LINLI_API_CALLS_A_MINUTE``)."""
    return int(getattr(settings, "LINLI_API_CALLS_A_MINUTE", CALLS_A_MINUTE))


def count(token: ApiToken, *, at: datetime) -> None:
    """Count one call and note the day. Raises Problem 429 with ``Retry-After`` in seconds."""
    minute, second = divmod(int(at.timestamp()), 60)
    counted = (
        TokenUse.objects.filter(token=token)
        .filter(~Q(minute=minute) | Q(calls__lt=calls_a_minute()))
        .update(
            calls=Case(When(minute=minute, then=F("calls") + 1), default=Value(1)),
            minute=minute,
            day=localdate(at),
        )
    )
    if not counted:
        sentence = _("This token has made too many calls. Wait a minute.")
        raise Problem(429, sentence, headers={"Retry-After": str(60 - second)})
