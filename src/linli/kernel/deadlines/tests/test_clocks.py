"""Clocks on one record: pauses, extension, two at once, two processes at one clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.playground.actors import Somebody
from tests.playground.models import Pot

from linli.kernel import audit, deadlines
from linli.kernel.deadlines import Deadline, Term, calendar_hours, working_days, working_hours
from linli.kernel.deadlines.workdays import CHINA
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.refs import Ref, ref_of

pytestmark = pytest.mark.django_db


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


MONDAY = moment("2026-03-02T10:00")


@pytest.fixture
def ref(db: None) -> Ref:
    return ref_of(Pot.objects.create(limit=1))


def test_it_runs_two_clocks_with_pauses_over_new_year(ref: Ref) -> None:
    deadlines.start(ref, "answer", due=working_days(5), at=moment("2025-12-29T10:00"))
    deadlines.start(ref, "visit", due=working_hours(6), at=moment("2025-12-31T16:00"))
    for kind in ("answer", "visit"):
        deadlines.pause(ref, kind, at=moment("2025-12-31T17:00"))
    answer = deadlines.resume(ref, "answer", at=moment("2026-01-05T09:30"))
    visit = deadlines.resume(ref, "visit", at=moment("2026-01-05T09:30"))
    assert answer.due == moment("2026-01-08T17:30")
    assert visit.due == moment("2026-01-05T16:00")


def test_it_runs_two_clocks_with_pauses_over_make_up_saturdays(ref: Ref) -> None:
    answer = deadlines.start(ref, "answer", due=working_days(4), at=moment("2026-02-12T10:00"))
    visit = deadlines.start(ref, "visit", due=working_hours(8), at=moment("2026-02-13T15:00"))
    assert (answer.due, visit.due) == (moment("2026-02-25T17:30"), moment("2026-02-14T16:00"))
    for kind in ("answer", "visit"):
        deadlines.pause(ref, kind, at=moment("2026-02-14T11:00"))
    answer = deadlines.resume(ref, "answer", at=moment("2026-02-27T10:00"))
    visit = deadlines.resume(ref, "visit", at=moment("2026-02-27T17:00"))
    assert answer.due == moment("2026-03-02T17:30")  # Saturday 28 February is worked
    assert visit.due == moment("2026-02-28T12:00")


def test_it_keeps_the_other_clock_running(ref: Ref) -> None:
    deadlines.start(ref, "answer", due=calendar_hours(24), at=MONDAY)
    deadlines.start(ref, "visit", due=calendar_hours(48), at=MONDAY)
    deadlines.pause(ref, "answer", at=MONDAY)
    assert [row.kind for row in deadlines.overdue(MONDAY + timedelta(days=9))] == ["visit"]


def test_it_moves_a_round_the_clock_deadline_by_the_length_of_the_pause(ref: Ref) -> None:
    deadlines.start(ref, "call", due=calendar_hours(2), at=MONDAY)
    deadlines.pause(ref, "call", at=MONDAY + timedelta(minutes=30))
    resumed = deadlines.resume(ref, "call", at=MONDAY + timedelta(days=3))
    assert resumed.due == MONDAY + timedelta(days=3, hours=1, minutes=30)


def test_it_gives_the_day_back_that_was_paused_on_the_last_day(ref: Ref) -> None:
    deadlines.start(ref, "answer", due=working_days(1), at=MONDAY)
    deadlines.pause(ref, "answer", at=moment("2026-03-03T11:00"))
    assert deadlines.resume(ref, "answer", at=moment("2026-03-05T20:00")).due == moment("2026-03-06T17:30")


def test_it_leaves_the_date_where_pause_and_resumption_fall_on_one_day(ref: Ref) -> None:
    before = deadlines.start(ref, "answer", due=working_days(3), at=MONDAY).due
    deadlines.pause(ref, "answer", at=MONDAY + timedelta(hours=1))
    assert deadlines.resume(ref, "answer", at=MONDAY + timedelta(hours=2)).due == before


def test_it_takes_a_fixed_moment(ref: Ref) -> None:
    assert deadlines.start(ref, "notice", due=moment("2026-03-09T00:00"), at=MONDAY).due == moment("2026-03-09T00:00")


def test_it_counts_a_paused_clock_as_resumed_when_it_is_met(ref: Ref) -> None:
    deadlines.start(ref, "call", due=calendar_hours(2), at=MONDAY)
    deadlines.pause(ref, "call", at=MONDAY + timedelta(hours=1))
    met = deadlines.meet(ref, "call", at=MONDAY + timedelta(days=2))
    assert (met.due, met.paused, met.was_late) == (MONDAY + timedelta(days=2, hours=1), None, False)


def test_it_may_run_again_once_it_was_met(ref: Ref) -> None:
    deadlines.start(ref, "answer", due=working_days(1), at=MONDAY)
    deadlines.meet(ref, "answer", at=moment("2026-03-04T09:00"))
    deadlines.start(ref, "answer", due=working_days(2), at=moment("2026-03-04T10:00"))
    assert [row.was_late for row in deadlines.of([ref])[ref]] == [True, False]


def test_it_runs_one_clock_of_a_kind_at_a_time(ref: Ref) -> None:
    deadlines.start(ref, "answer", due=working_days(1), at=MONDAY)
    with pytest.raises(Conflict) as refused:
        deadlines.start(ref, "answer", due=working_days(1), at=MONDAY)
    assert str(refused.value) == "该时限已在计时。"
    assert Deadline.objects.count() == 1


def test_it_extends_for_a_reason_that_stays_on_record(ref: Ref) -> None:
    officer = Somebody("街道干部甲")
    deadlines.start(ref, "answer", due=working_days(1), at=MONDAY)
    later = moment("2026-03-06T17:30")
    row = deadlines.extend(ref, "answer", actor=officer, due=later, reason="需现场复核", at=MONDAY)
    assert (row.due, row.extended) == (later, 1)
    (entry,) = audit.timeline(ref)
    assert (entry.title, dict(entry.facts)) == (
        "延长了时限",
        {
            "时限": "answer",
            "原到期时间": "2026-03-03 17:30",
            "现到期时间": "2026-03-06 17:30",
            "理由": "需现场复核",
        },
    )


@pytest.mark.parametrize(
    ("due", "reason"), [("2026-03-06T17:30", " "), ("2026-03-03T17:30", "早了"), ("2026-03-01T09:00", "早了")]
)
def test_it_refuses_an_extension_without_reason_or_without_more_time(ref: Ref, due: str, reason: str) -> None:
    deadlines.start(ref, "answer", due=working_days(1), at=MONDAY)
    with pytest.raises(Refusal):
        deadlines.extend(ref, "answer", actor=None, due=moment(due), reason=reason, at=MONDAY)
    assert Deadline.objects.get().extended == 0


def test_it_refuses_what_makes_no_sense(ref: Ref) -> None:
    with pytest.raises(Missing):
        deadlines.meet(ref, "answer", at=MONDAY)
    with pytest.raises(Refusal, match="到期时间不能早于开始时间"):
        deadlines.start(ref, "answer", due=MONDAY - timedelta(hours=1), at=MONDAY)
    deadlines.start(ref, "answer", due=working_hours(1), at=MONDAY)
    with pytest.raises(Refusal, match="未暂停"):
        deadlines.resume(ref, "answer", at=MONDAY)
    with pytest.raises(Refusal, match="已超期"):
        deadlines.pause(ref, "answer", at=MONDAY + timedelta(days=1))
    deadlines.pause(ref, "answer", at=MONDAY)
    with pytest.raises(Refusal, match="已经暂停"):
        deadlines.pause(ref, "answer", at=MONDAY)


def test_it_refuses_a_term_of_nothing() -> None:
    with pytest.raises(ValueError, match="is none"):
        working_days(0)


@pytest.mark.parametrize(
    ("term", "at", "text"),
    [
        (working_days(5), "2026-03-03T10:00", "剩余4个工作日"),
        (working_days(5), "2026-03-11T10:00", "超期2个工作日"),
        (working_hours(8), "2026-03-02T15:00", "剩余4小时"),
        (calendar_hours(24), "2026-03-04T10:00", "超期24小时"),
        (calendar_hours(240), "2026-03-02T10:00", "剩余10天"),
    ],
)
def test_it_says_what_is_left(ref: Ref, term: Term, at: str, text: str) -> None:
    row = deadlines.start(ref, "answer", due=term, at=MONDAY)
    assert str(deadlines.remaining(row, at=moment(at))) == text


def test_it_says_that_it_is_paused(ref: Ref) -> None:
    deadlines.start(ref, "answer", due=working_days(2), at=MONDAY)
    row = deadlines.pause(ref, "answer", at=MONDAY)
    assert str(deadlines.remaining(row, at=MONDAY + timedelta(days=30))) == "已暂停"


def test_the_database_keeps_a_met_clock_from_being_paused(ref: Ref) -> None:
    row = deadlines.start(ref, "answer", due=working_days(2), at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(pk=row.pk).update(met=MONDAY, paused=MONDAY)


BOTH = """
import sys
from linli.kernel import deadlines
from linli.kernel.errors import Refusal
from linli.kernel.refs import Ref
from tests.playground.models import Pot
said = []
for pot in Pot.objects.order_by("id"):
    try:
        getattr(deadlines, sys.argv[1])(Ref("playground.pot", pot.pk), "answer")
        said.append("y")
    except Refusal:
        said.append("n")
print("".join(said))
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_is_either_met_or_paused_when_two_processes_race(race: Callable[..., list[str]]) -> None:
    for _ in range(40):
        deadlines.start(ref_of(Pot.objects.create(limit=1)), "answer", due=calendar_hours(5))
    met, paused = (text.strip() for text in race(BOTH, [("meet",), ("pause",)]))
    rows = {row.ref_id: row for row in Deadline.objects.all()}
    for index, pot in enumerate(Pot.objects.order_by("id")):
        row = rows[pot.pk]
        assert (row.met is not None) is (met[index] == "y")
        assert (row.paused is not None) is (met[index] == "n" and paused[index] == "y")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_is_met_once_when_two_processes_race(race: Callable[..., list[str]]) -> None:
    for _ in range(40):
        deadlines.start(ref_of(Pot.objects.create(limit=1)), "answer", due=calendar_hours(5))
    first, second = (text.strip() for text in race(BOTH, [("meet",), ("meet",)]))
    assert [{a, b} for a, b in zip(first, second, strict=True)] == [{"y", "n"}] * 40
