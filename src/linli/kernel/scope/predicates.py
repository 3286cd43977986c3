"""Predicates about actors, combined with ``&``, ``|`` and ``~`` (the ``rules`` library)."""

from typing import Any

import rules

from linli.kernel.scope.actors import Actor, anchor_of
from linli.kernel.scope.roles import Role

Predicate = rules.predicates.Predicate


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

    return rules.predicate(check, name="holds:" + "|".join(sorted(wanted)))


@rules.predicate  # type: ignore[untyped-decorator]  # rules ships no types
def signed_in(actor: Actor | None, record: object = None) -> bool:
    return actor is not None


@rules.predicate  # type: ignore[untyped-decorator]
def clock(actor: Actor | None, record: object = None) -> bool:
    """Only a job acts: no person may call this verb."""
    return actor is None


@rules.predicate  # type: ignore[untyped-decorator]
def everyone(actor: Actor | None, record: object = None) -> bool:
    return True


@rules.predicate  # type: ignore[untyped-decorator]
def nobody(actor: Actor | None, record: object = None) -> bool:
    return False
