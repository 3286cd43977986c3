"""Reads of a panel's vote: what is up, who has not voted, what the ballots say, what is equal at the line."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from linli.apps.reviews.models import (
    BallotPick,
    Entry,
    EntryState,
    Panel,
    PanelBallot,
    Recusal,
    RecusalState,
    Seat,
    VoteKind,
)
from linli.apps.reviews.queries.sheets import judges_of

COUNTED = (EntryState.COLLECTED, EntryState.REVEALED)


def votable(panel: Panel, seat: Seat) -> list[Entry]:
    """Entries up for the present ballot that this judge may vote on. One query."""
    recused = Recusal.objects.filter(seat=seat, entry=OuterRef("pk"), state=RecusalState.CONFIRMED)
    return list(panel.entries.filter(~Exists(recused), state=EntryState.SCORING).order_by("position", "number"))


def picks_allowed(panel: Panel) -> int:
    """How many a judge may pick: k in the first ballot, the places still free in the second."""
    session = panel.session
    if panel.ballot == 1:
        return session.picks or 0
    free = (session.winners or 0) - sum(1 for entry in _by_votes(panel) if entry.ballot == 1 and _sure(entry, panel))
    return max(free, 1)


def _by_votes(panel: Panel) -> list[Entry]:
    rows = panel.entries.exclude(state=EntryState.WITHDRAWN).filter(yes__isnull=False)
    return list(rows.order_by("-yes", "position", "number"))


def _sure(entry: Entry, panel: Panel) -> bool:
    """Above the line after the first ballot: more votes than those who vote again."""
    again = panel.entries.filter(ballot=2).values_list("yes", flat=True).first()
    return again is not None and entry.yes is not None and entry.yes > again


def missing_ballots(panel: Panel) -> list[Seat]:
    """Judges who have not voted in the present ballot. One query."""
    done = PanelBallot.objects.filter(seat=OuterRef("pk"), number=panel.ballot)
    return list(judges_of(panel).filter(~Exists(done)))


def votes_of(panel: Panel) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Votes for each entry in the present ballot, and how many of its judges voted. Three queries."""
    picks = BallotPick.objects.filter(ballot__panel=panel, ballot__number=panel.ballot)
    yes = dict(picks.filter(yes=True).order_by().values_list("entry_id").annotate(count=Count("pk")))
    voters = set(panel.ballots.filter(number=panel.ballot).values_list("seat_id", flat=True))
    recused: dict[UUID, int] = defaultdict(int)
    rows = Recusal.objects.filter(entry__panel=panel, state=RecusalState.CONFIRMED, seat_id__in=voters)
    for entry_id in rows.values_list("entry_id", flat=True):
        recused[entry_id] += 1
    entries = panel.entries.filter(~Q(state=EntryState.WITHDRAWN)).values_list("pk", flat=True)
    return yes, {key: len(voters) - recused[key] for key in entries}


def equal_at_the_line(panel: Panel) -> list[Entry]:
    """Entries the first ballot left equal where it matters: across the last place, or as many yes as no."""
    entries = [entry for entry in _by_votes(panel) if entry.state == EntryState.COLLECTED]
    if panel.session.vote_kind == VoteKind.YES_NO:
        return [entry for entry in entries if (entry.yes or 0) * 2 == (entry.counted or 0)]
    winners = panel.session.winners or 0
    if len(entries) <= winners:
        return []
    last, next_one = entries[winners - 1].yes, entries[winners].yes
    return [entry for entry in entries if entry.yes == last] if last == next_one else []
