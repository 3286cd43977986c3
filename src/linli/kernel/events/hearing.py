"""Subscribers: functions in ``jobs.py`` that hear an action of a lower app."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.kernel.audit import actions
from linli.kernel.refs import Ref

EVERY_ACTION = "*"


@dataclass(frozen=True)
class Event:
    """What a subscriber is told. ``row`` is the id of the audit row: the same event never has another."""

    row: UUID
    action: str
    ref: Ref | None
    actor_id: UUID | None
    at: str
    facts: Mapping[str, Any]


Subscriber = Callable[[Event], None]
Waiting = Callable[[], QuerySet[Any]]
_subscribers: dict[str, dict[str, Subscriber]] = defaultdict(dict)
_conditions: dict[str, Waiting] = {}


def hears(*names: str, where: Waiting | None = None) -> Callable[[Subscriber], Subscriber]:
    """Call the function in a job after each of the named actions ("*": after every one).

    At least once, so it must be safe twice; its work and the mark "done" share one transaction.
    With ``where`` no job is queued while that queryset finds nothing; the database is asked as part of the
    INSERT. An unknown action name fails at start.
    """

    def wrap(function: Subscriber) -> Subscriber:
        path = f"{function.__module__}.{function.__qualname__}"
        for name in names:
            _subscribers[name][path] = function
        if where is not None:
            _conditions[path] = where
        return function

    return wrap


def subscribers(action: str) -> dict[str, Subscriber]:
    """Path → function of everybody who hears ``action``."""
    return {**_subscribers.get(action, {}), **_subscribers.get(EVERY_ACTION, {})}


def condition_of(path: str) -> QuerySet[Any] | None:
    """What must be found for the subscriber at ``path`` to be called; None: it is always called."""
    waiting = _conditions.get(path)
    return waiting() if waiting is not None else None


def unknown_actions() -> list[str]:
    """Names that somebody hears and nobody registered, as "name (who)"; checked at start."""
    known = {action.name for action in actions()} | {EVERY_ACTION}
    return [
        f"{name} ({', '.join(sorted(found))})"
        for name, found in sorted(_subscribers.items())
        if found and name not in known
    ]
