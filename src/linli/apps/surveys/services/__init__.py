"""The verbs of surveys."""

from linli.apps.surveys.services.answering import answer, answer_call, answer_openly, note_call, require_running
from linli.apps.surveys.services.drafting import draft_survey, drop, edit_survey, grades, prolong, set_sections
from linli.apps.surveys.services.opening import close, open  # noqa: A004  # the word of the field
from linli.apps.surveys.services.papers import settle_paper, type_again, type_paper
from linli.apps.surveys.services.sampling import add_group, ask_by, draw_sample, drop_group
from linli.apps.surveys.services.slip_batches import issue_slips

__all__ = [
    "add_group",
    "answer",
    "answer_call",
    "answer_openly",
    "ask_by",
    "close",
    "draft_survey",
    "draw_sample",
    "drop",
    "drop_group",
    "edit_survey",
    "grades",
    "issue_slips",
    "note_call",
    "open",
    "prolong",
    "require_running",
    "set_sections",
    "settle_paper",
    "type_again",
    "type_paper",
]
