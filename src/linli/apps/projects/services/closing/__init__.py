"""Verbs of the closing review, from the file to the page for everybody."""

from linli.apps.projects.services.closing.advising import (
    AdviceText,
    answer_advice,
    finish_advice,
    hand_over_opinions,
    mark_highlight,
)
from linli.apps.projects.services.closing.file import (
    accept_closing,
    except_from_gate,
    open_closing,
    send_closing_back,
    submit_closing,
    write_sections,
)
from linli.apps.projects.services.closing.grading import answer_appeal, appeal, find_misuse, give_grade
from linli.apps.projects.services.closing.panels import enter_many
from linli.apps.projects.services.closing.reviewing import attend, enter_closing, open_closing_review, take_results
from linli.apps.projects.services.closing.slides import add_slides
from linli.apps.projects.services.closing.telling import (
    give_prize,
    register_coverage,
    write_showcase,
    write_story,
    write_summary,
)

__all__ = [
    "AdviceText",
    "accept_closing",
    "add_slides",
    "answer_advice",
    "answer_appeal",
    "appeal",
    "attend",
    "enter_closing",
    "enter_many",
    "except_from_gate",
    "find_misuse",
    "finish_advice",
    "give_grade",
    "give_prize",
    "hand_over_opinions",
    "mark_highlight",
    "open_closing",
    "open_closing_review",
    "register_coverage",
    "send_closing_back",
    "submit_closing",
    "take_results",
    "write_sections",
    "write_showcase",
    "write_story",
    "write_summary",
]
