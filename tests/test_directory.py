"""An LDAP directory: it signs in who is linked; who is gone from it loses access; nonsense closes nobody out."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.models import Level, Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role
from linli.site.accounts.elsewhere import directory
from linli.site.cli import main
from linli.site.jobs import compare_with_the_directory
from linli.site.settings.identity import providers
from tests.support.ldap import SECRET, Directory, ldap_directory
from tests.test_identity_provider import is_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
FORM = "/accounts/identity/ldap/login/"
STAFF = 30


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    with ldap_directory(tmp_path_factory.mktemp("ldap")) as known:
        yield known


@pytest.fixture
def unit(running: Directory, settings: Any) -> Directory:
    """An honest directory of thirty people, trusted by this house."""
    running.people, running.mood, running.plain = {}, "", False
    for one in range(STAFF):
        running.add(f"p{one}", number=f"33{one:02}")
    running.trust(settings)
    return running


@pytest.fixture
def officer() -> User:
    return make_user(Role.STREET_OFFICER, make_district().street, username="officer", name="贺文佳")


def link(user: User, subject: str = "id-p0", provider: str = "ldap") -> None:
    SocialAccount.objects.create(user=user, provider=provider, uid=subject)


def enter(client: Client, name: str = "p0", password: str = SECRET, **more: str) -> Any:
    return client.post(FORM, {"login": name, "password": password, **more})


@pytest.mark.parametrize("plain", [False, True])
def test_it_signs_in_the_linked_person_over_tls(
    plain: bool, client: Client, unit: Directory, officer: User, settings: Any
) -> None:
    unit.plain = plain  # then by StartTLS
    unit.trust(settings)
    link(officer)
    assert (enter(client)["Location"], is_in(client)) == ("/desk/", True)


WRONG = [("p0", "wrong"), ("p1", SECRET), ("*", SECRET), ("p0)(uid=*", SECRET), ("nobody", SECRET), ("p0", "\0"),
         ("p0", " "), ("p" * 151, SECRET)]  # fmt: skip


@pytest.mark.parametrize(("name", "password"), WRONG)
def test_it_signs_in_nobody_else(name: str, password: str, client: Client, unit: Directory, officer: User) -> None:
    link(officer)
    enter(client, name, password)
    assert (is_in(client), User.objects.count()) == (False, 1)


def test_an_empty_password_which_the_server_would_take_is_none(client: Client, unit: Directory, officer: User) -> None:
    link(officer)
    assert (unit.binds("uid=p0,ou=people,o=district", ""), enter(client, password="").status_code) == (True, 422)
    assert is_in(client) is False


def test_two_entries_of_one_name_are_nobody(client: Client, unit: Directory, officer: User) -> None:
    link(officer)
    unit.people["double"] = (SECRET, unit.people["p1"][1] | {"uid": [b"p0"]})
    assert (enter(client).status_code, is_in(client)) == (422, False)


def test_it_links_by_the_form_and_by_the_staff_number(client: Client, unit: Directory, officer: User) -> None:
    client.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    assert enter(client, process="connect")["Location"] == "/accounts/3rdparty/"
    second = make_user(username="second")
    services.correct_account(second, name=None, email=None, staff_number="3307", actor=None)
    enter(Client(), "p7")
    found = SocialAccount.objects.order_by("pk").values_list("user__username", "provider", "uid")
    assert list(found) == [("officer", "ldap", "id-p0"), ("second", "ldap", "id-p7")]


def test_it_leads_nowhere_else_afterwards(client: Client, unit: Directory, officer: User) -> None:
    link(officer)
    assert enter(client, next="https://evil.example/")["Location"] == "/desk/"
    client.logout()
    assert enter(client, next="/desk/cards/")["Location"] == "/desk/cards/"


def test_failures_are_counted_like_our_own(client: Client, unit: Directory, officer: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    link(officer)
    tried = [enter(client, "P0" if one % 2 else "p0", "wrong").status_code for one in range(5)]
    assert (tried, enter(client).status_code, is_in(client)) == ([422, 422, 422, 422, 429], 429, False)
    assert Client().post("/accounts/login/", {"login": "officer", "password": PASSWORD}).status_code == 302


def test_it_asks_for_the_second_step_here_too(client: Client, unit: Directory, officer: User) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    link(officer)
    assert (enter(client)["Location"], is_in(client)) == ("/accounts/2fa/authenticate/", False)


@pytest.mark.parametrize("wrong", [{"CA": ""}, {"SERVER": "ldaps://127.0.0.1:9"}, {"PASSWORD": "stale"}])
def test_it_goes_on_with_a_password_when_the_directory_is_away_or_another(
    wrong: dict[str, str], client: Client, unit: Directory, officer: User, settings: Any
) -> None:
    unit.trust(settings, **wrong)
    link(officer)
    page = enter(client)
    assert (page.status_code, "请用用户名和密码登录" in page.content.decode(), is_in(client)) == (503, True, False)
    assert client.post("/accounts/login/", {"login": "officer", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("server", ["http://ldap.example", "ldap://", "ldap.example"])
def test_it_refuses_an_address_that_is_none(server: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="LINLI_LDAP_SERVER"):
        providers({"LINLI_LDAP_SERVER": server}, loopback=True)
    with pytest.raises(ImproperlyConfigured, match="LINLI_LDAP_BASE"):
        providers({"LINLI_LDAP_SERVER": "ldaps://ldap.example"}, loopback=True)


@pytest.fixture
def staff(unit: Directory, officer: User) -> list[User]:
    """Thirty linked accounts, and the system administrator who is not."""
    make_user(Role.SYSTEM_ADMINISTRATOR, Place.objects.get(level=Level.DISTRICT), username="keeper")
    made = [User(username=f"p{one}", name=f"职工{one}") for one in range(STAFF)]
    User.objects.bulk_create(made)
    for one, user in enumerate(made):
        link(user, f"id-p{one}")
    return made


def follow() -> list[str]:
    """The clock's work; what the system administrator reads then."""
    compare_with_the_directory.enqueue()
    run_waiting()
    return list(Notice.objects.filter(kind__startswith="site.directory").order_by("pk").values_list("text", flat=True))


