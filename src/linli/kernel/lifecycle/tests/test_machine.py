"""The one door between states: who passes, who is refused, who wins a race."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from tests.playground.actors import Somebody
from tests.playground.lifecycle import LIFECYCLE
from tests.playground.models import Errand

from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.jobs import Job
from linli.kernel.lifecycle import Lifecycle, Transition
from linli.kernel.lifecycle.drawing import document, mermaid
from linli.kernel.refs import new_key
from linli.kernel.scope import everyone

State = Errand.State


@pytest.fixture
def errand(db: None) -> Errand:
    return Errand.objects.create(title="取药", street=new_key())


def _traces() -> tuple[int, int]:
    return AuditRow.objects.count(), Job.objects.count()


def test_it_moves_the_state_and_writes_the_columns_of_the_verb(errand: Errand) -> None:
    LIFECYCLE.apply("take", errand, actor=Somebody(), facts={"who": "甲"}, taken_by="甲")
    assert (errand.state, errand.taken_by, errand.version) == ("taken", "甲", 2)
    stored = Errand.objects.get(pk=errand.pk)
    assert (stored.state, stored.taken_by, stored.version) == ("taken", "甲", 2)


def test_it_records_one_audit_row_in_the_chain_of_the_street(errand: Errand) -> None:
    LIFECYCLE.apply("take", errand, actor=Somebody(), facts={"who": "甲"})
    row = AuditRow.objects.get()
    assert (row.action, row.chain, row.number, row.ref_id) == (
        "playground.errand.take",
        f"street:{errand.street}",
        1,
        errand.pk,
    )


def test_it_refuses_an_actor_the_table_does_not_allow_and_leaves_no_trace(errand: Errand) -> None:
    with pytest.raises(NotAllowed):
        LIFECYCLE.apply("take", errand, actor=None, taken_by="nobody")
    errand.refresh_from_db()
    assert (errand.state, errand.taken_by, _traces()) == ("open", "", (0, 0))


def test_it_refuses_what_a_guard_refuses_and_leaves_no_trace(errand: Errand) -> None:
    errand.title = ""
    with pytest.raises(Refusal) as refused:
        LIFECYCLE.apply("take", errand, actor=Somebody(), taken_by="甲")
    errand.refresh_from_db()
    assert (refused.value.field, errand.state, _traces()) == ("title", "open", (0, 0))


def test_it_refuses_a_verb_from_another_state_and_names_the_state(errand: Errand) -> None:
    with pytest.raises(Conflict) as refused:
        LIFECYCLE.apply("finish", errand, actor=Somebody())
    assert "待领" in str(refused.value)
    assert _traces() == (0, 0)


def test_it_refuses_the_second_of_two_who_read_the_same_state(errand: Errand) -> None:
    second = Errand.objects.get(pk=errand.pk)
    LIFECYCLE.apply("take", errand, actor=Somebody(), taken_by="甲")
    with pytest.raises(Conflict) as refused:
        LIFECYCLE.apply("take", second, actor=Somebody(), taken_by="乙")
    assert "已领" in str(refused.value)
    assert (Errand.objects.get(pk=errand.pk).taken_by, AuditRow.objects.count()) == ("甲", 1)


def test_it_leaves_no_trace_when_a_clock_of_the_verb_fails(errand: Errand) -> None:
    def broken(record: models.Model, facts: Any, at: Any) -> None:
        raise Refusal("no calendar")

    transition = Transition("take", (State.OPEN,), State.TAKEN, everyone, clocks=broken)
    verbs = LIFECYCLE.transitions
    try:
        LIFECYCLE.transitions = {**verbs, "take": transition}
        with pytest.raises(Refusal):
            LIFECYCLE.apply("take", errand, actor=Somebody())
    finally:
        LIFECYCLE.transitions = verbs
    assert (Errand.objects.get(pk=errand.pk).state, _traces()) == ("open", (0, 0))


def test_it_offers_only_verbs_of_the_present_state_and_actor(errand: Errand) -> None:
    assert [verb.name for verb in LIFECYCLE.offered(Somebody(), errand)] == ["take"]
    assert LIFECYCLE.offered(None, errand) == []


def test_it_refuses_a_table_that_names_an_unknown_state() -> None:
    with pytest.raises(ImproperlyConfigured):
        Lifecycle("playground.broken", State, (Transition("go", ("nowhere",), State.DONE, everyone),))


def test_it_draws_the_table_as_a_diagram() -> None:
    lines = mermaid(LIFECYCLE).splitlines()
    assert lines == [
        "stateDiagram-v2",
        "    open: 待领",
        "    taken: 已领",
        "    done: 已完成",
        "    [*] --> open",
        "    open --> taken: 领取",
        "    taken --> open: 放回",
        "    taken --> done: 完成",
    ]
    assert "## playground.errand — 跑腿" in document()


TAKE = """
from linli.kernel.errors import Conflict
from tests.playground.actors import Somebody
from tests.playground.lifecycle import LIFECYCLE
from tests.playground.models import Errand

errand = Errand.objects.get()
errand.state = "open"
errand.version = 1
try:
    LIFECYCLE.apply("take", errand, actor=Somebody(), facts={"who": sys.argv[1]}, taken_by=sys.argv[1])
    print("won")
except Conflict as refusal:
    print("已领" in str(refusal))
"""


@pytest.mark.race
def test_it_lets_one_of_two_processes_win_and_tells_the_other_why(
    errand_for_race: Errand, race: Callable[..., list[str]]
) -> None:
    said = race(TAKE, [("甲",), ("乙",)])
    assert sorted(said) == ["True\n", "won\n"]
    winner = ("甲", "乙")[said.index("won\n")]
    stored = Errand.objects.get()
    assert (stored.taken_by, stored.version, AuditRow.objects.count()) == (winner, 2, 1)


@pytest.fixture
def errand_for_race(transactional_db: None) -> Errand:
    return Errand.objects.create(title="取药")
