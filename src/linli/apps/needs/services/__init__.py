"""The verbs of needs."""

from linli.apps.needs.services.alarms import drop_watch, enter_watch, look_for_danger, raise_alarm, take_alarm
from linli.apps.needs.services.analysing import analyse, correct_category, join, split, take_apart
from linli.apps.needs.services.answering import (
    answer,
    draft_answer,
    filled,
    give_first_result,
    report_between,
    require_handling,
)
from linli.apps.needs.services.asking import ask_about
from linli.apps.needs.services.calling_back import settle_call_back
from linli.apps.needs.services.catalogue import load_catalogue, write_category, write_template
from linli.apps.needs.services.counting import count_day, leave_out, recount
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
from linli.apps.needs.services.elsewhere import count_elsewhere
from linli.apps.needs.services.entering import Entry, enter, note_window
from linli.apps.needs.services.following import by_code, by_pass, by_tail, pass_for, shown
from linli.apps.needs.services.guiding import GuideText, write_guide
from linli.apps.needs.services.handling import (
    answer_extension,
    approve_extension,
    extend,
    record_contact,
    refuse_extension,
    withdraw,
)
from linli.apps.needs.services.importing import cancel as cancel_export
from linli.apps.needs.services.importing import forget_old as forget_exports
from linli.apps.needs.services.importing import run as run_export
from linli.apps.needs.services.importing import take_over as take_over_export
from linli.apps.needs.services.importing import take_over_now as take_over_export_now
from linli.apps.needs.services.importing import tell_columns
from linli.apps.needs.services.importing import upload as upload_export
from linli.apps.needs.services.issues import (
    begin_issue,
    change_issue,
    drop_issue,
    notice_issue,
    strike_off,
    take_up_again,
)
from linli.apps.needs.services.likely import join_likely, propose_likely, tell_apart
from linli.apps.needs.services.likeness import keep_likeness, rebuild_likeness
from linli.apps.needs.services.mediating import (
    accept_mediation,
    agree,
    fail,
    missing_steps,
    note_consent,
    note_mediation_step,
    raise_level,
    refer,
    register_mediation,
)
from linli.apps.needs.services.parts import end_part, give_part, is_off_list, works_in
from linli.apps.needs.services.publishing import hide_text, proposed_text, show_text
from linli.apps.needs.services.raising import raise_wall
from linli.apps.needs.services.rating import close_unrated, is_unhappy, rate
from linli.apps.needs.services.receiving import FOLLOW, attach, receive, tail_of, write_contact
from linli.apps.needs.services.reminding import remind
from linli.apps.needs.services.reporting import Report, report
from linli.apps.needs.services.requesting import grant_by_export, note_decision, request_of_hotline
from linli.apps.needs.services.rescuing import name_handler
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
from linli.apps.needs.services.stages import finish_stage, move_stage, plan_stages
from linli.apps.needs.services.subtasks import (
    Asked,
    answer_by_link,
    answer_sub_task,
    by_link,
    dead_because,
    drop_sub_task,
    give_sub_task,
    link_of,
    renew_link,
    send_back,
    settle_sub_task,
)
from linli.apps.needs.services.succeeding import succeed
from linli.apps.needs.services.suggesting import Suggestion, note_choice, suggest_category, suggest_for
from linli.apps.needs.services.telling import owners, people_of, tell
from linli.apps.needs.services.topics import find_all_topics, find_topics
from linli.apps.needs.services.training import go_back, publish_model, train_model, training_rows
from linli.apps.needs.services.walling import Wall, wall_around
from linli.apps.needs.services.whistles import (
    Called,
    answer_call,
    approve_whistle,
    call_again,
    check_in,
    close_whistle,
    draft_whistle,
    note_step,
    rate_call,
    refuse_whistle,
    settle_whistle,
)

__all__ = [
    "FOLLOW",
    "Asked",
    "BehalfText",
    "Called",
    "ContactText",
    "Entry",
    "GuideText",
    "Outcome",
    "Received",
    "Report",
    "Spot",
    "Suggestion",
    "Tried",
    "Wall",
    "accept",
    "accept_mediation",
    "agree",
    "analyse",
    "answer",
    "answer_by_link",
    "answer_call",
    "answer_extension",
    "answer_offer",
    "answer_sub_task",
    "approve_extension",
    "approve_whistle",
    "ask_about",
    "attach",
    "begin_issue",
    "by_code",
    "by_link",
    "by_pass",
    "by_tail",
    "call_again",
    "cancel_export",
    "change_issue",
    "change_owner",
    "check_in",
    "close_unrated",
    "close_whistle",
    "correct_category",
    "count_day",
    "count_elsewhere",
    "dead_because",
    "decide_objection",
    "dispatch",
    "dispatch_by_rules",
    "draft_answer",
    "draft_whistle",
    "drop_issue",
    "drop_sub_task",
    "drop_watch",
    "end_part",
    "enter",
    "enter_watch",
    "extend",
    "fail",
    "filled",
    "find_all_topics",
    "find_topics",
    "finish_stage",
    "forget_exports",
    "give_first_result",
    "give_part",
    "give_sub_task",
    "go_back",
    "grant_by_export",
    "hand_to",
    "hide_text",
    "is_off_list",
    "is_unhappy",
    "join",
    "join_likely",
    "keep_likeness",
    "leave_out",
    "link_of",
    "load_catalogue",
    "look_for_danger",
    "missing_steps",
    "move_rule",
    "move_stage",
    "name_handler",
    "not_ours",
    "note_choice",
    "note_consent",
    "note_decision",
    "note_mediation_step",
    "note_step",
    "note_window",
    "notice_issue",
    "object_to_dispatch",
    "owners",
    "pass_for",
    "pass_owner",
    "people_of",
    "plan_stages",
    "propose_likely",
    "proposed_text",
    "publish_model",
    "raise_alarm",
    "raise_level",
    "raise_wall",
    "rate",
    "rate_call",
    "rebuild_likeness",
    "receive",
    "record_contact",
    "recount",
    "refer",
    "refuse_extension",
    "refuse_whistle",
    "register_mediation",
    "remind",
    "renew_link",
    "report",
    "report_between",
    "request_of_hotline",
    "require_handling",
    "rules_of",
    "run_export",
    "send_back",
    "settle_call_back",
    "settle_sub_task",
    "settle_whistle",
    "show_text",
    "shown",
    "split",
    "strike_off",
    "succeed",
    "suggest_category",
    "suggest_for",
    "switch_rule",
    "tail_of",
    "take_alarm",
    "take_apart",
    "take_over_export",
    "take_over_export_now",
    "take_up_again",
    "tell",
    "tell_apart",
    "tell_columns",
    "train_model",
    "training_rows",
    "try_rule",
    "upload_export",
    "wall_around",
    "withdraw",
    "works_in",
    "write_category",
    "write_contact",
    "write_guide",
    "write_rule",
    "write_template",
]
