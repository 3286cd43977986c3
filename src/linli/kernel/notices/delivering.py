"""Sending what waits. A delivery is claimed before it is sent and never sent again by itself after that.

A worker that dies between claim and answer leaves "sending"; after ten minutes it is called "unknown", and only a
person decides whether to send it again: told twice is worse than told by a person.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.errors import Conflict
from linli.kernel.notices.models import Delivery, DeliveryState
from linli.kernel.notices.ways import NeverArrives, TryLater, Unclear, doors
from linli.kernel.refs import Ref
from linli.kernel.scope.actors import Actor

MOST_ATTEMPTS = 5
FIRST_PAUSE = timedelta(minutes=1)
LOST_AFTER = timedelta(minutes=10)
LOOK = 20

audit.register_action("notices.delivery.send_again", _("had a message sent again"), words={"door": _("way")})


def _claim(delivery: Delivery, now: datetime) -> QuerySet[Delivery] | None:
    """The row as long as this attempt is the one that counts, or None when somebody else has it."""
    taken = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, attempts=delivery.attempts).update(
        state=DeliveryState.SENDING, attempts=F("attempts") + 1, claimed_at=now
    )
    if not taken:
        return None
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, attempts=delivery.attempts + 1)


def _attempt(delivery: Delivery, now: datetime) -> bool:
    """Claim, send, mark. True when it was sent."""
    mine = _claim(delivery, now)
    if mine is None:
        return False
    try:
        receipt = doors()[delivery.door].send(delivery)
    except TryLater as trouble:
        last = delivery.attempts + 1 >= MOST_ATTEMPTS
        pause = FIRST_PAUSE * 2**delivery.attempts
        mine.update(
            state=DeliveryState.FAILED if last else DeliveryState.WAITING,
            not_before=None if last else now + pause,
            error=str(trouble)[:300],
        )
    except NeverArrives as trouble:
        mine.update(state=DeliveryState.FAILED, error=str(trouble)[:300])
    except Unclear as trouble:
        mine.update(state=DeliveryState.UNKNOWN, error=str(trouble)[:300])
    else:
        return bool(mine.update(state=DeliveryState.SENT, sent_at=timezone.now(), receipt=receipt, error=""))
    return False


def deliver_waiting(*, at: datetime | None = None) -> int:
    """Send everything that waits and is due; returns how many were sent. Any number of workers at once.

    Runs outside a transaction: a claim must be seen by others before the message leaves.
    """
    now = at or timezone.now()
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    sent = 0
    last: UUID | None = None
    while True:
        waiting = Delivery.objects.filter(due, state=DeliveryState.WAITING).select_related("notice").order_by("id")
        batch = list((waiting if last is None else waiting.filter(pk__gt=last))[:LOOK])
        if not batch:
            return sent
        sent += sum(_attempt(delivery, now) for delivery in batch)
        last = batch[-1].pk


def sweep(*, at: datetime | None = None) -> int:
    """Call unknown what was being sent when its worker died; returns how many."""
    now = at or timezone.now()
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=now - LOST_AFTER)
    return lost.update(state=DeliveryState.UNKNOWN, error="worker lost")


@transaction.atomic
def send_again(delivery_id: UUID, *, actor: Actor | None) -> None:
    """Let a failed or unknown delivery wait again, because a person says so. Raises Conflict otherwise."""
    stuck = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.OFF)
    changed = Delivery.objects.filter(pk=delivery_id, state__in=stuck).update(
        state=DeliveryState.WAITING, attempts=0, not_before=None, claimed_at=None, error=""
    )
    if not changed:
        raise Conflict(_("This message is not stuck any more. Reload the page to see its state."))
    door = Delivery.objects.values_list("door", flat=True).get(pk=delivery_id)
    audit.record("notices.delivery.send_again", Ref("notices.delivery", delivery_id), actor=actor, facts={"door": door})
    from linli.kernel.notices.jobs import deliver  # the job's file names this one

    deliver.enqueue()
