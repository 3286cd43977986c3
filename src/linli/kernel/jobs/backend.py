"""The django-tasks backend on our own table: a job is a row, enqueued in the transaction of its verb."""

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json
from typing_extensions import ParamSpec

from linli.kernel.jobs.models import Job, State

P = ParamSpec("P")
T = TypeVar("T")

STATUS = {
    State.WAITING: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.FAILED: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task[P, T]):
    """A task with our own facts.

    ``atomic``: the function and the mark "done" share one transaction, so its effects in the database happen
    exactly once; a long job says False, works in small transactions and must be safe to run twice.
    """

    atomic: bool = True
    max_attempts: int = 5
    title: str = ""


def row_for(task: Any, args: Any = (), kwargs: Any = None, *, key: str = "", owner: UUID | None = None) -> Job:
    """An unsaved job row for a call of ``task``."""
    return Job(
        task=task.module_path,
        title=str(getattr(task, "title", "")),
        args=normalize_json(list(args)),
        kwargs=normalize_json(dict(kwargs or {})),
        queue=task.queue_name,
        priority=task.priority,
        run_after=task.run_after,
        max_attempts=getattr(task, "max_attempts", 5),
        key=key or None,
        owner_id=owner,
        enqueued_at=timezone.now(),
    )


def enqueue_once(task: Any, *args: Any, key: str, owner: UUID | None = None, **kwargs: Any) -> Job:
    """Enqueue a call under an idempotency key; a second call with the same key gives the first job."""
    try:
        with transaction.atomic():
            row = row_for(task, args, kwargs, key=key, owner=owner)
            row.save(force_insert=True)
            return row
    except IntegrityError:
        return Job.objects.get(key=key)


class TableBackend(BaseTaskBackend):
    """Puts jobs into the table; ``linli worker`` takes them out."""

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any]:
        """Write the row (in the caller's transaction) and return its result handle."""
        self.validate_task(task)
        row = row_for(task, args, kwargs)
        row.save(force_insert=True)
        return self._result(row, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The job as django-tasks sees it. Raises TaskResultDoesNotExist."""
        row = Job.objects.filter(pk=result_id).first()
        if row is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(row, import_string(row.task))

    def _result(self, row: Job, task: Any) -> TaskResult[Any]:
        errors = [TaskError(exception_class_path="builtins.Exception", traceback=row.error)] if row.error else []
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=str(row.pk),
            status=STATUS[State(row.state)],
            enqueued_at=row.enqueued_at,
            started_at=row.started_at,
            finished_at=row.finished_at,
            last_attempted_at=row.started_at,
            args=row.args,
            kwargs=row.kwargs,
            backend=self.alias,
            errors=errors,
            worker_ids=[row.worker] * row.attempts,
        )
        object.__setattr__(result, "_return_value", row.result)
        return result
