"""Whose account an identity opens, what counts as its second step, and where the buttons may lead."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.scope import Role
from linli.site.settings.identity import providers
from tests.support.identity import IdentityProvider, identity_provider
from tests.test_identity_provider import is_in, leave, link, visit

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
STAFF = {"LINLI_OIDC_STAFF_NUMBER": "employee_number"}


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def house(running: IdentityProvider, settings: Any) -> IdentityProvider:
    """An honest provider that names staff numbers."""
    running.claims, running.subject = {"employee_number": "3301"}, "person-1"
    settings.SOCIALACCOUNT_PROVIDERS = running.settings(**STAFF)
    return running


@pytest.fixture
def officer() -> User:
    user = make_user(Role.FINANCE_OFFICER, make_district().street, username="officer")
    return services.correct_account(user, name=None, email=None, staff_number="3301", actor=None)


def come(client: Client) -> Any:
    """From the button to the answer."""
    return client.get(visit(leave(client)))


def links() -> list[tuple[str, str]]:
    return list(SocialAccount.objects.order_by("pk").values_list("user__username", "uid"))


def test_it_links_by_the_staff_number_on_file_and_says_so(
    client: Client, house: IdentityProvider, officer: User
) -> None:
    assert (come(client)["Location"], is_in(client), links()) == ("/desk/", True, [("officer", "person-1")])
    client.logout()
    assert (come(client)["Location"], links()) == ("/desk/", [("officer", "person-1")])
    assert AuditRow.objects.filter(action="account.identity.match", ref_id=officer.pk).count() == 1


@pytest.mark.parametrize("number", [None, "", "3302", ["3301"], {"3301": 1}, True])
def test_it_links_nobody_by_another_number(number: Any, client: Client, house: IdentityProvider, officer: User) -> None:
    house.claims = {"employee_number": number}
    come(client)
    assert (is_in(client), links()) == (False, [])


def test_it_reads_no_number_the_house_did_not_ask_for(
    client: Client, house: IdentityProvider, officer: User, settings: Any
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = house.settings()
    come(client)
    assert (is_in(client), links()) == (False, [])


def test_another_subject_with_the_same_number_comes_in_by_no_means(
    client: Client, house: IdentityProvider, officer: User
) -> None:
    come(client)
    house.subject = "person-2"
    other = Client()
    page = other.get(visit(leave(other)))
    assert (page.status_code, is_in(other), links()) == (409, False, [("officer", "person-1")])
    assert "与以前登记的不是同一人" in page.content.decode()


def test_who_left_or_was_closed_does_not_come_in_by_the_number(
    client: Client, house: IdentityProvider, officer: User
) -> None:
    services.leave(officer, actor=None)
    assert (come(client).status_code, is_in(client), links()) == (403, False, [])
    link(officer)
    assert (come(client).status_code, is_in(client)) == (403, False)


def test_one_account_has_one_identity_of_a_service(client: Client, house: IdentityProvider, officer: User) -> None:
    link(officer, "person-0")
    client.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    page = client.get(visit(leave(client, "connect")))
    assert (page.status_code, links()) == (409, [("officer", "person-0")])


def test_it_keeps_nothing_of_what_the_token_tells(client: Client, house: IdentityProvider, officer: User) -> None:
    house.claims |= {"name": "贺文佳", "phone_number": "13800000000"}
    come(client)
    client.logout()
    come(client)
    assert [row.extra_data for row in SocialAccount.objects.all()] == [{}]


@pytest.fixture
def strict(settings: Any, house: IdentityProvider) -> IdentityProvider:
    """The second step is owed, and the provider's word for it is accepted."""
    settings.LINLI_SECOND_STEP, settings.LINLI_DEMO_WITHOUT_SECOND_STEP = True, False
    settings.SOCIALACCOUNT_PROVIDERS = house.settings(**STAFF, LINLI_OIDC_SECOND_STEP="otp urn:city:level3")
    return house


@pytest.mark.parametrize("said", [{"amr": ["pwd", "otp"]}, {"acr": "urn:city:level3"}])
def test_a_second_step_proved_there_counts_where_the_house_says_so(
    said: dict[str, Any], client: Client, strict: IdentityProvider, officer: User
) -> None:
    strict.claims |= said
    come(client)
    assert client.get("/desk/").status_code == 200
    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    client.logout()
    assert (come(client)["Location"], is_in(client)) == ("/desk/", True)


@pytest.mark.parametrize("said", [{}, {"amr": ["pwd"]}, {"amr": "otp"}, {"acr": "otp2"}, {"acr": None, "amr": [None]}])
def test_else_the_step_here_is_asked(
    said: dict[str, Any], client: Client, strict: IdentityProvider, officer: User
) -> None:
    strict.claims |= said
    come(client)
    assert client.get("/desk/")["Location"] == "/accounts/second-step/"
    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    client.logout()
    assert (come(client)["Location"], is_in(client)) == ("/accounts/2fa/authenticate/", False)


def test_the_word_of_the_service_counts_for_this_sign_in_only(
    client: Client, strict: IdentityProvider, officer: User
) -> None:
    strict.claims |= {"acr": "urn:city:level3"}
    come(client)
    strict.claims |= {"acr": "urn:city:level1"}
    come(client)
    assert client.get("/desk/")["Location"] == "/accounts/second-step/"


def test_without_the_setting_no_word_counts(
    client: Client, strict: IdentityProvider, officer: User, settings: Any
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = strict.settings(**STAFF)
    strict.claims |= {"amr": ["otp", "mfa"], "acr": "urn:city:level3"}
    come(client)
    assert client.get("/desk/")["Location"] == "/accounts/second-step/"


EVERYTHING = {
    "LINLI_OIDC_SERVER": "https://id.example/realm", "LINLI_CAS_SERVER": "https://cas.example:8443/cas",
    "LINLI_LDAP_SERVER": "ldaps://ldap.example", "LINLI_LDAP_BASE": "o=x", "LINLI_LDAP_BIND": "cn=x",
    "LINLI_LDAP_PASSWORD": "x", "LINLI_WECOM_CORP": "ww1", "LINLI_DINGTALK_KEY": "d1", "LINLI_WECOM_SIGN_IN": "1",
}  # fmt: skip
LED = ["/accounts/login/", "/accounts/oidc/house/login/", "/accounts/identity/cas/login/"]


def actions(page: Any) -> str:
    """What the policy says about forms."""
    parts = [part.strip() for part in page["Content-Security-Policy"].split(";")]
    return next(part for part in parts if part.startswith("form-action"))


def test_a_house_without_a_service_lets_its_forms_go_nowhere(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers({}, loopback=False)
    assert actions(client.get("/accounts/login/")) == "form-action 'self'"


def test_the_sign_in_pages_gain_exactly_the_configured_origins(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers(EVERYTHING, loopback=False)
    gained = (
        "form-action 'self' https://id.example https://cas.example:8443 https://login.work.weixin.qq.com "
        "https://open.weixin.qq.com https://login.dingtalk.com"
    )
    assert [actions(client.get(address)) for address in LED] == [gained, gained, gained]
    assert actions(client.get("/")) == "form-action 'self'"


def test_there_is_a_button_for_each_way_to_sign_in_and_the_local_form(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers(EVERYTHING, loopback=False)
    page = client.get("/accounts/login/").content.decode()
    names = (
        "使用统一身份认证登录",
        "使用统一身份认证平台登录",
        "使用单位目录账号登录",
        "使用企业微信登录",
        "使用钉钉登录",
    )
    assert [name in page for name in names] == [True, True, True, True, False]
    assert 'name="password"' in page
