"""Writing down what somebody else said: at the window, on the telephone, at a door, from a group."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Channel, Guide, Need, WindowMatter
from linli.apps.needs.permissions import enters_needs
from linli.apps.needs.queries.callers import open_around
from linli.apps.needs.services.analysing import join
from linli.apps.needs.services.keeping import require
from linli.apps.needs.services.receiving import receive
from linli.apps.needs.services.shape import Received
from linli.apps.places.models import Place
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor, Anchor

ENTERED = (Channel.HOTLINE, Channel.WINDOW, Channel.VISIT, Channel.PATROL, Channel.CHAT, Channel.SUGGESTION)
"""Ways in by which somebody of the staff writes."""


@dataclass(frozen=True)
class Standing:
    """Where somebody wants to write: only its anchor counts."""

    anchor: Anchor


@dataclass(frozen=True)
class Entry:
    """What was heard; ``given`` is handed to :func:`receive` as it is. ``same_as``: the open need it is the same as."""

    place: Place
    matter: str
    channel: str
    given: dict[str, Any]
    same_as: Need | None = None
    guide: Guide | None = None
    missing: str = ""


def enter(entry: Entry, *, actor: Actor | None, at: datetime | None = None) -> Received:
    """Receive it in the name of whoever said it; where it is the same as an open one, it is joined to that at once.

    Danger in it is told to whoever is on watch. Raises NotAllowed, Refusal.
    """
    require(enters_needs, actor, Standing(Anchor(place=entry.place.pk)))
    if entry.channel not in ENTERED:
        raise Refusal(_("Say how it came in."), field="channel")
    with transaction.atomic():
        received = receive(
            street=entry.place.street or entry.place, place=entry.place, matter=entry.matter, channel=entry.channel,
            actor=actor, at=at, **entry.given,
        )  # fmt: skip
        if entry.same_as is not None:
            _join(received.need, entry.same_as, actor, at)
        if entry.channel == Channel.WINDOW:
            note_window(received.need, guide=entry.guide, missing=entry.missing, actor=actor, at=at)
    return received


def _join(need: Need, into: Need, actor: Actor | None, at: datetime | None) -> None:
    if actor is not None and not open_around(into.place, actor).filter(pk=into.pk).exists():
        raise Refusal(_("This one is not open any more. Enter the need by itself."), field="same_as")
    join(need, into=into, actor=actor, at=at)
    need.refresh_from_db()


def note_window(
    need: Need, *, guide: Guide | None, missing: str, actor: Actor | None, at: datetime | None = None
) -> WindowMatter:
    """What a matter at the window still lacks, said once in writing (E43); the visit is counted (E17).

    A list that was given is not made longer: what was not asked the first time is the street's to find. Raises Refusal.
    """
    lines = [line.strip() for line in missing.splitlines() if line.strip()]
    with transaction.atomic():
        row = WindowMatter.objects.filter(need=need).first()
        if row is None:
            row = WindowMatter(need=need, guide=guide)
        elif row.missing and set(lines) - set(row.papers):
            sentence = _("The list was given once. What was not on it is not asked of the resident now: %(papers)s.")
            raise Refusal(sentence % {"papers": "、".join(sorted(set(lines) - set(row.papers)))}, field="missing")
        row.missing, row.told_at = "\n".join(lines), row.told_at or (at or need.received_at)
        row.version += 1
        row.save()
        Need.objects.filter(pk=need.pk).update(visits=need.visits + 1)
        need.visits += 1
        record("needs.need.visit", need, actor=actor, facts={"visits": need.visits, "missing": "、".join(lines)}, at=at)
    return row
