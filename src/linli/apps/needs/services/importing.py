"""An export on its way in: kept, asked about, taken over row by row by a job; safe to run again at any moment."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import ColumnMapping, DayOrder, FileState, Purpose, System, TicketFile
from linli.apps.needs.permissions import imports_tickets
from linli.apps.needs.services.keeping import require, said, who
from linli.apps.needs.services.listing import take_listed
from linli.apps.needs.services.telling import announce_many
from linli.apps.needs.services.ticketing import Taking
from linli.apps.needs.tables import cells
from linli.apps.needs.tables.cases import is_of_police
from linli.apps.needs.tables.opening import COLUMNS, Opened, open_export
from linli.apps.needs.tables.rows import Read, read_rows
from linli.apps.places.models import Place
from linli.apps.places.queries import Resolver
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.files import SHEETS, StoredFile, forget, keep
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import Actor

KEPT = timedelta(days=30)
"""The uploaded file holds personal data: it is forgotten a month after it came."""
MOST_PROBLEMS = 500
"""Rows left out that are told one by one; more are counted."""
Progress = Callable[[int, int], None]


def upload(
    body: IO[bytes] | File[Any], *, street: Place, purpose: str, actor: Actor | None,
    mapping: ColumnMapping | None = None, name: str = "", at: datetime | None = None,
) -> TicketFile:  # fmt: skip
    """Keep an export and look at its headings: it is ready, or asks what columns mean. Raises Refusal, NotAllowed."""
    require(imports_tickets, actor, street)
    moment, key = at or timezone.now(), new_key()
    stored = keep(body, accept=SHEETS, owner=Ref("needs.ticket_file", key), actor=actor, name=name, at=at)
    try:
        file = TicketFile(
            pk=key, street=street, purpose=Purpose(purpose), file_id=stored.pk, file_name=stored.name,
            language=translation.get_language() or "zh-hans", uploader_id=who(actor), mapping=mapping, made_at=moment,
        )  # fmt: skip
        if mapping is not None:
            file.said, file.day_order = dict(mapping.headings), mapping.day_order
        _look(file)
        with transaction.atomic():
            file.save(force_insert=True)
            record("needs.ticket_file.upload", file, actor=actor, facts={"file": file.file_name}, at=moment)
    except BaseException:
        forget(stored.pk)
        raise
    return file


def _open(file: TicketFile) -> Opened:
    return open_export(StoredFile.objects.get(pk=file.file_id), purpose=file.purpose, said=file.said)


def _look(file: TicketFile) -> None:
    """Set what the file still asks, and how many rows it has. Raises Refusal."""
    opened = _open(file)
    head = opened.head
    _refuse_police(head.never)
    file.unknown, file.missing, file.never = list(head.unknown), list(head.missing), list(head.never)
    file.state = FileState.READY if opened.head.is_whole else FileState.ASKS
    file.rows, file.problems = 0, []
    if opened.head.is_whole:
        rows = _rows(file, opened)
        file.rows, file.bad = len(rows), sum(bool(row.problems) for row in rows)
        file.problems = [_told(row) for row in rows if row.problems][:MOST_PROBLEMS]


def _refuse_police(titles: Iterable[str]) -> None:
    """Raises Refusal: what the police keep is never stored, neither in rows nor as a file."""
    found = [title for title in titles if is_of_police(title)]
    if found:
        sentence = _(
            "These columns come out of a police file: %(titles)s. Delete them in the table, then import it again; what "
            "the police keep is never stored here."
        )
        raise Refusal(sentence % {"titles": "、".join(found)}, field="file", code="police")


def _rows(file: TicketFile, opened: Opened) -> list[Read]:
    order = cells.DayOrder(file.day_order)
    return list(read_rows(opened.rows, opened.head, COLUMNS[file.purpose], told=order))


def _told(row: Read, sentence: str = "") -> dict[str, Any]:
    return {"row": row.number, "cells": row.problems, "sentence": sentence}


def tell_columns(
    file: TicketFile, *, headings: Mapping[str, str], actor: Actor | None, day_order: str = "", name: str = "",
    at: datetime | None = None,
) -> TicketFile:  # fmt: skip
    """Say of each unknown heading which column it is, or "" to ignore it; with ``name`` it is kept for next time.

    Raises Refusal (a column named twice, or unknown), Conflict (no longer asking), NotAllowed.
    """
    require(imports_tickets, actor, file.street)
    if file.state not in (FileState.ASKS, FileState.READY):
        raise Conflict(_("This file was taken over or given up; nothing was done."))
    keys = {column.key for column in COLUMNS[file.purpose]}
    named = [key for key in headings.values() if key]
    if not set(named) <= keys or len(set(named)) != len(named):
        raise Refusal(_("Name each column once, and only columns from the list."), field="headings")
    file.said = {**file.said, **headings}
    file.day_order = DayOrder(day_order) if day_order else file.day_order
    with transaction.atomic():
        if name.strip():
            file.mapping = _keep_mapping(file, name)
        _look(file)
        file.save()
        record("needs.ticket_file.tell", file, actor=actor, facts={"file": file.file_name, "name": name}, at=at)
    return file


def _keep_mapping(file: TicketFile, name: str) -> ColumnMapping:
    text = said(name, "name", _("Give the mapping a name."), most=60)
    told = {"headings": file.said, "day_order": file.day_order}
    found, _made = ColumnMapping.objects.update_or_create(
        street=file.street, purpose=file.purpose, name=text, defaults=told
    )
    return found


def take_over(file: TicketFile, *, actor: Actor | None) -> None:
    """Let a job take the rows over. Raises Conflict where it still asks or was taken over, NotAllowed."""
    from linli.apps.needs.jobs import take_over_export  # jobs call this module

    require(imports_tickets, actor, file.street)
    with transaction.atomic():
        _begin(file)
        take_over_export.enqueue(str(file.pk))


def take_over_now(file: TicketFile, *, actor: Actor | None, at: datetime | None = None) -> TicketFile:
    """The same at once, for the command line. Raises Conflict, NotAllowed."""
    require(imports_tickets, actor, file.street)
    _begin(file)
    run(file.pk, actor=actor, at=at)
    file.refresh_from_db()
    return file


def _begin(file: TicketFile) -> None:
    moved = TicketFile.objects.filter(pk=file.pk, state=FileState.READY).update(state=FileState.RUNNING)
    if not moved:
        file.refresh_from_db()
        if file.state == FileState.ASKS:
            raise Conflict(
                _("First say what the columns mean that nobody knows: %(titles)s.")
                % {"titles": "、".join(file.unknown)}
            )
        raise Conflict(_("This file was taken over or given up; nothing was done."))
    file.state = FileState.RUNNING


def cancel(file: TicketFile, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Give a file up before it is taken over; it is forgotten at once. Raises Conflict, NotAllowed."""
    require(imports_tickets, actor, file.street)
    open_states = (FileState.ASKS, FileState.READY)
    ended = {"state": FileState.CANCELLED, "ended_at": at or timezone.now()}
    if not TicketFile.objects.filter(pk=file.pk, state__in=open_states).update(**ended):
        raise Conflict(_("This file was taken over or given up; nothing was done."))
    forget(file.file_id)


