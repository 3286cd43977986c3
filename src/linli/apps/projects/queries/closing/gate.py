"""The gate of the closing review (A11): quantified indicators and enough answers on satisfaction, else an exception."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.apps.projects.models import Condition


@dataclass(frozen=True)
class GateRule:
    """At least ``answers`` valid answers, or ``percent`` of those served; all of them where fewer than ``answers``."""

    answers: int = 30
    percent: int = 30


@dataclass(frozen=True)
class GateFacts:
    """``open`` are the indicators without an actual figure; ``served`` None where nobody said how many there are."""

    indicators: int
    open: tuple[str, ...]
    answers: int
    served: int | None


@dataclass(frozen=True)
class Lack:
    """A condition that is not met, in a sentence."""

    ground: str
    sentence: str


def answers_needed(served: int | None, rule: GateRule) -> int:
    """How many valid answers let a project through: the smaller of the two limits, but all where few are served."""
    if served is None:
        return rule.answers
    if served < rule.answers:
        return served
    return min(rule.answers, -(-served * rule.percent // 100))


def lacks(facts: GateFacts, rule: GateRule, *, excused: Collection[str] = ()) -> list[Lack]:
    """What keeps a project out of the review; conditions with a recorded exception are left out. Pure."""
    found = []
    if not facts.indicators:
        found.append(Lack(Condition.INDICATORS, _("The project has no quantified indicator.")))
    elif facts.open:
        names = "、".join(facts.open)
        found.append(Lack(Condition.INDICATORS, _("No actual figure yet: %(names)s.") % {"names": names}))
    needed = answers_needed(facts.served, rule)
    if facts.answers < needed or not facts.answers:
        told = {"answers": facts.answers, "needed": max(needed, 1)}
        sentence = _("%(answers)s valid answers on satisfaction; %(needed)s are needed.") % told
        found.append(Lack(Condition.SATISFACTION, sentence))
    return [one for one in found if one.ground not in excused]
