"""Whether the page that is being drawn has shown anything of a person: then it is marked with who reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_page: ContextVar[set[str] | None] = ContextVar("page", default=None)


@contextmanager
def drawing() -> Iterator[None]:
    """Around one page."""
    token = _page.set(set())
    try:
        yield
    finally:
        _page.reset(token)


def note_shown() -> None:
    """A value of a person is being shown on this page."""
    page = _page.get()
    if page is not None:
        page.add("shown")


def has_shown() -> bool:
    """Whether this page has shown a value of a person so far."""
    return bool(_page.get())
