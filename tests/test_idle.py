"""A quiet session ends; a busy one goes on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(
        make_user(Role.SYSTEM_ADMINISTRATOR, make_district().district),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    client.get("/desk/settings/")
    return client


def _last_seen(client: Client, **ago: int) -> None:
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(**ago)).isoformat()
    session.save()


def test_it_lets_a_person_work_on_within_the_quiet_time(client: Client) -> None:
    _last_seen(client, minutes=20)
    assert client.get("/desk/settings/").status_code == 200


def test_it_signs_out_after_the_quiet_time_and_leads_back_to_the_page(client: Client) -> None:
    _last_seen(client, minutes=22)
    answer = client.get("/desk/settings/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/desk/settings/")
    assert client.get("/desk/settings/").status_code == 302


def test_it_leads_back_to_the_form_that_was_sent_too_late(client: Client) -> None:
    _last_seen(client, minutes=22)
    answer = client.post(
        "/desk/settings/audit.retention_days/", {}, headers={"referer": "/desk/settings/audit.retention_days/"}
    )
    assert answer["Location"] == "/accounts/login/?next=/desk/settings/audit.retention_days/"


def test_it_does_not_take_what_a_page_fetches_by_itself_for_life(client: Client) -> None:
    _last_seen(client, minutes=10)
    before = client.session["seen_at"]
    client.get("/desk/settings/", headers={"hx-request": "true"})
    assert client.session["seen_at"] == before
    client.post("/keep-alive/")
    assert client.session["seen_at"] > before


def test_it_writes_a_sign_of_life_once_a_minute_at_most(client: Client) -> None:
    with CaptureQueriesContext(connection) as seen:
        client.get("/desk/settings/")
    assert [query["sql"] for query in seen if query["sql"].startswith("UPDATE")] == []


def test_it_keeps_the_session_when_the_clock_was_set_back(client: Client) -> None:
    _last_seen(client, hours=-5)
    assert client.get("/desk/settings/").status_code == 200
