"""Reads of sheets: which are in, which are missing, where two typings differ."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

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
    SheetCorrection,
    SheetSource,
    TypedSheet,
)
from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import ref_of

COUNTED = (EntryState.COLLECTED, EntryState.REVEALED)


def judges_of(panel: Panel | None) -> QuerySet[Seat]:
    """Judges who sit in a panel now."""
    return Seat.objects.filter(panel=panel, duty=Duty.JUDGE, left_at__isnull=True).order_by("id")


def judging(entry: Entry) -> QuerySet[Seat]:
    """Judges of the panel who are not recused from this entry."""
    recused = Recusal.objects.filter(seat=OuterRef("pk"), entry=entry, state=RecusalState.CONFIRMED)
    return judges_of(entry.panel).filter(~Exists(recused))


def handed_in(entry: Entry) -> QuerySet[ScoreSheet]:
    """The complete sheets of an entry, in the order of the judges."""
    return entry.sheets.filter(handed_in_at__isnull=False).select_related("seat").order_by("seat_id")


def missing_sheets(entry: Entry) -> list[Seat]:
    """Judges who should have handed a sheet in and have not. One query."""
    done = ScoreSheet.objects.filter(seat=OuterRef("pk"), entry=entry, handed_in_at__isnull=False)
    return list(judging(entry).filter(~Exists(done)))


def sheets_by_entry(session: ReviewSession) -> dict[UUID, list[ScoreSheet]]:
    """All complete sheets of a session by entry. One query."""
    found: dict[UUID, list[ScoreSheet]] = defaultdict(list)
    rows = ScoreSheet.objects.filter(entry__session=session, handed_in_at__isnull=False)
    for sheet in rows.select_related("seat").order_by("seat_id"):
        found[sheet.entry_id].append(sheet)
    return found


def require_scans(entry: Entry) -> None:
    """Refuse while a sheet from paper has no scan, neither its own nor one of the whole panel. Raises Refusal."""
    typed = list(entry.sheets.filter(source=SheetSource.PAPER))
    if not typed or entry.panel is None:
        return
    wanted = {ref_of(sheet).id for sheet in typed}
    kinds = {ref_of(typed[0]).kind, ref_of(entry.panel).kind}
    rows = StoredFile.objects.filter(owner_kind__in=kinds, owner_id__in={*wanted, entry.panel.pk})
    have = set(rows.values_list("owner_id", flat=True))
    if entry.panel.pk not in have and not wanted <= have:
        raise Refusal(
            _("%(count)s sheets of “%(title)s” came on paper: attach their scans first.")
            % {"count": len(wanted - have), "title": entry.title},
            code="scan-missing",
        )


@dataclass(frozen=True)
class Difference:
    """Where two typings of a sheet differ: criterion, "opinion" or "comment", and what each says."""

    field: str
    first: str
    second: str


def differences(entry: Entry, seat: Seat) -> list[Difference]:
    """Where the two typings of a sheet differ; nothing while there is one only. One query."""
    two = list(TypedSheet.objects.filter(entry=entry, seat=seat).order_by("turn"))
    if len(two) < 2:
        return []
    one, other = two
    codes = [code for code in {**one.marks, **other.marks} if _number(one, code) != _number(other, code)]
    words = [name for name in ("opinion", "comment") if getattr(one, name) != getattr(other, name)]
    return [
        *(Difference(code, one.marks.get(code, ""), other.marks.get(code, "")) for code in codes),
        *(Difference(name, getattr(one, name), getattr(other, name)) for name in words),
    ]


def _number(typed: TypedSheet, code: str) -> str:
    """ "17.50" and "17.5" are one mark."""
    text = str(typed.marks.get(code, ""))
    return text.rstrip("0").rstrip(".") if "." in text else text


def tied_entries(panel: Panel) -> QuerySet[Entry]:
    """Entries of a panel (or of the whole session, where one ranking goes over all) that share a rank."""
    rows = Entry.objects.filter(session=panel.session_id, tied=True, state__in=COUNTED)
    rows = rows if panel.session.ranks_across else rows.filter(panel=panel)
    return rows.select_related("session", "panel").order_by("rank", "number")


def is_whole_tie(entries: Sequence[Entry]) -> bool:
    """Whether these are all the entries that share one rank in their ranking."""
    ranks = {entry.rank for entry in entries}
    if len(ranks) != 1 or None in ranks or len(entries) < 2:
        return False
    first = entries[0]
    rows = Entry.objects.filter(session=first.session_id, rank=first.rank, tied=True, state__in=COUNTED)
    if not first.session.ranks_across:
        rows = rows.filter(panel=first.panel_id)
    return set(rows.values_list("pk", flat=True)) == {entry.pk for entry in entries}


def corrections_of(session: ReviewSession) -> QuerySet[SheetCorrection]:
    """Corrections of a session that concern entries already revealed, or that wait for the supervisor."""
    rows = SheetCorrection.objects.filter(sheet__entry__session=session)
    return rows.select_related("sheet__entry", "sheet__seat").order_by("asked_at", "id")


@dataclass(frozen=True)
class TypingCell:
    """One judge's paper sheet of one entry: ``state`` is recused, none, once, differ, paper or phone."""

    seat: Seat
    state: str


@dataclass(frozen=True)
class TypingRow:
    """One entry with a cell for each judge of its panel."""

    entry: Entry
    cells: list[TypingCell]


def typing_grid(panel: Panel) -> list[TypingRow]:
    """Which sheets of a panel are typed, by entry and judge; never what stands on them. Five queries."""
    judges = list(judges_of(panel))
    entries = list(panel.entries.exclude(state=EntryState.WITHDRAWN).order_by("position", "number"))
    recused = set(
        Recusal.objects.filter(entry__panel=panel, state=RecusalState.CONFIRMED).values_list("entry_id", "seat_id")
    )
    typed = Counter(TypedSheet.objects.filter(entry__panel=panel).order_by().values_list("entry_id", "seat_id"))
    done = ScoreSheet.objects.filter(entry__panel=panel, handed_in_at__isnull=False).order_by()
    sheets = {(entry, seat): source for entry, seat, source in done.values_list("entry_id", "seat_id", "source")}

    def state(entry: Entry, seat: Seat) -> str:
        key = (entry.pk, seat.pk)
        if key in recused:
            return "recused"
        return sheets.get(key) or ("none", "once", "differ")[typed[key]]

    return [TypingRow(entry, [TypingCell(seat, state(entry, seat)) for seat in judges]) for entry in entries]
