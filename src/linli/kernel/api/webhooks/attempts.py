"""One attempt at one delivery, and what it leaves on the rows."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from linli.kernel.api.models import WebhookDelivery, WebhookEndpoint
from linli.kernel.api.webhooks.addresses import Forbidden, target_of
from linli.kernel.api.webhooks.endpoints import secret_of
from linli.kernel.api.webhooks.posting import Unanswered, post
from linli.kernel.api.webhooks.signing import HEADER, signature

MOST_ATTEMPTS = 8


class NotDelivered(Exception):
    """This attempt failed and another will follow."""


def _answered(delivery: WebhookDelivery, at: datetime) -> tuple[int | None, str]:
    """(status, "") or (None, why not)."""
    body = delivery.body.encode("utf-8")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Linli-Webhook/1",
        "Linli-Event": str(delivery.event),
        "Linli-Action": delivery.action,
        HEADER: signature(secret_of(delivery.endpoint), body, at=at),
    }
    try:
        return post(target_of(delivery.endpoint.url), body, headers), ""
    except (Forbidden, Unanswered) as error:
        return None, str(error)[:200]


def attempt(delivery: WebhookDelivery, *, at: datetime) -> bool:
    """Send once. True when it was answered with 2xx; raises NotDelivered while attempts are left."""
    if not delivery.endpoint.active:
        _settle(delivery, WebhookDelivery.State.FAILED, None, "switched off", at)
        return False
    if settings.LINLI_REHEARSAL:
        _settle(delivery, WebhookDelivery.State.FAILED, None, "a rehearsal sends nothing", at)
        return False
    status, error = _answered(delivery, at)
    delivered = status is not None and 200 <= status < 300
    last = delivery.attempts + 1 >= MOST_ATTEMPTS
    states = WebhookDelivery.State
    state = states.DELIVERED if delivered else states.FAILED if last else states.WAITING
    _settle(delivery, state, status, error, at)
    if state == states.WAITING:
        raise NotDelivered(error or f"answered {status}")
    return delivered


def _settle(delivery: WebhookDelivery, state: str, status: int | None, error: str, at: datetime) -> None:
    with transaction.atomic():
        WebhookDelivery.objects.filter(pk=delivery.pk).update(
            state=state,
            attempts=F("attempts") + 1,
            last_status=status,
            last_error=error,
            settled_at=None if state == WebhookDelivery.State.WAITING else at,
        )
        failures = 0 if state == WebhookDelivery.State.DELIVERED else F("failures") + 1
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(failures=failures)
