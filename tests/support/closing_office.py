"""Whoever works in the journey of a closing review, each at a desk of his own, and how forms and papers are taken."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from docx import Document
from playwright.sync_api import Page

from tests.support.browser import sign_in
from tests.support.closing import OWN, Ready
from tests.support.sites import Site

Open = Callable[..., Page]


@dataclass
class Office:
    """The site, whoever works in it, each in a browser of his own, and the addresses of the journey."""

    site: Site
    open_page: Open
    ready: Ready
    desks: dict[str, Page] = field(default_factory=dict)
    review: str = ""

    def desk(self, username: str) -> Page:
        """A desk, opened once."""
        if username not in self.desks:
            self.desks[username] = self.open_page(self.site)
            sign_in(self.desks[username], self.site, username)
        return self.desks[username]

    def closing(self, title: str = OWN) -> str:
        """The address of a project's closing file."""
        return f"/desk/projects/{self.ready.keys[title]}/closing/"

    def session(self, verb: str = "") -> str:
        """The address of the review on the judges' side of the desk."""
        return f"/desk/reviews/{self.review}/{verb}"


def submit(page: Page) -> None:
    """Send the form of the page and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("main form [type=submit]").first.click()


def go(page: Page, part: str) -> None:
    """Follow the first link of the page whose address ends so."""
    with page.expect_navigation():
        page.locator(f"main a[href$='{part}']").first.click()


def fill(page: Page, **said: str) -> None:
    """Type into fields by their names."""
    for name, text in said.items():
        page.fill(f"main [name={name}]", text)


def do(page: Page, address: str, verb: str, **said: str) -> None:
    """A verb of a closing file through its form."""
    page.goto(address)
    go(page, f"/closing/do/{verb}/")
    fill(page, **said)
    submit(page)


def body_of(page: Page, address: str) -> bytes:
    """What a link hands out."""
    answer = page.request.get(address)
    assert answer.ok, address
    return answer.body()


def words_of(content: bytes) -> str:
    """The paragraphs of a Word file."""
    return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
