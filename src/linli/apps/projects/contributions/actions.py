"""The names of what is done to projects, as their histories tell it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import Amount, Keep, register_action

AMOUNT = Amount(_("amount"))
NUMBER, COUNT, DAY, TEAM = _("number"), _("count"), _("day"), _("team")
EVIDENCE = {"evidence": _("evidence"), "milestone": _("milestone"), "count": COUNT}
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "project.begin",
        _("began the project from its award"),
        {"number": NUMBER, "amount": AMOUNT, "minutes": _("number of the minutes")},
    ),
    ("project.enter", _("entered the project directly"), {"number": NUMBER, "amount": AMOUNT}),
    ("project.link_agreement", _("joined the signed agreement"), {"number": NUMBER}),
    (
        "project.follow",
        _("went by the later decision on its award"),
        {"minutes": _("number of the minutes"), "before": Amount(_("before")), "amount": AMOUNT},
    ),
    ("project.set_budget", _("set the budget of the project"), {"count": COUNT}),
    ("project.set_groups", _("said whom the project is for"), {"count": COUNT}),
    ("project.set_partners", _("said who takes part in the project"), {"count": COUNT}),
    ("project.set_indicators", _("set the indicators of the project"), {"count": COUNT}),
    ("project.give_evidence", _("gave evidence"), EVIDENCE),
    ("project.ask_evidence", _("asked for more evidence"), EVIDENCE),
    ("project.reach_milestone", _("reached a milestone"), {"milestone": _("milestone"), "day": DAY}),
    (
        "project.record_actual",
        _("recorded the figure of an indicator"),
        {"indicator": _("indicator"), "value": _("actual figure"), "day": DAY},
    ),
    ("project.add_outcome", _("entered an outcome"), {"outcome": _("outcome")}),
    ("project.record_growth", _("recorded how a team grew"), {"team": TEAM}),
    ("project.form_task_team", _("formed a team for a task"), {"team": TEAM, "count": _("how many people")}),
    (
        "project.report_task_team",
        _("reported what the team found and solved"),
        {"team": TEAM, "found": _("problems found"), "solved": _("problems solved")},
    ),
    ("project.visit", _("visited the project"), {"day": DAY, "side": _("who visits"), "count": _("findings")}),
    (
        "project.settle_finding",
        _("put a finding right"),
        {"finding": _("finding"), "answer": _("what was done"), "day": DAY},
    ),
    (
        "project.report_progress",
        _("handed a progress report in"),
        {"span": _("span"), "day": _("First day"), "spent": Amount(_("spent"))},
    ),
    ("project.recover", _("entered money that came back"), {"amount": AMOUNT, "receipt": _("number of the receipt")}),
    (
        "change.ask",
        _("asked for a change"),
        {"number": NUMBER, "moved": Amount(_("money that moves")), "percent": _("per cent of the budget"),
         "reason": _("reason")},
    ),
    ("midterm.call", _("called for the mid-term self-report"), {"day": _("self-report until")}),
    ("midterm.warn", _("warned that the mid-term self-report is due"), {"warnings": _("warnings")}),
    ("midterm.fix", _("confirmed what was put right after the mid-term"), {"day": DAY}),
)  # fmt: skip


def contribute() -> None:
    """Register every action; what is decided about money and delivery is kept for ever."""
    for name, title, words in ACTIONS:
        register_action(f"projects.{name}", title, keep=Keep.FOR_EVER, words=words)
