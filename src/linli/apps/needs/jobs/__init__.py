"""What needs do outside the request, one subject a file."""

from linli.apps.needs.jobs.asking import ask_language_model, put_before_the_model
from linli.apps.needs.jobs.counting import count_changes, count_changes_now, count_for_the_night
from linli.apps.needs.jobs.handling import close_the_unrated, remind_of_limits
from linli.apps.needs.jobs.learning import learn_at_night, learn_categories
from linli.apps.needs.jobs.likeness import lay_beside, look_for_topics
from linli.apps.needs.jobs.tickets import forget_exports, take_over_export

__all__ = [
    "ask_language_model",
    "close_the_unrated",
    "count_changes",
    "count_changes_now",
    "count_for_the_night",
    "forget_exports",
    "lay_beside",
    "learn_at_night",
    "learn_categories",
    "look_for_topics",
    "put_before_the_model",
    "remind_of_limits",
    "take_over_export",
]
