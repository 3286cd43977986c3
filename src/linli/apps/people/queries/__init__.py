"""Reads of accounts, persons, posts and contact cards."""

from linli.apps.people.queries.acting import (
    StandingIn,
    absences_visible_to,
    staff_of,
    standing_in,
    substitutes_visible_to,
)
from linli.apps.people.queries.ages import has_guardian, is_under_fourteen, needs_guardian, speaks_for
from linli.apps.people.queries.cards import (
    public_cards,
    public_cards_for,
    public_only,
    verbs_for,
    visible_to,
    writable_communities,
)
from linli.apps.people.queries.consents import (
    agreed,
    consents_visible_to,
    questions_for,
    texts_with_counts,
    told_about,
)
from linli.apps.people.queries.grades import likely_persons, proofs_of, residents_visible_to
from linli.apps.people.queries.handovers import handovers_visible_to, open_work, waiting_slips
from linli.apps.people.queries.home import (
    TaskGroup,
    a_month_before,
    by_urgency,
    numbers_of,
    own_place,
    tasks_of,
)
from linli.apps.people.queries.offices import offices_visible_to, titles_of
from linli.apps.people.queries.persons import persons_visible_to, roll_counts, rolls_visible_to
from linli.apps.people.queries.phones import phones_of
from linli.apps.people.queries.posts import (
    colleagues_of,
    ending_terms,
    holders,
    holding,
    names_of,
    posts_visible_to,
    speakers_of,
    users_visible_to,
)
from linli.apps.people.queries.rights import (
    OPEN,
    exports_visible_to,
    kept_about,
    requests_of,
    requests_to_answer,
    requests_visible_to,
    subject_of,
    subject_of_request,
)
from linli.apps.people.queries.skills import (
    Matrix,
    expiring,
    matrix,
    skills_of,
    skills_visible_to,
)

__all__ = [
    "OPEN",
    "Matrix",
    "StandingIn",
    "TaskGroup",
    "a_month_before",
    "absences_visible_to",
    "agreed",
    "by_urgency",
    "colleagues_of",
    "consents_visible_to",
    "ending_terms",
    "expiring",
    "exports_visible_to",
    "handovers_visible_to",
    "has_guardian",
    "holders",
    "holding",
    "is_under_fourteen",
    "kept_about",
    "likely_persons",
    "matrix",
    "names_of",
    "needs_guardian",
    "numbers_of",
    "offices_visible_to",
    "open_work",
    "own_place",
    "persons_visible_to",
    "phones_of",
    "posts_visible_to",
    "proofs_of",
    "public_cards",
    "public_cards_for",
    "public_only",
    "questions_for",
    "requests_of",
    "requests_to_answer",
    "requests_visible_to",
    "residents_visible_to",
    "roll_counts",
    "rolls_visible_to",
    "skills_of",
    "skills_visible_to",
    "speakers_of",
    "speaks_for",
    "staff_of",
    "standing_in",
    "subject_of",
    "subject_of_request",
    "substitutes_visible_to",
    "tasks_of",
    "texts_with_counts",
    "titles_of",
    "told_about",
    "users_visible_to",
    "verbs_for",
    "visible_to",
    "waiting_slips",
    "writable_communities",
]
