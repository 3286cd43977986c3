"""What came out, for higher apps and for pages: only what was revealed, unless a counter or supervisor asks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from linli.apps.reviews.models import Entry, EntryState, Mode, ReviewSession, VoteKind
from linli.apps.reviews.queries.sessions import true_sessions
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor

REVEALED = (EntryState.REVEALED,)
COUNTED = (EntryState.COLLECTED, EntryState.REVEALED)


@dataclass(frozen=True)
class Result:
    """One entry's result. ``score`` out of 100 with two decimals (None in votes and opinions), ``rank`` in its panel or
    over all, ``dropped`` (highest, lowest) or None, ``passed`` None where the session sets no line."""

    entry: Entry
    subject: Ref
    score: Decimal | None
    rank: int | None
    tied: bool
    dropped: tuple[Decimal, Decimal] | None
    counted: int | None
    yes: int | None
    verdict: str
    passed: bool | None


def results_of(session: ReviewSession, *, revealed_only: bool = True) -> list[Result]:
    """The results of a session, by panel and rank. One query.

    A rank counts those shown: while some are not revealed it says nothing about them.
    ``revealed_only=False`` also gives what is counted and not revealed: for counter and supervisor alone.
    """
    rows = session.entries.filter(state__in=REVEALED if revealed_only else COUNTED).select_related("panel")
    rows = (
        rows.order_by("rank", "number") if session.ranks_across else rows.order_by("panel__position", "rank", "number")
    )
    entries = list(rows)
    equals = Counter((_scope(entry, session), entry.rank) for entry in entries)
    shown: dict[tuple[UUID | None, int | None], int] = {}
    seen: Counter[UUID | None] = Counter()
    for entry in entries:
        scope = _scope(entry, session)
        shown.setdefault((scope, entry.rank), seen[scope] + 1)
        seen[scope] += 1
    results = []
    for entry in entries:
        key = (_scope(entry, session), entry.rank)
        if entry.rank is not None:  # the place among those shown: it must not tell of one that is not
            entry.rank, entry.tied = shown[key], equals[key] > 1
        results.append(result_of(entry, session, equals=equals[key]))
    return results


def revealed_entries(actor: Actor | None) -> QuerySet[Entry]:
    """Entries revealed in sessions the actor reads, rehearsals left out, with session and panel."""
    rows = Entry.objects.filter(state__in=REVEALED, session__in=true_sessions(actor).order_by().values("pk"))
    return rows.select_related("session", "panel")


def results_among(entries: Sequence[Entry]) -> list[Result]:
    """Revealed entries of any sessions as results, in their order; ranks as ``results_of`` gives them. One query."""
    sessions = {entry.session_id: entry.session for entry in entries}
    shown = Entry.objects.filter(state__in=REVEALED, session__in=sessions).order_by()
    ranks: dict[tuple[UUID, UUID | None], Counter[int]] = {}
    for session_id, panel_id, rank in shown.values_list("session", "panel", "rank"):
        scope = None if sessions[session_id].ranks_across else panel_id
        if rank is not None:
            ranks.setdefault((session_id, scope), Counter())[rank] += 1
    results = []
    for entry in entries:
        stored = entry.rank
        if stored is None:
            results.append(result_of(entry, entry.session))
            continue
        among = ranks[entry.session_id, _scope(entry, entry.session)]
        entry.rank = 1 + sum(count for rank, count in among.items() if rank < stored)
        found = result_of(entry, entry.session, equals=among[stored])
        results.append(replace(found, tied=among[stored] > 1))
    return results


def _scope(entry: Entry, session: ReviewSession) -> UUID | None:
    return None if session.ranks_across else entry.panel_id


def result_of(entry: Entry, session: ReviewSession, *, equals: int = 1) -> Result:
    """One row as a result; ``equals`` is how many share its rank. No query."""
    dropped = (entry.highest, entry.lowest) if entry.highest is not None and entry.lowest is not None else None
    return Result(
        entry, entry.subject, entry.score, entry.rank, entry.tied, dropped, entry.counted, entry.yes, entry.verdict,
        _passed(entry, session, equals),
    )  # fmt: skip


def _passed(entry: Entry, session: ReviewSession, equals: int) -> bool | None:
    if session.mode == Mode.MARKS:
        return None if session.pass_mark is None or entry.score is None else entry.score >= session.pass_mark
    if session.mode == Mode.OPINIONS:
        return entry.verdict == "approve" if entry.verdict else None
    if session.vote_kind == VoteKind.YES_NO:
        votes = entry.yes_again if entry.ballot == 2 else entry.yes
        return (votes or 0) * 2 > (entry.counted or 0)
    winners, rank = session.winners or 0, entry.rank or 0
    if rank <= winners < rank + equals - 1:
        return None
    return 0 < rank <= winners
