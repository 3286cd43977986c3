"""Predicates about actors, combined with ``&``, ``|`` and ``~`` (the ``rules`` library)."""

from collections.abc import Callable
from typing import Any

from rules.predicates import predicate as _predicate  # type: ignore[attr-defined,unused-ignore]  # untyped library

from linli.kernel.scope.actors import Actor, anchor_of
from linli.kernel.scope.roles import Role

predicate: Callable[..., Any] = _predicate
"""Makes a function of (actor, record) combinable."""


def holds(*roles: Role) -> Any:
    """True when the actor holds one of ``roles`` at, or above, the place or organization of the record.

    Without a record: true when the actor holds one of them anywhere.
    """
    wanted = frozenset(roles)

    def check(actor: Actor | None, record: object = None) -> bool:
        if actor is None:
            return False
        if record is None:
            return bool(wanted & actor.roles())
        anchor = anchor_of(record)
        return anchor in actor.holds_at(wanted, [anchor])

    return predicate(check, name="holds:" + "|".join(sorted(wanted)))


@predicate
def signed_in(actor: Actor | None, record: object = None) -> bool:
    return actor is not None


@predicate
def clock(actor: Actor | None, record: object = None) -> bool:
    """Only a job acts: no person may call this verb."""
    return actor is None


@predicate
def everyone(actor: Actor | None, record: object = None) -> bool:
    return True


@predicate
def nobody(actor: Actor | None, record: object = None) -> bool:
    return False
