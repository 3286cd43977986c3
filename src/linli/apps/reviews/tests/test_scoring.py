"""From the first mark to the revealed rank: the rule fixed beforehand, sheets, collection, confirmation, ties."""

from decimal import Decimal
from uuid import uuid4

import pytest

from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import Entry, EntryState, Recusal, ScoreSheet, SeatActor, SessionState
from linli.apps.reviews.tests.factories import NOW, Review, make_expert, make_review, marks
from linli.kernel.audit import timeline
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.rubric import change, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def review(here: District) -> Review:
    return make_review(here.street).start()


def scores(review: Review) -> list[tuple[Decimal | None, int | None]]:
    return [(entry.score, entry.rank) for entry in review.reload().entries]


def test_it_drops_one_highest_and_one_lowest_of_five(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    entry = review.finish(0)
    result = queries.results_of(review.session)[0]
    assert (review.panel.rule, review.panel.fewest) == ("drop", 5)
    assert (entry.score, result.dropped) == (Decimal("78.33"), (Decimal("90.00"), Decimal("60.00")))


def test_it_keeps_the_plain_mean_for_the_whole_panel_when_one_entry_can_get_only_four(here: District) -> None:
    review = make_review(here.street)
    row = services.declare_recusal(review.judges[4], entry=review.entries[1], fact="同门", actor=None)
    services.confirm_recusal(row, reason="确有师生关系", actor=None)
    review.start()
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    review.hand_in(1, {0: 90, 1: 70, 2: 80, 3: 85})
    first, second = review.finish(0), review.finish(1)
    assert (review.panel.rule, review.panel.fewest) == ("mean", 4)
    assert (first.score, second.score) == (Decimal("77.00"), Decimal("81.25"))


def test_it_refuses_to_start_with_fewer_than_three_marks(here: District) -> None:
    review = make_review(here.street, judges=2)
    with pytest.raises(Refusal, match=r"第一组.*2.*3"):
        review.start()
    review.session.refresh_from_db()
    assert review.session.state == SessionState.PREPARING


def test_it_refuses_to_start_while_a_recusal_is_undecided(here: District) -> None:
    review = make_review(here.street)
    services.declare_recusal(review.judges[4], entry=review.entries[1], fact="同门", actor=None)
    with pytest.raises(Refusal) as refused:
        review.start()
    assert refused.value.code == "not-ready"


def test_it_freezes_the_rubric_when_scoring_starts(review: Review) -> None:
    assert review.session.rubric is not None
    with pytest.raises(Conflict):
        change(review.session.rubric, criteria=sample("pitch_review"))


@pytest.mark.parametrize(
    ("code", "mark"), [("need", "20.01"), ("need", "-1"), ("need", "10.005"), ("team", "五"), ("none", "1")]
)
def test_it_refuses_a_wrong_mark_and_keeps_nothing(review: Review, code: str, mark: str) -> None:
    services.call_entry(review.entries[0], actor=review.host)
    given = services.Said({**marks(80), code: mark})
    with pytest.raises(Refusal):
        services.hand_in(review.entries[0], seat=review.judges[0], given=given, actor=review.actor(0))
    assert ScoreSheet.objects.count() == 0


def test_it_refuses_a_sheet_without_all_marks_but_keeps_it_in_writing(review: Review) -> None:
    services.call_entry(review.entries[0], actor=review.host)
    given = services.Said({"need": "18"})
    with pytest.raises(Refusal):
        services.hand_in(review.entries[0], seat=review.judges[0], given=given, actor=review.actor(0))
    sheet = services.save_sheet(review.entries[0], seat=review.judges[0], given=given, actor=review.actor(0))
    assert (sheet.marks, sheet.total, sheet.handed_in_at) == ({"need": "18"}, None, None)


def test_it_refuses_a_sheet_from_a_recused_judge(here: District) -> None:
    review = make_review(here.street)
    row = services.declare_recusal(review.judges[2], entry=review.entries[0], fact="亲属在该社任职", actor=None)
    services.confirm_recusal(row, reason="属实", actor=None)
    review.start()
    with pytest.raises(Refusal) as refused:
        review.hand_in(0, {2: 80})
    assert (refused.value.code, ScoreSheet.objects.count()) == ("recused", 0)
    assert [entry.recused for entry in queries.entries_for(review.judges[2])] == [True, False]


def test_it_refuses_a_sheet_before_the_promise(here: District) -> None:
    review = make_review(here.street, promised=False).start()
    with pytest.raises(Refusal) as refused:
        review.hand_in(0, {0: 80})
    assert refused.value.code == "no-promise"
    services.sign_promise(review.judges[0], actor=review.actor(0))
    review.hand_in(0, {0: 80})
    assert ScoreSheet.objects.count() == 1


def test_it_takes_a_sheet_from_nobody_but_its_judge(review: Review) -> None:
    services.call_entry(review.entries[0], actor=review.host)
    for actor in (review.actor(1), review.host, review.counter, None):
        with pytest.raises(NotAllowed):
            services.hand_in(review.entries[0], seat=review.judges[0], given=services.Said(marks(80)), actor=actor)


def test_it_takes_a_delivery_once(review: Review) -> None:
    services.call_entry(review.entries[0], actor=review.host)
    key, given, seat = uuid4(), services.Said(marks(80)), review.judges[0]
    for _turn in range(2):
        sheet = services.hand_in(review.entries[0], seat=seat, given=given, actor=review.actor(0), key=key)
    assert (ScoreSheet.objects.count(), sheet.version, len(list(timeline(ref_of(sheet))))) == (1, 1, 1)


def test_it_levels_freely_until_collection_and_not_after(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    review.hand_in(1, {0: 50})
    review.hand_in(0, {0: 75})
    services.collect(review.reload().entries[0], actor=review.host)
    sheet = ScoreSheet.objects.get(entry=review.entries[0], seat=review.judges[0])
    assert (sheet.total, sheet.version) == (Decimal("75.00"), 2)
    with pytest.raises(Conflict) as refused:
        review.hand_in(0, {0: 95})
    assert refused.value.code == "entry-state"


def test_it_does_not_collect_while_a_sheet_is_missing_unless_told_why(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85})
    with pytest.raises(Refusal) as refused:
        services.collect(review.reload().entries[0], actor=review.host)
    assert refused.value.code == "sheets-missing"
    with pytest.raises(Refusal) as few:
        services.collect(review.reload().entries[0], actor=review.host, reason="评委临时离场")
    assert few.value.code == "too-few-sheets"
    assert review.reload().entries[0].state == EntryState.SCORING


def test_it_fixes_the_rule_anew_when_a_judge_leaves_before_anything_is_collected(review: Review) -> None:
    services.leave_seat(review.judges[4], reason="身体不适", actor=None, at=NOW)
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85})
    assert (review.finish(0).score, review.panel.rule) == (Decimal("81.25"), "mean")


