"""The board of proactive issues (未诉先办): what is put right before anybody complains."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.needs import services
from linli.apps.needs.forms import figures as forms
from linli.apps.needs.lifecycle import ISSUES
from linli.apps.needs.models import IssueState, ProactiveIssue
from linli.apps.needs.permissions import HANDLERS, keeps_issue_pages, reads_needs
from linli.apps.needs.queries.issues import board_of_issues, issues_for
from linli.apps.needs.tables.reports import issues_paper
from linli.apps.places.models import Level, Place
from linli.kernel.audit import timeline
from linli.kernel.documents import print_paper
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import PDF, act, me, story

Do = Callable[[ProactiveIssue, dict[str, Any], Actor], Any]


@permission(reads_needs)
@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """The board: what is late first, then by day; struck off ones under their own tab."""
    actor, shown = me(request), request.GET.get("state", "")
    if shown not in IssueState.values:
        shown = ""
    context = {
        "rows": board_of_issues(actor, state=shown),
        "shown": shown,
        "states": IssueState.choices,
        "today": timezone.localdate(),
        "may_notice": keeps_issue_pages(actor),
    }
    return render(request, "needs/issues.html", context)


@permission(reads_needs)
@require_safe
def issues_print(request: HttpRequest) -> HttpResponseBase:
    """The board as a paper to hang up or file (paper 34)."""
    rows = board_of_issues(me(request), state="")
    with override("zh-hans"):
        unit = rows[0].street.name if rows else ""
        found = issues_paper(rows, unit=unit, day=timezone.localdate())
    return FileResponse(io.BytesIO(print_paper(found)), filename=f"{found.title}.pdf", content_type=PDF)


def places_of(actor: Actor) -> Any:
    """The streets, communities and grids the actor works for."""
    levels = (Level.STREET, Level.COMMUNITY, Level.VILLAGE, Level.GRID, Level.POINT)
    return Place.objects.filter(pk__in=actor.reach(*HANDLERS).places, level__in=levels).order_by("code")


@permission(keeps_issue_pages)
def new_issue(request: HttpRequest) -> HttpResponse:
    """Put an issue on the board; a hot topic or the season may have filled its source and category."""
    actor = me(request)
    first = {name: request.GET[name] for name in ("source", "category", "title", "place") if name in request.GET}
    form = forms.NoticeForm(request.POST or None, places=places_of(actor), initial=first)

    def notice(data: dict[str, Any]) -> str:
        place = data.pop("place")
        row = services.notice_issue(place=place, street=place.street or place, actor=actor, **data)
        return reverse("needs:issue", args=[row.pk])

    board = reverse("needs:issues")
    return act(
        request, form, notice, back=board, done=_("It is on the board."), title=_("Notice an issue"),
        press=_("Put on the board"), crumb=_("Before anybody complains"),
    )  # fmt: skip


def _found(request: HttpRequest, pk: UUID) -> ProactiveIssue:
    rows = issues_for(me(request)).select_related("street", "place", "category", "owner_place", "owner_organization")
    row: ProactiveIssue = get_object_or_404(rows, pk=pk)
    return row


@permission(reads_needs)
@require_safe
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One issue with its plan, its buttons and its history."""
    row, actor = _found(request, pk), me(request)
    context = {
        "issue": row,
        "verbs": [one for one in ISSUES.offered(actor, row) if one.name in DOINGS],
        "story": story(timeline(ref_of(row))),
        "today": timezone.localdate(),
    }
    return render(request, "needs/issue.html", context)


def _plan(row: ProactiveIssue) -> dict[str, Any]:
    organization = row.owner_organization
    return {
        "unit_place": row.owner_place, "unit_name": organization.name if organization else "", "measure": row.measure,
        "due": row.due, "progress": row.progress,
    }  # fmt: skip


def _begin(row: ProactiveIssue, data: dict[str, Any], actor: Actor) -> None:
    services.begin_issue(row, unit=data["unit"], measure=data["measure"], due=data["due"], actor=actor)


def _change(row: ProactiveIssue, data: dict[str, Any], actor: Actor) -> None:
    plan = {name: data[name] for name in ("unit", "measure", "due", "progress")}
    services.change_issue(row, actor=actor, **plan)


DOINGS: dict[str, tuple[Any, Do]] = {
    "begin": (forms.PlanForm, _begin),
    "change": (forms.ChangeForm, _change),
    "strike_off": (forms.StrikeOffForm, lambda row, data, actor: services.strike_off(row, actor=actor, **data)),
    "drop": (forms.ReasonForm, lambda row, data, actor: services.drop_issue(row, actor=actor, **data)),
    "take_up": (forms.AgainForm, lambda row, data, actor: services.take_up_again(row, actor=actor, **data)),
}


@permission(keeps_issue_pages)
def do_issue(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One verb of an issue."""
    row, actor = _found(request, pk), me(request)
    if verb not in DOINGS:
        raise Http404
    form_of, do = DOINGS[verb]
    planned = {"places": places_of(actor), "initial": _plan(row)} if issubclass(form_of, forms.PlanForm) else {}
    transition = ISSUES.transitions[verb]
    back = reverse("needs:issue", args=[row.pk])
    return act(
        request, form_of(request.POST or None, **planned), lambda data: do(row, data, actor), back=back,
        done=_("Saved."), title=transition.title, press=transition.title, crumb=row.title, danger=transition.weighty,
    )  # fmt: skip
