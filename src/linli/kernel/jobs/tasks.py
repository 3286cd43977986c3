"""The decorator that makes a function a job."""

from collections.abc import Callable
from typing import Any

from django_tasks import task as django_task


def task(
    *, title: Any = "", atomic: bool = True, max_attempts: int = 5, priority: int = 0
) -> Callable[[Callable[..., Any]], Any]:
    """Make a module-level function a job: ``import_rows.enqueue(…)`` or ``enqueue_once(import_rows, key=…)``.

    ``title`` is what people read; ``atomic`` as in :class:`JobTask`; after ``max_attempts`` failures, with
    pauses that double from 10 seconds, it goes to the page of failures.
    """
    options: dict[str, Any] = {
        "title": title,
        "atomic": atomic,
        "max_attempts": max_attempts,
        "priority": priority,
    }

    def wrap(function: Callable[..., Any]) -> Any:
        return django_task(**options)(function)

    return wrap
