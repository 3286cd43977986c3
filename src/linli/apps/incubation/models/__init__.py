"""The nouns of incubation, one subject a file."""

from linli.apps.incubation.models.center import Center, CenterLevel, Desk, DeskStay, PipelineStep, Stage, TalentAward
from linli.apps.incubation.models.exiting import CASE_OVER, ExitCase, ExitState, MonthWarning
from linli.apps.incubation.models.matrix import UnitTask
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
from linli.apps.incubation.models.support import (
    BookMonth,
    BookState,
    DevelopmentFigure,
    FigureKind,
    SupportCase,
    SupportKind,
)
from linli.apps.incubation.models.training import PlannedTraining

__all__ = [
    "CASE_OVER",
    "BookMonth",
    "BookState",
    "Center",
    "CenterLevel",
    "Desk",
    "DeskStay",
    "DevelopmentFigure",
    "EvidenceKind",
    "ExitCase",
    "ExitState",
    "FigureKind",
    "MonthCorrection",
    "MonthEvidence",
    "MonthLeave",
    "MonthMark",
    "MonthObjection",
    "MonthSheet",
    "MonthSource",
    "MonthWarning",
    "ObjectionState",
    "PipelineStep",
    "PlannedTraining",
    "RaterMark",
    "SheetState",
    "Stage",
    "StarObjection",
    "StarRating",
    "StarRound",
    "StarState",
    "SupportCase",
    "SupportKind",
    "TalentAward",
    "UnitTask",
    "source",
]
