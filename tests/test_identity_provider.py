"""Signing in by the house's identity provider: a linked person only, and only by an answer that stands every check."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role
from linli.site.settings.identity import providers
from tests.support.identity import IdentityProvider, identity_provider, new_key

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

START = "/accounts/oidc/house/login/"
BACK = "/accounts/oidc/house/login/callback/"


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def house(running: IdentityProvider, settings: Any) -> IdentityProvider:
    """An honest provider, trusted by this house."""
    running.signed_by, running.claims, running.without_token, running.refuses = None, {}, False, False
    running.nonsense = {}
    settings.SOCIALACCOUNT_PROVIDERS = running.settings()
    return running


@pytest.fixture
def officer() -> User:
    return make_user(Role.STREET_OFFICER, make_district().street, username="officer")


def leave(client: Client, process: str = "login") -> str:
    """Press the button; the provider's address the browser is led to."""
    page = client.post(f"{START}?process={process}")
    address: str = page.context["address"]
    return address


def visit(address: str) -> str:
    """Go to the provider; the address here it sends the browser back to."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = connection.getresponse().getheader("Location") or ""
    connection.close()
    return back.removeprefix("http://testserver")


def link(user: User, subject: str = "person-1") -> None:
    SocialAccount.objects.create(user=user, provider="house", uid=subject)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_it_signs_in_the_linked_person(client: Client, house: IdentityProvider, officer: User) -> None:
    link(officer)
    assert (client.get(visit(leave(client)))["Location"], is_in(client)) == ("/desk/", True)


def test_it_opens_no_account_for_somebody_unknown(client: Client, house: IdentityProvider, officer: User) -> None:
    answer = client.get(visit(leave(client)), follow=True)
    assert "账号由管理员开通" in answer.content.decode()
    assert (is_in(client), User.objects.count(), SocialAccount.objects.count()) == (False, 1, 0)


def test_it_links_the_signed_in_person_and_nobody_else(client: Client, house: IdentityProvider, officer: User) -> None:
    client.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    client.get(visit(leave(client, "connect")))
    assert list(SocialAccount.objects.values_list("user__username", "uid")) == [("officer", "person-1")]
    other = Client()
    make_user(username="other")
    other.post("/accounts/login/", {"login": "other", "password": PASSWORD})
    page = other.get(visit(leave(other, "connect")), follow=True)
    assert ("已关联其他账号" in page.content.decode(), SocialAccount.objects.count()) == (True, 1)


def test_it_unlinks(client: Client, house: IdentityProvider, officer: User) -> None:
    link(officer)
    client.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    client.post("/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.count() == 0


def test_a_link_elsewhere_starts_nothing(client: Client, house: IdentityProvider) -> None:
    page = client.get(f"{START}?process=login")
    assert (page.status_code, page.context.get("address"), "socialaccount_states" in client.session) == (
        200,
        None,
        False,
    )


def test_the_start_is_no_redirect_so_that_the_policy_lets_the_form_go(client: Client, house: IdentityProvider) -> None:
    page = client.post(f"{START}?process=login")
    policy = page["Content-Security-Policy"]
    assert (page.status_code, f"form-action 'self' {house.address}" in policy, "Location" in page) == (200, True, False)


def test_it_sends_state_nonce_and_challenge(client: Client, house: IdentityProvider) -> None:
    sent = parse_qs(urlsplit(leave(client)).query)
    assert sorted(sent) == [
        "client_id", "code_challenge", "code_challenge_method", "nonce", "redirect_uri", "response_type", "scope",
        "state",
    ]  # fmt: skip


LIES: dict[str, dict[str, Any]] = {
    "a nonce of another browser": {"claims": {"nonce": "another"}},
    "another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "another audience": {"claims": {"aud": "other-house"}},
    "a token that ran out": {"claims": {"exp": 1_700_000_000}},
    "another key": {"signed_by": new_key()},
    "no token": {"without_token": True},
    "a token that never ends": {"claims": {"exp": None}},
    "no subject": {"claims": {"sub": None}},
    "a subject that is no text": {"claims": {"sub": 7}},
    "an empty subject": {"claims": {"sub": ""}},
    "a subject without end": {"claims": {"sub": "p" * 192}},
    "a page instead of a token": {"nonsense": {"/token": "<html>sign in</html>"}},
    "a list instead of a token": {"nonsense": {"/token": ["id_token"]}},
    "a token that is none": {"nonsense": {"/token": {"access_token": "opaque", "id_token": "a.b.c"}}},
    "a number for a token": {"nonsense": {"/token": {"access_token": "opaque", "id_token": 7}}},
    "no keys": {"nonsense": {"/keys": {"keys": []}}},
    "keys that are none": {"nonsense": {"/keys": ["one"]}},
}


@pytest.mark.parametrize("lie", LIES)
def test_it_takes_no_answer_with(lie: str, client: Client, house: IdentityProvider, officer: User) -> None:
    link(officer)
    for name, value in LIES[lie].items():
        setattr(house, name, value)
    answer = client.get(visit(leave(client)))
    assert (answer.status_code, is_in(client)) == (401, False)


UNREADABLE: tuple[Any, ...] = (
    "<html>maintenance</html>", [], {}, {"issuer": 1, "jwks_uri": 2},
    {"issuer": "https://a.example", "jwks_uri": "https://a.example", "token_endpoint": "https://a.example",
     "authorization_endpoint": "javascript:alert(1)"},
)  # fmt: skip


@pytest.mark.parametrize("said", UNREADABLE)
def test_it_goes_nowhere_when_the_provider_publishes_nonsense(
    said: Any, client: Client, house: IdentityProvider
) -> None:
    house.nonsense = {"/.well-known/openid-configuration": said}
    page = client.post(START)
    assert (page.status_code, "请用用户名和密码登录" in page.content.decode()) == (503, True)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"])
def test_it_leads_nowhere_else_afterwards(
    elsewhere: str, client: Client, house: IdentityProvider, officer: User
) -> None:
    link(officer)
    back = visit(client.post(START, {"process": "login", "next": elsewhere}).context["address"])
    assert client.get(back)["Location"] == "/desk/"


def test_it_leads_where_one_wanted_to_go(client: Client, house: IdentityProvider, officer: User) -> None:
    link(officer)
    back = visit(client.post(START, {"process": "login", "next": "/desk/cards/"}).context["address"])
    assert client.get(back)["Location"] == "/desk/cards/"


def test_nobody_is_signed_in_as_somebody_else_by_a_link(client: Client, house: IdentityProvider, officer: User) -> None:
    """Somebody begins, keeps the answer of the provider for himself and sends it to another: sign-in by a link."""
    link(officer)
    back = visit(leave(Client()))
    other = Client()
    other.post("/accounts/login/", {"login": make_user(username="other").username, "password": PASSWORD})
    kept = other.session["_auth_user_id"]
    assert (other.get(back).status_code, other.session["_auth_user_id"]) == (401, kept)


def test_it_takes_no_state_of_another_browser(client: Client, house: IdentityProvider, officer: User) -> None:
    link(officer)
    back = visit(leave(Client()))
    assert (client.get(back).status_code, is_in(client)) == (401, False)


def test_it_takes_an_answer_once(client: Client, house: IdentityProvider, officer: User) -> None:
    link(officer)
    back = visit(leave(client))
    client.get(back)
    client.logout()
    assert (client.get(back).status_code, is_in(client)) == (401, False)


def test_it_says_so_when_the_person_stopped_there(client: Client, house: IdentityProvider) -> None:
    house.refuses = True
    answer = client.get(visit(leave(client)), follow=True)
    assert "您在统一身份认证处取消了登录" in answer.content.decode()


def test_a_closed_account_does_not_sign_in(client: Client, house: IdentityProvider, officer: User) -> None:
    link(officer)
    User.objects.update(is_active=False)
    client.get(visit(leave(client)))
    assert is_in(client) is False


def test_it_asks_for_the_second_step_here_too(client: Client, house: IdentityProvider, officer: User) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    link(officer)
    assert client.get(visit(leave(client)))["Location"] == "/accounts/2fa/authenticate/"


def test_it_goes_on_with_a_password_when_the_provider_is_away(client: Client, settings: Any) -> None:
    away = IdentityProvider(address="http://127.0.0.1:9")
    settings.SOCIALACCOUNT_PROVIDERS = away.settings()
    assert (client.post(START).status_code, client.get("/accounts/login/").status_code) == (503, 200)


def test_a_house_without_a_provider_offers_none(client: Client) -> None:
    assert (client.get(START).status_code, "统一身份" in client.get("/accounts/login/").content.decode()) == (
        404,
        False,
    )


@pytest.mark.parametrize(
    ("server", "loopback"), [("http://id.example", True), ("http://127.0.0.1:1", False), ("ftp://127.0.0.1", False)]
)
def test_it_refuses_a_provider_without_https(server: str, loopback: bool) -> None:
    with pytest.raises(ImproperlyConfigured):
        providers({"LINLI_OIDC_SERVER": server}, loopback=loopback)
