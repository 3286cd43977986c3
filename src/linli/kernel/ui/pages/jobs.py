"""Background work: what runs, what failed and why, and the button that tries again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.jobs import Job, State, retry
from linli.kernel.jobs.contributions import visible_to
from linli.kernel.scope import Role, holds, permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.lists import Column, Filter, ListPage

LAMPS = {State.WAITING: "off", State.RUNNING: "amber", State.DONE: "green", State.FAILED: "red"}


@permission(holds(*STAFF))
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs this person may know of, newest first; the system administrator sees all of them."""
    page = ListPage(
        request,
        visible_to(Job.objects.all(), actor_of(request)),
        columns=(
            Column("title", _("Work")),
            Column("state", _("State"), sort="state"),
            Column("attempts", _("Attempts"), numeric=True),
            Column("enqueued_at", _("Asked for"), sort="id"),
            Column("error", _("Why it failed")),
        ),
        filters=(Filter("state", _("State"), State.choices),),
    )
    for job in page.rows:
        job.lamp = LAMPS[State(job.state)]
        job.reason = job.error.strip().splitlines()[-1] if job.error else ""
    may_retry = holds(Role.SYSTEM_ADMINISTRATOR)(actor_of(request), None)
    return render(request, "ui/jobs.html", {"page": page, "may_retry": may_retry})


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
