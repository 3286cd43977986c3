"""The verbs of needs."""

from linli.apps.needs.services.analysing import analyse, correct_category, join, split, take_apart
from linli.apps.needs.services.answering import answer, draft_answer, filled, give_first_result, report_between
from linli.apps.needs.services.dispatching import (
    accept,
    answer_offer,
    change_owner,
    decide_objection,
    dispatch,
    hand_to,
    not_ours,
    object_to_dispatch,
    pass_owner,
)
from linli.apps.needs.services.handling import (
    answer_extension,
    approve_extension,
    extend,
    record_contact,
    refuse_extension,
    withdraw,
)
from linli.apps.needs.services.parts import end_part, give_part, is_off_list, works_in
from linli.apps.needs.services.rating import close_unrated, is_unhappy, rate
from linli.apps.needs.services.receiving import FOLLOW, attach, receive, tail_of, write_contact
from linli.apps.needs.services.routing import (
    Outcome,
    Tried,
    dispatch_by_rules,
    move_rule,
    rules_of,
    switch_rule,
    try_rule,
    write_rule,
)
from linli.apps.needs.services.shape import BehalfText, ContactText, Received, Spot
from linli.apps.needs.services.telling import owners, people_of, tell
from linli.apps.needs.services.walling import Wall, wall_around

__all__ = [
    "FOLLOW",
    "BehalfText",
    "ContactText",
    "Outcome",
    "Received",
    "Spot",
    "Tried",
    "Wall",
    "accept",
    "analyse",
    "answer",
    "answer_extension",
    "answer_offer",
    "approve_extension",
    "attach",
    "change_owner",
    "close_unrated",
    "correct_category",
    "decide_objection",
    "dispatch",
    "dispatch_by_rules",
    "draft_answer",
    "end_part",
    "extend",
    "filled",
    "give_first_result",
    "give_part",
    "hand_to",
    "is_off_list",
    "is_unhappy",
    "join",
    "move_rule",
    "not_ours",
    "object_to_dispatch",
    "owners",
    "pass_owner",
    "people_of",
    "rate",
    "receive",
    "record_contact",
    "refuse_extension",
    "report_between",
    "rules_of",
    "split",
    "switch_rule",
    "tail_of",
    "take_apart",
    "tell",
    "try_rule",
    "wall_around",
    "withdraw",
    "works_in",
    "write_contact",
    "write_rule",
]
