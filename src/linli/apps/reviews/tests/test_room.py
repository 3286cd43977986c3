"""The live room through its doors: seats by PIN, the judge's sheet, the console, what is never shown."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from linli.apps.places.tests.factories import make_district
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import (
    Duty,
    Entry,
    Mode,
    ReviewSession,
    ScoreSheet,
    Seat,
    SeatPass,
    SessionState,
    VoteKind,
)
from linli.apps.reviews.services import room as seats
from linli.apps.reviews.tests.factories import NOW, Review, make_review, marks
from linli.apps.reviews.views.room import door
from linli.kernel.audit import timeline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    """A started review of five judges and two entries, a PIN for every seat."""
    return with_pins(make_review(make_district().street).start())


def with_pins(review: Review) -> Review:
    seats.issue_pins(review.session, actor=None)
    return review


def pin(seat: Seat) -> str:
    return seats.pin_of(SeatPass.objects.get(seat=seat))


def enter(review: Review, seat: Seat) -> Client:
    """A device that took this seat through the door."""
    client = Client()
    answer = client.post(f"/room/{review.session.code}/", {"pin": pin(seat)})
    assert answer.status_code == 302
    return client


def at(review: Review, path: str = "1/") -> str:
    return f"/room/{review.session.code}/{path}"


def do(client: Client, review: Review, verb: str, **given: object) -> str:
    """Press a button of the console; the page it leads back to."""
    answer = client.post(at(review, f"1/do/{verb}/"), {name: str(value) for name, value in given.items()})
    assert answer.status_code == 302
    return client.get(answer["Location"]).content.decode()


def test_it_opens_a_seat_by_code_and_pin_without_an_account(review: Review) -> None:
    client = enter(review, review.judges[2])
    cookie = client.cookies["linli_seat"]
    assert (cookie["httponly"], cookie["path"], cookie["secure"], cookie["samesite"]) == (
        True, f"/room/{review.session.code}/", "", "Lax",
    )  # fmt: skip
    assert review.judges[2].name in client.get(at(review)).content.decode()
    assert pin(review.judges[2]) not in SeatPass.objects.get(seat=review.judges[2]).pin_sealed


def test_it_gives_a_seat_to_one_device_until_the_host_releases_it(review: Review) -> None:
    judge = review.judges[0]
    first, host = enter(review, judge), enter(review, review.host.seat)
    second = Client().post(at(review, ""), {"pin": pin(judge)})
    assert (second.status_code, "另一台设备" in second.content.decode()) == (422, True)
    do(host, review, "release", seat=judge.pk)
    assert first.get(at(review)).status_code == 302
    assert first.get(at(review, "1/now/")).status_code == 403
    assert enter(review, judge).get(at(review)).status_code == 200


def test_it_binds_the_cookie_to_the_seat(review: Review) -> None:
    client = enter(review, review.judges[0])
    seat, _, secret = client.cookies["linli_seat"].value.partition(".")
    client.cookies["linli_seat"] = f"{review.judges[1].pk.hex}.{secret}"
    assert client.get(at(review)).status_code == 302
    client.cookies["linli_seat"] = f"{seat}.{secret[:-1]}"
    assert client.get(at(review)).status_code == 302


def test_it_bounds_attempts_and_then_refuses_the_right_pin_too(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "ATTEMPTS", 3)
    client = Client()
    answers = [client.post(at(review, ""), {"pin": "0"}) for _turn in range(3)]
    assert {("打不开" in one.content.decode(), one.status_code) for one in answers} == {(True, 422)}
    late = client.post(at(review, ""), {"pin": pin(review.judges[0])})
    assert ("尝试次数过多" in late.content.decode(), SeatPass.objects.exclude(device="").count()) == (True, 0)


def test_it_counts_codes_that_lead_nowhere(review: Review) -> None:
    client = Client()
    assert {client.get("/room/ZZZZZZZZ/").status_code for _turn in range(60)} == {404}
    assert client.get("/room/ZZZZZZZZ/").status_code == 429
    assert client.get(at(review, "")).status_code == 200


def test_it_gives_another_pin_and_the_old_one_opens_nothing(review: Review) -> None:
    judge = review.judges[0]
    old, client = pin(judge), enter(review, judge)
    seats.renew_pin(judge, actor=None)
    assert client.get(at(review)).status_code == 302
    with pytest.raises(NotAllowed):
        seats.take_seat(review.session, pin=old)
    assert seats.take_seat(review.session, pin=pin(judge))[0] == judge


def test_it_lets_only_the_host_or_the_holder_release_a_device(review: Review) -> None:
    judge = review.judges[0]
    enter(review, judge)
    with pytest.raises(NotAllowed):
        seats.release(judge, actor=review.actor(1))
    with pytest.raises(NotAllowed):
        seats.release(judge, actor=review.counter)
    seats.release(judge, actor=review.actor(0))
    with pytest.raises(Conflict):
        seats.release(judge, actor=review.host)


def test_it_takes_a_judges_sheet_as_a_plain_form_and_levels_it_until_collection(review: Review) -> None:
    host, judge = enter(review, review.host.seat), enter(review, review.judges[0])
    entry = review.entries[0]
    do(host, review, "call", entry=entry.pk)
    review.hand_in(0, {1: 70, 2: 70, 3: 70, 4: 70})
    assert entry.title in judge.get(at(review)).content.decode()
    path = at(review, f"entries/{entry.pk}/")
    assert judge.post(path, {**marks(80), "comment": "扎实", "key": uuid4()}).status_code == 302
    assert judge.post(path, {**marks(70), "comment": "扎实", "key": uuid4()}).status_code == 302
    sheet = ScoreSheet.objects.get(seat=review.judges[0])
    assert (str(sheet.total), sheet.version, sheet.comment) == ("70.00", 2, "扎实")
    assert "70.00" in judge.get(path).content.decode()
    do(host, review, "collect", entry=entry.pk)
    late = judge.post(path, {**marks(60), "key": uuid4()})
    sheet.refresh_from_db()
    assert (late.status_code, str(sheet.total)) == (422, "70.00")


def test_it_takes_a_sheet_that_arrives_twice_once(review: Review) -> None:
    judge, entry, key = enter(review, review.judges[0]), review.entries[0], uuid4()
    services.call_entry(entry, actor=review.host)
    path = at(review, f"entries/{entry.pk}/")
    answers = [
        judge.post(path, {**marks(80), "key": key.hex}, headers={"accept": "application/json"}).json()
        for _turn in range(2)
    ]
    assert [(one["total"], one["version"]) for one in answers] == [("80.00", 1)] * 2


def test_it_refuses_a_mark_above_the_top_in_words_for_form_and_script(review: Review) -> None:
    judge, entry = enter(review, review.judges[0]), review.entries[0]
    services.call_entry(entry, actor=review.host)
    path = at(review, f"entries/{entry.pk}/")
    wrong = dict.fromkeys(marks(80), "99")
    assert judge.post(path, wrong).status_code == 422
    problem = judge.post(path, wrong, headers={"accept": "application/json"})
    assert (problem.status_code // 100, bool(problem.json()["detail"])) == (4, True)
    assert ScoreSheet.objects.count() == 0


def test_it_shows_a_recused_judge_only_why(review: Review) -> None:
    entry = review.entries[0]
    row = services.declare_recusal(review.judges[4], entry=entry, fact="曾任该社理事", actor=None)
    services.confirm_recusal(row, reason="属实", actor=None)
    services.call_entry(entry, actor=review.host)
    page = enter(review, review.judges[4]).get(at(review)).content.decode()
    assert ("曾任该社理事" in page, 'id="sheet-form"' in page) == (True, False)


def test_it_never_shows_a_judge_the_marks_of_another_nor_the_host_any(review: Review) -> None:
    review.hand_in(0, {0: 91, 1: 62})
    judge, host = enter(review, review.judges[0]), enter(review, review.host.seat)
    page = judge.get(at(review)).content.decode()
    assert ("91.00" in page, "62.00" in page) == (True, False)
    console = host.get(at(review)).content.decode()
    assert ("91.00" in console, "62.00" in console, "2 / 5" in console) == (False, False, True)
    assert host.get(at(review, "1/counting/")).status_code == 403


def test_it_reveals_only_the_final_score_after_counter_and_supervisor(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    host, counter = enter(review, review.host.seat), enter(review, review.counter.seat)
    supervisor, entry = enter(review, review.supervisor.seat), review.entries[0]
    do(host, review, "collect", entry=entry.pk)
    screen = at(review, "1/screen/")
    assert "78.33" not in Client().get(screen).content.decode()
    refused = do(host, review, "reveal", entry=entry.pk)
    assert "78.33" not in refused
    for one in (counter, supervisor):
        assert "78.33" in one.get(at(review, "1/counting/")).content.decode()
        do(one, review, "confirm", entry=entry.pk)
    do(host, review, "reveal", entry=entry.pk)
    shown = Client().get(screen).content.decode()
    assert ("78.33" in shown, "90.00" in shown, "60.00" in shown) == (True, False, False)
    assert [judge.name for judge in review.judges if judge.name in shown] == []


def test_it_shows_the_hall_no_pin_and_no_gap_that_tells_of_hidden_entries(review: Review) -> None:
    review.hand_in(0, {0: 60, 1: 60, 2: 60, 3: 60, 4: 60})
    review.hand_in(1, {0: 90, 1: 90, 2: 90, 3: 90, 4: 90})
    services.collect(review.entries[1], actor=review.host)
    review.finish(0)
    assert Entry.objects.get(pk=review.entries[0].pk).rank == 2
    shown = Client().get(at(review, "1/screen/now/")).content.decode()
    assert re.findall(r'screen-place figures">(\d+)<', shown) == ["1"]
    assert [one for one in (pin(judge) for judge in review.judges) if one in shown] == []


def test_it_tells_the_host_who_is_offline(review: Review) -> None:
    host = enter(review, review.host.seat)
    enter(review, review.judges[0])
    enter(review, review.judges[1])
    services.call_entry(review.entries[0], actor=review.host)
    SeatPass.objects.filter(seat=review.judges[1]).update(seen_at=timezone.now() - timedelta(minutes=2))
    page = host.get(at(review)).content.decode()
    assert re.findall(r"room-dot is-(\w+)", page)[:5] == ["waiting", "offline", "absent", "absent", "absent"]


def test_it_runs_clocks_lots_and_the_log_of_questions_from_the_console(review: Review) -> None:
    host = enter(review, review.host.seat)
    do(host, review, "draw", seed="4216")
    assert review.reload().panel.seed == "4216"
    do(host, review, "call", entry=review.entries[0].pk)
    seat = services.seat_staff(review.session, duty=Duty.TIMEKEEPER, name="时某", actor=None)
    keeper = enter(with_pins(review), seat)
    do(keeper, review, "clock", clock="talk")
    assert review.reload().panel.clock == "talk"
    do(keeper, review, "pause")
    do(keeper, review, "ask", entry=review.entries[0].pk, text="钱花在哪里？", answer="见预算")
    assert "钱花在哪里？" in keeper.get(at(review)).content.decode()
    do(keeper, review, "call", entry=review.entries[1].pk)
    assert review.reload().panel.current_id == review.entries[0].pk


def test_it_shows_the_supervisor_recusals_and_corrections_and_nobody_else(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    services.collect(review.entries[0], actor=review.host)
    judge, supervisor = enter(review, review.judges[4]), enter(review, review.supervisor.seat)
    path = at(review, f"entries/{review.entries[0].pk}/correct/")
    assert judge.post(path, {**marks(65), "reason": "算错了一项"}).status_code == 302
    page = supervisor.get(at(review, "1/record/")).content.decode()
    assert "60.00 → 65.00" in page
    correction = ScoreSheet.objects.get(seat=review.judges[4]).corrections.get()
    do(supervisor, review, "decide", correction=correction.pk, agreed=1, back="record/")
    assert str(ScoreSheet.objects.get(seat=review.judges[4]).total) == "65.00"
    assert judge.get(at(review, "1/record/")).status_code == 403


def test_host_and_counter_type_a_paper_sheet_in_the_room(review: Review) -> None:
    services.call_entry(review.entries[0], actor=review.host, at=NOW)
    sheet = at(review, f"1/typing/{review.entries[0].pk}/{review.judges[0].pk}/")
    host, counter = enter(review, review.host.seat), enter(review, review.counter.seat)
    grid = counter.get(at(review, "1/typing/")).content.decode()
    assert (f'<a href="{sheet}">录入</a>' in grid, "类型" in grid) == (True, False)
    assert host.post(sheet, marks(80)).status_code == 302
    again = host.post(sheet, marks(80))
    assert (again.status_code, "由另一人录入" in again.content.decode()) == (422, True)
    assert counter.post(sheet, marks(80))["Location"] == at(review, "1/typing/")
    assert [str(one.total) for one in ScoreSheet.objects.all()] == ["80.00"]
    told = timeline(ref_of(review.entries[0]))
    assert [one.actor for one in told if one.row.action == "reviews.score_sheet.type"] == ["主持人 韩某", "计分人 计某"]
    assert enter(review, review.judges[1]).get(at(review, "1/typing/")).status_code == 403


def test_a_sheet_of_paper_is_collected_with_its_scan_attached_in_the_room(review: Review) -> None:
    services.call_entry(review.entries[0], actor=review.host, at=NOW)
    sheet = at(review, f"1/typing/{review.entries[0].pk}/{review.judges[0].pk}/")
    host, counter = enter(review, review.host.seat), enter(review, review.counter.seat)
    assert (host.post(sheet, marks(80)).status_code, counter.post(sheet, marks(80)).status_code) == (302, 302)
    with pytest.raises(Refusal, match="请先上传扫描件"):
        services.collect(review.entries[0], actor=review.host, reason="其余评委缺席")
    page = at(review, "1/typing/")
    text = counter.post(page, {"upload": SimpleUploadedFile("评分表.pdf", b"not a paper")})
    assert text.status_code == 422
    sheet_of_paper = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(sheet_of_paper, "PDF")
    scan = SimpleUploadedFile("评分表.pdf", sheet_of_paper.getvalue())
    assert counter.post(page, {"upload": scan})["Location"] == page
    queries.require_scans(review.entries[0])


def test_the_console_of_a_closed_review_asks_for_no_further_entry(review: Review) -> None:
    client = enter(review, review.host.seat)
    running = client.get(at(review)).content.decode()
    ReviewSession.objects.filter(pk=review.session.pk).update(state=SessionState.CLOSED)
    closed = client.get(at(review)).content.decode()
    assert [text in closed for text in ("还没有项目上场", "评审结束，感谢参与")] == [False, True]
    assert "还没有项目上场" in running


def test_it_asks_for_the_promise_first() -> None:
    review = with_pins(make_review(make_district().street, promised=False))
    judge = enter(review, review.judges[0])
    assert "我承诺" in judge.get(at(review)).content.decode()
    assert judge.post(at(review, "promise/")).status_code == 302
    assert "我承诺" not in judge.get(at(review)).content.decode()


def test_it_votes_once_from_the_phone() -> None:
    columns = {"mode": Mode.VOTE, "vote_kind": VoteKind.PICKS, "picks": 1, "winners": 1}
    review = with_pins(make_review(make_district().street, **columns).start())
    host, judge = enter(review, review.host.seat), enter(review, review.judges[0])
    do(host, review, "open")
    both = {"yes": [str(entry.pk) for entry in review.entries]}
    page = judge.post(at(review, "ballot/"), both, follow=True).content.decode()
    assert ("最多选 1 个" in page, review.panel.ballots.count()) == (True, 0)
    judge.post(at(review, "ballot/"), {"yes": [str(review.entries[0].pk)]})
    judge.post(at(review, "ballot/"), {"yes": [str(review.entries[1].pk)]})
    assert [pick.entry for pick in review.panel.ballots.get().picks.all()] == [review.entries[0]]


def test_it_takes_opinions_from_the_phone() -> None:
    review = with_pins(make_review(make_district().street, mode=Mode.OPINIONS).start())
    judge, entry = enter(review, review.judges[0]), review.entries[0]
    services.call_entry(entry, actor=review.host, at=NOW)
    path = at(review, f"entries/{entry.pk}/")
    assert judge.post(path, {"comment": "未选意见"}).status_code == 422
    assert judge.post(path, {"opinion": "revise", "comment": "补指标"}).status_code == 302
    assert ScoreSheet.objects.get().opinion == "revise"


def test_a_judge_reads_that_a_closed_review_is_over(review: Review) -> None:
    client = enter(review, review.judges[0])
    assert client.post(at(review, "promise/")).status_code == 302
    running = client.get(at(review)).content.decode()
    ReviewSession.objects.filter(pk=review.session.pk).update(state=SessionState.CLOSED)
    closed = client.get(at(review)).content.decode()
    assert [["评审结束，感谢参与" in text, "还没有项目上场" in text] for text in (running, closed)] == [
        [False, True], [True, False],
    ]  # fmt: skip
