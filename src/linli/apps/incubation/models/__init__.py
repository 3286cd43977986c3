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
    "MonthWarning",
    "ObjectionState",
    "RaterMark",
    "SheetState",
]
