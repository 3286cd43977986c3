"""The rows of the walk of all addresses that belong to projects, and the records they need."""

from linli.apps.places.models import Place
from linli.apps.projects.tests.factories import make_project

READ = "302 403 200 404 200 200 200 403 403 403"
TEND = "302 404 200 404 200 200 403 404 404 404"
"""Whoever carries it out, or keeps it."""
KEEP = "302 404 403 404 200 403 403 404 404 404"
NOTHING = TEND.replace("200", "404")
KEEPERS = "302 403 403 200 200 403 403 403 403 403"

PROJECT_ROWS = {
    "GET api/v1/projects": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/projects/{project}": "401 403 200 404 200 200 200 403 403 403",
    "GET desk/projects/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/projects/board/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/projects/new/": KEEPERS,
    "POST desk/projects/new/": KEEPERS.replace("200", "422"),
    "GET desk/projects/earlier/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/projects/earlier/export/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/projects/earlier/{nothing}/": "302 403 404 404 404 404 404 403 403 403",
    "GET desk/projects/awards/": KEEPERS,
    "GET desk/projects/awards/{nothing}/": KEEPERS.replace("200", "404"),
    "GET desk/projects/reports/xlsx/": "302 403 404 404 404 404 404 403 403 403",
    "GET desk/projects/{project}/": READ,
    "GET desk/projects/{project}/change/": TEND,
    "POST desk/projects/{project}/count/": TEND.replace("200", "302"),
    "GET desk/projects/{project}/do/outcome/": TEND,
    "GET desk/projects/{project}/do/suspend/": KEEP,
    "POST desk/projects/{project}/do/suspend/": KEEP.replace("200", "302"),
    "GET desk/projects/{project}/do/reach/{milestone}/": TEND,
    "GET desk/projects/{project}/midterm/{nothing}/": KEEP.replace("200", "404"),
    "POST desk/projects/{project}/changes/{nothing}/approve/": "302 403 403 404 404 403 403 403 403 403",
    "POST desk/projects/{project}/changes/{nothing}/withdraw/": NOTHING,
    "GET desk/projects/{project}/papers/visit/{nothing}/": READ.replace("200", "404"),
}
"""The table's rows of projects."""


def projects_of(community: Place) -> dict[str, str]:
    """A project under way in the community."""
    project = make_project(community)
    return {"project": str(project.pk), "milestone": str(project.milestones.all()[0].pk)}
