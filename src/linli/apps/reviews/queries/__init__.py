"""Reads of reviews."""

from linli.apps.reviews.queries.board import PanelLine, Standing, board, panel_lines
from linli.apps.reviews.queries.experts import experts_visible_to, fees_of, service_of, with_service
from linli.apps.reviews.queries.papers import (
    handbook_paper,
    minutes_paper,
    papers_by_entry,
    promise_paper,
    sheet_paper,
    table_paper,
)
from linli.apps.reviews.queries.results import Result, result_of, results_of
from linli.apps.reviews.queries.seats import entries_for, papers_for, papers_of, seat_actor, seats_of
from linli.apps.reviews.queries.sessions import (
    Fewest,
    entries_of,
    fewest_marks,
    parts_visible_to,
    visible_to,
    what_is_open,
    what_lacks,
)
from linli.apps.reviews.queries.sheets import (
    Difference,
    corrections_of,
    differences,
    handed_in,
    is_whole_tie,
    judges_of,
    judging,
    missing_sheets,
    require_scans,
    sheets_by_entry,
    typing_grid,
)
from linli.apps.reviews.queries.ties import Found, recusals_of, ties_found
from linli.apps.reviews.queries.votes import equal_at_the_line, missing_ballots, picks_allowed, votable, votes_of

__all__ = [
    "Difference",
    "Fewest",
    "Found",
    "PanelLine",
    "Result",
    "Standing",
    "board",
    "corrections_of",
    "differences",
    "entries_for",
    "entries_of",
    "equal_at_the_line",
    "experts_visible_to",
    "fees_of",
    "fewest_marks",
    "handbook_paper",
    "handed_in",
    "is_whole_tie",
    "judges_of",
    "judging",
    "minutes_paper",
    "missing_ballots",
    "missing_sheets",
    "panel_lines",
    "papers_by_entry",
    "papers_for",
    "papers_of",
    "parts_visible_to",
    "picks_allowed",
    "promise_paper",
    "recusals_of",
    "require_scans",
    "result_of",
    "results_of",
    "seat_actor",
    "seats_of",
    "service_of",
    "sheet_paper",
    "sheets_by_entry",
    "table_paper",
    "ties_found",
    "typing_grid",
    "visible_to",
    "votable",
    "votes_of",
    "what_is_open",
    "what_lacks",
    "with_service",
]
