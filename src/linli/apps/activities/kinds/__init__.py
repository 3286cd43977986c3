"""The dictionaries of activities: kinds by which a street counts, festivals and their days."""

from linli.apps.activities.kinds.festivals import festival_day, festival_title, festivals, next_festival
from linli.apps.activities.kinds.words import activity_kinds, kind_title

__all__ = ["activity_kinds", "festival_day", "festival_title", "festivals", "kind_title", "next_festival"]
