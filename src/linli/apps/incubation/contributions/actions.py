"""The names of what is done to months and exits, as their histories tell it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import Keep, register_action

MONTH, REASON, TOTAL = _("month"), _("reason"), _("total")
WARNING = {"month": MONTH, "n": _("month in a row"), "total": TOTAL, "line": _("line"), "day": _("to be heard until")}
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "evidence.give",
        _("entered evidence for a month"),
        {"month": MONTH, "evidence": _("evidence"), "day": _("day")},
    ),
    ("leave.approve", _("approved leave for a month"), {"month": MONTH, "reason": REASON}),
    ("sheet.draft", _("drafted the sheet of the month"), {"month": MONTH}),
    ("sheet.pull", _("read the records again"), {}),
    ("sheet.rate", _("gave marks"), {"criteria": _("criteria")}),
    ("sheet.state", _("stated something to the draft"), {}),
    (
        "sheet.correct",
        _("corrected a mark; the old one is kept"),
        {"criterion": _("criterion"), "before": _("before"), "after": _("after"), "total": TOTAL, "reason": REASON},
    ),
    ("objection.make", _("objected to the points"), {}),
    ("warning.give", _("was warned"), WARNING),
    ("warning.withdraw", _("withdrew the warning: the months no longer bear it"), {"month": MONTH, "n": WARNING["n"]}),
    ("warning.hear", _("was heard about the warning"), {"month": MONTH}),
    ("exit.propose", _("proposed the exit from the center"), {"months": _("months"), "line": WARNING["line"]}),
    ("exit.hear", _("was heard about the exit"), {}),
    (
        "exit.bar",
        _("wrote down that it may claim no services"),
        {"day": _("day"), "until": _("until"), "reason": REASON},
    ),
    ("stars.open", _("opened the stars of the year"), {"year": _("year"), "version": _("version of the formula")}),
    ("stars.report", _("opened the report of the year"), {"title": _("title"), "day": _("day")}),
    ("stars.reckon", _("reckoned the stars"), {"count": _("organizations")}),
    ("stars.object", _("objected to the stars"), {"name": _("organization")}),
)


def contribute() -> None:
    """Register every action; what decides whether an organization stays is kept for ever."""
    for name, title, words in ACTIONS:
        register_action(f"incubation.{name}", title, keep=Keep.FOR_EVER, words=words)
