"""Projects with what they are held to, what came out of them, and what happens to them."""

from linli.apps.projects.models.changing import (
    Band,
    ChangedIndicator,
    ChangedLine,
    ChangeRequest,
    ChangeState,
    Recovery,
)
from linli.apps.projects.models.content import (
    Counted,
    Evidence,
    IndicatorReading,
    Milestone,
    Partner,
    PartnerKind,
    ProjectIndicator,
    TargetGroup,
)
from linli.apps.projects.models.midterm import MidTerm, MidTermMark, MidTermState, Verdict
from linli.apps.projects.models.outcome import Outcome, TaskTeam, TaskTeamPart, TeamGrowth
from linli.apps.projects.models.project import UNDER_WAY, Project, ProjectKind, ProjectState, SerialRun
from linli.apps.projects.models.watching import ProgressReport, Span, SupervisionVisit, VisitFinding, VisitSide

__all__ = [
    "UNDER_WAY",
    "Band",
    "ChangeRequest",
    "ChangeState",
    "ChangedIndicator",
    "ChangedLine",
    "Counted",
    "Evidence",
    "IndicatorReading",
    "MidTerm",
    "MidTermMark",
    "MidTermState",
    "Milestone",
    "Outcome",
    "Partner",
    "PartnerKind",
    "ProgressReport",
    "Project",
    "ProjectIndicator",
    "ProjectKind",
    "ProjectState",
    "Recovery",
    "SerialRun",
    "Span",
    "SupervisionVisit",
    "TargetGroup",
    "TaskTeam",
    "TaskTeamPart",
    "TeamGrowth",
    "Verdict",
    "VisitFinding",
    "VisitSide",
]