def closed() -> list[str]:
    return list(User.objects.filter(is_active=False).order_by("username").values_list("username", flat=True))


def test_who_is_gone_is_signed_out_and_closed_and_told(unit: Directory, staff: list[User]) -> None:
    client = Client()
    link(staff[3], "other", provider="wecom")
    client.post(FORM, {"login": "p3", "password": SECRET})
    inside = UserSession.objects.filter(user=staff[3]).count()
    del unit.people["p3"]
    (told,) = follow()
    assert told == "职工3（p3）已不在目录中：已在各处退出登录，账号已停用。岗位和未办事项保留，直到办理工作交接。"
    assert (inside, UserSession.objects.count(), client.get("/my/").status_code) == (1, 0, 302)
    assert (closed(), AuditRow.objects.filter(action="people.user.leave", ref_id=staff[3].pk).count()) == (["p3"], 1)
    assert (follow(), list(Notice.objects.values_list("recipient", flat=True))) == (
        [told],
        [User.objects.get(username="keeper").pk],
    )
    unit.add("p3")
    assert (enter(Client(), "p3").status_code, closed()) == (403, ["p3"])


def test_nobody_else_is_touched(unit: Directory, staff: list[User]) -> None:
    User.objects.create_user("local", PASSWORD, name="本地")
    assert (follow(), closed()) == ([], [])


def test_who_came_by_a_service_that_cannot_tell_is_found_by_the_staff_number(
    unit: Directory, staff: list[User]
) -> None:
    for name, number in (("here", "3307"), ("gone", "9999")):
        user = User.objects.create_user(name, PASSWORD, name=name, staff_number=number)
        link(user, f"oidc-{name}", provider="house")
    follow()
    assert closed() == ["gone"]


@pytest.mark.parametrize("mood", ["nonsense", "cut", "busy", "hangs", "empty", "away", "no key"])
def test_a_directory_that_answers_nonsense_closes_nobody_out(
    mood: str, unit: Directory, staff: list[User], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "LISTING", 0.3)  # seconds in all
    del unit.people["p3"]
    unit.mood = mood
    if mood == "empty":
        unit.people.clear()
    if mood == "away":
        unit.trust(settings, SERVER="ldaps://127.0.0.1:9")
    if mood == "no key":
        unit.trust(settings, SUBJECT="nothing")
    (told,) = follow()
    assert (closed(), "没有停用任何账号" in told) == ([], True)
    assert follow() == [told]


def test_more_than_a_tenth_at_once_is_believed_only_when_a_person_says_so(
    unit: Directory, staff: list[User], capsys: pytest.CaptureFixture[str]
) -> None:
    for one in range(4):
        del unit.people[f"p{one}"]
    (told,) = follow()
    assert (closed(), "30 个关联账号中一次有 4 个" in told) == ([], True)
    assert (main(["directory"]), closed()) == (1, [])
    assert "p3" in capsys.readouterr().out
    assert (main(["directory", "--close"]), closed()) == (0, ["p0", "p1", "p2", "p3"])
    assert Notice.objects.filter(kind="site.directory.left", text__contains="已不在目录中").count() == 4


def test_a_tenth_is_believed(unit: Directory, staff: list[User]) -> None:
    for one in range(3):
        del unit.people[f"p{one}"]
    follow()
    assert closed() == ["p0", "p1", "p2"]


def test_the_last_system_administrator_is_not_closed_out(unit: Directory, staff: list[User]) -> None:
    link(User.objects.get(username="keeper"), "id-keeper")
    (told,) = follow()
    assert (closed(), "系统管理员" in told) == ([], True)


def test_the_comparison_asks_the_database_as_often_for_many_as_for_few(
    unit: Directory, staff: list[User], django_assert_num_queries: Any
) -> None:
    from linli.site.directory import compare

    with django_assert_num_queries(2):
        assert [(one.compared, one.gone, one.trouble) for one in compare()] == [(30, (), "")]
    SocialAccount.objects.exclude(uid__in=("id-p1", "id-p2")).delete()
    with django_assert_num_queries(2):
        assert [one.compared for one in compare()] == [2]
