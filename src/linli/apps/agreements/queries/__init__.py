"""Reads of agreements."""

from linli.apps.agreements.kinds import clauses
from linli.apps.agreements.queries.agreements import (
    agreements_about,
    missing_opinions,
    offices_of,
    opinions_of,
    signed_for,
    template_of,
    templates_visible_to,
    visible_to,
    waiting_for_opinion,
)
from linli.apps.agreements.queries.text import FIELDS, SAMPLE, hash_of, told

__all__ = [
    "FIELDS",
    "SAMPLE",
    "agreements_about",
    "clauses",
    "hash_of",
    "missing_opinions",
    "offices_of",
    "opinions_of",
    "signed_for",
    "template_of",
    "templates_visible_to",
    "told",
    "visible_to",
    "waiting_for_opinion",
]
