"""Doors of requests about personal data: the security administrator's queue, one request, entering one for somebody."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.people import queries, services
from linli.apps.people.forms import AnswerForm, AskForForm
from linli.apps.people.lifecycle import DATA_REQUESTS
from linli.apps.people.models import DataRequest, Person, RequestKind, RequestState
from linli.apps.people.permissions import answers_requests, enters_requests
from linli.apps.people.views.joining import explain, own_account
from linli.apps.people.views.my_data import told_requests
from linli.apps.people.views.telling import story
from linli.kernel import deadlines
from linli.kernel.audit import timeline
from linli.kernel.errors import Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("kind", _("Request"), sort="kind"),
    Column("who", _("Whose data")),
    Column("state", _("State"), sort="state"),
    Column("asked_at", _("Asked at"), sort="asked_at"),
    Column("due", _("Due")),
)
FILTERS = (
    Filter("state", _("State"), RequestState.choices),
    Filter("kind", _("Request"), RequestKind.choices),
)
works_on_requests = answers_requests | enters_requests


def _request(request: HttpRequest, pk: UUID) -> DataRequest:
    rows = queries.requests_visible_to(actor_of(request)).select_related(
        "user", "person", "community", "asked_by", "decided_by", "export"
    )
    found: DataRequest = get_object_or_404(rows, pk=pk)
    return found


def page_of(request: HttpRequest) -> ListPage:
    """The requests I answer or entered, as the list and the workbook show them."""
    rows = queries.requests_visible_to(actor_of(request)).select_related("user", "person", "community")
    return ListPage(request, rows, columns=COLUMNS, filters=FILTERS, first_sort="-asked_at")


@permission(works_on_requests)
@require_safe
def data_requests(request: HttpRequest) -> HttpResponse:
    """Requests I answer or entered, with the day they are due."""
    page = page_of(request)
    clocks = deadlines.of([ref_of(row) for row in page.rows])
    for row in page.rows:
        row.due = next((clock.due for clock in clocks[ref_of(row)] if clock.met is None), None)
    return render(request, "people/data_requests.html", {"page": page})


@permission(works_on_requests)
@require_safe
def data_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request: whose, what it touches, what I may do now."""
    return _show(request, _request(request, pk))


def _show(request: HttpRequest, row: DataRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_of(request)
    answers = answers_requests(actor, row)
    verbs = DATA_REQUESTS.offered(actor, row) if row.user_id != getattr(actor, "actor_id", None) else []
    subject = queries.subject_of_request(row, reader=actor.actor_id if actor else None)
    touched = queries.kept_about(subject) if answers and row.state in queries.OPEN else []
    context = {
        **told_requests([row])[0],
        "request_row": row,
        "touched": [{"title": kept.title, "count": kept.count} for kept in touched],
        "verbs": [
            {"transition": verb, "form": AnswerForm(initial={"version": row.version}, auto_id=f"{verb.name}_%s")}
            for verb in verbs
        ],
        "story": story(timeline(ref_of(row))),
        "refusal": refusal,
    }
    return render(request, "people/data_request.html", context, status=refusal.status if refusal else 200)


@permission(answers_requests)
@require_POST
def move_request(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Take a request up, do it, or refuse it with reasons."""
    row = _request(request, pk)
    asked: dict[str, Any] = {"actor": own_account(request)}
    answer = request.POST.get("answer", "")[:2000]
    try:
        if verb == "take":
            services.take(row, **asked)
        elif verb == "finish":
            services.finish(row, answer=answer, **asked)
        elif verb == "refuse":
            services.refuse(row, answer=answer, **asked)
        else:
            raise Http404
    except Refusal as refusal:
        return _show(request, _request(request, pk), refusal=refusal)
    messages.success(request, _("Done. The person is told."))
    return redirect("people:data_request", row.pk)


@permission(enters_requests)
def new_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a request for a resident with an account, or for a person of the roster without one."""
    actor = own_account(request)
    user = queries.residents_visible_to(actor).filter(pk=pk).first()
    person = None if user else get_object_or_404(queries.persons_visible_to(actor, Person.objects.all()), pk=pk)
    form = AskForForm(request.POST or None, initial={"relation": queries.speaks_for(person)})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_for(person=person, user=user, **form.cleaned_data, actor=actor)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Entered. The security administrator answers it."))
            return redirect("people:data_request", made.pk)
    context = {"form": form, "whose": user or person}
    return render(request, "people/new_request.html", context, status=422 if form.errors else 200)
