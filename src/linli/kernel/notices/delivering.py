"""Sending what waits. A delivery is claimed before it is sent and never sent again by itself after that.

A worker that dies between claim and answer leaves "sending"; after ten minutes it is called "unknown", and only a
person decides whether to send it again: told twice is worse than told by a person.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.errors import Conflict
from linli.kernel.notices.models import Delivery, DeliveryState, NoticeWish
from linli.kernel.notices.ways import NeverArrives, Silent, TryLater, Unclear, doors
from linli.kernel.notices.wishes import quiet_until, wishes_of
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


def _settled(mine: QuerySet[Delivery], delivery: Delivery, trouble: Exception, now: datetime) -> None:
    """Write what an attempt that failed leaves: another attempt, an end, or a question for a person."""
    states = DeliveryState
    columns: dict[str, Any] = {"error": str(trouble)[:300]}
    attempts = delivery.attempts + 1
    repeats = doors()[delivery.door].repeats
    since = delivery.unsure_since or (now if isinstance(trouble, Unclear) else None)
    following = now + FIRST_PAUSE * 2**delivery.attempts
    again = attempts < MOST_ATTEMPTS and (since is None or following - since < repeats)
    if isinstance(trouble, NeverArrives):
        columns["state"] = states.FAILED if since is None else states.UNKNOWN
    elif again:
        columns |= {"state": states.WAITING, "not_before": following, "unsure_since": since}
    else:
        columns |= {"state": states.FAILED if since is None else states.UNKNOWN, "not_before": None}
    mine.update(**columns)


def _attempt(delivery: Delivery, now: datetime) -> tuple[bool, Exception | None]:
    """Claim, send, mark. Whether it was sent, and what stood in the way."""
    mine = _claim(delivery, now)
    if mine is None:
        return False, None
    try:
        receipt = doors()[delivery.door].send(delivery)
    except (TryLater, NeverArrives, Unclear) as trouble:
        _settled(mine, delivery, trouble, now)
        return False, trouble
    sent = mine.update(state=DeliveryState.SENT, sent_at=timezone.now(), receipt=receipt, error="")
    return bool(sent), None


def _take_another_way(delivery: Delivery, wish: NoticeWish | None, trouble: Exception | None) -> None:
    """Where a way fell silent or failed and the person named another, that one carries the message now.

    The first is not tried again then: told by two ways is told twice.
    """
    door = doors().get(wish.instead) if wish is not None else None
    ended = isinstance(trouble, TryLater) and delivery.attempts + 1 >= MOST_ATTEMPTS
    gives_up = ended or isinstance(trouble, Silent | NeverArrives | Unclear)
    if not gives_up or door is None or door.name == delivery.door or not door.available():
        return
    notice = delivery.notice
    if not door.carries(notice.kind) or notice.recipient not in door.reached([notice.recipient]):
        return
    stopped = DeliveryState.UNKNOWN if isinstance(trouble, Unclear) else DeliveryState.FAILED
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(state=stopped, not_before=None)
        Delivery.objects.bulk_create([Delivery(notice=notice, door=door.name)], ignore_conflicts=True)


def _wait_for(delivery: Delivery, wish: NoticeWish | None, now: datetime) -> bool:
    """Let a message wait for the end of quiet hours, the person's or the door's. True when it has to."""
    ends = [end for end in (quiet_until(wish, now), doors()[delivery.door].opens_at(now)) if end is not None]
    if not ends:
        return False
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(not_before=max(ends))
    return True


def _round(batch: list[Delivery], silent: set[str], now: datetime) -> int:
    """Send a batch, but nothing more through a door that fell silent: one that hangs holds nobody else up."""
    wishes = wishes_of(delivery.notice.recipient for delivery in batch)
    count = 0
    for delivery in batch:
        wish = wishes.get(delivery.notice.recipient)
        if delivery.door in silent or _wait_for(delivery, wish, now):
            continue
        sent, trouble = _attempt(delivery, now)
        count += sent
        if isinstance(trouble, Silent | Unclear):
            silent.add(delivery.door)
        _take_another_way(delivery, wish, trouble)
    return count


def deliver_waiting(*, at: datetime | None = None) -> int:
    """Send everything that waits and is due; returns how many were sent. Any number of workers at once.

    Runs outside a transaction: a claim must be seen by others before the message leaves.
    """
    now = at or timezone.now()
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    sent = 0
    silent: set[str] = set()
    last: UUID | None = None
    while True:
        waiting = Delivery.objects.filter(due, state=DeliveryState.WAITING).select_related("notice").order_by("id")
        batch = list((waiting if last is None else waiting.filter(pk__gt=last)).exclude(door__in=silent)[:LOOK])
        if not batch:
            return sent
        sent += _round(batch, silent, now)
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
        state=DeliveryState.WAITING, attempts=0, not_before=None, claimed_at=None, unsure_since=None, error=""
    )
    if not changed:
        raise Conflict(_("This message is not stuck any more. Reload the page to see its state."))
    door = Delivery.objects.values_list("door", flat=True).get(pk=delivery_id)
    audit.record("notices.delivery.send_again", Ref("notices.delivery", delivery_id), actor=actor, facts={"door": door})
    from linli.kernel.notices.jobs import deliver  # the job's file names this one

    deliver.enqueue()
