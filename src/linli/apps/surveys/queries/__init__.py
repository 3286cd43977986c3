"""Reads of surveys: lists, boards, rates of records, results, papers and calls."""

from linli.apps.surveys.queries.rates import LEVEL, Rate, rate_from, rate_of, rates_in, rates_of
from linli.apps.surveys.queries.surveys import (
    SMALL,
    Board,
    Line,
    about,
    asked_in,
    board_of,
    counts_of_calls,
    hidden_of,
    purposes_of,
    returned_by_stratum,
    sections_of,
    taking_answers,
    visible_to,
    waiting_papers,
    with_progress,
)

__all__ = [
    "LEVEL",
    "SMALL",
    "Board",
    "Line",
    "Rate",
    "about",
    "asked_in",
    "board_of",
    "counts_of_calls",
    "hidden_of",
    "purposes_of",
    "rate_from",
    "rate_of",
    "rates_in",
    "rates_of",
    "returned_by_stratum",
    "sections_of",
    "taking_answers",
    "visible_to",
    "waiting_papers",
    "with_progress",
]
