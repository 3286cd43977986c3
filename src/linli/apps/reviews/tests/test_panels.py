"""Entering, seats, timetable, lots, clocks, votes, opinions, rehearsal, fees."""

from datetime import date, time, timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import Duty, Entry, EntryState, Expert, FeeLine, Mode, Panel, SeatActor, VoteKind
from linli.apps.reviews.tests.factories import DAY, NOW, Review, make_expert, make_review, make_session, make_subject
from linli.kernel import files
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def test_it_freezes_copies_of_the_papers(here: District) -> None:
    review = make_review(here.street, entries=1)
    original = files.keep(_picture(), accept=files.PAPERS, owner=ref_of(here.community), actor=None, name="申报书.png")
    entry = services.enter(
        review.session,
        title="项目二",
        subject=ref_of(here.community),
        papers=[original],
        panel=review.panel,
        actor=None,
    )
    files.forget(original.pk)
    [copy] = queries.papers_of(entry)
    with files.opened(copy) as body:
        assert (copy.name, copy.pk == original.pk, body.read(4)) == ("申报书.png", False, b"\x89PNG")


def _picture() -> BytesIO:
    from PIL import Image

    body = BytesIO()
    Image.new("RGB", (8, 8), "white").save(body, "PNG")
    body.seek(0)
    return body


def test_it_enters_a_subject_once(here: District) -> None:
    review = make_review(here.street, entries=1)
    with pytest.raises(Refusal) as refused:
        services.enter(review.session, title="再来一次", subject=review.entries[0].subject, actor=None)
    assert (refused.value.code, review.session.entries.count()) == ("entered-twice", 1)


def test_it_enters_nothing_once_scoring_runs(here: District) -> None:
    review = make_review(here.street, judges=3).start()
    with pytest.raises(Conflict):
        services.enter(review.session, title="迟到的项目", subject=ref_of(here.community), actor=None)


