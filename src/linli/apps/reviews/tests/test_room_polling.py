"""Looking at the room costs one small read while nothing changes, and one drawing a change for all who watch."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.apps.places.tests.factories import make_district
from linli.apps.reviews import services
from linli.apps.reviews.bench.crowd import Crowd
from linli.apps.reviews.models import SeatPass
from linli.apps.reviews.services import room as seats
from linli.apps.reviews.tests.factories import Review, make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    """A started review with an entry called and a PIN for every seat; nothing drawn before."""
    cache.clear()
    found = make_review(make_district().street).start()
    seats.issue_pins(found.session, actor=None)
    services.call_entry(found.entries[0], actor=found.host)
    return found


def look(client: Client, path: str, tag: str = "") -> tuple[int, int, str]:
    """(status, queries, tag) of one look."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, headers={"if-none-match": tag} if tag else {})
    return answer.status_code, len(queries), answer["ETag"]


def test_it_answers_an_unchanged_screen_304_after_one_query(review: Review) -> None:
    path = f"/room/{review.session.code}/1/screen/now/"
    client = Client()
    status, queries, tag = look(client, path)
    assert (status, queries) == (200, 3)
    assert [look(client, path, tag)[:2] for _turn in range(3)] == [(304, 1)] * 3
    assert client.get(path, headers={"if-none-match": tag}).content == b""


def test_it_draws_a_change_once_for_all_who_watch(review: Review) -> None:
    path = f"/room/{review.session.code}/1/screen/now/"
    tag = look(Client(), path)[2]
    services.run_clock(review.panel, clock="talk", actor=review.host)
    assert [look(Client(), path, tag)[:2] for _watcher in range(4)] == [(200, 3), (200, 1), (200, 1), (200, 1)]


def test_it_answers_a_judge_304_after_one_query_and_notes_now_and_then_that_he_is_there(review: Review) -> None:
    judge, client = review.judges[0], Client()
    client.post(f"/room/{review.session.code}/", {"pin": seats.pin_of(SeatPass.objects.get(seat=judge))})
    path = f"/room/{review.session.code}/1/now/"
    tag = look(client, path)[2]
    assert [look(client, path, tag)[:2] for _turn in range(5)] == [(304, 1)] * 5
    SeatPass.objects.filter(seat=judge).update(seen_at=timezone.now() - timedelta(seconds=30))
    assert [look(client, path, tag)[:2] for _turn in range(5)] == [(304, 2), *[(304, 1)] * 4]


def test_at_most_a_fifth_of_the_looks_of_a_hall_ask_more_than_the_version(review: Review) -> None:
    crowd = Crowd(review.session.code, watchers=20)
    crowd.look()
    services.run_clock(review.panel, clock="talk", actor=review.host)
    for _round in range(5):
        crowd.look()
    figures = crowd.figures
    assert (figures.looks, figures.beyond, figures.unchanged) == (120, 2, 80)
