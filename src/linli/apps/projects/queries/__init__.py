"""Reads of projects."""

from linli.apps.projects.queries.activity import counted_figures, done_in, held_for, rates_of
from linli.apps.projects.queries.board import BoardRow, board, lamps, of_year, rows_of, years_of
from linli.apps.projects.queries.earlier import earlier_of, earlier_visible_to, with_scores, years_of_earlier
from linli.apps.projects.queries.figures import IndicatorBand, indicator_bands, missing_evidence, money_of, spent_of
from linli.apps.projects.queries.midterm import Proposed, changed_percent, proposed_marks
from linli.apps.projects.queries.people import told_about
from linli.apps.projects.queries.projects import awards_to_begin, milestones_of, projects_of, visible_to
from linli.apps.projects.queries.spending import YearOfMoney, year_of_money

__all__ = [
    "BoardRow",
    "IndicatorBand",
    "Proposed",
    "YearOfMoney",
    "awards_to_begin",
    "board",
    "changed_percent",
    "counted_figures",
    "done_in",
    "earlier_of",
    "earlier_visible_to",
    "held_for",
    "indicator_bands",
    "lamps",
    "milestones_of",
    "missing_evidence",
    "money_of",
    "of_year",
    "projects_of",
    "proposed_marks",
    "rates_of",
    "rows_of",
    "spent_of",
    "told_about",
    "visible_to",
    "with_scores",
    "year_of_money",
    "years_of",
    "years_of_earlier",
]
