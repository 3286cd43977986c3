"""Doors of the volunteers' platforms: their hours in, ours out, the number under which one keeps an activity."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.apps.activities import queries, services
from linli.apps.activities.forms.counting import PlatformHoursForm, ProjectForm
from linli.apps.activities.models import Platform
from linli.apps.activities.permissions import reads_activities, runs_activities
from linli.apps.activities.tables.platforms import SHEET
from linli.apps.organizations.queries import visible_to as organizations_visible_to
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, explain, me, workbook

NOT_YOURS = _("Only those who hold activities for this place or organization do this.")
HEADINGS = ("项目编号", "活动", "日期", "人数", "时长合计", "团队")


@permission(runs_activities)
@require_http_methods(["GET", "HEAD", "POST"])
def import_hours(request: HttpRequest) -> HttpResponse:
    """Take the export of a platform over, and tell what became of its projects and days."""
    actor = me(request)
    form = PlatformHoursForm(
        request.POST if request.method == "POST" else None, places=queries.plannable_places(actor),
        teams=organizations_visible_to(actor).order_by("name"),
    )  # fmt: skip
    taken: services.Taken | None = None
    error: object = ""
    if form.is_valid():
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise Refusal(_("Choose a file."), code="file-missing", field="file")
            taken = services.take_platform_hours(upload, actor=actor, **form.cleaned_data)
        except Refusal as no:
            if no.field in form.fields:
                explain(form, no)
            else:
                error = no.sentence
    context = {"form": form, "taken": taken, "error": error, "columns": SHEET.columns}
    return render(request, "activities/import_hours.html", context, status=422 if error or form.errors else 200)


@permission(reads_activities)
@require_safe
def export_platform(request: HttpRequest, platform: str) -> FileResponse:
    """Hours of the projects a platform keeps that were not taken from it: by project and day, never by person."""
    if platform not in Platform.values:
        raise Http404
    rows = queries.hours_for(me(request), platform)
    lines: Any = (
        (row.occurrence.activity.project_number, row.occurrence.activity.title, row.day, row.people, row.hours,
         str(row.team or ""))
        for row in rows.iterator(chunk_size=500) if row.occurrence is not None
    )  # fmt: skip
    return workbook(f"{Platform(platform).label}服务时长", HEADINGS, lines)


@permission(runs_activities)
def name_project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say under which number a platform keeps the activity."""
    actor = me(request)
    row = get_object_or_404(queries.visible_to(actor).select_related("place"), pk=pk)
    if not runs_activities(actor, row):
        raise NotAllowed(NOT_YOURS)
    first = {"platform": row.platform, "number": row.project_number}
    return act(
        request, ProjectForm(request.POST or None, initial=first),
        lambda data: services.name_project(row, actor=actor, **data),
        back=reverse("activities:activity", args=[row.pk]), done=_("Kept."), press=_("Save"), crumb=row.title,
        title=_("Number on a volunteers' platform"),
        lead=_("Hours come in from the platform's export and go out to it by this number."),
    )  # fmt: skip
