"""The audit view: who did what, when, through which door, what it was before; is the chain whole; Excel and CSV."""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel import audit
from linli.kernel.audit.export import HEADINGS, TITLE, lines, table
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import READERS as READING
from linli.kernel.audit.reading import Entry, actor_names, chain_names, record_labels, tells_numbers, visible_to
from linli.kernel.errors import TooMany
from linli.kernel.events.jobs import check_chains
from linli.kernel.jobs import Job, enqueue_once
from linli.kernel.jobs.models import State
from linli.kernel.refs import Ref, kinds
from linli.kernel.scope import holds, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.tables import write_xlsx
from linli.kernel.ui.lists import Column, Filter, ListPage

READERS = holds(*READING)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 50_000
"""Rows of one Excel file: so many are opened and written while somebody waits. More go out as CSV."""
DAYS = ((1, _("Last 24 hours")), (7, _("Last 7 days")), (30, _("Last 30 days")))


@dataclass(frozen=True)
class Shown:
    """One row of the page. ``state``: "whole" or "bad" by the last check, "" where it has not been checked since."""

    entry: Entry
    record: str
    chain: str
    state: str

    @property
    def about(self) -> str:
        """The record as the address of this page names it."""
        return str(Ref(self.entry.row.kind, self.entry.row.ref_id)) if self.entry.row.ref_id else ""

    @property
    def mark(self) -> str:
        """The first eight signs of the mac; the whole one stands in the export."""
        return self.entry.row.mac[:8]


def _list(request: HttpRequest) -> ListPage:
    told = {action.name.rsplit(".", 1)[0] for action in audit.actions()}
    return ListPage(
        request,
        visible_to(AuditRow.objects.all(), actor_of(request)),
        columns=(
            Column("at", _("When"), sort="at"),
            Column("actor", _("Who")),
            Column("action", _("What")),
            Column("ref", _("Record")),
            Column("facts", _("Facts, before → after")),
            Column("source", _("From where")),
            Column("chain", _("Chain mark")),
        ),
        filters=(
            Filter("days", _("Days"), DAYS, narrow=_since),
            Filter("kind", _("Records"), [(kind.name, kind.title) for kind in kinds() if kind.name in told]),
            *_narrowed(request),
        ),
        first_sort="-at",
    )


def _since(rows: QuerySet[AuditRow], days: int) -> QuerySet[AuditRow]:
    return rows.filter(at__gte=timezone.now() - timedelta(days=days))


def _from_day(rows: QuerySet[AuditRow], day: date) -> QuerySet[AuditRow]:
    return rows.filter(at__gte=timezone.make_aware(datetime.combine(day, time())))


def _until_day(rows: QuerySet[AuditRow], day: date) -> QuerySet[AuditRow]:
    return rows.filter(at__lt=timezone.make_aware(datetime.combine(day + timedelta(days=1), time())))


def _about(rows: QuerySet[AuditRow], ref: Ref) -> QuerySet[AuditRow]:
    return rows.filter(kind=ref.kind, ref_id=ref.id)


def _label(request: HttpRequest, about: Ref) -> str:
    """What the record is called, where the reader may read of it; else the beginning of its id."""
    rows = _about(visible_to(AuditRow.objects.all(), actor_of(request)), about)[:1]
    return next(iter(record_labels(rows).values()), about.id.hex[:8])


def _asked(request: HttpRequest, name: str, read: Callable[[str], Any]) -> Any:
    """What the address asks for under ``name``; None where it is left out or cannot be read."""
    try:
        return read(request.GET.get(name, ""))
    except (ValueError, OverflowError):
        return None


def _narrowed(request: HttpRequest) -> list[Filter]:
    """The days, the record, the person and the action that were asked for; each stands as a chip while it narrows."""
    found = []
    for name, title, narrow in (("from", _("From day"), _from_day), ("until", _("Until day"), _until_day)):
        day = _asked(request, name, parse_date)
        if day is not None and date(2000, 1, 1) <= day <= date(2999, 12, 31):
            found.append(Filter(name, title, [(day, day.isoformat())], narrow=narrow))
    about = _asked(request, "about", Ref.parse)
    if about is not None:
        found.append(Filter("about", _("Record"), [(about, _label(request, about))], narrow=_about))
    action = next((one for one in audit.actions() if one.name == request.GET.get("action")), None)
    if action is not None:
        found.append(Filter("action", _("What"), [(action.name, action.title)]))
    who = _asked(request, "who", UUID)
    if who is None:
        return found
    return [*found, Filter("who", _("Who"), [(who, actor_names([who]).get(who, who.hex[:8]))], "actor_id")]


@permission(READERS)
@require_safe
def audit_view(request: HttpRequest) -> HttpResponse:
    """One page of rows as sentences, with what is known about the chains."""
    page = _list(request)
    last = _last_check()
    context = {"page": page, "shown": _shown(page.rows, last), "last": last, "broken": _broken(last)}
    return render(request, "ui/audit.html", context)


def _shown(rows: list[AuditRow], last: Job | None) -> list[Shown]:
    labels, chains = record_labels(rows), chain_names(row.chain for row in rows)
    bad = {(problem["chain"], problem["number"]) for problem in _problems(last)}
    checked = last.started_at if last is not None and last.state == State.DONE else None
    return [
        Shown(
            entry,
            labels.get(entry.row.pk, ""),
            chains[entry.row.chain],
            "bad" if (entry.row.chain, entry.number) in bad else "whole" if checked and entry.at < checked else "",
        )
        for entry in audit.entries(rows)
    ]


def _problems(last: Job | None) -> list[dict[str, Any]]:
    return list((last.result or {}).get("problems", [])) if last is not None else []


def _broken(last: Job | None) -> list[str]:
    """What the last check found, with the chain's name in words."""
    found = _problems(last)
    names = chain_names(problem["chain"] for problem in found)
    return [f"{names[problem['chain']]} · {problem['number']} · {problem['sentence']}" for problem in found]


def _last_check() -> Job | None:
    return Job.objects.filter(task=check_chains.module_path).order_by("-id").first()


@permission(READERS)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Have every chain checked by a job; at most one a minute."""
    actor = actor_of(request)
    minute = timezone.now().strftime("%Y%m%d%H%M")
    enqueue_once(check_chains, key=f"audit-check:{minute}", owner=actor.actor_id if actor else None)
    messages.info(request, _("The chains are being checked. The result appears on this page."))
    return redirect("ui:audit")


@permission(READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The rows of the present filter as CSV, oldest first."""
    rows = _list(request).matching.order_by("at", "id")
    told = lines(rows, numbered=tells_numbers(actor_of(request)))
    answer = StreamingHttpResponse(told, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_named("csv")}"'
    return answer


def _named(ending: str) -> str:
    return f"{timezone.localtime():audit-%Y%m%d-%H%M}.{ending}"


@permission(READERS)
@require_safe
def workbook(request: HttpRequest) -> HttpResponseBase:
    """The same rows and columns as an Excel file. Raises TooMany above :data:`MOST_ROWS`."""
    rows = _list(request).matching
    if rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise TooMany(
            _("These are more than %(most)s rows. Choose fewer days, or download them as CSV.") % {"most": MOST_ROWS}
        )
    with tempfile.TemporaryDirectory(prefix="linli-audit-") as folder:
        path = Path(folder) / "audit.xlsx"
        told = table(rows.order_by("at", "id"), numbered=tells_numbers(actor_of(request)))
        write_xlsx(path, HEADINGS, told, title=TITLE)
        body = io.BytesIO(path.read_bytes())
    return FileResponse(body, as_attachment=True, filename=_named("xlsx"), content_type=XLSX)
