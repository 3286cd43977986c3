"""Through which door a deed came: a page, a program, a command, the clock, a table; what stands around a verb says it.

Nothing below a view asks the request: the door is told once, where a request, a command or a job begins.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Door(StrEnum):
    """How somebody, or the clock, came to a verb."""

    WEB = "web"
    API = "api"
    COMMAND = "command"
    JOB = "job"
    IMPORT = "import"
    AWAY = "away"


DOORS: dict[str, str | Promise] = {
    Door.WEB: _("web page"),
    Door.API: _("program interface"),
    Door.COMMAND: _("command line"),
    Door.JOB: _("background job"),
    Door.IMPORT: _("imported table"),
    Door.AWAY: _("laptop without the house's network"),
}
"""What a reader calls each door."""


@dataclass(frozen=True)
class Source:
    """One door. ``name``: of the token, command, job or table; ``device``: its sort, as ``devices`` tells it."""

    door: Door
    name: str | Promise = ""
    address: str = ""
    device: str = ""


_around: ContextVar[Source | None] = ContextVar("linli_source", default=None)


@contextmanager
def coming_through(source: Source) -> Iterator[None]:
    """What is done inside came through this door. A door inside a door keeps the address and device of the outer."""
    outer = _around.get()
    if outer is not None and not source.address:
        source = replace(source, address=outer.address, device=source.device or outer.device)
    token = _around.set(source)
    try:
        yield
    finally:
        _around.reset(token)


def source_of(actor: object) -> Source | None:
    """Where ``actor`` (None: the clock) comes from just now: his own door, where he carries one; None: nobody said."""
    around = _around.get()
    own = getattr(actor, "actor_source", None)
    if not isinstance(own, Source):
        return around
    return replace(own, address=around.address) if around is not None else own
