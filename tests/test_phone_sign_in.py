"""Signing in by telephone number: written in any way, counted as one account, telling nobody who is known."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
NUMBER = "13000000042"


@pytest.fixture(autouse=True)
def counted(settings: Any) -> None:
    settings.AXES_ENABLED = True


@pytest.fixture
def officer() -> User:
    return give_number(make_user(Role.STREET_OFFICER, make_district().street, username="officer"))


def give_number(user: User) -> User:
    return services.correct_account(user, name=None, email=None, phone=NUMBER, actor=None)


def attempt(client: Client, login: str, password: str = PASSWORD) -> int:
    return client.post(LOGIN, {"login": login, "password": password}).status_code


@pytest.mark.parametrize(
    "written", [NUMBER, "130 0000 0042", "130-0000-0042", "+86 13000000042", "１３０００００００４２", " 13000000042 "]
)
def test_it_finds_the_account_however_the_number_is_written(client: Client, officer: User, written: str) -> None:
    assert attempt(client, written) == 302


def test_it_reads_a_user_name_in_full_width_letters(client: Client, officer: User) -> None:
    assert attempt(client, "ｏｆｆｉｃｅｒ") == 302


def test_it_takes_no_number_that_two_accounts_share(client: Client, officer: User) -> None:
    give_number(make_user(username="sister"))
    assert (attempt(client, NUMBER), attempt(client, "officer")) == (200, 302)


def test_it_counts_name_and_number_as_one_account(client: Client, officer: User) -> None:
    tried = [attempt(client, name, "wrong-wrong-wrong") for name in ("officer", NUMBER, "OFFICER", NUMBER, "officer")]
    assert (tried, attempt(client, NUMBER)) == ([200, 200, 200, 200, 429], 429)


def test_it_keeps_no_number_among_the_attempts(client: Client, officer: User) -> None:
    attempt(client, NUMBER, "wrong-wrong-wrong")
    attempt(client, "13000000099", "wrong-wrong-wrong")
    kept = " ".join(str(row) for row in AccessAttempt.objects.values_list())
    assert ("0042" in kept, "0099" in kept) == (False, False)


def _refusal(client: Client, login: str) -> str:
    page = client.post(LOGIN, {"login": login, "password": "wrong-wrong-wrong"})
    (sentence,) = page.context["form"].non_field_errors()
    return str(sentence)


def test_it_answers_alike_whoever_is_asked_for(client: Client, officer: User) -> None:
    closed = make_user(username="closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    asked = ("officer", NUMBER, "13000000099", "nobody", "closed")
    assert {_refusal(Client(), name) for name in asked} == {"用户名、手机号或密码不正确，请重试。"}


def test_it_works_as_long_for_an_account_that_is_not_there(
    client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    counts = []
    for name in ("officer", NUMBER, "nobody", "13000000099"):
        attempt(Client(), name, "wrong-wrong-wrong")
        counts.append(len(hashed))
        hashed.clear()
    assert counts == [1, 1, 1, 1]
