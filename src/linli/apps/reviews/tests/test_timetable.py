"""Timetables: planned, proven, refused with what clashes, moved by hand with warnings, called back, locked."""

from datetime import date, time
from typing import Any

import pytest

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import Conditions, Entry, PanelSlot, Rest, ReviewSession, Timetable, Wish
from linli.apps.reviews.queries.timetable import read_timetable
from linli.apps.reviews.queries.timetable_board import board_of, told_clash
from linli.apps.reviews.services.timetable import check, prove
from linli.apps.reviews.tests.factories import DAY, NOW, Fair, make_fair
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.jobs.models import Job
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
NEXT = date(2026, 11, 23)
NOON = Rest(time(12), time(13), "午休")


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def fair(here: District) -> Fair:
    return make_fair(here.street)


def asked(**columns: Any) -> Conditions:
    given: dict[str, Any] = {
        "days": (DAY,), "opens": time(9), "closes": time(12), "minutes": 20, "change_over": 10, **columns,
    }  # fmt: skip
    return Conditions(**given)


def planned(fair: Fair, **columns: Any) -> Timetable:
    return services.plan_timetable(fair.session, asked=asked(**columns), actor=None, at=NOW)


def move(fair: Fair, title: str, panel: int, **more: Any) -> None:
    """Put an entry before a panel (from 1) on the first day."""
    given = {"day": DAY, "actor": None, "at": NOW, **more}
    services.move_entry(fair.entry(title), panel=fair.panels[panel - 1], **given)


def standing(session: ReviewSession) -> dict[str, list[str]]:
    """Panel and day → the lines of its timetable."""
    found: dict[str, list[str]] = {}
    for slot in PanelSlot.objects.filter(panel__session=session).select_related("panel", "entry"):
        line = f"{slot.starts:%H:%M} {slot.entry.title if slot.entry else slot.title}"
        found.setdefault(f"{slot.panel.name} {slot.day:%d}", []).append(line)
    return found


def warned(fair: Fair) -> list[str]:
    """What the page says is not right."""
    return [one.text for one in board_of(read_timetable(fair.session)).warnings]


def clash(fair: Fair) -> list[str]:
    """The demands that cannot be met together."""
    return told_clash(read_timetable(fair.session))


def unit_of(fair: Fair, number: int) -> str:
    """The key of a unit (from 1)."""
    ref = ref_of(fair.units[number - 1])
    return f"{ref.kind}:{ref.id}"


def test_it_keeps_units_together_levels_the_work_and_proves_it(fair: Fair) -> None:
    row = planned(fair)
    assert standing(fair.session) == {
        "第1组 22": ["09:00 1-1", "09:20 1-2", "09:40 1-3", "10:10 4-1"],
        "第2组 22": ["09:00 2-1", "09:20 2-2", "09:50 3-1", "10:10 3-2"],
    }
    assert (row.longest, row.shortest, row.is_proven, row.job_id) == (100, 100, True, None)
    assert warned(fair) == []
    panels = [entry.panel for entry in fair.session.entries.order_by("position").select_related("panel")]
    assert panels == [fair.panels[0]] * 4 + [fair.panels[1]] * 4


def test_it_lays_breaks_around_the_projects(fair: Fair) -> None:
    planned(fair, opens=time(11), closes=time(14), rests=(NOON,))
    assert standing(fair.session)["第1组 22"] == ["11:00 1-1", "11:20 1-2", "11:40 1-3", "12:00 午休", "13:00 4-1"]


def test_it_takes_the_days_of_the_timetable_for_those_of_the_review(fair: Fair) -> None:
    planned(fair, days=(DAY, NEXT), closes=time(10, 30))
    session = ReviewSession.objects.get()
    assert (session.first_day, session.last_day) == (DAY, NEXT)
    assert sorted(standing(session)) == ["第1组 22", "第1组 23", "第2组 22", "第2组 23"]


