"""The nouns of incubation, one subject a file."""

from linli.apps.incubation.models.exiting import CASE_OVER, ExitCase, ExitState, MonthWarning
from linli.apps.incubation.models.month import (
    EvidenceKind,
    MonthCorrection,
    MonthEvidence,
    MonthLeave,
    MonthMark,
    MonthObjection,
    MonthSheet,
    ObjectionState,
    RaterMark,
    SheetState,
)
from linli.apps.incubation.models.source import MonthSource, source
from linli.apps.incubation.models.stars import StarObjection, StarRating, StarRound, StarState

__all__ = [
    "CASE_OVER",
    "EvidenceKind",
    "ExitCase",
    "ExitState",
    "MonthCorrection",
    "MonthEvidence",
    "MonthLeave",
    "MonthMark",
    "MonthObjection",
    "MonthSheet",
    "MonthSource",
    "MonthWarning",
    "ObjectionState",
    "RaterMark",
    "SheetState",
    "StarObjection",
    "StarRating",
    "StarRound",
    "StarState",
    "source",
]
