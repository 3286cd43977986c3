"""A session out on a laptop: it comes back once, whole and unchanged, or not at all."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import (
    ReviewQuestion,
    RoomTrip,
    ScoreSheet,
    SeatPass,
    SessionState,
    SheetCorrection,
    TypedSheet,
)
from linli.apps.reviews.services import carried, parcels
from linli.apps.reviews.services import room as seats
from linli.apps.reviews.tests.factories import NOW, Review, make_review, make_session, marks
from linli.apps.reviews.tests.laptops import (
    PASSPHRASE,
    file_of,
    laptop,
    played,
    review_of,
    taken_out,
    written_back,
)
from linli.kernel import files
from linli.kernel.audit import verify
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict
from linli.kernel.files import StoredFile
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
PDF = b"%PDF-1.4 \n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def content(row: StoredFile) -> bytes:
    with files.opened(row) as body:
        return bytes(body.read())


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def review(here: District) -> Review:
    return make_review(here.street).start()


def play(review: Review) -> None:
    """A whole afternoon: marks of five judges on two entries, a question, a recusal, a correction, the reveal."""
    session = review.session
    row = services.declare_recusal(review.judges[4], entry=review.entries[1], fact="曾共事", actor=review.actor(4))
    services.dismiss_recusal(row, reason="已满五年", actor=None, at=LATER)
    services.draw_lots(review.panel, seed="20261122", actor=review.host, at=LATER)
    review.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})
    services.run_clock(review.reload().panel, clock="talk", actor=review.host, at=LATER)
    services.log_question(review.entries[0], text="谁来做？", answer="居民自己", actor=review.host, at=LATER)
    review.finish(0)
    review.hand_in(1, {0: 88, 1: 71, 2: 80, 3: 92, 4: 60})
    services.collect(review.reload().entries[1], actor=review.host, at=LATER)
    sheet = ScoreSheet.objects.select_related("entry__session__rubric", "entry__panel", "seat").get(
        entry=review.entries[1], seat=review.judges[1]
    )
    asked = services.ask_correction(
        sheet, given=services.Said(marks(77)), reason="抄错一栏", actor=review.actor(1), at=LATER
    )
    services.approve_correction(asked, actor=review.supervisor, at=LATER)
    last = review.reload().entries[1]
    services.confirm([last], actor=review.counter, at=LATER)
    services.confirm([last], actor=review.supervisor, at=LATER)
    services.reveal([last], actor=review.host, at=LATER)
    services.close(session, actor=None, at=LATER)


def take_in(file: bytes, **words: Any) -> Any:
    return services.take_in(io.BytesIO(file), actor=None, at=LATER + timedelta(hours=1), **words)


def told(review: Review) -> dict[str, Any]:
    """What everybody reads of a review in the end, and every row of it that travels, without the keys of rows."""
    rows = carried.rows_of(review.reload().session)
    seats = {row["id"]: row["name"] for row in rows["seats"]}
    rows["session"][0].pop("version")
    for name in ("sheets", "typings", "corrections", "questions", "recusals"):
        for row in rows[name]:
            row.pop("id")
            row.pop("sheet_id", None)
            row["seat_id"] = seats.get(row.get("seat_id"))
        rows[name].sort(key=str)
    return {"table": queries.table_paper(review.panel), "minutes": queries.minutes_paper(review.session), **rows}


def test_it_equals_a_session_played_in_the_house(review: Review, tmp_path: Path) -> None:
    file = taken_out(review)
    with laptop(file, tmp_path) as away:
        play(away)
        back = written_back(away)
    with transaction.atomic():
        services.call_back(review.session, reason="改在街道", actor=None, at=NOW)
        play(review_of(review.reload().session))
        expected = told(review)
        transaction.set_rollback(True)
    take_in(back)
    assert told(review) == expected
    assert (review.session.state, SheetCorrection.objects.count(), ReviewQuestion.objects.count()) == (
        SessionState.CLOSED, 1, 1,
    )  # fmt: skip


def test_it_tells_every_deed_at_its_own_time_by_whoever_did_it(review: Review, tmp_path: Path) -> None:
    take_in(played(review, tmp_path, play))
    deeds = AuditRow.objects.filter(action__in=("reviews.entry.reveal", "reviews.session.close"))
    assert {(row.action, row.at, row.actor_id) for row in deeds} == {
        ("reviews.entry.reveal", NOW, review.host.actor_id),
        ("reviews.entry.reveal", LATER, review.host.actor_id),
        ("reviews.session.close", LATER, None),
    }
    assert AuditRow.objects.filter(action="reviews.score_sheet.hand_in").count() == 10
    assert AuditRow.objects.filter(action="reviews.session.take_in").count() == 1
    assert verify(deeds[0].chain).problems == []


def test_it_carries_nothing_that_is_not_of_the_room(here: District, tmp_path: Path) -> None:
    review = make_review(here.street, judges=3, entries=1).start()
    expert = review.judges[0].expert
    assert expert is not None
    services.correct_expert(expert, phone="13800001234", id_number="11010519491231002X", actor=None)
    services.set_fee(review.judges[0], rate=Decimal("87654.32"), actor=None)
    seats.issue_pins(review.session, actor=None)
    make_session(here.community, title="另一场评审", rubric=review.session.rubric)
    file = taken_out(review)
    parcel = parcels.opened(io.BytesIO(file))
    told = json.dumps(parcel.rows(parcel.key_by(PASSPHRASE)), ensure_ascii=False)
    inside = [review.session.title, review.judges[0].name, review.judges[0].unit]
    outside = ["13800001234", "002X", "87654.32", "另一场评审", str(expert.pk), here.community.name, *_pins()]
    assert [word for word in inside if word not in told] == []
    assert [word for word in outside if word in told] == []
    assert [word for word in (*inside, *outside) if word.encode() in file] == []


def _pins() -> list[str]:
    return [seats.pin_of(row) for row in SeatPass.objects.all()]


def test_it_carries_papers_out_and_scans_home(here: District, tmp_path: Path) -> None:
    review = make_review(here.street, judges=3, entries=1)
    entry = ref_of(review.entries[0])
    files.keep(io.BytesIO(PDF), accept=files.PAPERS, owner=entry, actor=None, name="申报书.pdf", at=NOW)
    file = taken_out(review.start())
    with laptop(file, tmp_path) as away:
        read = [(row.name, content(row)) for row in files.files_of(entry)]
        services.attach_scan(away.panel, upload=upload("评分表.pdf"), actor=away.host, at=LATER)
        back = written_back(away)
    take_in(back)
    scans = files.files_of(ref_of(review.panel))
    assert read == [("申报书.pdf", PDF)]
    assert [(row.name, row.made_at, content(row)) for row in scans] == [("评分表.pdf", LATER, PDF)]
    assert files.files_of(entry).count() == 1


def test_it_goes_on_in_the_house_where_the_laptop_stopped(review: Review, tmp_path: Path) -> None:
    def half(away: Review) -> None:
        away.hand_in(0, {0: 90, 1: 70, 2: 80, 3: 85, 4: 60})

    file = taken_out(review)
    with laptop(file, tmp_path) as away:
        half(away)
        back = written_back(away)
        with pytest.raises(Conflict) as told:
            away.finish(0)
    take_in(back)
    review.panel.session.refresh_from_db()
    entry = review.finish(0)
    assert (told.value.code, review.session.state, entry.score) == (
        "session-handed-back", SessionState.RUNNING, Decimal("78.33"),
    )  # fmt: skip


def test_it_lets_two_people_type_paper_at_the_laptops_desk(here: District, tmp_path: Path) -> None:
    officer, second = (make_user(Role.STREET_OFFICER, here.street) for _turn in range(2))
    review = make_review(here.street, judges=3, entries=1).start()
    trip = services.send_out(review.session, actor=officer, typist=second, at=NOW)
    with laptop(file_of(trip), tmp_path) as away:
        services.call_entry(away.entries[0], actor=away.host, at=LATER)
        said = services.Said(marks(84))
        for typist in (officer, second):
            entry = away.reload().entries[0]
            services.type_sheet(entry, seat=away.judges[0], given=said, actor=typist, at=LATER)
        desk = services.desk_of(RoomTrip.objects.get())
        back = written_back(away)
    take_in(back)
    typed = TypedSheet.objects.order_by("turn").values_list("typist_id", flat=True)
    told = (
        AuditRow.objects.filter(action="reviews.score_sheet.type").order_by("number").values_list("actor_id", flat=True)
    )
    assert [one[1] for one in desk] == [officer.username, second.username]
    assert list(typed) == list(told) == [officer.pk, second.pk]


def test_it_carries_a_judge_who_came_in_and_a_sheet_set_aside(review: Review, tmp_path: Path) -> None:
    def change(away: Review) -> None:
        away.hand_in(0, {4: 60})
        row = services.declare_recusal(away.judges[4], entry=away.entries[0], fact="同门", actor=away.actor(4))
        new = services.seat_judge(away.reload().panel, name="新某", actor=None, at=LATER)
        services.sign_promise(new, actor=None, on_paper=True, at=LATER)
        services.make_chair(away.judges[2], actor=None, at=LATER)
        services.confirm_recusal(row, reason="属实", actor=None, at=LATER)

    services.call_entry(review.reload().entries[0], actor=review.host, at=NOW)
    review.hand_in(0, {4: 70})
    take_in(played(review, tmp_path, change))
    chairs = review.session.seats.filter(is_chair=True).values_list("name", flat=True)
    assert (list(chairs), ScoreSheet.objects.count()) == (["孙某"], 0)
    assert review.session.seats.filter(name="新某", promise__isnull=False, key__isnull=True).count() == 1
    assert review.judges[0].expert is not None
    assert {seat.expert_id is None for seat in review.session.seats.filter(duty="judge").exclude(name="新某")} == {
        False
    }


RACE = """
import io, sys
from linli.apps.reviews import services
from linli.kernel.errors import Refusal
try:
    with open(sys.argv[1], "rb") as file:
        services.take_in(file, actor=None)
    print("in")
except Refusal as refusal:
    print(refusal.code)
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_is_taken_in_by_one_of_two(race: Callable[..., list[str]], tmp_path: Path) -> None:
    review = make_review(make_district().street, judges=3, entries=1).start()

    def judged(away: Review) -> None:
        away.hand_in(0, {0: 90, 1: 70, 2: 80})
        away.finish(0)

    path = tmp_path / "back.linli-room"
    path.write_bytes(played(review, tmp_path, judged))
    assert sorted(said.strip() for said in race(RACE, [(str(path),)] * 2)) == ["in", "taken-in"]
    assert AuditRow.objects.filter(action="reviews.entry.reveal").count() == 1
    assert ScoreSheet.objects.count() == 3
