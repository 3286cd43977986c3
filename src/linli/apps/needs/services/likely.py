"""Pairs that seem to be one matter: proposed once to whoever may join them, joined or told apart by a person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import OPEN, Likely, LikelyVerdict, Need
from linli.apps.needs.permissions import analyses
from linli.apps.needs.queries.likely import waiting
from linli.apps.needs.queries.likeness import closest, ordinary
from linli.apps.needs.services.analysing import join
from linli.apps.needs.services.keeping import moment, require, who
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

MOST = 5
"""Earlier needs a new one is laid beside."""


def propose_likely(need: Need, *, at: datetime | None = None) -> int:
    """Lay a need beside the earlier open ones it seems to repeat; how many pairs are new. Twice proposes once."""
    if need.sensitivity or need.about_kind or need.state not in OPEN:
        return 0
    earlier = ordinary().filter(received_at__lte=need.received_at)
    found = closest(
        need.matter, earlier, street=need.street, place=need.place, at=need.received_at, limit=MOST, apart_from=need.pk
    )
    known = set(Likely.objects.filter(other=need).values_list("need", flat=True))
    when = at or timezone.now()
    rows = [
        Likely(need=need, other=one.need, percent=max(one.percent, 1), found_at=when)
        for one in found
        if one.need.pk not in known
    ]
    before = Likely.objects.filter(need=need).count()
    Likely.objects.bulk_create(rows, ignore_conflicts=True)
    return Likely.objects.filter(need=need).count() - before


def join_likely(into: Need, needs: Sequence[UUID], *, actor: Actor | None, at: datetime | None = None) -> int:
    """The chosen ones of those laid beside ``into`` are the same matter: joined to it, answered with it."""
    when, rows = moment(at), _chosen(into, needs, actor)
    with transaction.atomic():
        for row in rows:
            join(row.need, into=into, actor=actor, at=when)
            _decide([row], LikelyVerdict.JOINED, actor, when)
            Likely.objects.filter(need=row.need, verdict=LikelyVerdict.ASKED).update(
                verdict=LikelyVerdict.JOINED, decided_at=when, decided_by=who(actor)
            )
    return len(rows)


def tell_apart(into: Need, needs: Sequence[UUID], *, actor: Actor | None, at: datetime | None = None) -> int:
    """They are two matters; the pair is not proposed again."""
    when, rows = moment(at), _chosen(into, needs, actor)
    with transaction.atomic():
        _decide(rows, LikelyVerdict.OTHER, actor, when)
        for row in rows:
            record("needs.need.tell_apart", row.need, actor=actor, facts={"into": into.number}, at=when)
    return len(rows)


def _chosen(into: Need, needs: Sequence[UUID], actor: Actor | None) -> list[Likely]:
    require(analyses, actor, into)
    rows = list(waiting(actor).filter(other=into, need__in=needs).select_related("need__street", "need__place"))
    if not rows:
        raise Refusal(_("Choose at least one that still waits."), field="needs")
    return rows


def _decide(rows: Sequence[Likely], verdict: str, actor: Actor | None, at: datetime) -> None:
    ids = [row.pk for row in rows]
    Likely.objects.filter(pk__in=ids).update(verdict=verdict, decided_at=at, decided_by=who(actor))
