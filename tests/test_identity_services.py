"""Signing in and linking by CAS, WeCom, DingTalk and an Official Account: only by an answer that proves somebody."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.models import Level, Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.notices.gateways.tokens import forget_tokens
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role
from linli.site.accounts.addresses import WAYS, _book
from linli.site.directory import follow_the_directory
from linli.site.settings.identity import providers
from tests.support.identities import CAS, Identities, identities
from tests.test_identity_provider import is_in, visit

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

SERVICES = ("cas", "wecom", "dingtalk")
"""Which sign in; "official" is linked only."""


@pytest.fixture(scope="module")
def running() -> Iterator[Identities]:
    with identities() as known:
        yield known


@pytest.fixture
def house(running: Identities, settings: Any) -> Identities:
    """Honest services, trusted by this house."""
    running.says, running.gone, running.subject, running.number = {}, set(), "zhang.san", "3301"
    running.asked.clear()
    running.trust(settings)
    forget_tokens()
    return running


@pytest.fixture
def officer() -> User:
    return make_user(Role.STREET_OFFICER, make_district().street, username="officer")


def link(user: User, service: str, subject: str = "zhang.san") -> None:
    SocialAccount.objects.create(user=user, provider=service, uid=subject)


def leave(client: Client, service: str, process: str = "login", **form: str) -> str:
    """Press the button; the address the browser is sent to."""
    address: str = client.post(f"/accounts/identity/{service}/login/?process={process}", form)["Location"]
    return address


def come(client: Client, service: str, process: str = "login", **form: str) -> Any:
    """From the button to the answer."""
    return client.get(visit(leave(client, service, process, **form)))


def password(client: Client, name: str = "officer") -> Client:
    client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    return client


@pytest.mark.parametrize("service", SERVICES)
def test_it_signs_in_the_linked_person(service: str, client: Client, house: Identities, officer: User) -> None:
    link(officer, service)
    assert (come(client, service)["Location"], is_in(client)) == ("/desk/", True)


@pytest.mark.parametrize("service", SERVICES)
def test_it_opens_no_account_for_somebody_unknown(
    service: str, client: Client, house: Identities, officer: User
) -> None:
    link(officer, service, "somebody.else")
    come(client, service)
    assert (is_in(client), User.objects.count(), SocialAccount.objects.count()) == (False, 1, 1)


@pytest.mark.parametrize("service", [*SERVICES, "official"])
def test_it_links_the_signed_in_person_so_that_messages_find_him(
    service: str, client: Client, house: Identities, officer: User
) -> None:
    answer = come(password(client), service, "connect")
    assert (answer["Location"], list(SocialAccount.objects.values_list("user__username", "provider", "uid"))) == (
        "/accounts/3rdparty/",
        [("officer", service, "zhang.san")],
    )
    if service in WAYS:
        assert _book(service)([officer.pk]) == {officer.pk: "zhang.san"}


def test_inside_wecom_the_page_that_knows_already_is_asked(client: Client, house: Identities, officer: User) -> None:
    link(officer, "wecom")
    browser = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) MicroMessenger/7.0 wxwork/4.1"})
    address = leave(browser, "wecom")
    assert (address.startswith(f"{house.address}/connect/oauth2/authorize?"), "agentid=7" in address) == (True, True)
    browser.get(visit(address.partition("#")[0]))
    assert is_in(browser)


def test_what_is_for_messages_only_signs_nobody_in(
    client: Client, house: Identities, officer: User, settings: Any
) -> None:
    house.trust(settings, LINLI_WECOM_SIGN_IN="")
    answers = [client.post(f"/accounts/identity/{name}/login/").status_code for name in ("wecom", "official")]
    assert (answers, client.get("/accounts/identity/wecom/login/").status_code) == ([404, 404], 404)


@pytest.mark.parametrize("service", SERVICES)
def test_it_takes_no_answer_of_another_browser_and_each_once(
    service: str, client: Client, house: Identities, officer: User
) -> None:
    link(officer, service)
    back = visit(leave(Client(), service))
    assert (client.get(back).status_code, is_in(client)) == (401, False)
    back = visit(leave(client, service))
    client.get(back)
    client.logout()
    assert (client.get(back).status_code, is_in(client)) == (401, False)


@pytest.mark.parametrize("service", SERVICES)
def test_it_takes_no_ticket_that_was_used_or_given_for_another(
    service: str, client: Client, house: Identities, officer: User
) -> None:
    link(officer, service)
    used, fresh = visit(leave(Client(), service)), visit(leave(client, service))
    stolen = used.partition("ticket=")[2] or used.partition("ode=")[2].partition("&")[0]
    mine = fresh.partition("ticket=")[2] or fresh.partition("ode=")[2].partition("&")[0]
    house.given[stolen] = "another service or client"
    assert (client.get(fresh.replace(mine, stolen)).status_code, is_in(client)) == (401, False)


@pytest.mark.parametrize("service", SERVICES)
def test_a_link_elsewhere_starts_nothing_and_nobody_is_led_away(
    service: str, client: Client, house: Identities, officer: User
) -> None:
    link(officer, service)
    page = client.get(f"/accounts/identity/{service}/login/?process=login")
    assert (page.status_code, "socialaccount_states" in client.session) == (200, False)
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert come(client, service, next=elsewhere)["Location"] == "/desk/"
        client.logout()
    assert come(client, service, next="/desk/cards/")["Location"] == "/desk/cards/"


@pytest.mark.parametrize("service", SERVICES)
def test_a_strict_browser_must_send_the_form_of_this_house(service: str, house: Identities) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/accounts/identity/{service}/login/?process=login").status_code == 403


@pytest.mark.parametrize("service", SERVICES)
def test_a_closed_account_does_not_sign_in(service: str, client: Client, house: Identities, officer: User) -> None:
    link(officer, service)
    services.leave(officer, actor=None)
    assert (come(client, service).status_code, is_in(client)) == (403, False)


@pytest.mark.parametrize("service", SERVICES)
def test_it_asks_for_the_second_step_here_too(service: str, client: Client, house: Identities, officer: User) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    link(officer, service)
    assert (come(client, service)["Location"], is_in(client)) == ("/accounts/2fa/authenticate/", False)


def test_cas_links_by_the_staff_number_on_file(client: Client, house: Identities, officer: User) -> None:
    services.correct_account(officer, name=None, email=None, staff_number="3301", actor=None)
    come(client, "cas")
    assert list(SocialAccount.objects.values_list("user__username", "uid")) == [("officer", "zhang.san")]


BOMB = '<!DOCTYPE a [<!ENTITY a "zhang.san"><!ENTITY b "&a;&a;&a;">]>'
FETCH = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
USER = "<cas:authenticationSuccess><cas:user>zhang.san</cas:user></cas:authenticationSuccess>"
RIGHT = f'<cas:serviceResponse xmlns:cas="{CAS}">{USER}</cas:serviceResponse>'
LIES = {
    "an entity": BOMB + RIGHT.replace("zhang.san", "&b;"),
    "a file": FETCH + RIGHT.replace("zhang.san", "&x;"),
    "a page": "<html>zhang.san</html>",
    "nothing": "",
    "two answers": RIGHT.replace(USER, USER + USER),
    "yes and no": RIGHT.replace(USER, USER + "<cas:authenticationFailure/>"),
    "no name space": RIGHT.replace(f' xmlns:cas="{CAS}"', "").replace("cas:", ""),
    "another name space": RIGHT.replace("yale", "jail"),
    "two users": RIGHT.replace("</cas:user>", "</cas:user><cas:user>root</cas:user>"),
    "a user in pieces": RIGHT.replace("zhang.san", "zhang.san<cas:x/>"),
    "nobody": RIGHT.replace("zhang.san", "  "),
    "a name without end": RIGHT.replace("zhang.san", "z" * 500),
    "an answer without end": RIGHT + " " * 70_000,
    "no": '{"serviceResponse": {"authenticationSuccess": {"user": "zhang.san"}}}',
    "gone": 404,
}


@pytest.mark.parametrize("lie", LIES)
def test_cas_proves_nobody_by(lie: str, client: Client, house: Identities, officer: User) -> None:
    link(officer, "cas")
    house.says["/p3/serviceValidate"] = LIES[lie]
    assert (come(client, "cas").status_code, is_in(client)) == (401, False)


NONSENSE: list[tuple[str, str, Any]] = [
    ("wecom", "/cgi-bin/auth/getuserinfo", {"errcode": 0, "openid": "outsider", "external_userid": "zhang.san"}),
    ("wecom", "/cgi-bin/auth/getuserinfo", {"errcode": 40029, "userid": "zhang.san"}),
    ("wecom", "/cgi-bin/auth/getuserinfo", {"errcode": 0, "userid": ["zhang.san"]}),
    ("wecom", "/cgi-bin/auth/getuserinfo", "<html>"),
    ("wecom", "/cgi-bin/gettoken", {"errcode": 40001}),
    ("dingtalk", "/v1.0/oauth2/userAccessToken", {"accessToken": ""}),
    ("dingtalk", "/v1.0/contact/users/me", {"nick": "张三"}),
    ("dingtalk", "/topapi/user/getbyunionid", {"errcode": 0, "result": {"contact_type": 1, "userid": "zhang.san"}}),
    ("dingtalk", "/topapi/user/getbyunionid", {"errcode": 60121, "result": {"userid": "zhang.san"}}),
    ("dingtalk", "/topapi/user/getbyunionid", [1]),
]


@pytest.mark.parametrize(("service", "path", "said"), NONSENSE)
def test_nonsense_proves_nobody(
    service: str, path: str, said: Any, client: Client, house: Identities, officer: User
) -> None:
    link(officer, service)
    house.says[path] = said
    assert (come(client, service).status_code, is_in(client)) == (401, False)


@pytest.mark.parametrize(
    ("service", "path"),
    [("cas", "/p3/serviceValidate"), ("wecom", "/cgi-bin/auth/getuserinfo"), ("dingtalk", "/gettoken")],
)
def test_it_goes_on_with_a_password_when_the_service_is_away(
    service: str, path: str, client: Client, house: Identities, officer: User
) -> None:
    link(officer, service)
    house.says[path] = 503
    page = come(client, service)
    assert (page.status_code, "请用用户名和密码登录" in page.content.decode()) == (503, True)
    assert is_in(password(client))


@pytest.mark.parametrize("name", ["LINLI_CAS_SERVER", "LINLI_WECOM_FRONT", "LINLI_DINGTALK_API", "LINLI_OIDC_SERVER"])
def test_it_refuses_a_service_without_https(name: str) -> None:
    on = {"LINLI_WECOM_CORP": "ww1", "LINLI_DINGTALK_KEY": "d1"}
    for address, loopback in (("http://cas.example", True), ("http://127.0.0.1:1", False)):
        with pytest.raises(ImproperlyConfigured, match=name):
            providers({**on, name: address}, loopback=loopback)


ANOTHER = {"errcode": 0, "userid": "li.si", "result": {"userid": "li.si"}}
NO_WORD = [{"errcode": 60011}, {"errcode": -1}, {"errcode": 0}, ANOTHER, [], "<html>", 503]


@pytest.fixture
def keeper() -> User:
    return make_user(Role.SYSTEM_ADMINISTRATOR, Place.objects.get(level=Level.DISTRICT), username="keeper")


@pytest.mark.parametrize("service", ["wecom", "dingtalk"])
def test_who_left_the_company_there_loses_access_here(
    service: str, house: Identities, officer: User, keeper: User
) -> None:
    link(officer, service)
    stays = make_user(username="stays")
    link(stays, service, "li.si")
    assert follow_the_directory() == 0
    house.gone = {"zhang.san"}
    assert (follow_the_directory(), list(User.objects.filter(is_active=False))) == (1, [officer])
    assert Notice.objects.get(kind="site.directory.left").recipient == keeper.pk


@pytest.mark.parametrize("service", ["wecom", "dingtalk"])
@pytest.mark.parametrize("said", NO_WORD)
def test_a_service_that_does_not_say_it_closes_nobody_out(
    service: str, said: Any, house: Identities, officer: User, keeper: User
) -> None:
    link(officer, service)
    house.says = {"/cgi-bin/user/get": said, "/topapi/v2/user/get": said}
    assert (follow_the_directory(), User.objects.filter(is_active=False).count()) == (0, 0)
    assert "没有停用任何账号" in Notice.objects.get(kind="site.directory.doubtful").text


def test_who_is_linked_for_messages_only_is_not_looked_for(house: Identities, officer: User, settings: Any) -> None:
    house.trust(settings, LINLI_WECOM_SIGN_IN="")
    link(officer, "wecom")
    house.gone = {"zhang.san"}
    assert (follow_the_directory(), house.asked) == (0, [])


@pytest.mark.parametrize("service", SERVICES)
def test_who_signed_in_long_ago_shows_the_password_before_linking(
    service: str, client: Client, house: Identities, officer: User
) -> None:
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    asked = come(client, service, "connect")
    assert (asked["Location"].partition("?")[0], SocialAccount.objects.count()) == ("/accounts/reauthenticate/", 0)
    client.post(asked["Location"], {"password": "wrong-wrong"})
    before = SocialAccount.objects.count()
    client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    found = SocialAccount.objects.values_list("user__username", "provider", "uid")
    assert (before, list(found)) == (0, [("officer", service, "zhang.san")])
