"""The account in a real browser: linked to an identity provider, then signed in by it under the strict policy."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import check_accessibility, sign_in
from tests.support.identity import CLIENT, SECRET, IdentityProvider, identity_provider
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        yield running


@pytest.fixture
def house(provider: IdentityProvider, fresh_site: Callable[..., Site]) -> Site:
    """A demo that trusts the provider."""
    return fresh_site(LINLI_OIDC_SERVER=provider.address, LINLI_OIDC_CLIENT=CLIENT, LINLI_OIDC_SECRET=SECRET)


def test_an_identity_is_linked_and_signs_in_with_and_without_scripts(
    house: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(house)
    sign_in(page, house, "１３０ ０００００００６")
    page.goto("/accounts/3rdparty/")
    page.get_by_role("button", name="关联统一身份认证").click()
    expect(page.get_by_text("统一身份已与本账号关联。")).to_be_visible()
    check_accessibility(page)
    for scripts in (True, False):
        other = open_page(house, phone=True, scripts=scripts)
        other.goto("/accounts/login/")
        other.get_by_role("button", name="使用统一身份认证登录").click()
        expect(other).to_have_url(f"{house.address}/desk/")
    page.goto("/accounts/sessions/")
    expect(page.get_by_role("button", name="让它退出")).to_have_count(2)
    check_accessibility(page)
    page.get_by_role("button", name="让它退出").first.click()
    expect(page.get_by_role("button", name="让它退出")).to_have_count(1)
