"""Work of the interface outside requests: telling webhooks, forgetting kept answers."""

from django.utils import timezone

from linli.kernel.api.idempotency import forget
from linli.kernel.api.models import WebhookDelivery
from linli.kernel.api.webhooks.attempts import MOST_ATTEMPTS, attempt
from linli.kernel.api.webhooks.telling import deliveries_for, listening
from linli.kernel.events import Event, hears
from linli.kernel.jobs import daily, periodic, task


@hears("*", where=listening)
def tell_webhooks(event: Event) -> None:
    """Queue one message for each webhook that asked for this event."""
    for delivery in deliveries_for(event):
        send.enqueue(str(delivery.pk))


@task(title="推送事件", atomic=False, max_attempts=MOST_ATTEMPTS)
def send(delivery_id: str) -> None:
    """Send one delivery that still waits; a failure is raised, so that the worker tries again later."""
    waiting = WebhookDelivery.objects.select_related("endpoint").filter(
        pk=delivery_id, state=WebhookDelivery.State.WAITING
    )
    delivery = waiting.first()
    if delivery is not None:
        attempt(delivery, at=timezone.now())


@periodic(daily(3, 40))
@task(title="清理已答复的请求")
def forget_answers() -> None:
    """Kept answers older than a day are deleted."""
    forget(at=timezone.now())
