"""Papers of surveys: slips with their questions, doors to bring them to, the table of rates (paper 26)."""

from linli.apps.surveys.tables.rates import TITLE, heading, rate_table
from linli.apps.surveys.tables.slips import door_list, slip_papers

__all__ = ["TITLE", "door_list", "heading", "rate_table", "slip_papers"]
