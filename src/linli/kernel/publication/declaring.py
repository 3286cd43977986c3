"""What an app tells about a kind of record that may become public: its texts and files, and who passes them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from linli.kernel.contributions import TaskSource, contribute
from linli.kernel.lifecycle import Lifecycle
from linli.kernel.publication.stages import lifecycle_of
from linli.kernel.scope import Actor, Role

Text = str | Promise


def _no_files(record: Any) -> Iterable[Any]:
    return ()


def _nothing(record: Any) -> Iterable[str]:
    return ()


def _keeps_nothing(giver: UUID, taker: UUID, ids: Sequence[UUID]) -> None:
    """An app whose rows name no author."""


def _unmoved(record: Any, verb: str, actor: Actor | None, at: datetime) -> None:
    """An app that keeps nothing beside."""


@dataclass(frozen=True)
class PublicKind:
    """A kind of record (``kind`` as registered in refs) that becomes public by check and sign-off.

    - ``texts(record)``: heading → text of everything the public will read; what the scan reads and the seal covers.
    - ``files(record)``: the ``StoredFile`` rows that become public with it.
    - ``may_stand(record)``: telephones and addresses of offices, declared on the record.
    - ``writes``, ``checks``, ``signs_off``: the roles; without ``signs_off`` one check makes it public.
    - ``moved(record, verb, actor, at)``: what the app does beside, in the same transaction.
    - ``handed(giver, taker, ids)``: what it does when drafts go to another author; ``label``: the name among tasks.
    - ``told``: verb → how the timeline says it, where "submitted it for the check" is too general.
    """

    kind: str
    title: Text
    texts: Callable[[Any], Mapping[str, str]]
    writes: tuple[Role, ...]
    checks: tuple[Role, ...]
    signs_off: tuple[Role, ...] = ()
    files: Callable[[Any], Iterable[Any]] = _no_files
    may_stand: Callable[[Any], Iterable[str]] = _nothing
    moved: Callable[[Any, str, Actor | None, datetime], None] = _unmoved
    handed: Callable[[UUID, UUID, Sequence[UUID]], None] = _keeps_nothing
    label: Callable[[Any], str] | None = None
    told: Mapping[str, Text] = field(default_factory=dict)

    @property
    def lifecycle(self) -> Lifecycle:
        """The way of this kind: its actions are "<kind>.submit", "<kind>.check", …"""
        return _ways[self.kind]


_declared: dict[str, PublicKind] = {}
_ways: dict[str, Lifecycle] = {}
_offices: list[Callable[[UUID | None], Iterable[str]]] = []


def declare(kind: PublicKind) -> PublicKind:
    """Make the kind known: registers its actions, and its tasks (drafts, to check, to sign off)."""
    if kind.kind in _declared:
        message = f"the public kind {kind.kind!r} is declared twice"
        raise ImproperlyConfigured(message)
    from linli.kernel.publication import tasks  # loads models

    _declared[kind.kind] = kind
    _ways[kind.kind] = lifecycle_of(kind)
    contribute(
        TaskSource(f"{kind.kind}.publication", tasks.finder(kind), tasks.hand_over(kind), tasks.waiting),
    )
    return kind


def public_kind(name: str) -> PublicKind:
    """The declaration. Raises ImproperlyConfigured for a kind that never becomes public."""
    try:
        return _declared[name]
    except KeyError:
        message = f"the kind {name!r} is not declared as public"
        raise ImproperlyConfigured(message) from None


def public_kinds() -> tuple[PublicKind, ...]:
    return tuple(_declared[name] for name in sorted(_declared))


def may_stand(offices: Callable[[UUID | None], Iterable[str]]) -> None:
    """Let telephones and addresses of offices of a street pass everywhere: ``offices(street)`` gives them."""
    _offices.append(offices)


def standing_offices(street: UUID | None) -> set[str]:
    """What apps declared for a street."""
    return {entry for offices in _offices for entry in offices(street)}
