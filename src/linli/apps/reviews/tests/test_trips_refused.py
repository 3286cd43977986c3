"""What is refused around a session that is out on a laptop: each its sentence, and nothing changed."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from linli.apps.people.tests.factories import secretary_of
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import services
from linli.apps.reviews.models import Duty, Entry, ReviewSession, RoomTrip, ScoreSheet, SeatPass, SessionState
from linli.apps.reviews.services import carried, parcels
from linli.apps.reviews.services import room as seats
from linli.apps.reviews.tests.factories import NOW, Review, make_review, make_session, marks
from linli.apps.reviews.tests.laptops import PASSPHRASE, file_of, laptop, played, taken_out, written_back
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@dataclass
class Home:
    """A session that is out, and what the laptop wrote."""

    review: Review
    out: bytes
    back: bytes


def judged(review: Review) -> None:
    """One entry judged to its end."""
    review.hand_in(0, {0: 90, 1: 70, 2: 80})
    review.finish(0)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def home(here: District, tmp_path: Path) -> Home:
    review = make_review(here.street, judges=3).start()
    out = taken_out(review)
    with laptop(out, tmp_path) as away:
        judged(away)
        back = written_back(away)
    return Home(review.reload(), out, back)


def take_in(file: bytes, **words: Any) -> ReviewSession:
    return services.take_in(io.BytesIO(file), actor=None, at=LATER, **words)


def state_of(review: Review) -> tuple[object, ...]:
    """All that a file could change."""
    return (
        carried.rows_of(review.reload().session),
        list(RoomTrip.objects.values()),
        AuditRow.objects.count(),
    )


def refused(file: bytes, review: Review, **words: Any) -> str:
    """The sentence with which a file is refused; nothing has changed."""
    before = state_of(review)
    with translation.override("zh-hans"), pytest.raises(Refusal) as told:
        take_in(file, **words)
    assert state_of(review) == before
    return told.value.code


def opened(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return body.getvalue()


def listed(file: bytes, **words: Any) -> bytes:
    """The file with other words in its list."""
    parts = opened(file)
    return packed({**parts, "list.json": json.dumps({**json.loads(parts["list.json"]), **words}).encode()})


def spoiled(file: bytes) -> bytes:
    """The file with one bit of its rows turned."""
    parts = opened(file)
    rows = parts["rows"]
    return packed({**parts, "rows": rows[:-9] + bytes([rows[-9] ^ 1]) + rows[-8:]})


def test_it_refuses_a_tampered_file_and_changes_nothing(home: Home) -> None:
    parts = opened(home.back)
    forged: dict[str, tuple[bytes, str]] = {
        "a bit turned": (spoiled(home.back), "file-changed"),
        "another version in the list": (listed(home.back, version=99), "file-changed"),
        "no mac": (listed(home.back, mac=""), "file-changed"),
        "a list that is none": (listed(home.back, parts=[]), "file-changed"),
        "a part too many": (packed({**parts, "papers/1": b"x"}), "file-changed"),
        "the list alone": (packed({"list.json": parts["list.json"]}), "file-changed"),
        "the rows that went out": (packed({**parts, "rows": opened(home.out)["rows"]}), "file-changed"),
        "another format": (listed(home.back, format="linli-room-0"), "file-format"),
        "packed small": (packed(parts, zipfile.ZIP_DEFLATED), "no-parcel"),
        "cut off": (home.back[:-40], "no-parcel"),
        "no zip": (b"%PDF-1.7 nothing", "no-parcel"),
        "empty": (b"", "no-parcel"),
    }
    told = {name: refused(file, home.review) for name, (file, _code) in forged.items()}
    assert told == {name: code for name, (_file, code) in forged.items()}


def test_it_takes_one_file_in_once(home: Home) -> None:
    take_in(home.back)
    assert refused(home.back, home.review) == "taken-in"
    with pytest.raises(Conflict, match=r"2026-11-22 19:00"):
        take_in(home.back)


def test_it_refuses_the_file_that_went_out(home: Home) -> None:
    assert refused(home.out, home.review) == "file-kind"


def test_it_refuses_what_was_called_back(home: Home) -> None:
    services.call_back(home.review.session, reason="网络已恢复", actor=None, at=LATER)
    assert refused(home.back, home.review) == "called-back"
    assert home.review.reload().session.state == SessionState.RUNNING


def test_it_refuses_a_file_of_an_earlier_way_out(home: Home) -> None:
    services.call_back(home.review.session, reason="换一台", actor=None, at=LATER)
    services.send_out(home.review.reload().session, actor=None, at=LATER)
    assert refused(home.back, home.review) == "called-back"


def test_it_refuses_the_file_of_another_session(home: Home, here: District, tmp_path: Path) -> None:
    other = make_session(here.other_community, title="终期评审", rubric=home.review.session.rubric)
    assert refused(home.back, home.review, session=other) == "other-session"
    RoomTrip.objects.all().delete()
    with pytest.raises(Missing):
        take_in(home.back)


def test_it_refuses_a_session_that_changed_meanwhile(home: Home) -> None:
    Entry.objects.filter(pk=home.review.entries[1].pk).update(title="换了名字")
    assert refused(home.back, home.review) == "changed-meanwhile"


def test_it_refuses_scores_that_do_not_follow_from_the_sheets(here: District, tmp_path: Path) -> None:
    review = make_review(here.street, judges=3).start()

    def bent(away: Review) -> None:
        judged(away)
        ScoreSheet.objects.filter(seat=away.judges[1]).update(total=99)

    assert refused(played(review, tmp_path, bent), review) == "figures"


BENT: tuple[Callable[[Any], object], ...] = (
    lambda rows: rows["entries"].append({**rows["entries"][0], "id": rows["seats"][0]["id"], "number": 9}),
    lambda rows: rows["entries"].pop(),
    lambda rows: rows["sheets"][0].update(seat_id=rows["entries"][0]["id"]),
    lambda rows: rows["sheets"][0].update(rubric_id=rows["entries"][0]["id"]),
    lambda rows: rows["sheets"][0].update(total="a lot"),
    lambda rows: rows["sheets"][0].update(phone="1"),
    lambda rows: rows["session"][0].update(id=rows["entries"][0]["id"]),
    lambda rows: rows.pop("questions"),
)


def test_it_lets_a_laptop_add_nothing_of_its_own(home: Home) -> None:
    session, codes = take_in(home.back), []
    for bend in BENT:
        rows = carried.rows_of(session)
        bend(rows)
        with pytest.raises(Refusal) as told, transaction.atomic():
            carried.merge(session, rows)
        codes.append(told.value.code)
    assert codes == ["file-rows"] * len(BENT)


def test_it_refuses_every_change_in_the_house_meanwhile(home: Home) -> None:
    review = home.review
    session, panel, entry, judge = review.session, review.panel, review.entries[0], review.judges[0]
    panel.session.refresh_from_db()
    said = services.Said(marks(80))
    tries: dict[str, Callable[[], object]] = {
        "hand in": lambda: services.hand_in(entry, seat=judge, given=said, actor=review.actor(0)),
        "draft": lambda: services.save_sheet(entry, seat=judge, given=said, actor=review.actor(0)),
        "call": lambda: services.call_entry(entry, actor=review.host),
        "open": lambda: services.open_sheets(entry, actor=review.host),
        "collect": lambda: services.collect(entry, actor=review.host),
        "confirm": lambda: services.confirm([entry], actor=review.counter),
        "reveal": lambda: services.reveal([entry], actor=review.host),
        "withdraw": lambda: services.withdraw_entry(entry, reason="退出", actor=None),
        "question": lambda: services.log_question(entry, text="问", actor=review.host),
        "lots": lambda: services.draw_lots(panel, seed="1", actor=review.host),
        "clock": lambda: services.run_clock(panel, clock="talk", actor=review.host),
        "pause": lambda: services.pause_clock(panel, actor=review.host),
        "judge": lambda: services.seat_judge(panel, name="新某", actor=None),
        "staff": lambda: services.seat_staff(session, duty=Duty.SCREEN, name="大屏", actor=None),
        "chair": lambda: services.make_chair(review.judges[1], actor=None),
        "leave": lambda: services.leave_seat(judge, reason="病", actor=None),
        "recuse": lambda: services.declare_recusal(judge, entry=entry, fact="同门", actor=None),
        "derive": lambda: services.derive_recusals(session, actor=None),
        "promise": lambda: services.sign_promise(judge, actor=None, on_paper=True),
        "pins": lambda: seats.issue_pins(session, actor=None),
        "close": lambda: services.close(session, actor=None),
        "call off": lambda: services.call_off(session, reason="雨", actor=None),
        "send out": lambda: services.send_out(session, actor=None),
    }
    for seat in (judge, review.judges[1]):
        seat.session = session
    before, codes = state_of(review), {}
    for name, attempt in tries.items():
        with pytest.raises(Conflict) as told:
            attempt()
        codes[name] = told.value.code
    assert codes == dict.fromkeys(tries, "session-away")
    assert state_of(review) == before


def test_it_refuses_a_sheet_that_waited_while_the_session_left(here: District) -> None:
    review = make_review(here.street).start()
    services.call_entry(review.reload().entries[0], actor=review.host, at=NOW)
    stale = review.reload().entries[0]
    services.send_out(review.session, actor=None, at=NOW)
    with pytest.raises(Conflict) as told:
        services.hand_in(stale, seat=review.judges[0], given=services.Said(marks(80)), actor=review.actor(0))
    assert (told.value.code, ScoreSheet.objects.count()) == ("session-away", 0)


def test_it_goes_out_only_from_the_house_while_scoring_runs(here: District) -> None:
    review = make_review(here.street)
    with pytest.raises(Refusal):
        services.send_out(review.session, actor=None)
    copy = services.rehearse(review.session, actor=None)
    for session in (copy, review.start().session):
        session.refresh_from_db()
    with pytest.raises(Refusal):
        services.send_out(copy, actor=None)
    with pytest.raises(NotAllowed):
        services.send_out(review.session, actor=review.host)
    with pytest.raises(NotAllowed):
        services.send_out(review.session, actor=secretary_of(here.community))
    assert (review.reload().session.state, RoomTrip.objects.count()) == (SessionState.RUNNING, 0)


def test_it_opens_a_file_by_its_passphrase_alone(here: District, tmp_path: Path) -> None:
    review = make_review(here.street).start()
    trip = services.send_out(review.session, actor=None, at=NOW)
    with pytest.raises(Refusal) as short:
        services.write_out(trip, io.BytesIO(), passphrase="短短", actor=None)
    parcel = parcels.opened(io.BytesIO(file_of(trip)))
    with pytest.raises(NotAllowed):
        parcel.key_by(PASSPHRASE + "。")
    assert (short.value.field, len(parcel.key_by(f" {PASSPHRASE} "))) == ("passphrase", 32)


def test_it_plays_one_review_in_a_folder(home: Home, here: District, tmp_path: Path) -> None:
    with laptop(home.out, tmp_path / "other") as away:
        pins = list(SeatPass.objects.order_by("pk").values_list("pin_print", flat=True))
        again = services.arrive(io.BytesIO(home.out), passphrase="")
        assert (again.session, list(SeatPass.objects.order_by("pk").values_list("pin_print", flat=True))) == (
            away.session, pins,
        )  # fmt: skip
        RoomTrip.objects.all().delete()
        with pytest.raises(Refusal) as other:
            services.arrive(io.BytesIO(home.out), passphrase=PASSPHRASE)
        with pytest.raises(Refusal) as kind:
            services.arrive(io.BytesIO(home.back), passphrase=PASSPHRASE)
    assert (other.value.code, kind.value.code) == ("other-review", "file-kind")
