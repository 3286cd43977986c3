"""Jobs of the playground: one that counts, one that fails, one that takes its time, one that comes round."""

import time
from pathlib import Path

from linli.kernel import audit
from linli.kernel.events import Event, hears
from linli.kernel.jobs import every, periodic, report_progress, task
from tests.playground.models import Tally


@task(title="记一笔")
def count(name: str) -> None:
    Tally.objects.create(name=name)


@task(title="数完再停", max_attempts=3)
def count_then_wait(name: str, mark: str) -> None:
    Tally.objects.create(name=name)
    Path(mark).touch()
    time.sleep(30 if not Path(mark + ".again").exists() else 0)


@task(title="等人到齐", atomic=False)
def stand_by(mark: str) -> None:
    Path(mark).touch()
    until = time.monotonic() + 30
    while not Path(mark + ".go").exists() and time.monotonic() < until:
        time.sleep(0.02)


@task(title="总是失败", max_attempts=2)
def always_fails() -> None:
    Tally.objects.create(name="never seen")
    message = "the printer is on fire"
    raise RuntimeError(message)


@task(title="分段工作", atomic=False)
def in_steps(total: int) -> int:
    for step in range(total):
        report_progress(step + 1, total, f"第{step + 1}步")
    return total


@task(title="记一条痕迹")
def notes() -> None:
    audit.record("playground.errand.take", None, actor=None)


@periodic(every(minutes=10))
@task(title="定时记一笔")
def comes_round() -> None:
    Tally.objects.create(name="round")


@hears("playground.errand.finish")
def remember(event: Event) -> None:
    Tally.objects.create(name=f"{event.action} {event.facts.get('who')}")