def by_class(fair: Fair) -> None:
    """The first project of every unit stands before the second panel, the others before the first."""
    for title, entry in fair.entries.items():
        services.assign(entry, panel=fair.panels[title.endswith("-1")], actor=None, at=NOW)


def test_it_leaves_projects_before_their_panels_where_that_is_asked(fair: Fair) -> None:
    by_class(fair)
    planned(fair, keep_panels=True, wishes=(Wish(unit_of(fair, 2), not_before=time(10)),))
    assert standing(fair.session) == {
        "第1组 22": ["09:00 1-2", "09:20 1-3", "09:50 3-2", "10:20 2-2"],
        "第2组 22": ["09:00 1-1", "09:30 3-1", "10:00 2-1", "10:30 4-1"],
    }
    assert warned(fair) == []


def test_it_moves_by_hand_the_part_of_a_unit_that_stands_before_a_panel(fair: Fair) -> None:
    by_class(fair)
    planned(fair, keep_panels=True, days=(DAY, NEXT), wishes=(Wish(unit_of(fair, 1), day=1),))
    move(fair, "1-2", 1, day=NEXT)
    found = standing(fair.session)
    assert ([one[6:] for one in found["第1组 23"]][-2:], "09:00 1-1" in found["第2组 22"]) == (["1-2", "1-3"], True)
    assert warned(fair) == ["没有满足“第1社区社（第1组）”的要求：只在11月22日。"]


def test_it_names_a_part_of_a_unit_among_what_clashes(fair: Fair) -> None:
    by_class(fair)
    planned(fair, keep_panels=True, closes=time(10), wishes=(Wish(unit_of(fair, 1), not_before=time(9, 30)),))
    assert clash(fair) == ["“第1社区社（第1组）”不早于09:30。", "当天10:00结束。"]


def test_it_keeps_wishes(fair: Fair) -> None:
    wishes = (
        Wish(unit_of(fair, 1), panel=str(fair.panels[1].pk)),
        Wish(unit_of(fair, 2), not_before=time(10)),
        Wish(unit_of(fair, 3), day=2),
    )
    planned(fair, days=(DAY, NEXT), wishes=wishes)
    slots = {slot.entry.title: slot for slot in PanelSlot.objects.select_related("entry", "panel") if slot.entry}
    assert (slots["1-1"].panel, slots["2-1"].starts >= time(10), slots["3-1"].day) == (fair.panels[1], True, NEXT)
    assert warned(fair) == []


def test_it_keeps_judges_away_from_ties_found_and_declared_but_not_dismissed(fair: Fair) -> None:
    fair.tie(0, 1)
    for title, judge in (("2-1", 4), ("3-1", 4)):
        services.assign(fair.entry(title), panel=fair.panels[1], actor=None)
        row = services.declare_recusal(fair.judges[judge], entry=fair.entry(title), fact="同门", actor=None)
    services.dismiss_recusal(row, reason="已毕业十年", actor=None)
    planned(fair)
    assert [fair.entry(title).panel for title in ("1-1", "2-1", "2-2")] == [
        fair.panels[1], fair.panels[0], fair.panels[0],
    ]  # fmt: skip
    apart = read_timetable(fair.session).apart
    kept = sorted(Entry.objects.get(pk=key).title for key, judges in apart.items() if judges)
    assert kept == ["1-1", "1-2", "1-3", "2-1"]


def test_it_plans_one_panel_all_the_same_once_a_recusal_is_confirmed(here: District) -> None:
    fair = make_fair(here.street, panels=1, projects=(1, 1))
    services.assign(fair.entry("2-1"), panel=fair.panels[0], actor=None)
    row = services.declare_recusal(fair.judges[2], entry=fair.entry("2-1"), fact="同门", actor=None)
    planned(fair)
    assert clash(fair) == ["“第2社区社”不由孙某评审（同门）。"]
    services.confirm_recusal(row, reason="属实", actor=None)
    planned(fair)
    assert (clash(fair), standing(fair.session)) == ([], {"第1组 22": ["09:00 1-1", "09:30 2-1"]})


