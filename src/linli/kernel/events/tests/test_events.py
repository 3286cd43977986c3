"""What is told once: jobs for subscribers, in the same transaction."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from tests.playground.models import Errand, Tally

from linli.kernel import events
from linli.kernel.audit import Personal
from linli.kernel.audit.models import AuditRow
from linli.kernel.events.hearing import _conditions, _subscribers, hears, unknown_actions
from linli.kernel.jobs import Job
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.refs import new_key

pytestmark = pytest.mark.django_db
FINISH = "playground.errand.finish"


def test_it_queues_one_job_for_each_subscriber_and_tells_it_the_facts() -> None:
    events.record(FINISH, Errand.objects.create(title="取药"), actor=None, facts={"who": "甲"})
    run_waiting()
    assert list(Tally.objects.values_list("name", flat=True)) == [f"{FINISH} 甲"]


def test_it_queues_nothing_for_an_action_nobody_hears() -> None:
    events.record("playground.errand.take", None, actor=None)
    assert (AuditRow.objects.count(), Job.objects.filter(args__0="tests.playground.jobs.remember").count()) == (1, 0)


def test_it_says_nothing_when_the_transaction_rolls_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        events.record(FINISH, None, actor=None)
        raise RuntimeError
    assert (AuditRow.objects.count(), Job.objects.count()) == (0, 0)


def test_it_keeps_personal_values_out_of_the_queue() -> None:
    events.record(FINISH, None, actor=None, facts={"who": Personal(new_key(), "李某")})
    assert "李某" not in str(list(Job.objects.values_list("args", flat=True)))


def test_it_names_an_action_that_is_heard_but_not_registered() -> None:
    assert unknown_actions() == []
    hears("playground.errand.vanish")(_nothing)
    try:
        assert unknown_actions() == [f"playground.errand.vanish ({__name__}._nothing)"]
    finally:
        del _subscribers["playground.errand.vanish"]


def _nothing(event: events.Event) -> None:
    return None


@pytest.fixture
def conditional() -> Iterator[str]:
    """A subscriber of FINISH that is called only while an errand called 守候 stands; its path."""
    path = f"{__name__}._nothing"
    hears(FINISH, where=lambda: Errand.objects.filter(title="守候"))(_nothing)
    yield path
    del _subscribers[FINISH][path]
    del _conditions[path]


def heard() -> list[str]:
    """Who will be called, by name."""
    return sorted(args[0].rpartition(".")[2] for args in Job.objects.values_list("args", flat=True))


def test_it_queues_nothing_for_a_subscriber_while_nobody_waits_for_it(
    conditional: str, django_assert_num_queries: Any
) -> None:
    with transaction.atomic():
        events.record(FINISH, None, actor=None)  # the chain is begun
        with django_assert_num_queries(3):
            events.record(FINISH, None, actor=None)
    assert heard() == ["remember", "remember"]


def test_it_queues_a_job_in_the_same_query_as_soon_as_somebody_waits(
    conditional: str, django_assert_num_queries: Any
) -> None:
    with transaction.atomic():
        events.record(FINISH, None, actor=None)
        Errand.objects.create(title="守候")
        with django_assert_num_queries(3):
            events.record(FINISH, None, actor=None)
    assert heard() == ["_nothing", "remember", "remember"]
