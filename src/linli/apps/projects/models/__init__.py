"""Projects with what they are held to and what happens to them."""

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
from linli.apps.projects.models.project import UNDER_WAY, Project, ProjectKind, ProjectState, SerialRun

__all__ = [
    "UNDER_WAY",
    "Counted",
    "Evidence",
    "IndicatorReading",
    "Milestone",
    "Partner",
    "PartnerKind",
    "Project",
    "ProjectIndicator",
    "ProjectKind",
    "ProjectState",
    "SerialRun",
    "TargetGroup",
]
