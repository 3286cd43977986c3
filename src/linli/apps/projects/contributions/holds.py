"""While a project is halted nothing is paid of what was promised for it."""

from django.utils.translation import gettext as _

from linli.apps.projects.models import Project, ProjectState
from linli.kernel.contributions import Hold
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref


def why(subject: Ref, grounds: Ref) -> str:
    """Why money for this record waits; "" where its project goes on, or has none. One query."""
    columns = {"projects.project": "pk", "rounds.proposal": "proposal"}
    if subject.kind not in columns:
        return ""
    rows = Project.objects.filter(**{columns[subject.kind]: subject.id}, state=ProjectState.SUSPENDED)
    project = rows.only("title", "reason").first()
    if project is None:
        return ""
    told = {"title": project.title, "reason": project.reason}
    return _("“%(title)s” is halted: %(reason)s. Payments wait until it is resumed.") % told


def contribute() -> None:
    """Hold what is halted."""
    add(Hold("projects.halt", why))
