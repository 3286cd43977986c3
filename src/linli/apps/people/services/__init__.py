"""The verbs of people: accounts, persons, posts, contact cards."""

from linli.apps.people.services.absences import call_off, enter_absence
from linli.apps.people.services.accounts import (
    chose_password,
    close_account,
    correct_account,
    correct_own,
    give_password,
    issue_password,
    open_account,
)
from linli.apps.people.services.cards import (
    check,
    draw_up,
    edit,
    hand_over_drafts,
    keep_up,
    send_back,
    sign_off,
    submit,
    take_up_again,
    withdraw,
)
from linli.apps.people.services.consents import agree, agree_on_paper, pass_on, take_back, write_text
from linli.apps.people.services.data_requests import ask, ask_for, finish, refuse, take
from linli.apps.people.services.exports import forget_exports, make_files
from linli.apps.people.services.following import cards_follow, persons_follow, persons_follow_houses, posts_follow
from linli.apps.people.services.grades import (
    issue_slip,
    match_to_roster,
    prove_by_call,
    prove_by_slip,
    prove_in_person,
    refuse_match,
    withdraw_proof,
)
from linli.apps.people.services.guardians import end_guardianship, name_guardian, require_guardian
from linli.apps.people.services.handovers import (
    add_item,
    call_off_handover,
    carry_out_handover,
    confirm_handover,
    draw_up_handover,
    remove_item,
    witness_handover,
)
from linli.apps.people.services.joining import join
from linli.apps.people.services.leaving import leave, let_in_again
from linli.apps.people.services.merging import kept_of, merge_persons, undo_merge
from linli.apps.people.services.offices import rename_office
from linli.apps.people.services.persons import correct_person, empty_person, enter_person
from linli.apps.people.services.posts import end_post, give_post, set_term
from linli.apps.people.services.protection import assess, report_incident, tell_incident
from linli.apps.people.services.rolls import put_on_roll, take_off_roll
from linli.apps.people.services.rosters import enter_persons
from linli.apps.people.services.skills import add_skill, end_skill
from linli.apps.people.services.substitutes import end_substitute, name_substitute

__all__ = [
    "add_item",
    "add_skill",
    "agree",
    "agree_on_paper",
    "ask",
    "ask_for",
    "assess",
    "call_off",
    "call_off_handover",
    "cards_follow",
    "carry_out_handover",
    "check",
    "chose_password",
    "close_account",
    "confirm_handover",
    "correct_account",
    "correct_own",
    "correct_person",
    "draw_up",
    "draw_up_handover",
    "edit",
    "empty_person",
    "end_guardianship",
    "end_post",
    "end_skill",
    "end_substitute",
    "enter_absence",
    "enter_person",
    "enter_persons",
    "finish",
    "forget_exports",
    "give_password",
    "give_post",
    "hand_over_drafts",
    "issue_password",
    "issue_slip",
    "join",
    "keep_up",
    "kept_of",
    "leave",
    "let_in_again",
    "make_files",
    "match_to_roster",
    "merge_persons",
    "name_guardian",
    "name_substitute",
    "open_account",
    "pass_on",
    "persons_follow",
    "persons_follow_houses",
    "posts_follow",
    "prove_by_call",
    "prove_by_slip",
    "prove_in_person",
    "put_on_roll",
    "refuse",
    "refuse_match",
    "remove_item",
    "rename_office",
    "report_incident",
    "require_guardian",
    "send_back",
    "set_term",
    "sign_off",
    "submit",
    "take",
    "take_back",
    "take_off_roll",
    "take_up_again",
    "tell_incident",
    "undo_merge",
    "withdraw",
    "withdraw_proof",
    "witness_handover",
    "write_text",
]
