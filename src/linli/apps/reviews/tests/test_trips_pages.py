"""The desk's pages of a session that is out: the file for the laptop, the way back by upload."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.apps.reviews import services
from linli.apps.reviews.models import RoomTrip, ScoreSheet, SessionState, TripState
from linli.apps.reviews.tests.factories import Review, make_review
from linli.apps.reviews.tests.laptops import PASSPHRASE, laptop, taken_out
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@pytest.fixture
def review() -> Review:
    return make_review(make_district().street, judges=3, entries=1).start()


@pytest.fixture
def officer(review: Review) -> Client:
    client = Client()
    client.force_login(make_user(Role.STREET_OFFICER, review.session.place, name="石街"))
    return client


def at(review: Review, path: str = "") -> str:
    return f"/desk/reviews/{review.session.pk}/{path}"


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def fetched(client: Client, review: Review, passphrase: str = PASSPHRASE) -> bytes:
    answer = client.post(at(review, "laptop/file/"), {"passphrase": passphrase})
    assert (answer.status_code, answer["Content-Disposition"]) == (
        200, f'attachment; filename="{review.session.code}-out.linli-room"',
    )  # fmt: skip
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]  # a file's answer is told in pieces


def judged(away: Review) -> None:
    away.hand_in(0, {0: 90, 1: 70, 2: 80})
    away.finish(0)


def test_it_goes_out_and_comes_home_by_the_pages(review: Review, officer: Client, tmp_path: Path) -> None:
    second = make_user(Role.STREET_OFFICER, review.session.place, name="陆助")
    assert "带到笔记本上举行" in words(officer, at(review))
    led = officer.post(at(review, "laptop/"), {"typist": str(second.pk)})
    assert (led["Location"], "linli room serve" in words(officer, led["Location"])) == (
        at(review, "laptop/file/"),
        True,
    )
    with laptop(fetched(officer, review), tmp_path) as away:
        judged(away)
        page = words(officer, at(review))
        assert ("写出带回街道的文件" in page, "查找回避情形" in page) == (True, False)
        answer = officer.post(at(review, "laptop/back/"))
        back = b"".join(answer.streaming_content)  # type: ignore[arg-type]  # a file's answer is told in pieces
    page = words(officer, at(review))
    assert [word for word in ("在笔记本上举行", "由石街带出", "从笔记本召回") if word not in page] == []
    assert "退出评审" not in page
    home = officer.post(
        at(review, "laptop/take-in/"), {"file": SimpleUploadedFile("back.linli-room", back)}, follow=True
    )
    assert "笔记本的文件已收回" in home.content.decode()
    results = words(officer, at(review, "results/"))
    assert [word in results for word in ("80.00", "去掉的最高分", "入选")] == [True, False, False]
    assert (review.reload().session.state, ScoreSheet.objects.count()) == (SessionState.RUNNING, 3)
    trip = RoomTrip.objects.get()
    assert [one["name"] for one in trip.accounts] == ["石街", "陆助"]
    assert (trip.state, trip.ended_by) == (TripState.TAKEN_IN, "石街")


def test_it_tells_a_tampered_file_beside_the_field(review: Review, officer: Client) -> None:
    file = taken_out(review)
    answer = officer.post(at(review, "laptop/take-in/"), {"file": SimpleUploadedFile("x", file[:-50])})
    assert (answer.status_code, "这不是笔记本评审会的文件" in answer.content.decode()) == (422, True)
    assert RoomTrip.objects.get().state == TripState.OUT


def test_it_asks_for_a_passphrase_nobody_guesses(review: Review, officer: Client) -> None:
    taken_out(review)
    answer = officer.post(at(review, "laptop/file/"), {"passphrase": "123456"})
    assert (answer.status_code, "口令至少10个字符" in answer.content.decode()) == (422, True)


def test_it_is_called_back_with_a_reason(review: Review, officer: Client) -> None:
    taken_out(review)
    assert officer.post(at(review, "call_back/"), {"reason": ""}).status_code == 422
    page = officer.post(at(review, "call_back/"), {"reason": "网络已恢复"}, follow=True).content.decode()
    assert ("评审会在这里继续" in page, "网络已恢复" in page) == (True, True)
    assert officer.get(at(review, "laptop/file/")).status_code == 404
    assert review.reload().session.state == SessionState.RUNNING


def test_it_tells_whoever_sits_in_the_house_that_the_review_is_out(review: Review) -> None:
    taken_out(review)
    room = Client()
    assert room.get(f"/room/{review.session.code}/").status_code == 200
    answer = room.post(f"/room/{review.session.code}/", {"pin": "12345678"})
    assert "在笔记本上举行" in answer.content.decode()


def test_it_gives_the_laptop_accounts_and_pins_of_its_own(review: Review, tmp_path: Path) -> None:
    with laptop(taken_out(review), tmp_path) as away:
        trip = RoomTrip.objects.select_related("session").get()
        ((name, username, password),) = services.desk_of(trip)
        assert services.desk_of(trip) == [(name, username, password)]
        assert Client().login(username=username, password=password)
        pins = services.pins_of(trip.session)
        room = Client().post(f"/room/{away.session.code}/", {"pin": pins[-1][2]})
    assert (username, room.status_code, len(pins)) == ("organizer", 302, 6)
