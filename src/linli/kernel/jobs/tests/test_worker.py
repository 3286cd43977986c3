"""Workers: claim, run, fail, die, and the clock's own turns."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation
from tests.playground import jobs
from tests.playground.models import Tally

from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict
from linli.kernel.jobs import Job, State, enqueue_once, retry
from linli.kernel.jobs.claiming import LEASE, claim, keep
from linli.kernel.jobs.models import PeriodicRun
from linli.kernel.jobs.periodicals import daily, enqueue_due
from linli.kernel.jobs.worker import run, run_waiting
from linli.kernel.ui.jobs import forget_answered_forms

WORKER = "from linli.kernel.jobs.worker import run_worker; run_worker(pause=0.05)"


def _tallies() -> list[str]:
    return sorted(Tally.objects.values_list("name", flat=True))


@pytest.mark.django_db
def test_it_runs_a_job_once_and_keeps_its_result() -> None:
    result = jobs.in_steps.enqueue(3)
    assert run_waiting() == 1
    job = Job.objects.get(pk=result.id)
    assert (job.state, job.result, job.progress, job.progress_total, job.percent) == ("done", 3, 3, 3, 100)
    assert run_waiting() == 0


@pytest.mark.django_db
def test_it_forgets_a_job_whose_transaction_rolled_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.count.enqueue("甲")
        raise RuntimeError
    assert Job.objects.count() == 0


@pytest.mark.django_db
def test_it_enqueues_once_under_one_key() -> None:
    first = enqueue_once(jobs.count, "甲", key="once")
    second = enqueue_once(jobs.count, "甲", key="once")
    assert (first.pk, Job.objects.count()) == (second.pk, 1)


@pytest.mark.django_db(transaction=True)
def test_it_retries_with_pauses_and_then_gives_up_with_the_reason() -> None:
    jobs.always_fails.enqueue()
    run_waiting()
    job = Job.objects.get()
    assert (job.state, job.attempts, job.run_after is not None) == ("waiting", 1, True)
    Job.objects.update(run_after=None)
    run_waiting()
    job.refresh_from_db()
    assert (job.state, job.attempts, "printer is on fire" in job.error) == ("failed", 2, True)
    assert _tallies() == []


@pytest.mark.django_db(transaction=True)
def test_it_puts_a_failed_job_back_when_somebody_asks_and_says_who() -> None:
    jobs.always_fails.enqueue()
    Job.objects.update(state=State.FAILED, attempts=2, error="x")
    job = Job.objects.get()
    retry(job.pk, actor=None)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("waiting", 0, "")
    assert AuditRow.objects.get().action == "jobs.job.retry"
    with pytest.raises(Conflict):
        retry(job.pk, actor=None)


@pytest.mark.django_db(transaction=True)
def test_it_leaves_no_trace_of_an_attempt_that_lost_its_lease() -> None:
    jobs.count.enqueue("甲")
    slow = claim("slow")
    assert slow is not None
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    quick = claim("quick")
    assert quick is not None
    run(quick)
    run(slow)
    assert (_tallies(), keep(slow)) == (["甲"], False)


@pytest.mark.django_db
def test_it_takes_over_only_after_the_lease() -> None:
    jobs.count.enqueue("甲")
    assert claim("first") is not None
    assert claim("second") is None
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert claim("second") is not None


@pytest.mark.django_db
def test_it_takes_over_a_lease_from_the_future_after_the_clock_was_set_back() -> None:
    jobs.count.enqueue("甲")
    claim("first")
    Job.objects.update(leased_until=timezone.now() + 100 * LEASE)
    assert claim("second") is not None


@pytest.mark.django_db
def test_it_takes_the_more_urgent_job_first_and_waits_for_the_hour_of_a_later_one() -> None:
    jobs.count.enqueue("later")
    jobs.count.using(priority=10).enqueue("urgent")
    jobs.count.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("tomorrow")
    run_waiting()
    assert list(Tally.objects.order_by("id").values_list("name", flat=True)) == ["urgent", "later"]


@pytest.mark.django_db
def test_it_gives_up_a_job_whose_workers_died_every_time() -> None:
    jobs.count.enqueue("甲")
    Job.objects.update(state="running", attempts=5, leased_until=timezone.now() - timedelta(seconds=1))
    assert claim("next") is None
    assert Job.objects.get().state == "failed"


@pytest.mark.django_db
def test_it_enqueues_a_periodic_task_once_a_turn() -> None:
    now = timezone.now()
    assert enqueue_due(at=now) >= 1
    assert enqueue_due(at=now) == 0
    assert enqueue_due(at=now + timedelta(minutes=10)) >= 1
    assert Job.objects.filter(task="tests.playground.jobs.comes_round").count() == 2


@pytest.mark.django_db
def test_it_starts_the_rhythm_anew_when_the_clock_was_set_back() -> None:
    now = timezone.now()
    enqueue_due(at=now)
    PeriodicRun.objects.update(due=now + timedelta(days=400))
    enqueue_due(at=now)
    due = PeriodicRun.objects.get(name="tests.playground.jobs.comes_round").due
    assert due == now + timedelta(minutes=10)


def test_it_finds_the_next_daily_turn() -> None:
    evening = timezone.localtime().replace(hour=22, minute=0, second=0, microsecond=0)
    assert daily(3).after(evening) == (evening + timedelta(days=1)).replace(hour=3)
    assert daily(23).after(evening) == evening.replace(hour=23)


TURN = """
from datetime import datetime
from linli.kernel.jobs.periodicals import enqueue_due
enqueue_due(at=datetime.fromisoformat(sys.argv[1]))
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_enqueues_a_turn_once_though_two_schedulers_run(race: Callable[..., list[str]]) -> None:
    moment = timezone.now().isoformat()
    race(TURN, [(moment,), (moment,)])
    assert Job.objects.filter(task="tests.playground.jobs.comes_round").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_shares_the_work_between_two_workers_and_does_each_job_once(
    start_child: Callable[..., Popen[str]], tmp_path: Path
) -> None:
    marks = [tmp_path / name for name in ("甲", "乙")]
    for mark in marks:
        jobs.stand_by.enqueue(str(mark))
    workers = [start_child(WORKER), start_child(WORKER)]
    for mark in marks:  # each worker holds one
        _wait_for(mark.exists)
    for number in range(40):
        jobs.count.enqueue(f"{number:02}")
    for mark in marks:
        Path(f"{mark}.go").touch()
    _wait_for(lambda: Job.objects.filter(state="done").count() == 42)
    for worker in workers:
        worker.terminate()
        assert worker.wait(timeout=20) == 0
    assert _tallies() == [f"{number:02}" for number in range(40)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_loses_and_doubles_nothing_when_a_worker_is_killed(
    start_child: Callable[..., Popen[str]], tmp_path: Path
) -> None:
    mark = tmp_path / "begun"
    jobs.count_then_wait.enqueue("甲", str(mark))
    victim = start_child(WORKER)
    _wait_for(mark.exists)
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    assert (Job.objects.get().state, _tallies()) == ("running", [])
    Path(f"{mark}.again").touch()
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    start_child(WORKER)
    _wait_for(lambda: Job.objects.get().state == "done")
    assert (_tallies(), Job.objects.get().attempts) == (["甲"], 2)


def _wait_for(ready: Callable[[], Any], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


@pytest.mark.django_db
def test_it_names_a_job_in_the_language_of_the_reader() -> None:
    with translation.override("en"):
        forget_answered_forms.enqueue()
    job = Job.objects.get()
    with translation.override("zh-hans"):
        assert str(job) == "清理已提交表单的记号"
    with translation.override("en"):
        assert str(job) == "Forget answered forms"
