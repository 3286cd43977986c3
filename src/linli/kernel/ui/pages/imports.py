"""Imports on the desk: upload, watch, check, take over or give up; the page can be left and found again."""

import io
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel import tables
from linli.kernel.errors import Refusal
from linli.kernel.refs import kind_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.tables import Change, Import, ImportState
from linli.kernel.ui.lists import Column, Filter, ListPage

LAMPS = {
    ImportState.UPLOADED: "off",
    ImportState.READING: "amber",
    ImportState.PREVIEW: "amber",
    ImportState.COMMITTING: "amber",
    ImportState.DONE: "green",
    ImportState.FAILED: "red",
    ImportState.CANCELLED: "off",
}
SHOWN_BAD, SHOWN_GOOD = 200, 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def may_import(actor: Any, record: object = None) -> bool:
    """Holds the permission of at least one sheet; what is done with one sheet asks for its own."""
    return actor is not None and bool(tables.offers_for(actor))


def own_import(request: HttpRequest, import_id: UUID) -> Import:
    """One of the actor's own imports, or no such page."""
    rows = kind_of(Import).visible_to(Import.objects.all(), actor_of(request))
    found: Import = get_object_or_404(rows, pk=import_id)
    return found


AT_WORK = (ImportState.UPLOADED, ImportState.READING, ImportState.COMMITTING)


@permission(may_import)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The actor's own imports, newest first, and the tables that can be imported."""
    actor = actor_of(request)
    page = ListPage(
        request,
        kind_of(Import).visible_to(Import.objects.all(), actor),
        columns=(
            Column("file_name", _("File")),
            Column("state", _("State"), sort="state"),
            Column("new", _("New"), numeric=True),
            Column("changed", _("Changed"), numeric=True),
            Column("bad", _("Bad"), numeric=True),
            Column("made_at", _("Uploaded"), sort="id"),
        ),
        filters=(Filter("state", _("State"), ImportState.choices),),
    )
    offers = tables.offers_for(actor)
    titles = {offer.name: offer.title for offer in offers}
    for batch in page.rows:
        batch.lamp = LAMPS[ImportState(batch.state)]
        batch.title = titles.get(batch.sheet, "")
    return render(request, "ui/imports.html", {"page": page, "offers": offers})


@permission(may_import)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, sheet: str) -> HttpResponse:
    """Choose a file; a refused one is explained beside the field."""
    actor = actor_of(request)
    assert actor is not None
    offer = tables.require_allowed(sheet, actor)
    error: object = ""
    if request.method == "POST":
        given = request.FILES.get("file")
        try:
            if "whole" not in request.POST:  # the last field of the form: without it the body was cut
                raise Refusal(_("The upload was interrupted. Upload the file again."), code="file-cut", field="file")
            if given is None:
                raise Refusal(_("Choose a file."), code="file-missing", field="file")
            batch = tables.start(given, sheet=sheet, actor=actor, name=given.name or "")
        except Refusal as no:
            error = no.sentence
        else:
            return redirect("ui:import", batch.pk)
    context = {"offer": offer, "sheet": offer.sheet, "error": error}
    return render(request, "ui/import_upload.html", context, status=422 if error else 200)


@permission(may_import)
@require_safe
def template(request: HttpRequest, sheet: str) -> HttpResponseBase:
    """The template of a sheet."""
    offer = tables.require_allowed(sheet, actor_of(request))
    body = io.BytesIO(tables.template_of(offer.sheet))
    return FileResponse(body, as_attachment=True, filename=f"{offer.sheet.title}-模板.xlsx", content_type=XLSX)


@permission(may_import)
@require_safe
def show(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Where the import stands: its progress, its preview with every bad cell, or its result."""
    batch = own_import(request, import_id)
    sheet = tables.sheet_named(batch.sheet)
    bad, good = [], []
    if batch.state in {ImportState.PREVIEW, ImportState.DONE}:
        for row in batch.rows.filter(action=Change.BAD).order_by("number")[:SHOWN_BAD]:
            bad.extend(tables.problems_of(row, batch, sheet))
    columns = [column for column in sheet.columns if column.key in batch.positions]
    if batch.state == ImportState.PREVIEW:
        writes = batch.rows.filter(action__in=[Change.NEW, Change.CHANGED]).order_by("number")[:SHOWN_GOOD]
        good = [
            {"number": row.number, "action": row.get_action_display(), "cells": cells_of(row.data, columns)}
            for row in writes
        ]
    context = {"batch": batch, "sheet": sheet, "bad": bad, "good": good, "columns": columns, "states": ImportState}
    context["given_up"] = tables.is_given_up(batch)
    if batch.state == ImportState.PREVIEW and sheet.likely is not None:
        from linli.kernel.ui.pages.import_doubts import doubts_of  # that page reads this one's words

        context.update(doubts_of(batch, sheet))
    return render(
        request, "ui/import.html", {**context, "shown_bad": SHOWN_BAD, "lamp": LAMPS[ImportState(batch.state)]}
    )


def cells_of(data: dict[str, Any], columns: list[Any]) -> list[object]:
    """The values of a row in the words of its columns."""
    words = {True: "是", False: "否", None: ""}
    shown = []
    for column in columns:
        value = data.get(column.key)
        value = words[value] if value is None or isinstance(value, bool) else value
        shown.append(dict(column.choices).get(str(value), value) if column.choices else value)
    return shown


@permission(may_import)
@require_safe
def progress(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The bar alone, asked for again every two seconds while the file is read or taken over; at the end the page is
    loaded again, because what may be done next has changed.
    """
    batch = own_import(request, import_id)
    context = {"batch": batch, "states": ImportState, "given_up": tables.is_given_up(batch)}
    answer = render(request, "ui/import_progress.html", context)
    if batch.state not in AT_WORK:
        answer["HX-Refresh"] = "true"
    return answer


@permission(may_import)
@require_POST
def confirm(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take the good rows over."""
    actor = actor_of(request)
    assert actor is not None
    tables.confirm(own_import(request, import_id), actor=actor)
    return redirect("ui:import", import_id)


@permission(may_import)
@require_POST
def cancel(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the import up."""
    actor = actor_of(request)
    assert actor is not None
    tables.cancel(own_import(request, import_id), actor=actor)
    messages.success(request, _("The import was cancelled; nothing was taken over."))
    return redirect("ui:imports")


@permission(may_import)
@require_POST
def again(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Read the file once more, or finish what a lost worker began."""
    actor = actor_of(request)
    assert actor is not None
    tables.again(own_import(request, import_id), actor=actor)
    return redirect("ui:import", import_id)


@permission(may_import)
@require_safe
def bad_rows(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """The rows that were not taken, marked and explained, as a workbook to correct."""
    batch = own_import(request, import_id)
    sheet = tables.sheet_named(batch.sheet)
    with tempfile.TemporaryDirectory(prefix="linli-bad-rows-") as folder:
        path = Path(folder) / "rows.xlsx"
        tables.write_bad_rows(batch, sheet, path)
        opened = path.open("rb")
    return FileResponse(opened, as_attachment=True, filename=f"{sheet.title}-待修改.xlsx", content_type=XLSX)
