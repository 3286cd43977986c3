"""The index rebuilt outside the request."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.jobs import report_progress, task
from linli.kernel.search.writing import rebuild


@task(title=_("Rebuild the search index"), atomic=False)
def rebuild_index() -> int:
    """Index everything anew; returns how many records can be found."""
    return rebuild(progress=report_progress)
