"""Which organizations are inactive, and why: a rule over what the records hold, to be asked of them by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_CHECKED = ("未参检", "不合格")


@dataclass(frozen=True)
class Signs:
    """What the records hold of one organization on a day.

    ``since``: first day it exists; ``activity``: its last activity held; ``evidence``: the last thing it filed with
    the center, or the last month it had points for; ``service``: the last day it served as a project runs or ran;
    ``check``: result of the annual check.
    """

    since: date
    activity: date | None = None
    evidence: date | None = None
    service: date | None = None
    check: str = ""
    abnormal: bool = False

    @property
    def last(self) -> date | None:
        """The last day anything shows that it works."""
        return max((day for day in (self.activity, self.evidence, self.service) if day), default=None)


def months_before(on: date, months: int) -> date:
    """The same day ``months`` earlier, the last one of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    for day in range(on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(on.day, 28))


def idle(signs: Signs, *, on: date, months: int) -> Sequence[str | Promise]:
    """Why it counts as inactive on the day ``on``, in sentences; empty where it works or is younger than ``months``."""
    reasons: list[str | Promise] = []
    edge = months_before(on, months)
    if signs.last is None and signs.since <= edge:
        reasons.append(_("No activity, project or filing is on record since it exists"))
    elif signs.last is not None and signs.last < edge:
        words = {"months": months, "day": signs.last.isoformat()}
        reasons.append(_("No activity, project or filing for %(months)d months; the last was on %(day)s") % words)
    if signs.abnormal:
        reasons.append(_("On the list of abnormal activities"))
    if signs.check in NOT_CHECKED:
        reasons.append(_("Annual check: %(result)s") % {"result": signs.check})
    return reasons
