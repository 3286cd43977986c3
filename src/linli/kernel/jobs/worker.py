"""The worker: claims a job, runs it, marks it; safe to kill at any moment."""

import logging
import os
import secrets
import signal
import socket
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from linli.kernel.jobs.claiming import claim, keep, mine
from linli.kernel.jobs.models import Job, State
from linli.kernel.jobs.progress import LeaseLost, _running
from linli.kernel.scope.sources import Door, Source, coming_through

log = logging.getLogger("linli.jobs")

BEAT = 20.0
FIRST_PAUSE = 10
"""Seconds before the first retry; each later one waits twice as long, at most an hour."""


def worker_name() -> str:
    """A name no other worker has: host, process, four random bytes."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT):
            try:
                if not keep(job):
                    return
            except DatabaseError as error:
                log.warning("the lease of %s could not be lengthened: %s", job.pk, error)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(timeout=5)


def _call(task: Any, job: Job) -> Any:
    return task.call(*job.args, **job.kwargs)


def _finish(job: Job, result: Any) -> None:
    marked = mine(job).update(state=State.DONE, result=result, leased_until=None, finished_at=timezone.now(), error="")
    if not marked:
        raise LeaseLost


def _fail(job: Job, error: BaseException) -> None:
    text = "".join(traceback.format_exception(error))[-8000:]
    last = job.attempts >= job.max_attempts
    pause = min(FIRST_PAUSE * 2 ** (job.attempts - 1), 3600)
    now = timezone.now()
    mine(job).update(
        state=State.FAILED if last else State.WAITING,
        leased_until=None,
        run_after=None if last else now + timedelta(seconds=pause),
        finished_at=now if last else None,
        error=text,
    )
    log.error("job %s (%s) failed, attempt %s: %s", job.pk, job.task, job.attempts, error)


def run(job: Job) -> None:
    """Run one claimed job to its end. An atomic job's effects and its mark "done" are one transaction."""
    token = _running.set(job.pk)
    try:
        task = import_string(job.task)
        with _heartbeat(job), coming_through(Source(Door.JOB, getattr(task, "title", "") or job.task)):
            if getattr(task, "atomic", True):
                with transaction.atomic():
                    _finish(job, _call(task, job))
            else:
                _finish(job, _call(task, job))
    except LeaseLost:
        log.warning("job %s was taken over; this attempt leaves no trace", job.pk)
    except Exception as error:  # noqa: BLE001  # whatever a job raises belongs on the page of failures
        _fail(job, error)
    finally:
        _running.reset(token)


def run_waiting(*, worker: str = "", limit: int = 1000) -> int:
    """Run the jobs that wait now, in this process; returns how many. For tests, the demo and commands."""
    name = worker or worker_name()
    for count in range(limit):
        job = claim(name)
        if job is None:
            return count
        run(job)
    return limit


class _Stop:
    def __init__(self) -> None:
        self.event = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask)

    def ask(self, number: int, frame: FrameType | None) -> None:
        self.event.set()


def run_worker(*, pause: float = 1.0) -> None:
    """Work until asked to stop (SIGTERM, SIGINT); the job in hand is finished first."""
    stop = _Stop()
    name = worker_name()
    log.info("worker %s is ready", name)
    while not stop.event.is_set():
        try:
            job = claim(name)
        except DatabaseError as error:
            log.warning("the database does not answer: %s", error)
            close_old_connections()
            stop.event.wait(5)
            continue
        if job is None:
            close_old_connections()
            stop.event.wait(pause)
        else:
            run(job)


def run_scheduler(*, pause: float = 5.0) -> None:
    """Enqueue what has come due by the clock until asked to stop."""
    from linli.kernel.jobs.periodicals import enqueue_due

    stop = _Stop()
    log.info("scheduler is ready")
    while not stop.event.is_set():
        try:
            enqueue_due()
        except DatabaseError as error:
            log.warning("the database does not answer: %s", error)
            close_old_connections()
        stop.event.wait(pause)
