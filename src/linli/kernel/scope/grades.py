"""How sure the house is of who somebody is, and which grade each action asks for: one declared table."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.scope.actors import Actor
from linli.kernel.scope.predicates import predicate


class IdentityGrade(models.IntegerChoices):
    """From the weakest to the strongest; a higher grade does whatever a lower one may."""

    CLAIMED = 1, _("Told by oneself")
    PHONE = 2, _("Telephone proved")
    PROVED = 3, _("Proved in person or by a slip")
    ROSTER = 4, _("Matched to the roster")


@dataclass(frozen=True)
class GradedAction:
    """What somebody may do who is known as surely as ``grade``; None: nobody is asked who he is."""

    name: str
    title: str | Promise
    grade: IdentityGrade | None
    why: str | Promise


_actions: dict[str, GradedAction] = {}


def declare_graded(action: GradedAction) -> GradedAction:
    """Put an action into the table; a second one of the same name fails at start."""
    if action.name in _actions:
        message = f"the grade of {action.name!r} is declared twice"
        raise ImproperlyConfigured(message)
    _actions[action.name] = action
    return action


def graded_actions() -> tuple[GradedAction, ...]:
    """The whole table, weakest grade first, for the page that shows it."""
    return tuple(sorted(_actions.values(), key=lambda action: (action.grade or 0, action.name)))


def grade_of(actor: Actor | None) -> int:
    """The grade of an actor; 0 for a stranger."""
    return int(getattr(actor, "grade", IdentityGrade.CLAIMED)) if actor is not None else 0


def graded(least: IdentityGrade) -> Any:
    """True for an actor known at least as surely as ``least``."""

    def check(actor: Actor | None, record: object = None) -> bool:
        return grade_of(actor) >= least

    return predicate(check, name=f"graded:{least.name.lower()}")


def graded_for(action: str) -> Any:
    """True for an actor known as surely as the table asks for ``action``; read when asked, so order does not matter."""

    def check(actor: Actor | None, record: object = None) -> bool:
        return grade_of(actor) >= (_actions[action].grade or 0)

    return predicate(check, name=f"graded_for:{action}")
