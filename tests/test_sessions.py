"""Where one is signed in: every device is listed, none of somebody else's, and each can be signed out from here."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role
from linli.site.accounts.sessions import sessions_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

PAGE = "/accounts/sessions/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
EDGE = f"{WINDOWS} Edg/120.0"
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/98 Mobile Safari/537.36 MicroMessenger/8.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile Safari/604.1"


@pytest.fixture
def officer() -> User:
    return make_user(Role.STREET_OFFICER, make_district().street, username="officer")


def sign_in(agent: str = WINDOWS, username: str = "officer") -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return client


def key_of(client: Client) -> int:
    return UserSession.objects.get(session_key=client.session.session_key).pk


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_it_names_device_and_browser_and_marks_this_one(officer: User) -> None:
    for agent in (PHONE, IPHONE, EDGE):
        sign_in(agent)
    here = sign_in(WINDOWS)
    rows = sessions_of(officer, current=here.session.session_key)
    named = {(str(row.device), str(row.browser)) for row in rows}
    assert named == {
        ("视窗电脑", "谷歌浏览器"), ("视窗电脑", "微软浏览器"), ("安卓设备", "微信"), ("苹果手机", "苹果浏览器")
    }  # fmt: skip
    assert [row.current for row in rows] == [True, False, False, False]


def test_it_tells_when_each_was_last_used(officer: User) -> None:
    old, here = sign_in(), sign_in()
    session = old.session
    session["seen_at"] = (timezone.now() - timedelta(hours=3)).isoformat()
    session.save()
    (other,) = [row for row in sessions_of(officer, current=here.session.session_key) if not row.current]
    assert round((timezone.now() - other.used).total_seconds() / 3600) == 3


def test_it_shows_no_address_and_no_place(officer: User) -> None:
    assert "127.0.0.1" not in sign_in().get(PAGE).content.decode()


def test_it_signs_out_one_other_device(officer: User) -> None:
    here, lost, kept = sign_in(), sign_in(), sign_in()
    answer = here.post(f"{PAGE}{key_of(lost)}/end/")
    assert (answer["Location"], is_in(here), is_in(lost), is_in(kept)) == (PAGE, True, False, True)


def test_it_signs_out_all_others(officer: User) -> None:
    here, first, second = sign_in(), sign_in(), sign_in()
    here.post(f"{PAGE}others/end/")
    assert (is_in(here), is_in(first), is_in(second)) == (True, False, False)


def test_it_ends_no_session_of_somebody_else(officer: User) -> None:
    make_user(Role.STREET_OFFICER, officer.posts_in_force[0].place, username="colleague")
    here, theirs = sign_in(), sign_in(username="colleague")
    assert (here.post(f"{PAGE}{key_of(theirs)}/end/").status_code, is_in(theirs)) == (404, True)


def test_it_does_not_list_what_is_over(officer: User) -> None:
    gone, here = sign_in(), sign_in()
    gone.post("/accounts/logout/")
    assert len(sessions_of(officer, current=here.session.session_key)) == 1


def test_a_new_password_ends_all_others(officer: User) -> None:
    here, other = sign_in(), sign_in()
    form = {"oldpassword": PASSWORD, "password1": "velvet-summit-42", "password2": "velvet-summit-42"}
    here.post("/accounts/password/change/", form)
    rows = sessions_of(User.objects.get(pk=officer.pk), current=here.session.session_key)
    assert (is_in(here), is_in(other), [row.current for row in rows]) == (True, False, [True])


def test_ending_sessions_takes_a_form_and_not_a_link(officer: User) -> None:
    here, other = sign_in(), sign_in()
    codes = (here.get(f"{PAGE}others/end/").status_code, here.get(f"{PAGE}{key_of(other)}/end/").status_code)
    assert (codes, is_in(other)) == ((405, 405), True)
