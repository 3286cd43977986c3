"""Whether the work on an import still goes on."""

from linli.kernel.jobs import Job, State
from linli.kernel.tables.jobs import commit_import, read_import
from linli.kernel.tables.models import Import, ImportState

AT_WORK = frozenset({ImportState.UPLOADED, ImportState.READING, ImportState.COMMITTING})


def is_given_up(batch: Import) -> bool:
    """True when the file is neither read nor taken over and its job failed for the last time. One query, or none."""
    if batch.state not in AT_WORK:
        return False
    jobs = Job.objects.filter(
        state__in=[State.FAILED, State.WAITING, State.RUNNING],
        task__in=[read_import.module_path, commit_import.module_path],
        args=[str(batch.pk)],
    )
    return set(jobs.values_list("state", flat=True)) == {State.FAILED}
