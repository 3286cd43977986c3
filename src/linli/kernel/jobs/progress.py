"""How far a running job has come, for the bar that survives a reload."""

from contextvars import ContextVar
from uuid import UUID

from linli.kernel.jobs.models import Job, State

_running: ContextVar[UUID | None] = ContextVar("linli_running_job", default=None)


class LeaseLost(Exception):
    """Another worker took the job over; this one must stop and leave no effect."""


def current_job() -> UUID | None:
    """The id of the job this worker is running, or None outside a worker."""
    return _running.get()


def report_progress(done: int, total: int, note: str = "") -> None:
    """Write how many of ``total`` units are done. Outside a worker it does nothing.

    Call it between the small transactions of a job that is not atomic, else nobody sees it before the end.
    """
    job = _running.get()
    if job is not None:
        Job.objects.filter(pk=job, state=State.RUNNING).update(
            progress=min(done, total), progress_total=total, progress_note=note[:200]
        )
