"""The verbs of rounds."""

from linli.apps.rounds.rubric import Votes
from linli.apps.rounds.services.amending import Change, amend, contest
from linli.apps.rounds.services.by_hand import drop_plan, set_amount
from linli.apps.rounds.services.casting import Way, cast_ballot, hand_out_paper, issue_choice_slips
from linli.apps.rounds.services.checking import accept, approved_amount, begin_check, give_view
from linli.apps.rounds.services.choice_files import keep_file, take_over
from linli.apps.rounds.services.choice_papers import settle_paper, type_again, type_paper
from linli.apps.rounds.services.choosing import (
    Terms,
    close_choice,
    decide_share,
    open_choice,
    publish_choice,
    set_up_choice,
)
from linli.apps.rounds.services.content import (
    IndicatorText,
    Line,
    add_survey,
    count_supporters,
    remove_survey,
    set_indicators,
    set_lines,
    support,
)
from linli.apps.rounds.services.deciding import Sitting, decide
from linli.apps.rounds.services.discussions import Minutes, record_discussion, record_discussions
from linli.apps.rounds.services.entering import enter_for_review
from linli.apps.rounds.services.factors import write_factor
from linli.apps.rounds.services.filing import record_answer
from linli.apps.rounds.services.following import end_notice
from linli.apps.rounds.services.idea import assign_agency, hand_in_idea, record_coaching, set_aside, take_up
from linli.apps.rounds.services.knobs import Knobs, Step
from linli.apps.rounds.services.opening import begin_opening, open_seals
from linli.apps.rounds.services.phases import date_phase, issue_late_codes, repeat_phase, skip_phase
from linli.apps.rounds.services.planning import Draft, draft_plan, draw_plan, standings_of
from linli.apps.rounds.services.programme import add_word, end_word, found_programme
from linli.apps.rounds.services.proposal import Proposer, confirm_edit, save_section, set_proposers, start_proposal
from linli.apps.rounds.services.resources import Offer, change_demands, change_resources
from linli.apps.rounds.services.returning import take_form
from linli.apps.rounds.services.round import (
    change_round,
    close_round,
    open_round,
    reopen_round,
    roll_over,
    set_up_round,
)
from linli.apps.rounds.services.submitting import Incomplete, refuse, return_for_more, submit, withdraw

__all__ = [
    "Change",
    "Draft",
    "Incomplete",
    "IndicatorText",
    "Knobs",
    "Line",
    "Minutes",
    "Offer",
    "Proposer",
    "Sitting",
    "Step",
    "Terms",
    "Votes",
    "Way",
    "accept",
    "add_survey",
    "add_word",
    "amend",
    "approved_amount",
    "assign_agency",
    "begin_check",
    "begin_opening",
    "cast_ballot",
    "change_demands",
    "change_resources",
    "change_round",
    "close_choice",
    "close_round",
    "confirm_edit",
    "contest",
    "count_supporters",
    "date_phase",
    "decide",
    "decide_share",
    "draft_plan",
    "draw_plan",
    "drop_plan",
    "end_notice",
    "end_word",
    "enter_for_review",
    "found_programme",
    "give_view",
    "hand_in_idea",
    "hand_out_paper",
    "issue_choice_slips",
    "issue_late_codes",
    "keep_file",
    "open_choice",
    "open_round",
    "open_seals",
    "publish_choice",
    "record_answer",
    "record_coaching",
    "record_discussion",
    "record_discussions",
    "refuse",
    "remove_survey",
    "reopen_round",
    "repeat_phase",
    "return_for_more",
    "roll_over",
    "save_section",
    "set_amount",
    "set_aside",
    "set_indicators",
    "set_lines",
    "set_proposers",
    "set_up_choice",
    "set_up_round",
    "settle_paper",
    "skip_phase",
    "standings_of",
    "start_proposal",
    "submit",
    "support",
    "take_form",
    "take_over",
    "take_up",
    "type_again",
    "type_paper",
    "withdraw",
    "write_factor",
]
