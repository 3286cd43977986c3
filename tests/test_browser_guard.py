"""The guard of the journeys: it sees what a person's browser would only mutter."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.support.browser import Guard, accessibility_findings

POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'"
PAGES = {
    "/clean": "<title>t</title><main><h1>好</h1></main>",
    "/inline-style": '<title>t</title><main><h1 style="color:red">好</h1></main>',
    "/inline-script": "<title>t</title><main><h1>好</h1></main><script>alert(1)</script>",
    "/broken-script": '<title>t</title><script src="/throw.js"></script>',
    "/missing-file": '<title>t</title><script src="/nowhere.js"></script>',
    "/unlabelled": '<title>t</title><main><h1>好</h1><input name="q"></main>',
}


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the pages above under the house's policy."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path, "")
        is_script = self.path == "/throw.js"
        self.send_response(200 if body or is_script or self.path == "/favicon.ico" else 404)
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(b"throw new Error('no')" if is_script else f'<html lang="zh">{body}'.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/inline-style", "/inline-script", "/broken-script", "/missing-file"])
def test_it_notes_what_a_journey_must_not_see(
    address: str, path: str, open_page: Callable[..., Page], guard: Guard
) -> None:
    open_page().goto(address + path)
    assert guard.wrongs
    guard.allow(".")


@pytest.mark.browser
def test_it_notes_nothing_on_a_clean_page(address: str, open_page: Callable[..., Page], guard: Guard) -> None:
    open_page().goto(f"{address}/clean")
    assert guard.wrongs == []


@pytest.mark.browser
def test_it_fails_a_journey_that_noted_something(guard: Guard) -> None:
    guard.wrongs.append("policy violation: style-src")
    with pytest.raises(pytest.fail.Exception, match="style-src"):
        guard.check()


@pytest.mark.browser
def test_it_finds_an_unlabelled_field_in_spite_of_the_policy(address: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{address}/unlabelled")
    assert [one.split(" ")[0] for one in accessibility_findings(page)] == ["label"]
