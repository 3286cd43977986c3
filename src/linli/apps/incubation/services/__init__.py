"""The verbs of incubation."""

from linli.apps.incubation.services.drafting import approve_leave, draft_sheet, give_evidence, pull_evidence, rate
from linli.apps.incubation.services.exiting import (
    answer_appeal,
    appeal,
    decide_exit,
    drop_exit,
    hear_case,
    hear_warning,
    reconsider,
    record_leaving,
    tell_exit,
)
from linli.apps.incubation.services.settling import (
    answer_objection,
    correct_mark,
    make_statement,
    object_to,
    publish_sheet,
    settle_sheet,
    show_sheet,
    take_back,
)

__all__ = [
    "answer_appeal",
    "answer_objection",
    "appeal",
    "approve_leave",
    "correct_mark",
    "decide_exit",
    "draft_sheet",
    "drop_exit",
    "give_evidence",
    "hear_case",
    "hear_warning",
    "make_statement",
    "object_to",
    "publish_sheet",
    "pull_evidence",
    "rate",
    "reconsider",
    "record_leaving",
    "settle_sheet",
    "show_sheet",
    "take_back",
    "tell_exit",
]
