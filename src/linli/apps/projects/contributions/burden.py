"""What projects ask of communities, for the burden page."""

from django.utils.translation import gettext_lazy as _

from linli.apps.projects.forms.watching import ReportForm
from linli.apps.projects.models import ProgressReport
from linli.kernel.contributions import AskedForm
from linli.kernel.contributions import contribute as add

ASKED = (
    AskedForm(
        "projects.progress",
        _("Projects"),
        _("Report progress"),
        lambda: (ReportForm,),
        ProgressReport.objects.all,
        "project__place",
        "handed_in_at",
        photos="projects.project",
    ),
)


def contribute() -> None:
    """Called once, when the house starts."""
    add(*ASKED)
