"""Telling: the notice and its deliveries are written in the verb's transaction; sending is a job after it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from linli.kernel.notices.choices import switched_off
from linli.kernel.notices.kinds import NoticeKind, notice_kind
from linli.kernel.notices.models import Delivery, DeliveryState, Notice
from linli.kernel.notices.ways import ways_for
from linli.kernel.privacy import frozen
from linli.kernel.refs import Ref
from linli.kernel.scope.actors import Actor


def _ids(recipients: Iterable[Actor | UUID]) -> list[UUID]:
    """Each recipient once, in the order given."""
    return list(dict.fromkeys(one if isinstance(one, UUID) else one.actor_id for one in recipients))


@transaction.atomic
def notify(
    recipients: Iterable[Actor | UUID],
    *,
    kind: str,
    text: str | Promise,
    actor: Actor | None,
    ref: Ref | None = None,
    dedupe: str = "",
    at: datetime | None = None,
) -> list[Notice]:
    """Tell every recipient once; returns the notices that are new. Whoever acts is not told of his own deed.

    With ``dedupe`` a recipient who was told the same before (by the same kind and key) is left out. The text is
    written in the language of the house. Raises ImproperlyConfigured for an undeclared kind.
    """
    known = notice_kind(kind)
    with override(settings.LANGUAGE_CODE):
        sentence = str(text)
    notices = [
        Notice(
            recipient=recipient,
            kind=kind,
            text=sentence,
            ref_kind=ref.kind if ref else "",
            ref_id=ref.id if ref else None,
            dedupe=f"{kind}:{dedupe}" if dedupe else None,
            made_at=at or timezone.now(),
        )
        for recipient in _ids(recipients)
        if actor is None or recipient != actor.actor_id
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if dedupe:
        written = set(Notice.objects.filter(pk__in=[one.pk for one in notices]).values_list("pk", flat=True))
        notices = [notice for notice in notices if notice.pk in written]
    _send_on_their_way(known, notices)
    return notices


def _send_on_their_way(kind: NoticeKind, notices: Sequence[Notice]) -> None:
    if not notices or not kind.doors:
        return
    resting = set(frozen("notices").filter(owner__in=[notice.recipient for notice in notices]))
    unwanted = switched_off(kind.name, [notice.recipient for notice in notices])
    told = [notice for notice in notices if notice.recipient not in resting]
    deliveries = []
    for door in ways_for(kind.name):
        state = DeliveryState.WAITING if door.available() else DeliveryState.OFF
        reached = door.reached([notice.recipient for notice in told])
        deliveries += [
            Delivery(notice=notice, door=door.name, state=state)
            for notice in told
            if notice.recipient in reached and (notice.recipient, door.name) not in unwanted
        ]
    Delivery.objects.bulk_create(deliveries)
    if any(delivery.state == DeliveryState.WAITING for delivery in deliveries):
        from linli.kernel.notices.jobs import deliver  # the job's file names this one's neighbours

        deliver.enqueue()
