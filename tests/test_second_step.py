"""The second step of signing in, and what becomes of a forgotten password."""

from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
SECOND = "/accounts/2fa/authenticate/"
SECRET = "JBSWY3DPEHPK3PXP"  # invented
RESET = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def counted(settings: Any) -> None:
    settings.AXES_ENABLED = True


@pytest.fixture
def officer() -> User:
    user = make_user(Role.STREET_OFFICER, make_district().street, username="officer")
    totp.TOTP.activate(user, SECRET)
    return user


def right_code() -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code: str = totp.format_hotp_value(totp.hotp_value(SECRET, counter))
    return code


def wrong_code() -> str:
    return "0" * 6 if right_code() != "0" * 6 else "1" * 6


def first_step(client: Client) -> int:
    return client.post(LOGIN, {"login": "officer", "password": PASSWORD}).status_code


def test_it_asks_for_the_code_after_the_password(client: Client, officer: User) -> None:
    response = client.post(LOGIN, {"login": "officer", "password": PASSWORD})
    assert (response["Location"], client.get("/desk/").status_code) == (SECOND, 302)


def test_it_opens_to_the_right_code(client: Client, officer: User) -> None:
    first_step(client)
    client.post(SECOND, {"code": wrong_code()})
    assert client.post(SECOND, {"code": right_code()})["Location"] == "/desk/"


def test_it_closes_the_account_after_five_wrong_codes_even_to_the_right_one(client: Client, officer: User) -> None:
    first_step(client)
    tried = [client.post(SECOND, {"code": wrong_code()}).status_code for _number in range(5)]
    assert (tried, client.post(SECOND, {"code": right_code()}).status_code) == ([200, 200, 200, 200, 429], 429)
    assert (first_step(Client()), client.get("/desk/").status_code) == (429, 302)


def test_it_promises_no_mail_where_the_house_sends_none(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    answers = (client.get(RESET).status_code, client.post(RESET, {"email": "nobody@linli.example"}).status_code)
    assert answers == (200, 200)
    assert "不发送电子邮件" in client.get(RESET).content.decode()


def test_it_sends_a_link_where_the_house_sends_mail(client: Client) -> None:
    make_user(Role.RESIDENT, make_district().community, username="writer")
    User.objects.update(email="writer@linli.example")
    client.post(RESET, {"email": "writer@linli.example"})
    assert [message.to for message in mail.outbox] == [["writer@linli.example"]]
