"""Reads of rounds, ideas and proposals."""

from linli.apps.rounds.queries.anomalies import anomalies_of
from linli.apps.rounds.queries.checks import checks_of, views_in
from linli.apps.rounds.queries.choice import (
    ballots_of,
    choice_of,
    choices_visible_to,
    mixed,
    projects_of,
    share_of,
    votes_in,
)
from linli.apps.rounds.queries.decisions import (
    awards_visible_to,
    decisions_of,
    decisions_visible_to,
    given_in,
    standing_awards,
    story_of,
)
from linli.apps.rounds.queries.factors import factors_of, factors_visible_to
from linli.apps.rounds.queries.ideas import assignments_of, coached_by, ideas_visible_to, told_by, visits_of
from linli.apps.rounds.queries.judging import panels_for, ready_for, reviews_about
from linli.apps.rounds.queries.pabulib import pb_of, pb_of_awards
from linli.apps.rounds.queries.phases import DoorClosed, door_phase, open_doors, phases_of, require_door, running
from linli.apps.rounds.queries.plans import knobs_in_words, plans_of, plans_visible_to, sentence_of
from linli.apps.rounds.queries.proposals import (
    accepted_in,
    content_of,
    own_of,
    proposers_of,
    revisions_of,
    same_legal_person,
    similar_to,
    supporter_counts,
    tended_by,
    visible_to,
)
from linli.apps.rounds.queries.purses import PurseRow, drawn_by, purses_of
from linli.apps.rounds.queries.resources import StockRow, demands_of, lots_of, may_demand, stock_of, written_of
from linli.apps.rounds.queries.revisions import Change, changes_between, differences
from linli.apps.rounds.queries.rounds import (
    SETTINGS,
    communities_of,
    counts_of,
    programmes_visible_to,
    prohibited_in,
    public_rounds,
    rules_of,
    values_of,
    words_of,
)
from linli.apps.rounds.queries.rounds import visible_to as rounds_visible_to
from linli.apps.rounds.queries.typings import difference, typings_of
from linli.apps.rounds.queries.waiting import unfinished_awards

__all__ = [
    "SETTINGS",
    "Change",
    "DoorClosed",
    "PurseRow",
    "StockRow",
    "accepted_in",
    "anomalies_of",
    "assignments_of",
    "awards_visible_to",
    "ballots_of",
    "changes_between",
    "checks_of",
    "choice_of",
    "choices_visible_to",
    "coached_by",
    "communities_of",
    "content_of",
    "counts_of",
    "decisions_of",
    "decisions_visible_to",
    "demands_of",
    "difference",
    "differences",
    "door_phase",
    "drawn_by",
    "factors_of",
    "factors_visible_to",
    "given_in",
    "ideas_visible_to",
    "knobs_in_words",
    "lots_of",
    "may_demand",
    "mixed",
    "open_doors",
    "own_of",
    "panels_for",
    "pb_of",
    "pb_of_awards",
    "phases_of",
    "plans_of",
    "plans_visible_to",
    "programmes_visible_to",
    "prohibited_in",
    "projects_of",
    "proposers_of",
    "public_rounds",
    "purses_of",
    "ready_for",
    "require_door",
    "reviews_about",
    "revisions_of",
    "rounds_visible_to",
    "rules_of",
    "running",
    "same_legal_person",
    "sentence_of",
    "share_of",
    "similar_to",
    "standing_awards",
    "stock_of",
    "story_of",
    "supporter_counts",
    "tended_by",
    "told_by",
    "typings_of",
    "unfinished_awards",
    "values_of",
    "views_in",
    "visible_to",
    "visits_of",
    "votes_in",
    "words_of",
    "written_of",
]
