"""Texts that say the same: pairs by the share of common character 3-grams, found without comparing each with each."""

from linli.algorithms.duplicates.grams import Grams, grams_of
from linli.algorithms.duplicates.pairs import LIKENESS, Pairs, groups_of, jaccard, pairs_among, pairs_of
from linli.algorithms.duplicates.reports import Group, Report, groups_among
from linli.algorithms.duplicates.signatures import Signatures, agreement, sign

__all__ = [
    "LIKENESS",
    "Grams",
    "Group",
    "Pairs",
    "Report",
    "Signatures",
    "agreement",
    "grams_of",
    "groups_among",
    "groups_of",
    "jaccard",
    "pairs_among",
    "pairs_of",
    "sign",
]
