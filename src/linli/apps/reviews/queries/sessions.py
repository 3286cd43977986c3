"""Reads of sessions: who sees them, what lacks before the start, what is open before the end."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.apps.reviews.models import (
    CorrectionState,
    Duty,
    Entry,
    EntryState,
    Mode,
    Panel,
    Recusal,
    RecusalState,
    ReviewSession,
    Seat,
    SheetCorrection,
    TieRule,
)
from linli.apps.reviews.permissions import READERS
from linli.apps.reviews.queries.ties import BEFORE_ITS_JUDGES
from linli.kernel.scope import Actor

IN_PLAY = (EntryState.WAITING, EntryState.SCORING, EntryState.COLLECTED, EntryState.REVEALED)


def visible_to(actor: Actor | None, rows: QuerySet[ReviewSession] | None = None) -> QuerySet[ReviewSession]:
    """Sessions held where the actor has a reading post, or below it."""
    rows = ReviewSession.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(place__in=actor.reach(*READERS).places)


def true_sessions(actor: Actor | None) -> QuerySet[ReviewSession]:
    """Sessions the actor reads that are no rehearsal."""
    return visible_to(actor).filter(rehearsal_of__isnull=True)


def parts_visible_to(actor: Actor | None, rows: QuerySet[Any], path: str = "session") -> QuerySet[Any]:
    """Rows that belong to a session (by ``path``) the actor sees."""
    if actor is None:
        return rows.none()
    return rows.filter(**{f"{path}__place__in": actor.reach(*READERS).places})


@dataclass(frozen=True)
class Fewest:
    """The smallest number of marks any entry of a panel can get: of all judges, and of its smallest group."""

    all: int
    group: int


def fewest_marks(session: ReviewSession) -> dict[Panel, Fewest | None]:
    """For each panel the fewest marks any of its entries can get, confirmed recusals counted; None without entries.

    Four queries for any size.
    """
    groups = list(session.group_weights) or [""]
    seats: dict[UUID | None, Counter[str]] = {}
    group_of: dict[UUID, str] = {}
    for seat in Seat.objects.filter(session=session, duty=Duty.JUDGE, left_at__isnull=True):
        group = seat.group if session.group_weights else ""
        group_of[seat.pk] = group
        seats.setdefault(seat.panel_id, Counter())[group] += 1
    blank: dict[UUID, Counter[str]] = {}
    recused = Recusal.objects.filter(BEFORE_ITS_JUDGES, entry__session=session, state=RecusalState.CONFIRMED)
    for seat_id, entry_id in recused.values_list("seat_id", "entry_id"):
        if seat_id in group_of:
            blank.setdefault(entry_id, Counter())[group_of[seat_id]] += 1
    found: dict[Panel, Fewest | None] = dict.fromkeys(session.panels.select_related("session"))
    panels = {panel.pk: panel for panel in found}
    for entry_id, panel_id in (
        session.entries.filter(state__in=IN_PLAY).exclude(panel=None).values_list("pk", "panel_id")
    ):
        there, missing = seats.get(panel_id, Counter()), blank.get(entry_id, Counter())
        counts = [there[group] - missing[group] for group in groups]
        before = found[panels[panel_id]]
        mine = Fewest(sum(counts), min(counts))
        found[panels[panel_id]] = (
            mine if before is None else Fewest(min(mine.all, before.all), min(mine.group, before.group))
        )
    return found


def what_lacks(session: ReviewSession) -> str:
    """What must be done before scoring starts, in a sentence; empty when nothing lacks."""
    entries = session.entries.filter(state__in=IN_PLAY)
    if not entries.exists():
        return _("Nothing was entered for this review yet.")
    homeless = entries.filter(panel=None).count()
    if homeless:
        return _("%(count)s entries stand before no panel yet. Assign them first.") % {"count": homeless}
    undecided = Recusal.objects.filter(BEFORE_ITS_JUDGES, entry__session=session, state=RecusalState.FOUND).count()
    if undecided:
        return _("%(count)s recusals are not decided yet. Confirm or dismiss each.") % {"count": undecided}
    return ""


def what_is_open(session: ReviewSession) -> str:
    """What must be done before the review is closed, in a sentence; empty when nothing is open."""
    open_ones = session.entries.filter(state__in=IN_PLAY).exclude(state=EntryState.REVEALED).count()
    if open_ones:
        return _("%(count)s entries are not revealed yet.") % {"count": open_ones}
    asked = SheetCorrection.objects.filter(sheet__entry__session=session, state=CorrectionState.ASKED).count()
    if asked:
        return _("%(count)s corrections wait for the supervisor.") % {"count": asked}
    if session.ties == TieRule.CHAIR and session.entries.filter(tied=True, state=EntryState.REVEALED).exists():
        return _("Some entries share a rank: the chair's choice is to be recorded.")
    if session.mode == Mode.OPINIONS and session.entries.filter(verdict="", state=EntryState.REVEALED).exists():
        return _("On some entries no opinion has more than half: the chair's choice is to be recorded.")
    return ""


def entries_of(session: ReviewSession) -> QuerySet[Entry]:
    """The entries of a session in the order of its panels, with their panel."""
    return session.entries.select_related("panel", "session").order_by("panel__position", "position", "number")
