"""Background work: what runs, what failed and why, and the button that tries again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.jobs import Job, State, retry
from linli.kernel.jobs.contributions import visible_to
from linli.kernel.scope import Role, holds, permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.lists import Column, ListPage, counted

LAMPS = {State.WAITING: "off", State.RUNNING: "amber", State.DONE: "green", State.FAILED: "red"}


OPEN, MINE, ROUTINE = "open", "done", "routine"


def _part(rows: QuerySet[Job], part: str) -> QuerySet[Job]:
    """What is not done yet; what somebody started and is done; what the house did by itself and is done."""
    if part == OPEN:
        return rows.exclude(state=State.DONE)
    return rows.filter(state=State.DONE, owner_id__isnull=part == ROUTINE)


def _parts(rows: QuerySet[Job], shown: str) -> list[dict[str, Any]]:
    """The parts as chips, each with its number; the routine of the house only where there is some to see."""
    titles = {OPEN: _("Not done yet"), MINE: _("Done"), ROUTINE: _("Routine of the house, done")}
    chips: list[dict[str, Any]] = [
        {"name": name, "title": title, "current": name == shown, "n": counted(_part(rows, name))}
        for name, title in titles.items()
    ]
    return [chip for chip in chips if chip["name"] != ROUTINE or chip["current"] or chip["n"] != "0"]


@permission(holds(*STAFF))
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs this person may know of: what failed and runs first, what is done behind a chip; newest first there.

    The system administrator of the district sees all of them.
    """
    rows = visible_to(Job.objects.all(), actor_of(request))
    asked = request.GET.get("part", OPEN)
    part = asked if asked in (MINE, ROUTINE) else OPEN
    page = ListPage(
        request,
        _part(rows, part),
        columns=(
            Column("title", _("Work")),
            Column("state", _("State"), sort="state"),
            Column("attempts", _("Attempts"), numeric=True),
            Column("enqueued_at", _("Asked for"), sort="id"),
            Column("error", _("Why it failed")),
        ),
        first_sort="state" if part == OPEN else "-id",  # failed, running, waiting
    )
    for job in page.rows:
        job.lamp = LAMPS[State(job.state)]
        job.reason = job.error.strip().splitlines()[-1] if job.error else ""
    may_retry = holds(Role.SYSTEM_ADMINISTRATOR)(actor_of(request), None)
    return render(
        request, "ui/jobs.html", {"page": page, "parts": _parts(rows, part), "part": part, "may_retry": may_retry}
    )


@permission(holds(Role.SYSTEM_ADMINISTRATOR))
@require_POST
def try_again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Put one failed job back in the queue."""
    job = get_object_or_404(visible_to(Job.objects.all(), actor_of(request)), pk=job_id)
    retry(job.pk, actor=actor_of(request))
    messages.success(request, _("“%(title)s” is back in the queue.") % {"title": job})
    return redirect("ui:jobs")


@permission(signed_in)
@require_safe
def progress(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The bar of one job, asked for again every two seconds while it runs; it can be found again any time."""
    job = get_object_or_404(visible_to(Job.objects.all(), actor_of(request)), pk=job_id)
    return render(request, "ui/job_progress.html", {"job": job, "states": State})
