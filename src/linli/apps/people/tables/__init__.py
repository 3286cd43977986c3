"""Tables of people that are filled in: the roster of residents."""

from linli.apps.people.tables.roster import ROSTER_SHEET

__all__ = ["ROSTER_SHEET"]
