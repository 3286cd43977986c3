"""A new password for somebody who forgot the old one."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.models import Level, Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
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


def test_it_keeps_one_account_a_staff_number(forgetful: User) -> None:
    services.correct_account(forgetful, name=None, email=None, staff_number=" 3301 ", actor=None)
    services.correct_account(forgetful, name=None, email=None, staff_number="3301", actor=None)
    other = make_user(username="other")
    with pytest.raises(Refusal) as told:
        services.correct_account(other, name=None, email=None, staff_number="3301", actor=None)
    with pytest.raises(Refusal):
        services.open_account(username="third", name="叁", password=None, staff_number="3301", actor=None)
    numbers = dict(User.objects.values_list("username", "staff_number"))
    assert (told.value.field, numbers) == ("staff_number", {"forgetful": "3301", "other": ""})


def test_it_closes_the_door_behind_who_left_and_opens_it_again(forgetful: User) -> None:
    client = Client()
    client.force_login(forgetful, backend="django.contrib.auth.backends.ModelBackend")
    assert [services.leave(forgetful, actor=None), services.leave(forgetful, actor=None)] == [True, False]
    inside = client.get("/desk/").status_code == 200
    assert (inside, authenticate(username="forgetful", password=PASSWORD), forgetful.posts.count()) == (False, None, 1)
    services.let_in_again(forgetful, actor=None)
    assert authenticate(username="forgetful", password=PASSWORD) == forgetful
    with pytest.raises(Conflict):
        services.let_in_again(forgetful, actor=None)
    actions = AuditRow.objects.filter(ref_id=forgetful.pk).order_by("number").values_list("action", flat=True)
    assert list(actions)[-2:] == ["people.user.leave", "people.user.return"]


def test_it_lets_nobody_else_close_or_open_it(forgetful: User) -> None:
    for verb in (services.leave, services.let_in_again):
        with pytest.raises(NotAllowed):
            verb(forgetful, actor=forgetful)
    services.close_account(forgetful, actor=None)
    with pytest.raises(Conflict):
        services.let_in_again(forgetful, actor=None)


def test_the_page_of_the_account_says_who_left_and_lets_him_in(forgetful: User) -> None:
    district = Place.objects.get(level=Level.DISTRICT)
    keeper, client = make_user(Role.SYSTEM_ADMINISTRATOR, district, username="keeper"), Client()
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    services.leave(forgetful, actor=None)
    assert "统一身份目录中已无此人" in client.get(f"/desk/accounts/{forgetful.pk}/").content.decode()
    client.post(f"/desk/accounts/{forgetful.pk}/let-in/")
    assert User.objects.get(pk=forgetful.pk).is_active is True
