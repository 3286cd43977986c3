"""Doors of projects: the list with its lamps, one project by its tabs."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.projects import queries
from linli.apps.projects.lifecycle import PROJECTS
from linli.apps.projects.models import UNDER_WAY, ProjectKind, ProjectState
from linli.apps.projects.permissions import keeps_pages, reads_projects, reads_reviews, tends_pages
from linli.apps.projects.queries.lamps import NAMES
from linli.apps.projects.queries.lamps import TABS as BEHIND
from linli.apps.projects.views.acting import found, frame_of
from linli.apps.projects.views.tabs import of_tab
from linli.apps.projects.views.titles import TABS, TITLES
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Title"), sort="title"),
    Column("bearer", _("Carried out by")),
    Column("amount", _("Amount"), numeric=True),
    *(Column(name, TITLES[name]) for name in NAMES),
    Column("ends_on", _("Last day"), sort="ends_on"),
    Column("state", _("State"), sort="state"),
)


@permission(reads_projects)
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The projects the reader sees, each with its four lamps."""
    actor = me(request)
    rows = queries.visible_to(actor).select_related("place", "street", "bearer", "bearer_place")
    filters = (Filter("state", _("State"), ProjectState.choices), Filter("kind", _("Class"), ProjectKind.choices))
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-ends_on")
    shown = queries.lamps(page.rows, day=timezone.localdate())
    may_keep = keeps_pages(actor, None)
    context = {
        "page": page,
        "rows": [(row, [{"lamp": shown[row.pk][name], "tab": BEHIND[name]} for name in NAMES]) for row in page.rows],
        "frame": frame_of(request),
        "may_keep": may_keep,
        "may_review": reads_reviews(actor, None),
        "waiting": queries.awards_to_begin(actor).count() if may_keep else 0,
    }
    return render(request, "projects/projects.html", context)


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
        "template": f"projects/tab_{tab or 'overview'}.html",
        "tabs": TABS,
        "verbs": [verb.name for verb in PROJECTS.offered(actor, row) if verb.title],
        "may_tend": tends_pages(actor, row) and row.state in UNDER_WAY,
        "may_keep": keeps_pages(actor, row) and row.state in UNDER_WAY,
        **of_tab(tab, row, actor),
    }
    return render(request, "projects/project.html", context)
