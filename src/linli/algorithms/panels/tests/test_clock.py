"""Clock times of a day: change-overs, pauses, wishes of time; and the quick planning without a solver."""

import sys

import pytest

from linli.algorithms.panels import Group, Hours, Infeasible, Pause, Task, Unit, lay, ordered, plan, sketch
from linli.algorithms.panels.tests.test_planning import broken, demo

pytestmark = pytest.mark.sqlite_only
DAY = Hours(opens=540, closes=720, minutes=20, change_over=10, pauses=(Pause(600, 630),))


def test_it_changes_over_between_units_and_lets_nothing_run_into_a_pause() -> None:
    assert lay(["a", "a", "b", "b"], DAY) == [540, 560, 630, 650]


def test_it_waits_for_a_wish_of_time() -> None:
    assert lay(["a", "b"], DAY, {"b": 700}) == [540, 700]


def test_it_lays_over_the_end_of_the_day() -> None:
    assert lay(["a"] * 9, DAY)[-1] == 730


def test_it_knows_the_room_of_a_day() -> None:
    assert (DAY.room, Hours(540, 600, 20, pauses=(Pause(500, 550), Pause(590, 700))).room) == (150, 40)


def test_it_orders_units_so_that_nobody_waits_in_vain() -> None:
    projects = {"late": 1, "first": 2, "second": 1}
    assert ordered(projects, DAY, {"late": 640}) == ["first", "second", "late"]
    assert ordered(projects, DAY) == ["late", "first", "second"]
    assert ordered({"late": 1, "later": 1}, DAY, {"late": 700, "later": 650}) == ["later", "late"]


def test_it_sketches_what_the_solver_would_find_without_it() -> None:
    before = "ortools" in sys.modules
    table = sketch(demo())
    assert (broken(demo(), table), table.bound, "ortools" in sys.modules) == ([], 155, before)
    assert (table.longest, sum(table.loads.values())) == (plan(demo()).longest, 72 * 15 + 26 * 5)


def test_it_may_sketch_beyond_the_length_of_a_session() -> None:
    groups = (Group("一组"), Group("二组"))
    task = Task((Unit("a", 3), Unit("b", 3), Unit("c", 3)), groups, minutes=10, change_over=0, longest=40)
    assert sketch(task).longest == 60
    with pytest.raises(Infeasible):
        plan(task)


def test_it_names_in_a_sketch_what_leaves_a_unit_no_session() -> None:
    task = Task((Unit("a", 1, frozenset({"甲"})),), (Group("一组", ("甲",)),))
    with pytest.raises(Infeasible) as none:
        sketch(task)
    assert [(one.kind, one.value) for one in none.value.clash] == [("not_with", "甲")]
