"""Every page of the account, in both languages and every state: Chinese without a Latin word, English without a gap."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import get_resolver

from linli.apps.people.models import User
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role
from linli.site.urls import ADDRESSES
from tests.support.identity import IdentityProvider
from tests.test_chinese_walk import SILENT, TAG, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.slow]

SECRET = "JBSWY3DPEHPK3PXP"  # invented
LANGUAGES = {"zh-hans": "zh-CN", "en": "en"}
CHINESE = re.compile(r"[\u3400-\u9fff]+")
SERVICES = {
    "LINLI_CAS_SERVER": "https://cas.example", "LINLI_OFFICIAL_APP": "wx1", "LINLI_LDAP_SERVER": "ldaps://127.0.0.1:9",
    "LINLI_LDAP_BASE": "o=x", "LINLI_LDAP_BIND": "cn=x", "LINLI_LDAP_PASSWORD": "x",
}  # fmt: skip
DATA = {"中文", "贺文佳", "统一身份认证", "统一身份认证平台", "公众号", "单位目录账号"}
"""What stays Chinese on an English page: the way back to Chinese, a name, the services' own names."""

STRANGER = (
    "login/", "signup/", "inactive/", "password/reset/done/", "password/reset/key/done/",
    "password/reset/key/0-nothing/", "3rdparty/signup/", "3rdparty/login/cancelled/", "3rdparty/login/error/",
    "oidc/house/login/?process=login", "oidc/house/login/callback/?state=nothing", "password/reset/",
    "identity/ldap/login/?process=login", "identity/cas/login/?process=login",
    "identity/cas/login/callback/?state=nothing",
)  # fmt: skip
SIGNED_IN = (
    "logout/", "reauthenticate/", "password/change/", "2fa/", "2fa/totp/activate/", "sessions/", "3rdparty/",
    "oidc/house/login/?process=connect", "identity/official/login/?process=connect",
    "identity/ldap/login/?process=connect", "second-step/",
)  # fmt: skip
WITH_SECOND_STEP = (
    "2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/",
    "2fa/reauthenticate/", "reauthenticate/",
)  # fmt: skip


@pytest.fixture
def officer(settings: Any) -> User:
    """A finance officer of a house with an identity provider, who owes a second step."""
    settings.LINLI_SECOND_STEP, settings.LINLI_DEMO_WITHOUT_SECOND_STEP = True, False
    settings.SOCIALACCOUNT_PROVIDERS = IdentityProvider(address="http://127.0.0.1:9").settings(**SERVICES)
    return make_user(Role.FINANCE_OFFICER, make_district().street, username="officer", name="贺文佳")


def walk(officer: User, language: str) -> Iterator[tuple[str, str]]:
    """(where, page) of every page and of every refusal."""

    def opened(client: Client, addresses: tuple[str, ...], state: str) -> Iterator[tuple[str, str]]:
        for address in addresses:
            yield f"{state} {address}", client.get(f"/accounts/{address}", follow=True).content.decode()

    def sent(client: Client, address: str, **form: str) -> tuple[str, str]:
        return f"sent {address}", client.post(f"/accounts/{address}", form, follow=True).content.decode()

    stranger, client = (Client(headers={"accept-language": LANGUAGES[language]}) for _one in range(2))
    yield from opened(stranger, STRANGER, "stranger")
    key = f"{user_pk_to_url_str(officer)}-{default_token_generator.make_token(officer)}"
    yield from opened(stranger, (f"password/reset/key/{key}/",), "stranger")
    yield sent(stranger, "login/", login="officer", password="wrong-wrong")
    yield sent(stranger, "login/")
    yield sent(stranger, "oidc/house/login/")
    yield sent(stranger, "identity/ldap/login/")
    yield sent(stranger, "identity/ldap/login/", login="officer", password="wrong-wrong")
    Client().post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    yield sent(client, "login/", login="officer", password=PASSWORD)
    yield from opened(client, SIGNED_IN, "signed in")
    yield sent(client, "password/change/", oldpassword="wrong", password1="123", password2="officer")
    yield sent(client, "2fa/totp/activate/", code="0")
    SocialAccount.objects.create(user=officer, provider="house", uid="person-1")
    yield from opened(client, ("3rdparty/",), "linked")
    yield sent(client, "3rdparty/", account=str(SocialAccount.objects.get().pk))
    yield sent(client, "sessions/others/end/")
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    yield sent(client, "2fa/totp/activate/", code=totp.format_hotp_value(totp.hotp_value(secret, counter)))
    yield from opened(client, WITH_SECOND_STEP, "with a second step")
    yield sent(stranger, "login/", login="officer", password=PASSWORD)
    yield sent(stranger, "2fa/authenticate/", code="0")
    User.objects.filter(pk=officer.pk).update(password="!none")
    client.force_login(User.objects.get(pk=officer.pk), backend="django.contrib.auth.backends.ModelBackend")
    yield from opened(client, ("password/set/",), "without a password")


def gaps_of(page: str) -> set[str]:
    """Chinese a reader of the English page meets."""
    return set(CHINESE.findall(TAG.sub(" ", SILENT.sub(" ", page[page.index("<title") :])))) - DATA


def test_it_speaks_chinese_on_every_page_of_the_account(officer: User) -> None:
    found = {where: words_of(page) - {"officer"} for where, page in walk(officer, "zh-hans")}
    assert {where: words for where, words in found.items() if words} == {}


def test_it_speaks_english_on_every_page_of_the_account(officer: User) -> None:
    found = {where: gaps_of(page) for where, page in walk(officer, "en")}
    assert {where: words for where, words in found.items() if words} == {}


def test_it_says_password_by_one_word(officer: User) -> None:
    found = {where: page for where, page in walk(officer, "zh-hans") if "口令" in page or "两步验证" in page}
    assert list(found) == []


def test_the_walk_knows_every_page() -> None:
    """A new page of the account must be walked; what answers forms or moves on only is named here."""
    moves_on = {"account_front", "end_session", "end_other_sessions"}
    mounted = {pattern.name for one in ADDRESSES if str(one.pattern) == "accounts/" for pattern in one.url_patterns}
    walked = set()
    for address in (*STRANGER, *SIGNED_IN, *WITH_SECOND_STEP, "password/set/", "2fa/authenticate/"):
        walked.add(get_resolver().resolve(f"/accounts/{address.partition('?')[0]}").url_name)
    assert mounted - walked == moves_on


@pytest.mark.parametrize("address", ["email/", "confirm-email/", "login/code/", "2fa/webauthn/", "phone/change/"])
def test_what_makes_no_sense_here_is_not_there(client: Client, address: str) -> None:
    assert client.get(f"/accounts/{address}").status_code == 404