def test_it_lets_a_community_hold_its_own_session_and_not_the_streets(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    own = make_session(here.community, actor=worker)
    with pytest.raises(NotAllowed):
        make_session(here.street, actor=worker)
    assert list(queries.visible_to(worker)) == [own]


def test_it_draws_lots_that_anybody_can_draw_again(here: District) -> None:
    review = make_review(here.street, judges=3, entries=4).start()
    drawn = services.draw_lots(review.panel, seed="3917", actor=review.host, at=NOW)
    by_hand = sorted(range(1, 5), key=lambda number: sha256(f"3917:{number}".encode()).hexdigest())
    assert [entry.number for entry in drawn] == by_hand
    assert [entry.number for entry in review.panel.entries.order_by("position")] == by_hand
    with pytest.raises(Conflict) as again:
        services.draw_lots(review.panel, seed="3918", actor=review.host)
    assert (again.value.code, Panel.objects.get(pk=review.panel.pk).seed) == ("lots-drawn", "3917")


def test_it_runs_and_stops_the_clocks(here: District) -> None:
    review = make_review(here.street, judges=3).start()
    keeper = SeatActor(services.seat_staff(review.session, duty=Duty.TIMEKEEPER, name="时某", actor=None))
    services.run_clock(review.panel, clock="talk", actor=keeper, at=NOW)
    assert review.panel.seconds_left(NOW + timedelta(seconds=70)) == 8 * 60 - 70
    services.pause_clock(review.panel, actor=keeper, at=NOW + timedelta(seconds=70))
    assert review.panel.seconds_left(NOW + timedelta(hours=1)) == 410
    services.pause_clock(review.panel, actor=keeper, at=NOW + timedelta(hours=1))
    assert review.panel.seconds_left(NOW + timedelta(hours=1, seconds=10)) == 400
    with pytest.raises(NotAllowed):
        services.run_clock(review.panel, clock="questions", actor=review.actor(0))


def test_it_counts_every_change_a_room_must_hear_of(here: District) -> None:
    review = make_review(here.street, judges=3).start()
    before = review.panel.changes
    services.call_entry(review.entries[0], actor=review.host)
    review.hand_in(0, {0: 80})
    review.reload()
    assert (review.panel.changes > before, review.panel.current_id) == (True, review.entries[0].pk)


def test_it_keeps_a_log_of_questions(here: District) -> None:
    review = make_review(here.street, judges=3).start()
    row = services.log_question(review.entries[0], text="经费如何公开？", asked_by="赵某", actor=review.host, at=NOW)
    services.answer_question(row, answer="每月在公告栏公布。", actor=review.host)
    assert list(review.entries[0].questions.values_list("text", "answer")) == [("经费如何公开？", "每月在公告栏公布。")]


def test_it_replaces_the_timetable_and_the_order(here: District) -> None:
    review = make_review(here.street, judges=3, entries=2)
    one, two = review.entries
    lines = [
        services.Planned(review.panel, DAY, time(9, 0), 15, two),
        services.Planned(review.panel, DAY, time(9, 15), 10, title="休息"),
        services.Planned(review.panel, DAY, time(9, 25), 15, one),
    ]
    assert services.set_timetable(review.session, slots=lines, actor=None) == 3
    assert [entry.number for entry in review.panel.entries.order_by("position")] == [2, 1]
    with pytest.raises(Refusal):
        services.set_timetable(review.session, slots=[lines[0], lines[0]], actor=None)
    assert review.panel.slots.count() == 3


def vote(here: District, **columns: Any) -> Review:
    review = make_review(here.street, judges=3, entries=3, mode=Mode.VOTE, ties="equal", **columns).start()
    services.open_panel(review.panel, actor=review.host)
    return review.reload()


def cast(review: Review, judge: int, *numbers: int) -> None:
    picked = [review.reload().entries[number] for number in numbers]
    services.cast(review.panel, seat=review.judges[judge], yes=picked, actor=review.actor(judge), at=NOW)


def test_it_counts_a_vote_of_picks(here: District) -> None:
    review = vote(here, vote_kind=VoteKind.PICKS, picks=2, winners=1)
    for judge, picked in enumerate(((0, 1), (0, 2), (0,))):
        cast(review, judge, *picked)
    services.collect_ballots(review.panel, actor=review.host, at=NOW)
    assert [(entry.yes, entry.rank) for entry in review.reload().entries] == [(3, 1), (1, 2), (1, 2)]


def test_it_refuses_too_many_picks_and_a_second_ballot_of_a_judge(here: District) -> None:
    review = vote(here, vote_kind=VoteKind.PICKS, picks=2, winners=1)
    with pytest.raises(Refusal) as many:
        cast(review, 0, 0, 1, 2)
    cast(review, 0, 0)
    with pytest.raises(Conflict) as twice:
        cast(review, 0, 1)
    assert (many.value.code, twice.value.code) == ("too-many-picks", "voted")
    assert review.panel.ballots.count() == 1


def test_it_waits_for_every_judge_to_vote(here: District) -> None:
    review = vote(here, vote_kind=VoteKind.PICKS, picks=1, winners=1)
    cast(review, 0, 0)
    with pytest.raises(Refusal) as refused:
        services.collect_ballots(review.panel, actor=review.host)
    assert refused.value.code == "ballots-missing"


def test_it_votes_again_on_what_is_equal_at_the_line(here: District) -> None:
    review = vote(here, vote_kind=VoteKind.PICKS, picks=1, winners=1)
    for judge in range(3):
        cast(review, judge, judge)
    services.collect_ballots(review.panel, actor=review.host)
    again = services.second_ballot(review.panel, actor=review.host)
    assert [entry.number for entry in again] == [1, 2, 3]
    for judge in range(3):
        cast(review, judge, 1)
    services.collect_ballots(review.panel, actor=review.host)
    entries = review.reload().entries
    assert [(entry.yes, entry.yes_again, entry.rank) for entry in entries] == [(1, 0, 2), (1, 3, 1), (1, 0, 2)]
    with pytest.raises(Refusal):
        services.second_ballot(review.panel, actor=review.host)


def test_it_says_yes_or_no_to_each_and_passes_more_than_half(here: District) -> None:
    review = vote(here, vote_kind=VoteKind.YES_NO)
    for judge, agreed in enumerate(((0, 1), (0,), (0, 2))):
        cast(review, judge, *agreed)
    services.collect_ballots(review.panel, actor=review.host)
    rows = list(review.reload().entries)
    for actor in (review.counter, review.supervisor):
        services.confirm(rows, actor=actor)
    services.reveal(review.reload().entries, actor=review.host)
    results = {result.entry.number: (result.yes, result.passed) for result in queries.results_of(review.session)}
    assert results == {1: (3, True), 2: (1, False), 3: (1, False)}


def test_it_takes_the_opinion_of_more_than_half(here: District) -> None:
    review = make_review(here.street, judges=3, mode=Mode.OPINIONS).start()
    for entry, opinions in ((0, ("approve", "approve", "refuse")), (1, ("approve", "revise", "refuse"))):
        services.call_entry(review.entries[entry], actor=review.host)
        for judge, opinion in enumerate(opinions):
            services.hand_in(
                review.entries[entry],
                seat=review.judges[judge],
                given=services.Said(opinion=opinion, comment="请补充预算"),
                actor=review.actor(judge),
            )
        services.collect(review.reload().entries[entry], actor=review.host)
    first, second = review.reload().entries
    assert (first.verdict, second.verdict, first.score) == ("approve", "", None)
    services.choose_verdict(second, verdict="revise", reason="先补预算", actor=review.counter)  # type: ignore[arg-type]  # a value of the choices
    assert (second.verdict, second.verdict_reason) == ("revise", "先补预算")


def test_it_forgets_a_rehearsal_without_a_trace(here: District) -> None:
    review = make_review(here.street, judges=3)
    models = [model for model in apps.get_models() if model._meta.app_label in {"reviews", "audit", "jobs"}]
    before = {model: model._default_manager.count() for model in models}
    copy = services.rehearse(review.session, actor=None, at=NOW)
    judges = list(copy.seats.filter(duty=Duty.JUDGE).order_by("id"))
    for seat in judges:
        services.sign_promise(seat, actor=SeatActor(seat))
    practice = Review(copy, copy.panels.get(), judges, [], *(
        SeatActor(copy.seats.get(duty=duty)) for duty in (Duty.HOST, Duty.COUNTER, Duty.SUPERVISOR)
    )).start()  # fmt: skip
    practice.hand_in(0, {0: 90, 1: 80, 2: 70})
    assert practice.finish(0).state == EntryState.REVEALED
    services.forget_rehearsal(copy, actor=None)
    assert {model: model._default_manager.count() for model in models} == before
    with pytest.raises(Refusal):
        services.forget_rehearsal(review.session, actor=None)


def test_it_shows_fees_to_finance_alone(here: District) -> None:
    review = make_review(here.street, judges=3)
    finance = make_user(Role.FINANCE_OFFICER, here.street)
    officer = make_user(Role.STREET_OFFICER, here.street)
    line = services.set_fee(review.judges[0], rate=Decimal(800), times=2, tax=Decimal("160.00"), actor=finance)
    with pytest.raises(NotAllowed):
        services.set_fee(review.judges[1], rate=Decimal(800), actor=officer)
    with pytest.raises(Refusal):
        services.set_fee(review.judges[1], rate=Decimal(800), tax=Decimal(801), actor=finance)
    assert (line.gross, line.net, FeeLine.objects.count()) == (Decimal(1600), Decimal(1440), 1)
    assert (list(queries.fees_of(review.session, finance)), list(queries.fees_of(review.session, officer))) == (
        [line],
        [],
    )


def test_it_counts_earlier_service_and_nothing_else_about_an_expert(here: District) -> None:
    review = make_review(here.street, judges=3).start()
    idle = make_expert(here.street, 9)
    rows = {row.pk: (row.served, row.served_last) for row in queries.with_service(Expert.objects.all())}  # type: ignore[attr-defined]  # annotated
    expert = review.judges[0].expert
    assert expert is not None
    assert (rows[expert.pk], rows[idle.pk]) == ((1, DAY), (0, None))
    assert queries.service_of(expert) == [(DAY, "公益创投路演评审", "路演评审")]


def test_it_keeps_one_row_of_an_expert_and_seals_the_contact(here: District) -> None:
    expert = make_expert(here.street, phone="13800001234")
    with pytest.raises(Refusal):
        make_expert(here.street)
    assert (str(expert.phone), Expert.objects.count()) == ("138****1234", 1)


def test_it_keeps_the_board_at_four_questions_for_any_size(here: District, django_assert_num_queries: Any) -> None:
    for count in (1, 5):
        review = make_review(here.street, judges=3, entries=count, title=f"第{count}场") if count == 1 else _grown(here)
        with django_assert_num_queries(4):
            rows = queries.board(review.session, list(queries.entries_of(review.session)))
        assert len(rows) == count


def _grown(here: District) -> Review:
    session = make_session(here.street, title="大场", last_day=date(2026, 11, 23))
    panel = services.add_panel(session, name="第一组", actor=None)
    for number in range(5):
        services.enter(
            session,
            title=f"项目{number}",
            subject=ref_of(make_subject(here.street, number + 50)),
            panel=panel,
            actor=None,
        )
    nobody = SeatActor(services.seat_staff(session, duty=Duty.HOST, name="韩某", actor=None))
    return Review(session, panel, [], list(Entry.objects.filter(session=session)), nobody, nobody, nobody)


def test_it_writes_no_mark_into_the_record(here: District) -> None:
    review = make_review(here.street, judges=3).start()
    review.hand_in(0, {0: 87, 1: 80, 2: 70})
    services.collect(review.reload().entries[0], actor=review.host)
    told = {row.action for row in AuditRow.objects.all()}
    assert {"reviews.score_sheet.hand_in", "reviews.entry.collect"} <= told
    collected = AuditRow.objects.get(action="reviews.entry.collect")
    entry = review.reload().entries[0]
    assert (str(entry.score), '"count"' in collected.facts) == ("79.00", True)
    assert [mark for mark in ("87.00", "80.00", "70.00", "79.00") if mark in collected.facts] == []
