"""A real Chromium for journeys, with a guard: one policy violation, console error or failed request fails the test."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.support.chromium import chromium
from tests.support.sites import Site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--proxy-server=direct://",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PATIENCE = 30_000
"""Milliseconds a journey waits for what must come: a loaded machine is slow, not wrong."""
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""
FINISH_MOVEMENTS = """
() => document.getAnimations().forEach((one) => {
  if (one.effect && Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
})
"""


@dataclass
class Guard:
    """Collects what went wrong in a context; ``allow(pattern)`` lets a journey expect a refusal page."""

    wrongs: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to a page from its first moment."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._note(f"page error: {error}", wrong=True))
        page.on("requestfailed", lambda one: self._failed(one.url, one.failure or ""))
        page.on("response", lambda one: self._note(f"{one.status} {one.url}", wrong=one.status >= 500))

    def _said(self, said: ConsoleMessage) -> None:
        """A line of the console with its address; the icon a browser asks for beside a bare file is nobody's fault."""
        address = str(said.location.get("url", ""))
        self._note(f"{said.text} {address}".strip(), said.type == "error" and not address.endswith("/favicon.ico"))

    def allow(self, pattern: str) -> None:
        """Expect what matches ``pattern`` (a regular expression) in this journey."""
        self.allowed.append(pattern)

    def _failed(self, url: str, why: str) -> None:
        """A request left behind by going to the next page is no failure."""
        self._note(f"request failed: {url} {why}", wrong="ERR_ABORTED" not in why)

    def _note(self, text: str, wrong: bool) -> None:
        if wrong:
            self.wrongs.append(text)

    def check(self) -> None:
        """Fail the test where something not allowed went wrong."""
        left = [text for text in self.wrongs if not any(re.search(one, text) for one in self.allowed)]
        if left:
            pytest.fail("the browser complained:\n" + "\n".join(left))


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """The driver, once a test process; it keeps an event loop, which Django must be told to tolerate."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        yield driver
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium_browser(playwright_driver: Playwright) -> Iterator[Browser]:
    """One Chromium a test process."""
    expect.set_options(timeout=PATIENCE)
    browser = playwright_driver.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def guard() -> Guard:
    """What this test's pages are watched by."""
    return Guard()


@pytest.fixture
def open_page(chromium_browser: Browser, guard: Guard) -> Iterator[Callable[..., Page]]:
    """``open_page(site=None, phone=False, scripts=True)`` -> a guarded page in a context (cookies) of its own.

    With a site, its address is the base: ``page.goto("/desk/")``. The guard is checked when the test ends.
    """
    contexts: list[BrowserContext] = []

    def open_one(site: Site | None = None, *, phone: bool = False, scripts: bool = True) -> Page:
        context = chromium_browser.new_context(
            base_url=site.address if site else None,
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            is_mobile=phone,
            java_script_enabled=scripts,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        if scripts:
            context.add_init_script(TELL_VIOLATIONS)
        context.on("page", guard.watch)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    guard.check()


@pytest.fixture
def page(site: Site, open_page: Callable[..., Page]) -> Page:
    """A desktop page on the shared demo site."""
    return open_page(site)


@pytest.fixture
def phone(site: Site, open_page: Callable[..., Page]) -> Page:
    """A phone's page on the shared demo site."""
    return open_page(site, phone=True)


def sign_in(page: Page, site: Site, username: str, password: str = "") -> None:
    """Sign in through the form, as a person does; the demo accounts' password is known."""
    page.goto(f"{site.address}/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password or site.password)
    page.locator("form:has(input[name=password]) [type=submit]").first.click()
    page.wait_for_load_state()


def accessibility_findings(page: Page) -> list[str]:
    """What axe finds serious or critical on the page once its movements have ended: rule, help and the first places."""
    page.emulate_media(reduced_motion="reduce")  # what a live page shows anew must not fade in meanwhile
    page.evaluate(FINISH_MOVEMENTS)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    page.emulate_media(reduced_motion="null")
    found = []
    for one in result["violations"]:
        if one["impact"] in ("serious", "critical"):
            places = "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"][:3])
            found.append(f"{one['id']} ({one['impact']}): {one['help']} at {places}")
    return found


def check_accessibility(page: Page) -> None:
    """Fail the test where axe finds something serious or critical."""
    found = accessibility_findings(page)
    if found:
        pytest.fail(f"axe on {page.url}:\n" + "\n".join(found))
