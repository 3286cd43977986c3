"""The board of a session: for each entry how many sheets are in, of how many; never what stands on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from linli.apps.reviews.models import Duty, Entry, Panel, Recusal, RecusalState, ReviewSession, ScoreSheet, Seat


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


def board(session: ReviewSession, entries: Sequence[Entry]) -> list[Standing]:
    """The standing of the given entries. Three queries for any number of them."""
    keys = [entry.pk for entry in entries]
    judges = _judges(session)
    sheets = ScoreSheet.objects.filter(entry__in=keys, handed_in_at__isnull=False).order_by()
    done = dict(sheets.values_list("entry_id").annotate(count=Count("pk")))
    rows = Recusal.objects.filter(entry__in=keys, state=RecusalState.CONFIRMED, seat__left_at__isnull=True).order_by()
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
    """A panel in the overview of a session."""

    panel: Panel
    judges: int
    entries: int
    revealed: int


def panel_lines(session: ReviewSession) -> list[PanelLine]:
    """Every panel with its judges and entries counted. Two queries."""
    judges = _judges(session)
    live = ~Q(entries__state="withdrawn")
    rows = session.panels.annotate(
        entry_count=Count("entries", filter=live, distinct=True),
        revealed_count=Count("entries", filter=Q(entries__state="revealed"), distinct=True),
    ).order_by("position", "id")
    return [PanelLine(row, judges.get(row.pk, 0), row.entry_count, row.revealed_count) for row in rows]
