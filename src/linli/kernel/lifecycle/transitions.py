"""The table of a lifecycle: frozen transitions, pure guards, named clocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import models
from django.utils.functional import Promise

from linli.kernel.audit import Keep, Word
from linli.kernel.errors import Refusal
from linli.kernel.refs import ref_of

Guard = Callable[[Any, Mapping[str, Any]], Refusal | None]
"""Pure: the record and the facts the service read, to a refusal or None."""


class Clock(Protocol):
    """What a transition does to the deadlines of its record, in the same transaction."""

    def __call__(self, record: models.Model, facts: Mapping[str, Any], at: datetime) -> None: ...


@dataclass(frozen=True)
class Transition:
    """One verb of a lifecycle: from any of ``sources`` to ``target``, for whom ``allowed`` holds.

    ``title`` is the button, ``told`` how the timeline says it (default: the button); ``words`` names the facts.
    ``weighty`` verbs ask for confirmation. ``keep`` says how long the audit facts stay.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    allowed: Any
    title: str | Promise = ""
    told: str | Promise = ""
    guards: tuple[Guard, ...] = ()
    clocks: tuple[Clock, ...] | Clock = ()
    keep: Keep = Keep.RETENTION
    words: Mapping[str, Word] = field(default_factory=dict)
    weighty: bool = False

    def run_clocks(self, record: models.Model, facts: Mapping[str, Any], at: datetime) -> None:
        """Start, stop, pause or resume the deadlines this verb names."""
        clocks = (self.clocks,) if callable(self.clocks) else self.clocks
        for clock in clocks:
            clock(record, facts, at)


@dataclass(frozen=True)
class _Starts:
    kind: str
    by: Callable[[Any, Mapping[str, Any], datetime], datetime]

    def __call__(self, record: models.Model, facts: Mapping[str, Any], at: datetime) -> None:
        from linli.kernel import deadlines

        deadlines.start(ref_of(record), self.kind, due=self.by(record, facts, at), at=at)


@dataclass(frozen=True)
class _Moves:
    kind: str
    verb: str

    def __call__(self, record: models.Model, facts: Mapping[str, Any], at: datetime) -> None:
        from linli.kernel import deadlines

        getattr(deadlines, self.verb)(ref_of(record), self.kind, at=at)


def starts(kind: str, *, by: Callable[[Any, Mapping[str, Any], datetime], datetime]) -> Clock:
    """Start the deadline ``kind``; ``by(record, facts, at)`` gives when it is due."""
    return _Starts(kind, by)


def stops(kind: str) -> Clock:
    """Mark the deadline ``kind`` as met."""
    return _Moves(kind, "meet")


def pauses(kind: str) -> Clock:
    return _Moves(kind, "pause")


def resumes(kind: str) -> Clock:
    return _Moves(kind, "resume")
