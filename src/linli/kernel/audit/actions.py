"""The register of action names: a verb that is not registered cannot be recorded or heard."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise


class Keep(Enum):
    """How long the facts of a row stay readable. Numbers and seals of the row itself always stay."""

    FOR_EVER = "for_ever"
    """Money and decisions."""
    RETENTION = "retention"
    """Everything else: the setting ``audit.retention_days`` (at least 180)."""


@dataclass(frozen=True)
class Amount:
    """The word of a fact that is money in yuan: readers see ¥12,345.00."""

    title: str | Promise

    def __str__(self) -> str:
        return str(self.title)


Word = str | Promise | Amount


@dataclass(frozen=True)
class Action:
    """``name`` is "app.noun.verb"; ``title`` the verb in plain words; ``words`` names its facts for readers.

    ``nameless`` says who did it where no account did and it was not the clock, such as a resident without a name.
    """

    name: str
    title: str | Promise
    keep: Keep = Keep.RETENTION
    words: dict[str, Word] = field(default_factory=dict)
    nameless: str | Promise = ""


_actions: dict[str, Action] = {}


def register_action(
    name: str,
    title: str | Promise,
    *,
    keep: Keep = Keep.RETENTION,
    words: Mapping[str, Word] | None = None,
    nameless: str | Promise = "",
) -> Action:
    """Make an action known. A second one of the same name fails at start."""
    if name in _actions:
        message = f"the action {name!r} is registered twice"
        raise ImproperlyConfigured(message)
    action = Action(name, title, keep, dict(words or {}), nameless)
    _actions[name] = action
    return action


def action_named(name: str) -> Action:
    """The registered action. Raises ImproperlyConfigured for an unknown name."""
    try:
        return _actions[name]
    except KeyError:
        message = f"no action {name!r} is registered"
        raise ImproperlyConfigured(message) from None


def actions() -> tuple[Action, ...]:
    return tuple(_actions.values())
