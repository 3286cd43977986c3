"""The timetable on paper and in calendars: A4 across as a whole or by panel; own slots, without other people's data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from linli.apps.reviews.models import (
    OPEN_SESSIONS,
    Entry,
    EntryState,
    Panel,
    PanelSlot,
    Recusal,
    RecusalState,
    ReviewSession,
    Seat,
    Timetable,
)
from linli.apps.reviews.queries.timetable import read_timetable
from linli.apps.reviews.queries.timetable_board import Board, Column, Item, Run, board_of
from linli.kernel import documents
from linli.kernel.refs import Ref

Block = documents.Text | documents.Rows
ICS = "text/calendar; charset=utf-8"
SIDE_BY_SIDE = 4
"""Panels that fit beside each other on A4 across; more stand below each other."""


def timetable_paper(session: ReviewSession, panel: Panel | None = None) -> documents.Paper:
    """The timetable of one panel (with everybody who judges there), or of all; in Chinese."""
    reading = read_timetable(session, ties=False)
    board = board_of(reading)
    with override("zh-hans"):
        title = f"{session.title}时间表" if panel is None else f"{session.title}{panel.name}时间表"
        blocks: list[Block] = [documents.Text(f"地点：{_venue(session, panel)}", indent=False)]
        if panel is None and len(reading.panels) <= SIDE_BY_SIDE:
            blocks += _beside(board)
        else:
            wanted = [one for one in board.columns if one.count and panel in (None, one.panel)]
            blocks += [_alone(one) for one in wanted]
        return documents.Paper(
            documents.Layout.TABLE, title, str(session.place.name), timezone.localdate(), "", blocks, seal_line=False
        )


def _venue(session: ReviewSession, panel: Panel | None) -> str:
    return "，".join(one for one in (session.venue, panel.venue if panel else "") if one) or "待定"


def _day(column: Column) -> str:
    return date_format(column.day, "Y年n月j日 l")


def _beside(board: Board) -> list[Block]:
    """Day by day, panels as columns, the n-th of each beside each other."""
    blocks: list[Block] = []
    for _when, columns in board.days:
        heads = [documents.Column("序号", 0.5, "center")]
        heads += [documents.Column(f"{one.panel.name}（{one.panel.venue}）" if one.panel.venue else one.panel.name, 3)
                  for one in columns]  # fmt: skip
        lines = zip_longest(*map(_cells, columns), fillvalue="")
        rows = [[str(number), *line] for number, line in enumerate(lines, 1)]
        judges = ["评委", *(one.judges for one in columns)]
        blocks.append(documents.Rows(heads, [judges, *rows], caption=_day(columns[0])))
    return blocks


def _cells(column: Column) -> list[str]:
    """The lines of one panel; the unit is named where it begins."""
    return [_cell(item, run, first=item is run.first) for run in column.runs for item in run.items]


def _cell(item: Item, run: Run, *, first: bool) -> str:
    unit = f"（{run.unit.label}）" if first and run.unit else ""
    what = f"{item.entry.number}号 {item.entry.title}{unit}" if item.entry else item.title
    return f"{item.starts:%H:%M}—{item.ends:%H:%M} {what}"


def _alone(column: Column) -> documents.Rows:
    """One panel on one day, a line a project."""
    heads = (("时间", 2), ("序号", 1), ("项目", 5), ("单位", 4), ("汇报人", 2))
    rows = []
    for run in column.runs:
        for item in run.items:
            span = f"{item.starts:%H:%M}—{item.ends:%H:%M}"
            if item.entry is None:
                rows.append([span, "", item.title, "", ""])
            else:
                unit = run.unit.label if run.unit else ""
                rows.append([span, str(item.entry.number), item.entry.title, unit, item.entry.presenter])
    caption = f"{_day(column)}　{column.panel.name}　评委：{column.judges or '待定'}"
    return documents.Rows([documents.Column(*head) for head in heads], rows, caption=caption)


@dataclass(frozen=True)
class Slot:
    """A time somebody comes to: what, where, from when to when."""

    key: UUID
    title: str
    panel: str
    venue: str
    starts: datetime
    ends: datetime
    changed_at: datetime
    version: int


def slots_of(session: ReviewSession, *, panel: Panel | None = None, seat: Seat | None = None) -> list[Slot]:
    """The slots of a session, of one panel, or those a judge hears: not the entries the judge is recused from. One
    query (two for a judge)."""
    rows = _rows().filter(panel__session=session)
    if panel is not None:
        rows = rows.filter(panel=panel)
    if seat is not None:
        recused = Recusal.objects.filter(seat=seat, state=RecusalState.CONFIRMED).order_by().values("entry")
        rows = rows.filter(panel=seat.panel_id).exclude(entry__in=recused)
    return [_slot(row) for row in rows]


def slots_of_subjects(subjects: Iterable[Ref]) -> dict[UUID, list[Slot]]:
    """For each record that was entered (its key) when it is its turn, in reviews that are not over. One query."""
    found: dict[UUID, list[Slot]] = {}
    refs = list(subjects)
    rows = _rows().filter(
        entry__subject_kind__in={one.kind for one in refs},
        entry__subject_id__in=[one.id for one in refs],
        panel__session__state__in=OPEN_SESSIONS,
        panel__session__rehearsal_of__isnull=True,
    )
    for row in rows:
        assert row.entry is not None  # filtered above
        found.setdefault(row.entry.subject_id, []).append(_slot(row))
    return found


def _rows() -> QuerySet[PanelSlot]:
    rows = PanelSlot.objects.filter(entry__isnull=False).exclude(entry__state=EntryState.WITHDRAWN)
    return rows.select_related("entry", "panel__session__timetable").order_by("day", "starts", "panel__position", "id")


def _slot(row: PanelSlot) -> Slot:
    assert row.entry is not None  # only slots of entries are read
    entry: Entry = row.entry
    starts = datetime.combine(row.day, row.starts, ZoneInfo(settings.TIME_ZONE))
    venue = "，".join(one for one in (row.panel.session.venue, row.panel.venue) if one)
    stamp = stamp_of(row.panel.session)
    return Slot(entry.pk, entry.title, row.panel.name, venue, starts, starts + timedelta(minutes=row.minutes), *stamp)


def stamp_of(session: ReviewSession) -> tuple[datetime, int]:
    """When the timetable was planned, and how often it changed since. One query where it was not read with it."""
    row: Timetable | None = getattr(session, "timetable", None)
    return (row.planned_at, row.version) if row else (session.made_at, 0)


def calendar_of(slots: Iterable[Slot], *, name: str, stamp: tuple[datetime, int]) -> bytes:
    """An iCalendar file (RFC 5545): one event a slot, in UTC; names of people do not stand in it."""
    import icalendar  # only for whoever takes a calendar along

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Linli//Reviews//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    utc = ZoneInfo("UTC")
    for slot in slots:
        event = icalendar.Event()
        event.add("uid", f"{slot.key}@reviews.linli")
        event.add("dtstamp", stamp[0].astimezone(utc))
        event.add("sequence", stamp[1])
        event.add("dtstart", slot.starts.astimezone(utc))
        event.add("dtend", slot.ends.astimezone(utc))
        event.add("summary", f"{slot.panel}：{slot.title}")
        if slot.venue:
            event.add("location", slot.venue)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