def test_it_leaves_a_recusal_of_an_earlier_panel_out_of_the_count(fair: Fair) -> None:
    services.assign(fair.entry("2-1"), panel=fair.panels[1], actor=None)
    row = services.declare_recusal(fair.judges[4], entry=fair.entry("2-1"), fact="同门", actor=None)
    services.confirm_recusal(row, reason="属实", actor=None)
    planned(fair)
    assert fair.entry("2-1").panel == fair.panels[0]
    fewest = {panel.name: count.all for panel, count in queries.fewest_marks(fair.session).items() if count}
    [line] = queries.board(fair.session, [fair.entry("2-1")])
    assert (fewest, line.recused, line.expected) == ({"第1组": 3, "第2组": 3}, 0, 3)


def test_it_names_what_clashes_keeps_what_was_asked_and_what_stands(fair: Fair) -> None:
    planned(fair)
    before = standing(fair.session)
    fair.tie(0, 1)
    row = planned(fair, minutes=25, wishes=(Wish(unit_of(fair, 1), panel=str(fair.panels[0].pk)),))
    assert clash(fair) == ["“第1社区社”不由赵某评审（其他利害关系：第1社区社）。", "“第1社区社”只在第1组评审。"]
    assert (row.wanted.minutes, row.asked.minutes, standing(fair.session)) == (25, 20, before)


def test_it_names_a_wish_that_ends_after_the_day(fair: Fair) -> None:
    planned(fair, wishes=(Wish(unit_of(fair, 1), not_before=time(11, 30)),))
    assert clash(fair) == ["“第1社区社”不早于11:30。", "当天12:00结束。"]
    assert standing(fair.session) == {}


def test_it_looks_on_in_a_job_and_names_too_little_time(fair: Fair) -> None:
    row = planned(fair, closes=time(10, 20))
    assert (row.is_planned, row.clash, Job.objects.get().pk) == (False, [], row.job_id)
    run_waiting()
    row.refresh_from_db()
    assert clash(fair) == ["每组每天只有80分钟。"]
    assert (row.is_planned, row.job_id) == (False, None)


@pytest.mark.slow
def test_it_proves_in_a_job_what_arithmetic_could_not(here: District) -> None:
    fair = make_fair(here.street, panels=3, projects=(3, 3, 2, 2, 2))
    row = planned(fair)
    assert (row.longest, row.bound, row.is_proven, row.job_id is None) == (120, 100, False, False)
    run_waiting()
    row.refresh_from_db()
    assert (row.longest, row.bound, row.is_proven, row.job_id, row.before) == (120, 120, True, None, None)


def test_it_leaves_alone_what_somebody_moved_while_the_proof_was_looked_for(fair: Fair) -> None:
    row = planned(fair)
    move(fair, "1-1", 2)
    before = standing(fair.session)
    assert (prove(str(row.pk), row.version), standing(fair.session)) == (False, before)


def test_it_moves_a_unit_or_one_project_and_warns(fair: Fair) -> None:
    planned(fair)
    move(fair, "4-1", 2, position=1)
    assert standing(fair.session)["第2组 22"] == ["09:00 4-1", "09:30 2-1", "09:50 2-2", "10:20 3-1", "10:40 3-2"]
    assert warned(fair) == []
    move(fair, "2-2", 1, whole=False)
    assert warned(fair) == ["“第2社区社”的项目分开了：11月22日 第1组 10:10、11月22日 第2组 09:30。"]
    assert Timetable.objects.get().moved is True


