"""Projects, read by other systems with the eyes of the token's owner."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.projects import queries
from linli.apps.projects.models import Project
from linli.apps.projects.permissions import reads_projects
from linli.apps.projects.schemas import ProjectFull, ProjectOut, ProjectsAsked
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing

declare("projects:read", _("Read projects"))
DOORS = Doors("projects")
READ: dict[str, Any] = {"scope": "projects:read", "permission": reads_projects}


@DOORS.get("/projects", **READ, answers=Page[ProjectOut], summary="Projects within reach")
def projects(request: Call, response: HttpResponse, asked: Query[ProjectsAsked]) -> dict[str, Any]:
    rows = queries.visible_to(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.place:
        rows = rows.filter(place=asked.place)
    return page(rows, request, response, asked)


@DOORS.get("/projects/{uuid:project_id}", **READ, answers=ProjectFull, summary="One project")
def project(request: Call, project_id: UUID) -> Project:
    rows = queries.visible_to(request.actor).filter(pk=project_id)
    found = rows.prefetch_related("milestones", "indicators").first()
    if found is None:
        raise Missing(_("There is no such project within your reach."))
    return found
