"""Every page a role can reach: no policy violation, no console error, nothing serious for axe; one width, one walk."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.support.browser import Guard, accessibility_findings, sign_in
from tests.support.look import view_of, walk
from tests.support.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only, pytest.mark.slow]
ROLES = ("", "jumin", "yinxing.shegong", "linhu.jiedao", "xitong", "shenji")
"""Between them they reach every page; the secretary, finance and security see no page that none of these sees."""
LOOKED_AT: set[str] = set()
"""Views axe has seen in this process: the templates are the same for every role."""


def findings_on(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """What axe finds on pages of views not looked at yet."""
    found = {}
    for address in addresses:
        view = view_of(urlsplit(address).path)
        if view in LOOKED_AT:
            continue
        LOOKED_AT.add(view)
        page.goto(address)
        wrong = accessibility_findings(page)
        if wrong:
            found[urlsplit(address).path] = wrong
    return found


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "stranger")
def test_it_shows_every_page_of_a_role_without_a_complaint(
    role: str, site: Site, open_page: Callable[..., Page], guard: Guard
) -> None:
    if role == "jumin":
        guard.allow("status of 403")  # the desk is not a resident's
    page = open_page(site, phone=role in ("", "jumin"))
    if role:
        sign_in(page, site, role)
    addresses = walk(page, site, each=1)
    assert len(addresses) > 2
    assert findings_on(page, addresses) == {}


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/feedback/", "/communities/", "/search/?q=社区"])
def test_it_shows_a_strangers_pages_without_scripts(path: str, site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, phone=True, scripts=False)
    answer = page.goto(path)
    assert answer is not None
    assert (answer.status, page.locator("main").inner_text().strip() != "") == (200, True)
