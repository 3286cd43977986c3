"""Doors of projects: the list, one project by its tabs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.projects import queries
from linli.apps.projects.lifecycle import PROJECTS
from linli.apps.projects.models import Project, ProjectKind, ProjectState
from linli.apps.projects.permissions import keeps_pages, reads_projects, tends_pages
from linli.apps.projects.views.acting import found, frame_of
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import me, story
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Title"), sort="title"),
    Column("bearer", _("Carried out by")),
    Column("kind", _("Class of the project")),
    Column("amount", _("Amount"), numeric=True),
    Column("ends_on", _("Last day"), sort="ends_on"),
    Column("state", _("State"), sort="state"),
)
TABS = (("", _("Overview")), ("plan", _("Plan and evidence")), ("story", _("What happened")))


@permission(reads_projects)
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects the reader sees."""
    actor = me(request)
    rows = queries.visible_to(actor).select_related("place", "bearer", "bearer_place")
    filters = (Filter("state", _("State"), ProjectState.choices), Filter("kind", _("Class"), ProjectKind.choices))
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="title")
    waiting = queries.awards_to_begin(actor).count() if keeps_pages(actor, None) else 0
    return render(request, "projects/projects.html", {"page": page, "frame": frame_of(request), "waiting": waiting})


@permission(reads_projects)
@require_safe
def project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One project: what it is, what it is held to, what happened; what I may do now."""
    row, actor = found(request, pk), me(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in dict(TABS) else ""
    context = {
        "project": row,
        "frame": frame_of(request),
        "tab": tab,
        "tabs": TABS,
        "verbs": [verb.name for verb in PROJECTS.offered(actor, row) if verb.title],
        "may_tend": tends_pages(actor, row),
        **_of_tab(tab, row, actor),
    }
    return render(request, "projects/project.html", context)


def _of_tab(tab: str, row: Project, actor: Actor) -> dict[str, Any]:
    """What one tab shows."""
    if tab == "plan":
        return {"milestones": queries.milestones_of(row), "indicators": row.indicators.all()}
    if tab == "story":
        return {"story": story(timeline(ref_of(row)))}
    return {
        "groups": row.target_groups.all(),
        "partners": row.partners.select_related("organization"),
        "lines": row.commitment.lines.all() if row.commitment else (),
        "parts": page_parts("projects.project", actor=actor, record=row),
    }
