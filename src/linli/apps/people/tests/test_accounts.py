"""A new password for somebody who forgot the old one."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Role
from linli.site.cli import main

pytestmark = pytest.mark.django_db
NEW = "another-long-phrase-8"


@pytest.fixture
def forgetful() -> User:
    return make_user(Role.COMMUNITY_WORKER, make_district().community, username="forgetful")


def test_it_lets_the_account_in_by_the_new_password_only(forgetful: User) -> None:
    services.give_password(forgetful, password=NEW, actor=None)
    assert authenticate(username="forgetful", password=PASSWORD) is None
    assert authenticate(username="forgetful", password=NEW) == forgetful
    assert AuditRow.objects.filter(action="people.user.password", ref_id=forgetful.pk).count() == 1


def test_it_ends_the_sessions_of_the_account(forgetful: User) -> None:
    client = Client()
    client.force_login(forgetful, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/").status_code == 200
    services.give_password(forgetful, password=NEW, actor=None)
    assert client.get("/desk/").status_code == 302


def test_it_refuses_others_and_weak_passwords_and_closed_accounts(forgetful: User) -> None:
    with pytest.raises(NotAllowed):
        services.give_password(forgetful, password=NEW, actor=forgetful)
    with pytest.raises(Refusal):
        services.give_password(forgetful, password="12345678", actor=None)
    services.close_account(forgetful, actor=None)
    with pytest.raises(Refusal):
        services.give_password(forgetful, password=NEW, actor=None)
    assert AuditRow.objects.filter(action="people.user.password").count() == 0


def test_it_is_given_from_the_terminal(forgetful: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["setpassword", "Forgetful", "--password", NEW]) == 0
    assert "forgetful" in capsys.readouterr().out
    assert authenticate(username="forgetful", password=NEW) == forgetful


def test_it_says_that_there_is_no_such_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["setpassword", "nobody", "--password", NEW]) == 1
    assert "nobody" in capsys.readouterr().err
