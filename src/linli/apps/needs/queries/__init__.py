"""Reads of needs; whoever reads asks the wall."""

from linli.apps.needs.queries.callers import SHOWN, history_of, neighbours_said, open_around
from linli.apps.needs.queries.catalogue import Branch, branches
from linli.apps.needs.queries.desk import (
    Clock,
    Found,
    Work,
    board_of,
    clocks_of,
    earlier_here,
    extensions_to_answer,
    found,
    in_tab,
    objections_to_decide,
    offers_to_answer,
    posts_of,
    story_of,
    with_parts,
    work_of,
)
from linli.apps.needs.queries.guides import by_stage, guides_visible_to, shown_guides
from linli.apps.needs.queries.issues import board_of_issues, issues_for
from linli.apps.needs.queries.likely import bundles
from linli.apps.needs.queries.likeness import Alike, alike
from linli.apps.needs.queries.open311 import (
    owner_units,
    public_words,
    requests_between,
    requests_shown,
    service_named,
    services_offered,
)
from linli.apps.needs.queries.picturing import pictures_for_the_code
from linli.apps.needs.queries.rescuing import unnamed_for
from linli.apps.needs.queries.telling import Told, phone_of, told
from linli.apps.needs.queries.tickets import (
    answer_hours,
    answers_to_take,
    files_visible_to,
    last_answers,
    mappings_visible_to,
    requests_visible_to,
    streets_of_imports,
    tickets_visible_to,
)
from linli.apps.needs.queries.topics import latest_topics, needs_of_topic, topics_for
from linli.apps.needs.queries.trained import model_in_use, models_of, report_of_model
from linli.apps.needs.queries.units import offices_for, organizations_for, places_for, staff_for, workplaces
from linli.apps.needs.queries.wall import (
    before_the_wall,
    has_part,
    hidden_from,
    is_visible,
    may_be_told,
    may_see_contact,
    stands_before,
    visible_to,
)
from linli.apps.needs.queries.watching import alarms_visible_to, on_watch, to_be_told, watches_visible_to

__all__ = [
    "SHOWN",
    "Alike",
    "Branch",
    "Clock",
    "Found",
    "Told",
    "Work",
    "alarms_visible_to",
    "alike",
    "answer_hours",
    "answers_to_take",
    "before_the_wall",
    "board_of",
    "board_of_issues",
    "branches",
    "bundles",
    "by_stage",
    "clocks_of",
    "earlier_here",
    "extensions_to_answer",
    "files_visible_to",
    "found",
    "guides_visible_to",
    "has_part",
    "hidden_from",
    "history_of",
    "in_tab",
    "is_visible",
    "issues_for",
    "last_answers",
    "latest_topics",
    "mappings_visible_to",
    "may_be_told",
    "may_see_contact",
    "model_in_use",
    "models_of",
    "needs_of_topic",
    "neighbours_said",
    "objections_to_decide",
    "offers_to_answer",
    "offices_for",
    "on_watch",
    "open_around",
    "organizations_for",
    "owner_units",
    "phone_of",
    "pictures_for_the_code",
    "places_for",
    "posts_of",
    "public_words",
    "report_of_model",
    "requests_between",
    "requests_shown",
    "requests_visible_to",
    "service_named",
    "services_offered",
    "shown_guides",
    "staff_for",
    "stands_before",
    "story_of",
    "streets_of_imports",
    "tickets_visible_to",
    "to_be_told",
    "told",
    "topics_for",
    "unnamed_for",
    "visible_to",
    "watches_visible_to",
    "with_parts",
    "work_of",
    "workplaces",
]
