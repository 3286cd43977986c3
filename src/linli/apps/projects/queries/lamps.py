"""Four lamps of a project: time, money, evidence, satisfaction; each says its reason in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from linli.apps.ledger.queries import LineSpending
from linli.apps.projects.models import UNDER_WAY, Project, ProjectState
from linli.apps.surveys.queries import Rate

NAMES = ("time", "money", "evidence", "satisfaction")
TABS = {"time": "plan", "money": "money", "evidence": "plan", "satisfaction": ""}
"""The tab of the project's page where the rows behind a lamp stand."""
SOON = timedelta(days=14)
ENOUGH = 30
"""Fewer answers are shown, not judged (rules 3.3)."""
ALL = Decimal(100)


@dataclass(frozen=True)
class Lamp:
    """A colour of the house ("green", "amber", "red", "off"), a word or figure, and why."""

    colour: str
    word: str
    why: str


@dataclass(frozen=True)
class Limits:
    """Points behind that turn the money lamp; shares that turn the satisfaction lamp; all per cent."""

    behind: Decimal
    good: Decimal
    poor: Decimal


@dataclass(frozen=True)
class Facts:
    """What the lamps are read from: steps (due, reached, title), missing evidence (due, all), open findings (late,
    all), money, rate."""

    steps: Sequence[tuple[date, bool, str]]
    missing: tuple[int, int]
    findings: tuple[int, int]
    money: LineSpending
    rate: Rate | None


def lamps_from(project: Project, facts: Facts, limits: Limits, day: date) -> dict[str, Lamp]:
    """All four, in order."""
    return {
        "time": _time(project, facts.steps, day),
        "money": _money(project, facts.money, limits, day),
        "evidence": _evidence(project, facts),
        "satisfaction": _satisfaction(facts.rate, limits),
    }


def _time(project: Project, steps: Sequence[tuple[date, bool, str]], day: date) -> Lamp:
    if project.state == ProjectState.SUSPENDED:
        return Lamp("amber", _("Halted"), project.reason)
    if project.state not in UNDER_WAY:
        return Lamp("off", str(project.get_state_display()), _("The work is over."))
    late = [(day - due, title) for due, reached, title in steps if not reached and due < day]
    if late:
        longest, title = max(late)
        why = _("“%(title)s” is %(n)d days late.") % {"title": title, "n": longest.days}
        return Lamp("red" if longest > SOON else "amber", _("%(n)d days late") % {"n": longest.days}, why)
    nearest = min(((due, title) for due, reached, title in steps if not reached), default=None)
    if nearest is None:
        return Lamp("green", _("On time"), _("All milestones are reached."))
    told = {"title": nearest[1], "n": (nearest[0] - day).days}
    if nearest[0] - day <= SOON:
        return Lamp("amber", _("%(n)d days left") % told, _("“%(title)s” is due in %(n)d days.") % told)
    return Lamp("green", _("On time"), _("“%(title)s” is due in %(n)d days.") % told)


def elapsed(project: Project, day: date) -> Decimal:
    """Per cent of the term that has gone by."""
    whole = (project.ends_on - project.starts_on).days + 1
    gone = min(max((day - project.starts_on).days, 0), whole)
    return Decimal(100 * gone) / whole


def _money(project: Project, money: LineSpending, limits: Limits, day: date) -> Lamp:
    if not money.planned:
        return Lamp("off", _("No money"), _("Nothing is promised for this project."))
    rate = (money.paid * ALL / money.planned).quantize(Decimal("0.1"))
    gone, word = elapsed(project, day).quantize(Decimal("0.1")), f"{rate}%"
    if money.used > money.planned:
        return Lamp("red", word, _("More is handed in than was promised."))
    told = {"rate": word, "gone": f"{gone}%"}
    why = _("%(rate)s of the money is paid, %(gone)s of the time has gone by.") % told
    if project.state not in UNDER_WAY:
        return Lamp("off", word, why)
    behind = gone - rate
    if behind > 2 * limits.behind:
        return Lamp("red", word, why)
    return Lamp("amber" if behind > limits.behind else "green", word, why)


def _evidence(project: Project, facts: Facts) -> Lamp:
    due, every = facts.missing
    if project.state not in (*UNDER_WAY, ProjectState.CLOSING):
        return Lamp("off", _("Missing %(n)d") % {"n": every} if every else _("Nothing missing"), _("The work is over."))
    late, open_findings = facts.findings
    if late:
        why = _("%(n)d findings of visits are overdue, %(m)d pieces of evidence are missing.") % {"n": late, "m": due}
        return Lamp("red", _("Missing %(n)d") % {"n": due + late}, why)
    if due:
        why = _("%(n)d required pieces of evidence are missing of milestones that were due.") % {"n": due}
        return Lamp("red", _("Missing %(n)d") % {"n": due}, why)
    if open_findings:
        why = _("%(n)d findings of visits are not put right yet.") % {"n": open_findings}
        return Lamp("amber", _("Findings %(n)d") % {"n": open_findings}, why)
    if every:
        return Lamp("green", _("Up to date"), _("Nothing is missing today; %(n)d pieces follow.") % {"n": every})
    return Lamp("green", _("Nothing missing"), _("All required evidence is there."))


def _counted(share: Decimal, rate: Rate) -> str:
    """A percentage never stands without the number of answers it is of."""
    return _("%(share)s%% (%(n)d answers)") % {"share": share, "n": rate.n_valid}


def _satisfaction(rate: Rate | None, limits: Limits) -> Lamp:
    if rate is None or rate.rate is None:
        return Lamp("off", _("No survey"), _("No survey was held yet."))
    share = (rate.rate * ALL).quantize(Decimal("0.1"))
    told = {"rate": f"{share}%", "n": rate.n_valid}
    why = _("%(rate)s of %(n)d answers are satisfied.") % told
    if rate.n_valid < ENOUGH or not rate.is_official:
        return Lamp("amber", _counted(share, rate), why + _(" Too few, or self-selected: not judged."))
    colour = "green" if share >= limits.good else "red" if share < limits.poor else "amber"
    return Lamp(colour, _counted(share, rate), why)
