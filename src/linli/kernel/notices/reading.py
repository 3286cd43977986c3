"""A person's own notices."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from linli.kernel.notices.models import Notice
from linli.kernel.scope.actors import Actor


def mine(actor: Actor) -> QuerySet[Notice]:
    """The actor's notices, the newest first."""
    return Notice.objects.filter(recipient=actor.actor_id).order_by("-id")


def unread_count(actor: Actor) -> int:
    """How many the actor has not read. One query, by its own index."""
    return Notice.objects.filter(recipient=actor.actor_id, read_at__isnull=True).count()


def mark_read(notice_id: UUID, *, actor: Actor, at: datetime | None = None) -> Notice | None:
    """Mark one of the actor's own notices as read; None when there is no such one."""
    notice = mine(actor).filter(pk=notice_id).first()
    if notice is not None and notice.read_at is None:
        notice.read_at = at or timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, actor: Actor, at: datetime | None = None) -> int:
    """Mark all of the actor's notices as read; returns how many were not."""
    return mine(actor).filter(read_at__isnull=True).update(read_at=at or timezone.now())
