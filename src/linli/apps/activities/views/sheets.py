"""Doors of lists that come from elsewhere: a paper sheet typed, a list from the group, a phone at the door."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.activities import queries, services
from linli.apps.activities.forms import CareForm, ChainForm, SheetForm
from linli.apps.activities.models import SignInWay, Signup
from linli.apps.activities.permissions import keeps_door, reads_care
from linli.apps.activities.services import SheetLine
from linli.apps.activities.views.dates import found, page_of
from linli.kernel import files
from linli.kernel.errors import Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, explain, me
from linli.kernel.ui.once import drop_draft

MOST_TAPS = 2000


@permission(keeps_door)
def type_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type a paper sheet: its lines, its head-count, its scan. Unclear lines come back to be put right."""
    row = found(request, pk, keeps_door)
    form = SheetForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        try:
            result = _taken(request, row, form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
    if result is not None:
        told = _("%(new)s people signed in from the sheet, %(again)s had signed in before.")
        messages.success(request, told % {"new": result.new, "again": result.again})
        if not result.unclear:
            return redirect(page_of(row))
        left = "\n".join(f"{line.name} {line.mark}".strip() for _number, line, _why in result.unclear)
        form = SheetForm(initial={"lines": left})
    context = {"date": row, "activity": row.activity, "form": form, "unclear": result.unclear if result else []}
    answer = render(request, "activities/type_sheet.html", context, status=422 if form.errors else 200)
    return drop_draft(request, answer) if result is not None else answer


def _taken(request: HttpRequest, row: Any, given: dict[str, Any]) -> services.SheetResult:
    actor = me(request)
    if given["scan"]:
        files.keep(given["scan"], accept=files.PAPERS, owner=ref_of(row), actor=actor)
    result = services.take_sheet(row, lines=given["lines"], actor=actor)
    if given["total"]:
        row.refresh_from_db()
        services.count_heads(row, total=given["total"], minors=given["minors"] or 0, actor=actor)
    return result


@permission(keeps_door)
def chain(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Paste a list from the group: it is read, shown, put right, and taken."""
    row = found(request, pk, keeps_door)
    form = ChainForm(request.POST or None)
    read = None
    if request.method == "POST" and form.is_valid():
        try:
            read = services.read_chain(form.cleaned_data["text"])
            if "take" in request.POST:
                return _take(request, row, read)
        except Refusal as refusal:
            explain(form, refusal)
    context = {"date": row, "activity": row.activity, "form": form, "chain": read}
    return render(request, "activities/chain.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, row: Any, read: services.Chain) -> HttpResponse:
    result = services.take_chain(row, people=read.people, actor=me(request))
    told = _("%(added)s people came onto the list.") % {"added": len(result.added)}
    again = _("%(already)s stood there already.") % {"already": result.already}
    messages.success(request, f"{told}{again}" if result.already else told)
    for person, why in result.refused:
        messages.warning(request, f"{person.name}：{why}")
    if not read.unclear:
        return redirect(page_of(row))
    left = services.Chain(read.unclear)
    form = ChainForm(initial={"text": "\n".join(line.text for line in read.unclear)})
    context = {"date": row, "activity": row.activity, "form": form, "chain": left}
    return drop_draft(request, render(request, "activities/chain.html", context))


@permission(keeps_door)
@require_safe
def door_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The staff's list at the door: one tap a person; taps without network are kept on the phone and sent later."""
    row = found(request, pk, keeps_door)
    people = [one for one in queries.on_list(row) if one.state != "lapsed"]
    return render(request, "activities/door_list.html", {"date": row, "activity": row.activity, "people": people})


@permission(keeps_door)
@require_POST
def taps(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Taps a phone kept: each is taken once, however often it is sent. Answers which the phone may forget."""
    row = found(request, pk, keeps_door)
    try:
        given = json.loads(request.POST.get("taps", "[]"))
        lines = [_line(tap) for tap in given]
    except (ValueError, TypeError, AttributeError, KeyError):
        return JsonResponse({"detail": _("These taps cannot be read.")}, status=400)
    if len(lines) > MOST_TAPS:
        return JsonResponse({"detail": _("Send at most 2,000 at once.")}, status=400)
    result = services.take_sheet(row, lines=lines, way=SignInWay.LIST, actor=me(request))
    unclear = [{"tap": number - 1, "why": why} for number, _line_, why in result.unclear]
    return JsonResponse({"new": result.new, "again": result.again, "unclear": unclear})


def _line(tap: Any) -> SheetLine:
    """A tap as the phone kept it. Raises ValueError, KeyError and the like for anything else."""
    came: datetime | None = parse_datetime(str(tap.get("at", "")))
    if came is not None and came.tzinfo is None:
        came = None
    return SheetLine(str(tap["name"])[:40], str(tap.get("mark", ""))[:20], came_at=came)


@permission(reads_care)
def care(request: HttpRequest, pk: UUID, signup: UUID) -> HttpResponse:
    """Note what must be known of somebody; only the community's own staff."""
    row = found(request, pk, reads_care)
    person = get_object_or_404(Signup.objects.select_related("occurrence__activity__place"), pk=signup, occurrence=row)

    def do(data: dict[str, Any]) -> None:
        services.note_care(person, text=data["text"], actor=me(request))

    return act(
        request, CareForm(request.POST or None), do, back=page_of(row), done=_("Kept."),
        title=_("Note for the staff"), press=_("Save"), crumb=str(row),
        lead=_("Health or hardship, only what is needed. It is sealed, and stands in no list and no export."),
    )  # fmt: skip