def run(
    file_id: UUID, *, actor: Actor | None, progress: Progress | None = None, at: datetime | None = None
) -> TicketFile:
    """Take every good row over, each in its own transaction; a second run finds what the first did, and goes on."""
    file = TicketFile.objects.select_related("street").get(pk=file_id)
    if file.state != FileState.RUNNING:
        return file
    moment = at or timezone.now()
    counts = dict.fromkeys(("new", "changed", "same", "waits"), 0)
    problems: list[dict[str, Any]] = []
    bad = 0
    rows = _rows(file, _open(file))
    taking = Taking(
        street=file.street, file=file, find=_finder(file.street, moment), actor=actor, at=moment, announce=False,
        system=System.GRID if file.purpose == Purpose.GRID else System.HOTLINE,
    )  # fmt: skip
    for done, row in enumerate(rows, start=1):
        told = _told(row) if row.problems else _take(taking, row, counts)
        if told:
            bad += 1
            problems.append(told)
        if progress is not None and done % 50 == 0:
            TicketFile.objects.filter(pk=file.pk).update(done=done)
            progress(done, len(rows))
    result = {**counts, "bad": bad, "problems": problems[:MOST_PROBLEMS], "rows": len(rows), "done": len(rows)}
    announce_many(taking.new, actor=actor, at=moment)
    _end(file, result, actor, moment)
    return file


def _take(taking: Taking, row: Read, counts: dict[str, int]) -> dict[str, Any] | None:
    """Count what became of the row; what to tell of it where it was refused."""
    assert taking.file is not None  # a file is being taken over
    try:
        if taking.file.purpose == Purpose.NEEDS:
            became = take_listed(taking, row.data)
        else:
            became, _ticket = taking.take(row.data)
    except Refusal as no:
        return _told(row, str(no.sentence))
    counts[became.value] += 1
    return None


def _end(file: TicketFile, result: dict[str, Any], actor: Actor | None, at: datetime) -> None:
    with transaction.atomic():
        waiting = TicketFile.objects.filter(pk=file.pk, state=FileState.RUNNING)
        if waiting.update(state=FileState.DONE, ended_at=at, **result):
            facts = {key: result[key] for key in ("new", "changed", "same", "bad")}
            record("needs.ticket_file.take_over", file, actor=actor, facts={"file": file.file_name, **facts}, at=at)
    if file.purpose == Purpose.GRID:
        forget(file.file_id)  # it may hold what was never read; nothing is lost, the system gives it out again


def _finder(street: Place, at: datetime) -> Callable[[str], Place | None]:
    """Place inside the street that a point means; None where nobody can tell. Names are read once."""
    resolver = Resolver(on=timezone.localdate(at), within=street)
    known: dict[str, Place | None] = {}

    def find(point: str) -> Place | None:
        if point not in known:
            place = resolver(point).place
            inside = place is not None and street.pk in (place.pk, place.street_id)
            known[point] = place if inside else None
        return known[point]

    return find


def forget_old(*, at: datetime | None = None) -> int:
    """Forget files that came more than a month ago, and give up those still waiting; returns how many."""
    moment = at or timezone.now()
    old = TicketFile.objects.filter(made_at__lt=moment - KEPT)
    old.filter(state__in=(FileState.ASKS, FileState.READY)).update(state=FileState.CANCELLED, ended_at=moment)
    gone = old.exclude(state=FileState.RUNNING).filter(file_id__in=StoredFile.objects.values("pk"))
    return sum(forget(file.file_id) for file in gone.order_by("pk"))
