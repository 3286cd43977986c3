"""Verbs of webhooks: set up, switch, send again. Only the system administrator uses them."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit, events
from linli.kernel.api.models import WebhookDelivery, WebhookEndpoint
from linli.kernel.api.webhooks.addresses import Forbidden, shape_of, target_of
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Actor, Role, holds_everywhere
from linli.kernel.seals import open_sealed, seal

audit.register_action(
    "api.webhook.add", _("made a webhook"), words={"name": _("name"), "url": _("address"), "actions": _("actions")}
)
audit.register_action("api.webhook.switch", _("changed whether a webhook is active"), words={"active": _("active")})
audit.register_action("api.webhook.resend", _("sent a webhook delivery again"), words={"event": _("event")})


class Added(NamedTuple):
    """The row and the secret, to be shown once."""

    endpoint: WebhookEndpoint
    secret: str


def _context(endpoint: WebhookEndpoint) -> str:
    return f"api.webhook_endpoint.secret:{endpoint.pk}"


def secret_of(endpoint: WebhookEndpoint) -> str:
    """The secret that signs what is sent to ``endpoint``. Raises Unreadable."""
    return open_sealed(endpoint.secret, context=_context(endpoint))


def _is_administrator(actor: Actor | None) -> bool:
    return holds_everywhere(actor, Role.SYSTEM_ADMINISTRATOR)


def among(rows: QuerySet[WebhookEndpoint], actor: Actor | None) -> QuerySet[WebhookEndpoint]:
    """Those of ``rows`` the actor may see: all for the system administrator, none for anybody else."""
    return rows if _is_administrator(actor) else rows.none()


def visible_to(actor: Actor | None) -> QuerySet[WebhookEndpoint]:
    """The webhooks the actor may see, with their owners."""
    return among(WebhookEndpoint.objects.select_related("owner"), actor)


def deliveries_of(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """What was, or is to be, sent to ``endpoint``; the newest first."""
    return WebhookDelivery.objects.filter(endpoint=endpoint).order_by("-id")


def _checked(url: str) -> str:
    try:
        shape_of(url)
        target_of(url)
    except Forbidden as error:
        sentence = _("This address is not one that may be told: use https and a public host.")
        raise Refusal(sentence, field="url") from error
    return url


def add(*, name: str, url: str, actions: Iterable[str], owner: Any, actor: Actor, at: datetime | None = None) -> Added:
    """A new webhook told of ``actions`` ("*": all) on records its ``owner`` may see. Raises Refusal, NotAllowed."""
    wanted = sorted(set(actions))
    known = {action.name for action in audit.actions()} | {"*"}
    if not _is_administrator(actor):
        raise NotAllowed(_("Only the system administrator sets up webhooks."))
    if not name.strip():
        raise Refusal(_("Give the webhook a name, such as the system that listens."), field="name")
    if not wanted or not set(wanted) <= known:
        raise Refusal(_("Choose at least one action from the list."), field="actions")
    secret = "whsec_" + secrets.token_urlsafe(32)
    endpoint = WebhookEndpoint(
        name=name.strip(), url=_checked(url), actions=wanted, owner=owner, made_at=at or timezone.now()
    )
    endpoint.secret = seal(secret, context=_context(endpoint), purpose="webhooks")
    with transaction.atomic():
        endpoint.save(force_insert=True)
        facts = {"name": endpoint.name, "url": url, "actions": wanted}
        events.record("api.webhook.add", endpoint, actor=actor, facts=facts, at=at)
    return Added(endpoint, secret)


def switch(endpoint: WebhookEndpoint, *, active: bool, actor: Actor, at: datetime | None = None) -> None:
    """Stop telling, or tell again. Raises NotAllowed, Conflict."""
    if not _is_administrator(actor):
        raise NotAllowed(_("Only the system administrator switches a webhook."))
    with transaction.atomic():
        other = WebhookEndpoint.objects.filter(pk=endpoint.pk, active=not active)
        if not other.update(active=active, failures=0):
            raise Conflict(_("It is so already. Reload the page."))
        events.record("api.webhook.switch", endpoint, actor=actor, facts={"active": active}, at=at)


def resend(delivery: WebhookDelivery, *, actor: Actor, at: datetime | None = None) -> None:
    """Send a settled delivery once more, under its old event id. Raises NotAllowed, Refusal, Conflict."""
    from linli.kernel.api.jobs import send

    if not _is_administrator(actor):
        raise NotAllowed(_("Only the system administrator sends a delivery again."))
    if not WebhookEndpoint.objects.filter(pk=delivery.endpoint_id, active=True).exists():
        raise Refusal(_("Switch the webhook on before sending again."))
    with transaction.atomic():
        settled = WebhookDelivery.objects.filter(pk=delivery.pk).exclude(state=WebhookDelivery.State.WAITING)
        if not settled.update(state=WebhookDelivery.State.WAITING, attempts=0, settled_at=None):
            raise Conflict(_("This delivery is waiting already."))
        send.enqueue(str(delivery.pk))
        facts = {"event": str(delivery.event)}
        events.record("api.webhook.resend", delivery.endpoint, actor=actor, facts=facts, at=at)
