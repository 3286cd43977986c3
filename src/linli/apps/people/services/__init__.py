"""The verbs of people: accounts, persons, posts, contact cards."""

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
from linli.apps.people.services.persons import correct_person, empty_person, enter_person
from linli.apps.people.services.posts import end_post, give_post

__all__ = [
    "check",
    "close_account",
    "correct_account",
    "correct_person",
    "draw_up",
    "edit",
    "empty_person",
    "end_post",
    "enter_person",
    "give_password",
    "give_post",
    "hand_over_drafts",
    "open_account",
    "send_back",
    "sign_off",
    "submit",
    "take_up_again",
    "withdraw",
]
