"""How long a deadline is: a number of working days, working hours, or hours round the clock."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    WORKING_DAYS = "working_days", _("working days")
    WORKING_HOURS = "working_hours", _("working hours")
    CALENDAR_HOURS = "calendar_hours", _("hours round the clock")


@dataclass(frozen=True)
class Term:
    """``amount`` of ``unit``; raises ValueError below one."""

    unit: Unit
    amount: int

    def __post_init__(self) -> None:
        if self.amount < 1:
            message = f"a term of {self.amount} is none"
            raise ValueError(message)


def working_days(count: int) -> Term:
    """Until office hours close on the ``count``-th working day after the day it starts."""
    return Term(Unit.WORKING_DAYS, count)


def working_hours(count: int) -> Term:
    """``count`` office hours from the moment it starts."""
    return Term(Unit.WORKING_HOURS, count)


def calendar_hours(count: int) -> Term:
    """``count`` hours round the clock, nights and holidays included."""
    return Term(Unit.CALENDAR_HOURS, count)
