"""Signing in and out: one lock-out counter, no sign-up, each to his own front page."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role
from linli.kernel.ui.pages.errors import LOCKED

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def counted(settings: Any) -> None:
    settings.AXES_ENABLED = True


def attempt(client: Client, password: str, username: str = "officer") -> int:
    return client.post(LOGIN, {"login": username, "password": password}).status_code


@pytest.fixture
def officer() -> User:
    return make_user(Role.STREET_OFFICER, make_district().street, username="officer")


def test_it_takes_staff_to_the_desk(client: Client, officer: User) -> None:
    response = client.post(LOGIN, {"login": "officer", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/desk/")


def test_it_takes_residents_to_the_portal(client: Client) -> None:
    make_user(Role.RESIDENT, make_district().community, username="resident")
    response = client.post(LOGIN, {"login": "resident", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_it_brings_a_stranger_back_to_the_page_he_wanted(client: Client, officer: User) -> None:
    wanted = client.get("/desk/cards/")["Location"]
    response = client.post(wanted, {"login": "officer", "password": PASSWORD})
    assert (wanted, response["Location"]) == ("/accounts/login/?next=/desk/cards/", "/desk/cards/")


def test_it_leads_to_no_other_site_after_signing_in(client: Client, officer: User) -> None:
    response = client.post(f"{LOGIN}?next=https://elsewhere.example/", {"login": "officer", "password": PASSWORD})
    assert response["Location"] == "/desk/"


def test_five_wrong_passwords_close_the_account_even_to_the_right_one(client: Client, officer: User) -> None:
    tried = [attempt(client, "wrong-wrong-wrong") for _number in range(5)]
    assert (tried, attempt(client, PASSWORD)) == ([200, 200, 200, 200, 429], 429)
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("spelled", ["OFFICER", "Officer", " officer "])
def test_it_counts_one_account_however_its_name_is_spelled(client: Client, officer: User, spelled: str) -> None:
    for _number in range(5):
        attempt(client, "wrong-wrong-wrong")
    assert attempt(client, PASSWORD, spelled) == 429


def test_four_wrong_passwords_do_not(client: Client, officer: User) -> None:
    for _number in range(4):
        attempt(client, "wrong-wrong-wrong")
    assert attempt(client, PASSWORD) == 302


def test_the_account_opens_again_when_the_time_has_passed(client: Client, officer: User) -> None:
    for _number in range(5):
        attempt(client, "wrong-wrong-wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=31))
    assert attempt(client, PASSWORD) == 302


def test_another_account_on_the_same_device_stays_open(client: Client, officer: User) -> None:
    make_user(username="neighbour")
    for _number in range(5):
        attempt(client, "wrong-wrong-wrong")
    assert attempt(client, PASSWORD, "neighbour") == 302


def test_the_lock_is_told_in_a_sentence(client: Client, officer: User) -> None:
    for _number in range(5):
        attempt(client, "wrong-wrong-wrong")
    page = client.post(LOGIN, {"login": "officer", "password": PASSWORD})
    assert str(LOCKED.title) in page.content.decode()


def test_nobody_signs_himself_up(client: Client) -> None:
    form = {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD}
    client.get("/accounts/signup/")
    client.post("/accounts/signup/", form)
    assert not User.objects.filter(username="newcomer").exists()


def test_a_closed_account_does_not_sign_in(client: Client, officer: User) -> None:
    User.objects.update(is_active=False)
    attempt(client, PASSWORD)
    assert client.get("/desk/").status_code == 302


def test_an_account_closed_meanwhile_is_signed_out_at_the_next_page(client: Client, officer: User) -> None:
    attempt(client, PASSWORD)
    User.objects.update(is_active=False)
    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"


def test_signing_out_ends_the_session_and_leads_to_the_portal(client: Client, officer: User) -> None:
    attempt(client, PASSWORD)
    response = client.post("/accounts/logout/")
    assert (response["Location"], client.get("/desk/").status_code) == ("/", 302)


def test_a_new_session_key_is_given_on_signing_in(client: Client, officer: User) -> None:
    client.get(LOGIN)
    client.session["before"] = 1
    client.session.save()
    before = client.session.session_key
    attempt(client, PASSWORD)
    assert client.session.session_key != before


def test_the_second_step_is_set_up_at_once_after_signing_in(client: Client, officer: User) -> None:
    attempt(client, PASSWORD)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_later_the_second_step_is_set_up_after_giving_the_password_again(client: Client, officer: User) -> None:
    attempt(client, PASSWORD)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 301
    session.save()
    wanted = "/accounts/2fa/totp/activate/"
    asked = client.get(wanted)
    again = client.post(asked["Location"], {"password": PASSWORD})
    assert (again["Location"], client.get(wanted).status_code) == (wanted, 200)
