"""A proposal leaves as a Word or Excel form and comes back: read, shown, then taken into the draft in one piece."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.apps.rounds import services
from linli.apps.rounds.models import Proposal
from linli.apps.rounds.permissions import writes_proposal
from linli.apps.rounds.services.keeping import require
from linli.apps.rounds.tables.proposal_form import columns_of, form_of, given, indicators_of, lines_of
from linli.apps.rounds.views.acting import frame_of
from linli.apps.rounds.views.proposals import found
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.tables.bound import BoundForm, Filled, read, write_docx, write_workbook
from linli.kernel.tables.collecting.filling import stored_problems
from linli.kernel.ui.acting import DOCX, XLSX, paper
from linli.kernel.ui.pages.collection_units import fields_of, grids_of

WRITERS = {"docx": (write_docx, DOCX), "xlsx": (write_workbook, XLSX)}
A_DAY = 24 * 3600


@permission(signed_in)
@require_safe
def blank(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponseBase:
    """The form with what stands in the draft, to fill in away from the net."""
    row = found(request, pk)
    require(writes_proposal, actor_of(request), row)
    if suffix not in WRITERS:
        raise Http404
    write, kind = WRITERS[suffix]
    form = form_of(row.round)
    return paper(write(form, values=given(row, form)), f"{row.title}-项目申报书.{suffix}", kind)


@permission(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Upload a filled form; see what was read and what cannot be taken; take it into the draft."""
    row, actor = found(request, pk), actor_of(request)
    require(writes_proposal, actor, row)
    form, shown, error = form_of(row.round), {}, ""
    if request.method == "POST":
        try:
            if "read" in request.POST:
                _take(request, row, form)
                messages.success(request, _("The form was taken into the draft."))
                return redirect("rounds:proposal", row.pk)
            shown = _read(request, row, form)
        except Refusal as no:
            error = str(no)
    context = {"proposal": row, "frame": frame_of(request), "error": error, **shown}
    return render(request, "rounds/form_back.html", context, status=422 if error else 200)


def _read(request: HttpRequest, row: Proposal, form: BoundForm) -> dict[str, Any]:
    """What stands in the file, and the same signed: nothing is kept before somebody has looked at it."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Refusal(_("Choose a file."), code="file-missing", field="file")
    filled: Filled = read(upload, form)
    if not filled.found and not any(filled.grids.values()):
        raise Refusal(_("No field of the form could be read from the file; download the form and fill that in."))
    problems = stored_problems(filled.problems)
    kept = {"values": filled.values, "grids": filled.grids, "version": row.version,
            "wrong": [one["column"] for one in problems if not one["grid"]],
            "wrong_grids": sorted({one["grid"] for one in problems if one["grid"]})}  # fmt: skip
    return {
        "fields": [one for one in fields_of(form, filled.values, problems) if one.text or one.wrong],
        "grids": grids_of(form, filled.grids, problems),
        "problems": len(problems),
        "read": signing.dumps(kept, salt=f"rounds.form.{row.pk}", compress=True),
    }


def _take(request: HttpRequest, row: Proposal, form: BoundForm) -> None:
    try:
        kept = signing.loads(request.POST["read"], salt=f"rounds.form.{row.pk}", max_age=A_DAY)
    except signing.BadSignature as error:
        raise Refusal(_("What was read is no longer valid. Upload the form again.")) from error
    grids = {key: rows for key, rows in kept["grids"].items() if key not in kept["wrong_grids"]}
    services.take_form(
        row, columns_of(form, kept["values"], kept["wrong"]), lines=lines_of(grids.get("lines", ())),
        indicators=indicators_of(grids.get("indicators", ())), seen=kept["version"], actor=actor_of(request),
    )  # fmt: skip
