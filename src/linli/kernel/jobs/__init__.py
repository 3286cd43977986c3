"""Work outside the request: a table of jobs, workers that claim them, work that comes round by the clock."""

from typing import TYPE_CHECKING

from linli.kernel import lazily

if TYPE_CHECKING:
    from linli.kernel.jobs.backend import JobTask, enqueue_once
    from linli.kernel.jobs.models import Job, State
    from linli.kernel.jobs.periodicals import daily, every, periodic
    from linli.kernel.jobs.progress import current_job, report_progress
    from linli.kernel.jobs.retrying import retry
    from linli.kernel.jobs.tasks import task
else:
    __getattr__ = lazily(
        __name__,
        backend="JobTask enqueue_once",
        models="Job State",
        periodicals="daily every periodic",
        progress="current_job report_progress",
        retrying="retry",
        tasks="task",
    )

__all__ = [
    "Job",
    "JobTask",
    "State",
    "current_job",
    "daily",
    "enqueue_once",
    "every",
    "periodic",
    "report_progress",
    "retry",
    "task",
]
