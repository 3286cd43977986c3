"""How a person wants to be told: quiet hours, and another way for when the first one fails."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal
from linli.kernel.notices.models import NoticeWish
from linli.kernel.notices.ways import Door, doors
from linli.kernel.scope.actors import Actor

LONGEST_QUIET = timedelta(hours=14)
"""Longer hours without a word would keep messages of one's duty back for a day."""


def ways_to(actor: Actor) -> list[Door]:
    """The ways that are set up and reach the actor."""
    return [door for door in doors().values() if door.available() and door.reached([actor.actor_id])]


def wishes_of(recipients: Iterable[UUID]) -> dict[UUID, NoticeWish]:
    """What each has wished, where anything. One query."""
    return {wish.recipient: wish for wish in NoticeWish.objects.filter(recipient__in=set(recipients))}


def _length(start: time, end: time) -> timedelta:
    minutes = (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)
    return timedelta(minutes=minutes % (24 * 60))


@transaction.atomic
def wish(*, quiet_from: time | None, quiet_until: time | None, instead: str, actor: Actor) -> NoticeWish:
    """Keep one's own quiet hours and the way taken instead ("": none). Raises Refusal."""
    if (quiet_from is None) != (quiet_until is None) or (quiet_from is not None and quiet_from == quiet_until):
        raise Refusal(_("Give both a beginning and an end of the quiet hours, or neither."), field="quiet_until")
    if quiet_from is not None and quiet_until is not None and _length(quiet_from, quiet_until) > LONGEST_QUIET:
        raise Refusal(_("Quiet hours last at most fourteen hours."), field="quiet_until")
    if instead and instead not in {door.name for door in ways_to(actor)}:
        raise Refusal(
            _("This way does not reach you yet. Link it first, or have your number entered."), field="instead"
        )
    columns = {"quiet_from": quiet_from, "quiet_until": quiet_until, "instead": instead}
    return NoticeWish.objects.update_or_create(recipient=actor.actor_id, defaults=columns)[0]


def next_after(now: datetime, start: time, end: time) -> datetime | None:
    """The ``end`` of the span from ``start`` to ``end`` (local time, over midnight too) ``now`` lies in, or None."""
    here = timezone.localtime(now)
    clock = here.time()
    inside = start <= clock < end if start < end else clock >= start or clock < end
    if not inside:
        return None
    day = here.date() if clock < end else here.date() + timedelta(days=1)
    return datetime.combine(day, end, tzinfo=here.tzinfo)


def quiet_until(wish: NoticeWish | None, now: datetime) -> datetime | None:
    """When the quiet hours end that ``now`` lies in, or None."""
    if wish is None or wish.quiet_from is None or wish.quiet_until is None:
        return None
    return next_after(now, wish.quiet_from, wish.quiet_until)
