"""Awards as open data: a 360Giving package, and the same as a table."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from linli.apps.rounds import queries
from linli.apps.rounds.models import Round
from linli.apps.rounds.queries import open_data
from linli.kernel.scope import everyone, permission
from linli.kernel.tables import write_csv


def _round(pk: UUID) -> Round:
    row: Round = get_object_or_404(queries.public_rounds(), pk=pk)
    return row


@permission(everyone)
@require_safe
def awards_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The public awards of a round as a 360Giving package. Four queries and the shares."""
    row = _round(pk)
    grants = [open_data.grant_of(award) for award in open_data.public_awards(row)]
    told = {"version": open_data.VERSION, "title": row.title, "grants": grants}
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="awards-{row.year}-{row.number:02d}.json"'
    return answer


@permission(everyone)
@require_safe
def awards_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same as csv, in UTF-8 with a mark, as Excel wants it."""
    row = _round(pk)
    rows = [open_data.row_of(award) for award in open_data.public_awards(row)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "awards.csv"
        write_csv(path, open_data.HEADINGS, rows)
        answer = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="awards-{row.year}-{row.number:02d}.csv"'
    return answer
