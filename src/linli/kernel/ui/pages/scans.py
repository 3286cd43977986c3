"""The inbox of scanned papers: what waits, which record it belongs to, filed as one PDF or thrown away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel import files, search
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.files import InboxScan, scans
from linli.kernel.files.scans.inbox import files_papers
from linli.kernel.refs import Ref, Resolved, resolve
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me

SHOWN = 200
FOUND = 10


@permission(files_papers)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's places, the oldest first."""
    rows = list(scans.waiting(me(request))[: SHOWN + 1])
    context = {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "record": request.GET.get("record", "")}
    return render(request, "ui/scans.html", context)


@permission(files_papers)
@require_http_methods(["GET", "HEAD", "POST"])
def file_scans(request: HttpRequest) -> HttpResponse:
    """Choose the record of the chosen scans and file them; or discard them."""
    given = request.POST if request.method == "POST" else request.GET
    rows = _chosen(request, given.getlist("scan"))
    error = ""
    if request.method == "POST":
        try:
            done = _discard(request, rows) if given.get("do") == "discard" else _file(request, rows)
        except Refusal as refusal:
            error = str(refusal)
        else:
            messages.success(request, done)
            return redirect("ui:scans")
    elif not rows:
        messages.error(request, _("Choose at least one scan."))
        return redirect("ui:scans")
    found = _found(request, given.get("find", "").strip(), given.get("record", ""))
    context = {
        "rows": rows,
        "find": given.get("find", ""),
        "found": found,
        "error": error,
        "title": given.get("title", ""),
    }
    return render(request, "ui/scans_file.html", context, status=422 if error else 200)


def _chosen(request: HttpRequest, keys: list[str]) -> list[InboxScan]:
    """The scans of these keys that wait for the reader, in the order they came."""
    wanted = set()
    for key in keys:
        try:
            wanted.add(UUID(key))
        except ValueError:
            continue
    return list(scans.waiting(me(request)).filter(pk__in=wanted))


def _found(request: HttpRequest, words: str, record: str) -> list[Resolved]:
    """The record named in the address, then what is found by the words, as far as the reader files papers there."""
    actor = me(request)
    found: dict[Ref, Resolved] = {}
    ref = _ref(record)
    if ref is not None:
        found |= resolve([ref], actor=actor)
    if words:
        kinds = files.kinds_with_scans()
        found |= {one.ref: one for one in search.find(words, actor=actor, kinds=kinds, limit=FOUND)}
    return [one for one in found.values() if files.takes_scans(one.record, actor=actor)]


def _ref(text: str) -> Ref | None:
    """The record of "kind:id"; None for anything else, and for kinds that take no papers."""
    try:
        ref = Ref.parse(text)
    except ValueError:
        return None
    return ref if ref.kind in files.kinds_with_scans() else None


def _file(request: HttpRequest, rows: list[InboxScan]) -> Any:
    ref = _ref(request.POST.get("record", ""))
    actor = me(request)
    try:
        found = resolve([ref], actor=actor).get(ref) if ref is not None else None
    except ImproperlyConfigured:
        found = None
    if found is None or ref is None:
        raise Refusal(_("Choose the record the papers belong to."), code="no-record", field="record")
    if not files.takes_scans(found.record, actor=actor):
        raise NotAllowed(_("You may not file papers with this record."))
    stored = scans.attach(rows, owner=ref, title=request.POST.get("title", "").strip(), actor=actor)
    return _("Filed with %(record)s: %(name)s.") % {"record": found.label, "name": stored.name}


def _discard(request: HttpRequest, rows: list[InboxScan]) -> Any:
    scans.discard(rows, actor=me(request))
    return _("The scans are discarded.")