def test_it_warns_of_recusals_late_days_broken_wishes_and_judges_in_two_rooms(fair: Fair) -> None:
    fair.tie(0, 2)
    planned(fair, closes=time(11), wishes=(Wish(unit_of(fair, 3), panel=str(fair.panels[1].pk)),))
    for title, panel in (("1-1", 1), ("4-1", 2), ("2-1", 1), ("3-1", 1)):
        move(fair, title, panel)
    services.seat_judge(fair.panels[1], expert=fair.judges[1].expert, actor=None)
    assert warned(fair) == [
        "第1组11月22日到11:40才结束，晚于11:00。",
        "赵某不应评审“2-1”“2-2”：其他利害关系：第2社区社。该回避尚未处理。",
        "钱某11月22日同一时间既在第1组又在第2组。",
        "没有满足“第3社区社”的要求：只在第2组。",
    ]


def test_it_warns_no_more_of_a_recusal_that_is_confirmed(fair: Fair) -> None:
    fair.tie(0, 4)
    planned(fair)
    move(fair, "4-1", 1)
    assert len(warned(fair)) == 1
    services.derive_recusals(fair.session, actor=None)
    services.confirm_recusal(queries.recusals_of(fair.session).get(), reason="属实", actor=None)
    assert warned(fair) == []


def test_it_calls_the_last_change_back_once(fair: Fair) -> None:
    planned(fair)
    before = standing(fair.session)
    move(fair, "1-1", 2)
    services.undo_move(fair.session, actor=None, at=NOW)
    assert standing(fair.session) == before
    with pytest.raises(Refusal) as refused:
        services.undo_move(fair.session, actor=None, at=NOW)
    assert str(refused.value) == "没有可以撤回的改动。"


def test_it_calls_a_planning_back_with_what_was_asked_then(fair: Fair) -> None:
    planned(fair)
    before = standing(fair.session)
    planned(fair, days=(NEXT,), minutes=10)
    services.undo_move(fair.session, actor=None, at=NOW)
    row = Timetable.objects.get()
    assert (standing(fair.session), row.asked.days, row.asked.minutes) == (before, (DAY,), 20)


def test_it_lets_one_change_after_the_other(fair: Fair) -> None:
    seen = planned(fair).version
    move(fair, "1-1", 2, version=seen)
    with pytest.raises(Conflict) as refused:
        move(fair, "4-1", 2, version=seen)
    assert str(refused.value) == "时间表刚被别人改过。请重新看一看，再移动。"


def test_it_locks_the_timetable_when_scoring_starts(fair: Fair) -> None:
    planned(fair)
    services.start(fair.session, actor=None, at=NOW)
    for verb in (
        lambda: move(fair, "1-1", 2),
        lambda: services.undo_move(fair.session, actor=None),
        lambda: planned(fair),
    ):
        with pytest.raises(Conflict) as refused:
            verb()
        assert refused.value.code == "session-state"


def test_it_lets_only_those_who_run_the_review_move(fair: Fair, here: District) -> None:
    planned(fair)
    strangers = (
        make_user(Role.FINANCE_OFFICER, here.street),
        make_user(Role.STREET_OFFICER, here.neighbour_street),
    )
    for actor in strangers:
        with pytest.raises(NotAllowed):
            move(fair, "1-1", 2, actor=actor)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"days": (NEXT, DAY)}, "请按先后填写一至五天，每天只写一次。"),
        ({"closes": time(9)}, "当天的结束早于开始。"),
        ({"rests": (Rest(time(8), time(10), "休息"),)}, "休息要先开始、后结束，并在当天的时间之内。"),
        ({"rests": (Rest(time(9), time(10), "甲"), Rest(time(9, 30), time(11), "乙"))}, "两段休息重叠了。"),
        ({"minutes": 240}, "除去休息，连一个项目的时间都不够。"),
        ({"wishes": (Wish("a", day=1), Wish("a", day=1))}, "同一单位的要求请写在一行里。"),
        ({"wishes": (Wish("a", day=2),)}, "要求里的那一天不在时间表中。"),
    ],
)
def test_it_refuses_conditions_that_contradict_themselves(columns: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check(asked(**columns))
    assert str(refused.value) == sentence
