"""The rows of the walk of all addresses that belong to projects, and the records they need."""

from linli.apps.places.models import Place
from linli.apps.projects.tests.factories import make_project

READ = "302 403 200 404 200 200 200 403 403 403"

PROJECT_ROWS = {
    "GET desk/projects/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/projects/{project}/": READ,
}
"""The table's rows of projects."""


def projects_of(community: Place) -> dict[str, str]:
    """A project under way in the community."""
    return {"project": str(make_project(community).pk)}
