"""Programmes, rounds and their phases; ideas, proposals and what they rest on; openings and checks."""

from linli.apps.rounds.models.check import Check, CheckStage, OfficeView, Revision, View
from linli.apps.rounds.models.content import (
    Discussion,
    DiscussionStep,
    LineSource,
    NeedSurvey,
    ProposalIndicator,
    ProposalLine,
    Supporter,
    SupporterKind,
    SurveyMethod,
)
from linli.apps.rounds.models.decision import Award, Decision, DecisionLine, LineKind
from linli.apps.rounds.models.idea import AgencyAssignment, CoachingVisit, Idea, IdeaSource, IdeaState
from linli.apps.rounds.models.plan import AllocationPlan, PlanLine, PlanRule, PlanState
from linli.apps.rounds.models.programme import Programme, ProgrammeWord, WordKind
from linli.apps.rounds.models.proposal import EDITABLE, HANDED_IN, Proposal, ProposalState, ProviderKind
from linli.apps.rounds.models.round import Opening, Phase, Round, RoundCommunity, RoundKind, RoundState
from linli.apps.rounds.models.share import ProposerKind, ProposerShare

__all__ = [
    "EDITABLE",
    "HANDED_IN",
    "AgencyAssignment",
    "AllocationPlan",
    "Award",
    "Check",
    "CheckStage",
    "CoachingVisit",
    "Decision",
    "DecisionLine",
    "Discussion",
    "DiscussionStep",
    "Idea",
    "IdeaSource",
    "IdeaState",
    "LineKind",
    "LineSource",
    "NeedSurvey",
    "OfficeView",
    "Opening",
    "Phase",
    "PlanLine",
    "PlanRule",
    "PlanState",
    "Programme",
    "ProgrammeWord",
    "Proposal",
    "ProposalIndicator",
    "ProposalLine",
    "ProposalState",
    "ProposerKind",
    "ProposerShare",
    "ProviderKind",
    "Revision",
    "Round",
    "RoundCommunity",
    "RoundKind",
    "RoundState",
    "Supporter",
    "SupporterKind",
    "SurveyMethod",
    "View",
    "WordKind",
]
