"""Sheets from paper by two people, corrections by a judge and a supervisor, with both figures kept."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import EntryState, ScoreSheet, SheetCorrection, SheetSource, TypedSheet
from linli.apps.reviews.tests.factories import NOW, Review, make_review, marks
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def review(here: District) -> Review:
    prepared = make_review(here.street, judges=3).start()
    services.call_entry(prepared.entries[0], actor=prepared.host, at=NOW)
    return prepared.reload()


def typists(here: District) -> tuple[Any, Any]:
    return make_user(Role.STREET_OFFICER, here.street), make_user(Role.STREET_OFFICER, here.street)


def scan() -> BytesIO:
    """A one-page picture, as a scanner gives it."""
    from PIL import Image

    body = BytesIO()
    Image.new("RGB", (40, 60), "white").save(body, "PNG")
    body.seek(0)
    body.name = "scan.png"
    return body


def test_it_makes_one_sheet_of_two_equal_typings(here: District, review: Review) -> None:
    one, other = typists(here)
    entry, seat = review.entries[0], review.judges[0]
    assert services.type_sheet(entry, seat=seat, given=services.Said(marks(80)), actor=one) is None
    sheet = services.type_sheet(entry, seat=seat, given=services.Said(marks(80)), actor=other)
    assert sheet is not None
    assert (sheet.total, sheet.source, queries.differences(entry, seat)) == (Decimal("80.00"), SheetSource.PAPER, [])


def test_it_takes_no_second_typing_from_the_same_person(here: District, review: Review) -> None:
    one, _other = typists(here)
    entry, seat = review.entries[0], review.judges[0]
    services.type_sheet(entry, seat=seat, given=services.Said(marks(80)), actor=one)
    with pytest.raises(Refusal) as refused:
        services.type_sheet(entry, seat=seat, given=services.Said(marks(80)), actor=one)
    assert (refused.value.code, TypedSheet.objects.count(), ScoreSheet.objects.count()) == ("same-typist", 1, 0)


def test_it_shows_where_two_typings_differ_and_has_it_settled(here: District, review: Review) -> None:
    one, other = typists(here)
    entry, seat = review.entries[0], review.judges[0]
    right, wrong = marks(80), {**marks(80), "need": "15"}
    services.type_sheet(entry, seat=seat, given=services.Said({**right, "team": "4.0"}), actor=one)
    assert services.type_sheet(entry, seat=seat, given=services.Said(wrong), actor=other) is None
    [difference] = queries.differences(entry, seat)
    assert (difference.field, difference.first, difference.second) == ("need", "16.00", "15")
    assert ScoreSheet.objects.count() == 0
    sheet = services.settle_sheet(entry, seat=seat, given=services.Said(right), actor=one)
    assert sheet.total == Decimal("80.00")


def test_it_throws_two_typings_away(here: District, review: Review) -> None:
    one, other = typists(here)
    entry, seat = review.entries[0], review.judges[0]
    for actor in (one, other):
        services.type_sheet(entry, seat=seat, given=services.Said(marks(80)), actor=actor)
    with pytest.raises(Conflict):
        services.type_sheet(entry, seat=seat, given=services.Said(marks(80)), actor=one)
    services.start_typing_again(entry, seat=seat, actor=one)
    assert (TypedSheet.objects.count(), ScoreSheet.objects.count()) == (0, 0)


@pytest.mark.parametrize("whole_panel", [True, False])
def test_it_collects_paper_sheets_with_their_scan_alone(here: District, review: Review, whole_panel: bool) -> None:
    one, other = typists(here)
    entry = review.entries[0]
    for seat in review.judges:
        for actor in (one, other):
            services.type_sheet(entry, seat=seat, given=services.Said(marks(80)), actor=actor)
    with pytest.raises(Refusal) as refused:
        services.collect(entry, actor=review.host)
    assert refused.value.code == "scan-missing"
    for owner in [review.panel] if whole_panel else list(ScoreSheet.objects.all()):
        services.attach_scan(owner, upload=scan(), actor=one)
    services.collect(entry, actor=review.host)
    assert (entry.state, entry.score) == (EntryState.COLLECTED, Decimal("80.00"))


def test_it_gives_the_same_result_on_paper_as_on_phones(here: District, review: Review) -> None:
    one, other = typists(here)
    totals = {0: 91, 1: 77, 2: 64}
    review.hand_in(1, totals)
    for judge, total in totals.items():
        for actor in (one, other):
            given = services.Said(marks(total))
            services.type_sheet(review.entries[0], seat=review.judges[judge], given=given, actor=actor)
    services.attach_scan(review.panel, upload=scan(), actor=one)
    paper, phones = review.finish(0), review.finish(1)
    assert (paper.score, paper.counted) == (phones.score, phones.counted) == (Decimal("77.33"), 3)


def test_it_corrects_only_with_a_reason_and_the_supervisor(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 80, 2: 70})
    entry = review.reload().entries[0]
    sheet = ScoreSheet.objects.get(entry=entry, seat=review.judges[0])
    given = services.Said(marks(60))
    with pytest.raises(Refusal) as early:
        services.ask_correction(sheet, given=given, reason="看错一栏", actor=review.actor(0))
    services.collect(entry, actor=review.host)
    services.confirm([entry], actor=review.counter)
    sheet = ScoreSheet.objects.select_related("entry__session", "entry__panel").get(pk=sheet.pk)
    with pytest.raises(Refusal) as silent:
        services.ask_correction(sheet, given=given, reason="", actor=review.actor(0))
    with pytest.raises(NotAllowed):
        services.ask_correction(sheet, given=given, reason="看错一栏", actor=review.actor(1))
    row = services.ask_correction(sheet, given=given, reason="看错一栏", actor=review.actor(0), at=NOW)
    assert review.reload().entries[0].score == Decimal("80.00")
    with pytest.raises(NotAllowed):
        services.approve_correction(row, actor=review.counter)
    services.approve_correction(row, actor=review.supervisor, at=NOW)
    entry = review.reload().entries[0]
    kept = SheetCorrection.objects.get()
    assert (early.value.code, silent.value.field) == ("not-collected", "reason")
    assert (entry.score, entry.counter_id) == (Decimal("70.00"), None)
    assert (kept.total_before, kept.total_after, kept.before["marks"]) == (90, 60, marks(90))


def test_it_keeps_the_sheet_when_the_supervisor_does_not_agree(review: Review) -> None:
    review.hand_in(0, {0: 90, 1: 80, 2: 70})
    entry = review.finish(0)
    sheet = ScoreSheet.objects.get(entry=entry, seat=review.judges[0])
    row = services.ask_correction(sheet, given=services.Said(marks(60)), reason="改主意了", actor=review.actor(0))
    with pytest.raises(Refusal) as open_one:
        services.close(review.session, actor=None)
    services.refuse_correction(row, actor=review.supervisor)
    with pytest.raises(Conflict):
        services.approve_correction(row, actor=review.supervisor)
    sheet.refresh_from_db()
    assert (open_one.value.code, sheet.total, review.reload().entries[0].score) == ("still-open", 90, Decimal("80.00"))
