"""From an event to its deliveries: one for each webhook that asked and whose owner may see the record."""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.utils import timezone

from linli.kernel.api.models import WebhookDelivery, WebhookEndpoint
from linli.kernel.events import Event
from linli.kernel.refs import resolve
from linli.kernel.scope import Role, holds_everywhere


def body_of(event: Event) -> str:
    """What is sent: which action, when, on which record; its content is read through the interface."""
    content = {
        "id": str(event.row),
        "action": event.action,
        "at": event.at,
        "record": {"kind": event.ref.kind, "id": str(event.ref.id)} if event.ref else None,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _may_know(owner: Any, event: Event) -> bool:
    if not owner.is_active:
        return False
    if event.ref is None:
        return holds_everywhere(owner, Role.SYSTEM_ADMINISTRATOR)
    try:
        return event.ref in resolve([event.ref], actor=owner)
    except ImproperlyConfigured:
        return False


def listening() -> QuerySet[WebhookEndpoint]:
    """The webhooks that are switched on; while there is none, no event costs a job."""
    return WebhookEndpoint.objects.filter(active=True)


def deliveries_for(event: Event) -> list[WebhookDelivery]:
    """Make the deliveries of ``event`` that do not exist yet; run inside a transaction."""
    made = []
    for endpoint in listening().select_related("owner"):
        asked = "*" in endpoint.actions or event.action in endpoint.actions
        if not asked or not _may_know(endpoint.owner, event):
            continue
        delivery, is_new = WebhookDelivery.objects.get_or_create(
            endpoint=endpoint,
            event=event.row,
            defaults={"action": event.action, "body": body_of(event), "made_at": timezone.now()},
        )
        if is_new:
            made.append(delivery)
    return made
