"""Rows of an import that may be doubles, beside what is there; whoever imports decides of each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.kernel import tables
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.tables import Doubt, Import, Sheet, StagedRow
from linli.kernel.tables.reasons import sentence
from linli.kernel.ui.pages.imports import cells_of, may_import, own_import

SHOWN = 30


def doubts_of(batch: Import, sheet: Sheet) -> dict[str, Any]:
    """How many rows are in doubt and still open, and the first of them, the open ones first. Four queries at most."""
    rows: QuerySet[StagedRow] = batch.rows.exclude(doubt=Doubt.NONE).order_by("number")
    still = rows.filter(doubt=Doubt.OPEN)
    shown = list(still[:SHOWN])
    if len(shown) < SHOWN:
        shown += list(rows.exclude(doubt=Doubt.OPEN)[: SHOWN - len(shown)])
    columns = [column for column in sheet.columns if column.key in batch.positions]
    return {
        "doubts": [_shown(row, columns) for row in shown],
        "doubtful": rows.count() if shown else 0,
        "doubts_open": still.count() if shown else 0,
    }


def _shown(row: StagedRow, columns: list[Any]) -> dict[str, Any]:
    return {
        "number": row.number,
        "cells": cells_of(row.data, columns),
        "other": row.doubt == Doubt.OTHER,
        "matches": [
            {
                "id": match["id"],
                "title": match["title"],
                "reason": sentence({"code": match["reason"]}),
                "cells": [match["shown"].get(column.key, "") for column in columns],
                "chosen": row.doubt == Doubt.SAME and row.same_as == match["id"],
            }
            for match in row.matches
        ],
    }


@permission(may_import)
@require_POST
def decide(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Keep the answers of this page, or one answer for all open rows."""
    actor = actor_of(request)
    assert actor is not None
    batch = own_import(request, import_id)
    every = request.POST.get("all", "")
    if every in {"same", "other"}:
        count = tables.decide_all(batch, same=every == "same", actor=actor)
    else:
        answers = {int(name[4:]): str(value) for name, value in request.POST.items() if _is_row(name)}
        count = tables.decide(batch, answers, actor=actor)
    messages.success(request, _("%(count)s rows were decided.") % {"count": count})
    return redirect("ui:import", import_id)


def _is_row(name: str) -> bool:
    return name.startswith("row-") and name[4:].isascii() and name[4:].isdigit() and len(name) < 14
