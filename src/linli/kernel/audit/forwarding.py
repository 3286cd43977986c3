"""Sending the record to a collector outside: each chain in its order, from where it stopped, after the verbs' commits.

The chain itself is what waits to be sent: its rows are numbered without gaps in the order in which they were
committed, so one number says how far a chain went. It is written when the collector has taken a batch; what it may
not have is sent again from there on. So rows may come twice after one of the two fell over, but always in their order.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.kernel.audit.carrying import NotTaken, hand_over
from linli.kernel.audit.models import AuditRow, ChainHead, Forwarded
from linli.kernel.audit.syslog import messages

AT_ONCE = 200
"""Rows in a batch."""
MOST = 5_000
"""Rows of one chain in a round, so that the first round of an old house leaves the worker to others."""
LEASE = timedelta(seconds=120)
"""How long a round is trusted with a chain after it began a batch; a batch takes half of it at most."""


@dataclass
class Sent:
    """What a round did: ``rows`` were taken; ``trouble`` says why it stopped, empty where it did not."""

    rows: int = 0
    trouble: str = ""


def waiting() -> dict[str, int]:
    """Chain → how many of its rows were not sent yet; two queries."""
    gone = dict(Forwarded.objects.values_list("chain", "number"))
    heads = ChainHead.objects.order_by("chain").values_list("chain", "length")
    return {chain: length - gone.get(chain, 0) for chain, length in heads if length > gone.get(chain, 0)}


def waiting_since() -> datetime | None:
    """When the oldest row was written that was not sent yet; three queries at most."""
    chains = waiting()
    gone = dict(Forwarded.objects.filter(chain__in=chains).values_list("chain", "number"))
    next_ones = Q(pk__in=[])
    for chain in chains:
        next_ones |= Q(chain=chain, number=gone.get(chain, 0) + 1)
    return AuditRow.objects.filter(next_ones).order_by("at").values_list("at", flat=True).first()


def forward(*, most: int = MOST) -> Sent:
    """Send what was not sent yet, of each chain ``most`` rows at most. Outside a transaction; any number at once."""
    done = Sent()
    if not settings.LINLI_SYSLOG:
        return done
    for chain in waiting():
        try:
            _carry(chain, most, done)
        except NotTaken as trouble:
            done.trouble = str(trouble)
            return done
    return done


def _carry(chain: str, most: int, done: Sent) -> None:
    """One chain, batch by batch, as long as it is this round's. Raises NotTaken."""
    mine = _claim(chain)
    if mine is None:
        return
    left = most
    try:
        while left > 0 and (batch := _next(chain, min(left, AT_ONCE))):
            if not mine.update(held_until=timezone.now() + LEASE):
                return
            hand_over(messages(batch, settings.LINLI_SYSLOG), settings.LINLI_SYSLOG)
            if not mine.update(number=batch[-1].number, sent_at=timezone.now()):
                return
            left -= len(batch)
            done.rows += len(batch)
    finally:
        mine.update(holder="", held_until=None)


def _claim(chain: str) -> QuerySet[Forwarded] | None:
    """The row of a chain as long as this round has it, or None when another has. A clock set back frees it too."""
    now, holder = timezone.now(), secrets.token_hex(16)
    Forwarded.objects.bulk_create([Forwarded(chain=chain)], ignore_conflicts=True)
    free = Q(held_until__isnull=True) | Q(held_until__lt=now) | Q(held_until__gt=now + 3 * LEASE)
    taken = Forwarded.objects.filter(free, chain=chain).update(holder=holder, held_until=now + LEASE)
    return Forwarded.objects.filter(chain=chain, holder=holder) if taken else None


def _next(chain: str, count: int) -> list[AuditRow]:
    gone = Forwarded.objects.values_list("number", flat=True).get(chain=chain)
    return list(AuditRow.objects.filter(chain=chain, number__gt=gone).order_by("number")[:count])
