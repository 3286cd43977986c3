"""“My data”: what is kept about me by every part of the house, and what I may ask about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.apps.people import queries, services
from linli.apps.people.forms import AskForm, OwnDataForm
from linli.apps.people.models import RequestKind, RequestState, User
from linli.apps.people.permissions import erases_own_data, sees_own_data
from linli.apps.people.services.data_requests import ProofNeeded
from linli.apps.people.views.joining import explain, own_account
from linli.kernel import deadlines
from linli.kernel.errors import Refusal
from linli.kernel.files import files_of
from linli.kernel.jobs import Job
from linli.kernel.refs import ref_of
from linli.kernel.scope import IdentityGrade, permission

LAMPS = {
    RequestState.ASKED: "amber",
    RequestState.IN_WORK: "amber",
    RequestState.DONE: "green",
    RequestState.REFUSED: "red",
}


@permission(sees_own_data)
@require_safe
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything kept about me, part by part, with purpose, ground and term; my requests and their answers."""
    return _show(request, own_account(request))


def _show(request: HttpRequest, user: User, *, form: AskForm | None = None, status: int = 200) -> HttpResponse:
    context = {
        "parts": queries.kept_about(queries.subject_of(user)),
        "grade": IdentityGrade(user.grade),
        "is_proved": erases_own_data(user, None),
        "is_matched": user.grade >= IdentityGrade.ROSTER,
        "form": form or AskForm(),
        "requests": told_requests(list(queries.requests_of(user)[:20])),
        "disclosures": user.disclosures.all()[:20],
    }
    return render(request, "people/my_data.html", context, status=status)


def told_requests(rows: list[Any]) -> list[dict[str, Any]]:
    """Requests with lamp, due time and, for a copy that is ready, its files."""
    clocks = deadlines.of([ref_of(row) for row in rows])
    told = []
    for row in rows:
        running = [clock for clock in clocks[ref_of(row)] if clock.met is None]
        told.append(
            {"row": row, "lamp": LAMPS[RequestState(row.state)], "due": running[0].due if running else None}
            | _copy_of(row)
        )
    return told


def _copy_of(row: Any) -> dict[str, Any]:
    export = getattr(row, "export", None)
    if export is None:
        return {"export": None}
    ready = export.ready_at is not None
    open_still = export.expires_at > timezone.now()
    return {"export": export, "files": list(files_of(ref_of(export))) if ready and open_still else [], "ready": ready}


@permission(sees_own_data)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for something about my data; a copy shows its progress."""
    user = own_account(request)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            made = services.ask(user, kind=form.cleaned_data["kind"], text=form.cleaned_data["text"], actor=user)
        except ProofNeeded as refusal:
            messages.warning(request, str(refusal))
            return redirect("people:prove")
        except Refusal as refusal:
            explain(form, refusal)
        else:
            if made.kind == RequestKind.EXPORT:
                return redirect("people:my_copy", made.pk)
            messages.success(request, _("We have it. The answer will stand here, and in your messages."))
            return redirect("people:my_data")
    return _show(request, user, form=form, status=422)


@permission(sees_own_data)
@require_safe
@never_cache
def my_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A copy on its way: the bar while it is prepared, the files when it is ready."""
    row = get_object_or_404(queries.requests_of(own_account(request)), pk=pk, kind=RequestKind.EXPORT)
    told = told_requests([row])[0]
    job = Job.objects.filter(pk=row.export.job_id).first() if told["export"] and row.export.job_id else None
    return render(request, "people/my_copy.html", told | {"told": told, "job": job})


@permission(sees_own_data)
@never_cache
def correct(request: HttpRequest) -> HttpResponse:
    """Put right what my account itself told."""
    user = own_account(request)
    now = {"name": user.name, "phone": str(user.phone), "email": user.email}
    form = OwnDataForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if values["phone"] == str(user.phone):
            values["phone"] = None  # the masked number sent back unchanged
        try:
            services.correct_own(user, **values, actor=user)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:my_data")
    return render(request, "people/my_correction.html", {"form": form}, status=422 if form.errors else 200)
