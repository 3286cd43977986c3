"""Grades by steps: from which score a letter is given, what it is called, and its factor for the next year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal

DEFAULT = "A 优秀 85 1.1；B 合格 60 1.0；C 不合格 0 0"
"""Rules Part 3.3 (scheme of 2019; the factors are invented): letter, word, from which score, factor."""
MALFORMED = _("Write each grade as letter, word, lowest score and factor, such as %(sample)s.")
SAMPLE = {"sample": DEFAULT}
TOP, MOST = Decimal(100), Decimal(5)


@dataclass(frozen=True)
class Step:
    """One step: ``least`` is the lowest score out of 100 that reaches it."""

    letter: str
    title: str
    least: Decimal
    factor: Decimal


def read_steps(text: str) -> list[Step]:
    """The steps written as 「A 优秀 85 1.1；B 合格 60 1.0；C 不合格 0 0」, the highest first. Raises Refusal."""
    steps = [_step(part) for part in text.replace(";", "；").split("；") if part.strip()]
    falling = all(one.least > two.least for one, two in pairwise(steps))
    if not steps or not falling or steps[-1].least != 0 or len({one.letter for one in steps}) < len(steps):
        raise Refusal(_("Write the grades from the highest to the one that begins at 0, such as %(sample)s.") % SAMPLE)
    return steps


def _step(part: str) -> Step:
    words = part.split()
    try:
        letter, title, least, factor = words[0], words[1], Decimal(words[2]), Decimal(words[3])
    except (IndexError, InvalidOperation):
        raise Refusal(
            _("Write each grade as letter, word, lowest score and factor, such as %(sample)s.") % SAMPLE
        ) from None
    if len(words) != 4 or not 0 <= least < TOP or not 0 <= factor <= MOST or len(letter) > 4 or len(title) > 20:
        raise Refusal(MALFORMED % SAMPLE)
    return Step(letter, title, least, factor)


def step_of(score: Decimal, steps: Sequence[Step]) -> Step:
    """The step a score reaches. 84.99 is no 85: nothing is rounded."""
    return next(step for step in steps if score >= step.least)
