"""The verbs of people: accounts, persons, posts, contact cards."""

from linli.apps.people.services.absences import call_off, enter_absence
from linli.apps.people.services.accounts import close_account, correct_account, give_password, open_account
from linli.apps.people.services.cards import (
    check,
    draw_up,
    edit,
    hand_over_drafts,
    send_back,
    sign_off,
    submit,
    take_up_again,
    withdraw,
)
from linli.apps.people.services.offices import rename_office
from linli.apps.people.services.persons import correct_person, empty_person, enter_person
from linli.apps.people.services.posts import end_post, give_post, set_term
from linli.apps.people.services.substitutes import end_substitute, name_substitute

__all__ = [
    "call_off",
    "check",
    "close_account",
    "correct_account",
    "correct_person",
    "draw_up",
    "edit",
    "empty_person",
    "end_post",
    "end_substitute",
    "enter_absence",
    "enter_person",
    "give_password",
    "give_post",
    "hand_over_drafts",
    "name_substitute",
    "open_account",
    "rename_office",
    "send_back",
    "set_term",
    "sign_off",
    "submit",
    "take_up_again",
    "withdraw",
]