def test_it_does_not_change_the_rule_once_something_is_collected(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    review.finish(0)
    with pytest.raises(Refusal) as refused:
        services.leave_seat(review.judges[4], reason="身体不适", actor=None)
    assert refused.value.code == "rule-stands"
    review.judges[4].refresh_from_db()
    assert (review.judges[4].left_at, review.reload().panel.rule) == (None, "drop")


def test_it_reveals_only_what_two_people_confirmed(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    entry = review.reload().entries[0]
    services.collect(entry, actor=review.host)
    assert queries.results_of(review.session) == []
    services.confirm([entry], actor=review.counter)
    with pytest.raises(Refusal) as refused:
        services.reveal([entry], actor=review.host)
    assert refused.value.code == "not-confirmed"
    services.confirm([entry], actor=review.supervisor)
    services.reveal([entry], actor=review.host)
    assert [result.entry.pk for result in queries.results_of(review.session)] == [entry.pk]
    assert (entry.counter_name, entry.supervisor_name) == ("计某", "督某")


def test_it_takes_one_person_in_two_seats_for_one(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    entry = review.reload().entries[0]
    services.collect(entry, actor=review.host)
    services.confirm([entry], actor=review.counter)
    twice = SeatActor(review.supervisor.seat, behind=review.counter)
    with pytest.raises(Refusal) as refused:
        services.confirm([entry], actor=twice)
    assert refused.value.code == "one-person"


def test_it_lets_nobody_but_counter_and_supervisor_confirm(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    entry = review.reload().entries[0]
    services.collect(entry, actor=review.host)
    for actor in (review.host, review.actor(0), None):
        with pytest.raises(NotAllowed):
            services.confirm([entry], actor=actor)


def test_it_shows_the_host_counts_and_no_marks(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70})
    standing = queries.board(review.session, review.entries)[0]
    assert (standing.handed_in, standing.expected, standing.recused, standing.complete) == (2, 5, 0, False)
    assert Entry.objects.get(pk=review.entries[0].pk).score is None


def test_it_parts_equal_scores_by_criteria_in_order(here: District) -> None:
    review = make_review(here.street, judges=3, tie_criteria=["need", "feasibility"]).start()
    base = {**marks(80), "need": "16", "targets": "8"}
    for entry, given in ((0, base), (1, {**base, "need": "17", "targets": "7"})):
        services.call_entry(review.entries[entry], actor=review.host)
        for judge in range(3):
            services.hand_in(
                review.entries[entry], seat=review.judges[judge], given=services.Said(given), actor=review.actor(judge)
            )
        review.finish(entry)
    assert scores(review) == [(Decimal("80.00"), 2), (Decimal("80.00"), 1)]


def test_it_records_the_chairs_choice_among_equals(here: District) -> None:
    review = make_review(here.street, judges=3).start()
    for entry in (0, 1):
        review.hand_in(entry, {0: 80, 1: 80, 2: 80})
        review.finish(entry)
    one, other = review.reload().entries
    assert [(entry.rank, entry.tied) for entry in (one, other)] == [(1, True), (1, True)]
    with pytest.raises(Refusal) as still:
        services.close(review.session, actor=None)
    with pytest.raises(Refusal) as refused:
        services.choose_order([other, one], reason="受益面更广", actor=review.actor(1))
    with pytest.raises(Refusal) as half:
        services.choose_order([other], reason="受益面更广", actor=review.actor(0))
    assert (still.value.code, refused.value.code, half.value.code) == ("still-open", "not-chair", "not-tied")
    services.choose_order([other, one], reason="受益面更广", actor=SeatActor(review.judges[0]))
    assert scores(review) == [(Decimal("80.00"), 2), (Decimal("80.00"), 1)]


def test_it_gives_equals_one_rank_where_the_session_says_so(here: District) -> None:
    review = make_review(here.street, judges=3, ties="equal").start()
    for entry in (0, 1):
        review.hand_in(entry, {0: 80, 1: 80, 2: 80})
        review.finish(entry)
    services.close(review.reload().session, actor=None)
    assert [(result.rank, result.tied) for result in queries.results_of(review.session)] == [(1, True), (1, True)]


def test_it_weighs_groups_of_judges(here: District) -> None:
    groups = ("专家", "专家", "专家", "居民", "居民")
    review = make_review(here.street, groups=groups, group_weights={"专家": 70, "居民": 30}).start()
    review.hand_in(0, {0: 90, 1: 90, 2: 87, 3: 70, 4: 80})
    assert (review.finish(0).score, review.panel.rule) == (Decimal("84.80"), "mean")


def test_it_tells_higher_apps_when_it_closes(here: District) -> None:
    review = make_review(here.street, judges=3, entries=1, pass_mark=Decimal(60)).start()
    review.hand_in(0, {0: 80, 1: 70, 2: 60})
    with pytest.raises(Refusal) as refused:
        services.close(review.session, actor=None)
    review.finish(0)
    services.close(review.reload().session, actor=None, at=NOW)
    [result] = queries.results_of(review.session)
    assert refused.value.code == "still-open"
    assert (result.subject, result.score, result.rank, result.passed) == (
        review.entries[0].subject, Decimal("70.00"), 1, True,
    )  # fmt: skip
    told = AuditRow.objects.filter(action="reviews.session.close").values_list("kind", "ref_id")
    assert list(told) == [("reviews.session", review.session.pk)]


def test_it_takes_nothing_after_the_end(here: District) -> None:
    review = make_review(here.street, judges=3, entries=1).start()
    review.hand_in(0, {0: 80, 1: 70, 2: 60})
    review.finish(0)
    services.close(review.reload().session, actor=None)
    with pytest.raises(Conflict) as refused:
        services.seat_judge(review.reload().panel, expert=make_expert(here.street, 9), actor=None)
    assert (refused.value.code, Recusal.objects.count()) == ("session-state", 0)


def test_it_gives_ranks_that_do_not_tell_of_what_is_not_revealed(here: District) -> None:
    review = make_review(here.street, judges=3, entries=3, ties="equal").start()
    for entry, total in ((0, 70), (1, 90), (2, 70)):
        review.hand_in(entry, {0: total, 1: total, 2: total})
    review.finish(0)
    services.collect(review.reload().entries[1], actor=review.host)
    assert [(result.entry.number, result.rank) for result in queries.results_of(review.session)] == [(1, 1)]
    review.finish(2)
    shown = [(result.entry.number, result.rank, result.tied) for result in queries.results_of(review.session)]
    assert shown == [(1, 1, True), (3, 1, True)]
