"""The board of a session: for each entry how many sheets are in, of how many; never what stands on them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q

from linli.apps.reviews.models import (
    Duty,
    Entry,
    EntryState,
    Panel,
    Recusal,
    RecusalState,
    ReviewSession,
    ScoreSheet,
    Seat,
)
from linli.apps.reviews.queries.ties import BEFORE_ITS_JUDGES


@dataclass(frozen=True)
class Standing:
    """An entry on the board: ``handed_in`` of ``expected`` sheets; whom nobody waits for is ``recused``."""

    entry: Entry
    handed_in: int
    expected: int
    recused: int

    @property
    def complete(self) -> bool:
        """Whether every judge who may judge has handed in."""
        return self.handed_in >= self.expected


def board(
    session: ReviewSession, entries: Sequence[Entry], judges: Mapping[UUID | None, int] | None = None
) -> list[Standing]:
    """The standing of the given entries. Three queries for any number of them; two where ``judges`` of each panel
    are known already."""
    keys = [entry.pk for entry in entries]
    judges = _judges(session) if judges is None else judges
    sheets = ScoreSheet.objects.filter(entry__in=keys, handed_in_at__isnull=False).order_by()
    done = dict(sheets.values_list("entry_id").annotate(count=Count("pk")))
    rows = Recusal.objects.filter(
        BEFORE_ITS_JUDGES, entry__in=keys, state=RecusalState.CONFIRMED, seat__left_at__isnull=True
    ).order_by()
    blank = dict(rows.values_list("entry_id").annotate(count=Count("pk")))
    return [
        Standing(
            entry,
            done.get(entry.pk, 0),
            judges.get(entry.panel_id, 0) - blank.get(entry.pk, 0),
            blank.get(entry.pk, 0),
        )
        for entry in entries
    ]


def _judges(session: ReviewSession) -> dict[UUID | None, int]:
    rows = Seat.objects.filter(session=session, duty=Duty.JUDGE, left_at__isnull=True).order_by()
    return dict(rows.values_list("panel_id").annotate(count=Count("pk")))


@dataclass(frozen=True)
class PanelLine:
    """A panel in the overview of a session; ``undecided`` recusals wait for a decision."""

    panel: Panel
    judges: int
    entries: int
    revealed: int
    undecided: int


def panel_lines(session: ReviewSession, seats: Iterable[Seat]) -> list[PanelLine]:
    """Every panel with its judges (from all ``seats`` of the session), entries and open recusals. One query."""
    judges = Counter(seat.panel_id for seat in seats if seat.duty == Duty.JUDGE and seat.left_at is None)
    undecided = Q(entries__recusals__state=RecusalState.FOUND, entries__recusals__seat__panel=F("pk"))
    open_ones = Count("entries__recusals", filter=undecided, distinct=True)
    rows = session.panels.annotate(
        entry_count=Count("entries", filter=~Q(entries__state=EntryState.WITHDRAWN), distinct=True),
        revealed_count=Count("entries", filter=Q(entries__state=EntryState.REVEALED), distinct=True),
        undecided_count=open_ones,
    ).order_by("position", "id")
    return [PanelLine(row, judges[row.pk], row.entry_count, row.revealed_count, row.undecided_count) for row in rows]
