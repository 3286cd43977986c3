"""Exports on the desk: upload, say what unknown columns are, take over, read what became of every row."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms.tickets import ColumnsForm, UploadForm
from linli.apps.needs.models import FileState, Purpose, TicketFile
from linli.apps.needs.permissions import import_pages
from linli.apps.needs.tables.opening import COLUMNS
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.tables.reasons import sentence
from linli.kernel.ui.acting import me, press
from linli.kernel.ui.lists import Column, ListPage

LAMPS = {
    FileState.ASKS: "amber", FileState.READY: "amber", FileState.RUNNING: "amber", FileState.DONE: "green",
    FileState.FAILED: "red", FileState.CANCELLED: "off",
}  # fmt: skip
TITLES = {
    Purpose.TICKETS: _("Import tickets"), Purpose.NEEDS: _("Import a list of needs"),
    Purpose.GRID: _("Import cases of the grid system"),
}  # fmt: skip


def _found(request: HttpRequest, pk: UUID) -> TicketFile:
    file: TicketFile = get_object_or_404(queries.files_visible_to(me(request)), pk=pk)
    return file


def _page_of(file: TicketFile) -> str:
    return reverse("needs:ticket_file", args=[file.pk])


@permission(import_pages)
@require_safe
def ticket_files(request: HttpRequest) -> HttpResponse:
    """The exports brought in, newest first."""
    page = ListPage(
        request,
        queries.files_visible_to(me(request)),
        columns=(
            Column("file_name", _("File")),
            Column("purpose", _("Purpose")),
            Column("state", _("State")),
            Column("new", _("New"), numeric=True),
            Column("changed", _("Changed"), numeric=True),
            Column("bad", _("Not taken over"), numeric=True),
            Column("made_at", _("Uploaded"), sort="made_at"),
        ),
    )
    for row in page.rows:
        row.lamp = LAMPS[FileState(row.state)]
    return render(request, "needs/ticket_files.html", {"page": page})


@permission(import_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def ticket_upload(request: HttpRequest, purpose: str) -> HttpResponse:
    """Choose an export; a refused one is explained beside the field."""
    actor = me(request)
    sent = request.POST if request.method == "POST" else None
    form = UploadForm(
        sent, streets=queries.streets_of_imports(actor), mappings=queries.mappings_visible_to(actor, purpose)
    )
    error: object = ""
    if form.is_valid():
        given = request.FILES.get("file")
        try:
            if "whole" not in request.POST:  # the last field of the form: without it the body was cut
                raise Refusal(_("The upload was interrupted. Upload the file again."), code="file-cut", field="file")
            if given is None:
                raise Refusal(_("Choose a file."), code="file-missing", field="file")
            file = services.upload_export(
                given, purpose=purpose, actor=actor, name=given.name or "", **form.cleaned_data
            )
        except Refusal as no:
            error = no.sentence
        else:
            return redirect(_page_of(file))
    context = {
        "form": form, "error": error, "columns": COLUMNS[purpose], "title": TITLES[Purpose(purpose)],
        "purpose": purpose,
    }  # fmt: skip
    return render(request, "needs/ticket_upload.html", context, status=422 if error or form.errors else 200)


@permission(import_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def ticket_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the export stands: its questions, its rows that cannot be taken, or what became of all of them."""
    file = _found(request, pk)
    open_states = (FileState.ASKS, FileState.READY)
    asks = file.state == FileState.ASKS or (file.state == FileState.READY and _says_day_order(file))
    form = ColumnsForm(request.POST if request.method == "POST" else None, file=file) if asks else None
    if form is not None and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("day_order", "name")}
        try:
            services.tell_columns(file, headings=form.told(), actor=me(request), **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_page_of(file))
    context = {
        "file": file, "form": form, "lamp": LAMPS[FileState(file.state)], "states": FileState,
        "is_open": file.state in open_states, "problems": list(told(file)), "good": file.rows - file.bad,
    }  # fmt: skip
    return render(request, "needs/ticket_file.html", context, status=422 if form and form.errors else 200)


@permission(import_pages)
@require_safe
def ticket_file_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the taking over is; asked every two seconds while the page stands open."""
    return render(request, "needs/ticket_file_progress.html", {"file": _found(request, pk), "states": FileState})


def _says_day_order(file: TicketFile) -> bool:
    """Whether days could not be read for want of their order."""
    return any(cell["code"] == "day-order" for row in file.problems for cell in row["cells"])


def told(file: TicketFile) -> Any:
    """Every problem as row, column, what stands there, and why."""
    titles = {column.key: column.title for column in COLUMNS[file.purpose]}
    for row in file.problems:
        if row["sentence"]:
            yield {"row": row["row"], "title": "", "value": "", "why": row["sentence"]}
        for cell in row["cells"]:
            yield {"row": row["row"], "title": titles[cell["column"]], "value": cell["value"], "why": sentence(cell)}


@permission(import_pages)
@require_POST
def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a job take the rows over."""
    file = _found(request, pk)
    return press(
        request, lambda: services.take_over_export(file, actor=me(request)), back=_page_of(file),
        done=_("The rows are being taken over. You may leave this page."),
    )  # fmt: skip


@permission(import_pages)
@require_POST
def give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the export up; its file is forgotten."""
    file = _found(request, pk)
    return press(
        request, lambda: services.cancel_export(file, actor=me(request)), back=_page_of(file),
        done=_("Given up; the file is forgotten."),
    )  # fmt: skip
