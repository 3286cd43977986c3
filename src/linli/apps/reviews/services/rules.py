"""The rule of a panel, fixed beforehand from the fewest marks any of its entries can get, recusals counted."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.algorithms.marks import MEAN, TooFew, rule_for
from linli.apps.reviews import queries
from linli.apps.reviews.models import Entry, EntryState, Mode, Panel, ReviewSession
from linli.apps.reviews.queries import Fewest
from linli.kernel.errors import Refusal


def fix_rules(session: ReviewSession, *, at: datetime) -> dict[str, str]:
    """Fix the rule of every panel with entries; returns name → rule. Refuses below the least number of marks."""
    fixed: dict[str, str] = {}
    for panel, fewest in queries.fewest_marks(session).items():
        if fewest is not None:
            fixed[panel.name] = _fix(panel, session, fewest, at)
    return fixed


def _fix(panel: Panel, session: ReviewSession, fewest: Fewest, at: datetime) -> str:
    try:
        rule = rule_for(fewest.all, drop_from=session.drop_from, least=session.least_marks)
    except TooFew as error:
        raise Refusal(
            _("In “%(panel)s” an entry would get only %(count)s marks; at least %(needed)s are needed. Add judges.")
            % {"panel": panel.name, "count": error.count, "needed": error.needed},
            code="too-few-judges",
        ) from None
    if fewest.group < 1:
        raise Refusal(
            _("In “%(panel)s” a group of judges has nobody for one of the entries. Add a judge to it.")
            % {"panel": panel.name},
            code="empty-group",
        )
    if session.mode != Mode.MARKS or fewest.group < session.drop_from:
        rule = MEAN
    if (panel.rule, panel.fewest) != (rule, fewest.all):
        Panel.objects.filter(pk=panel.pk).update(rule=rule, fewest=fewest.all, fixed_at=at)
        panel.rule, panel.fewest, panel.fixed_at = rule, fewest.all, at
    return rule


def fix_anew(panel: Panel, *, at: datetime) -> None:
    """After a judge left or a recusal was confirmed while scoring runs: the rule follows only while nothing of the
    panel is collected. Raises Refusal when a sheet counted already under another rule.
    """
    fewest = queries.fewest_marks(panel.session).get(panel)
    if fewest is None:
        return
    collected = Entry.objects.filter(panel=panel, state__in=(EntryState.COLLECTED, EntryState.REVEALED)).exists()
    before = panel.rule
    if _fix(panel, panel.session, fewest, at) != before and collected:
        raise Refusal(
            _("Entries were counted under the rule fixed beforehand; it cannot change now. Call in another judge."),
            code="rule-stands",
        )
