"""The nouns of needs, one subject a file."""

from linli.apps.needs.models.alarm import Alarm, Watch
from linli.apps.needs.models.answer import Answer, AnswerKind, AnswerTemplate, Content, Outcome, Verdict, Via, Way
from linli.apps.needs.models.assignment import Assignment, Came, Duty
from linli.apps.needs.models.category import Category, CommunityPart, Limit, Sensitivity
from linli.apps.needs.models.contact import Behalf, Contact
from linli.apps.needs.models.elsewhere import ElsewhereCount
from linli.apps.needs.models.guide import Guide, LifeStage, WindowMatter
from linli.apps.needs.models.handling import (
    AttemptWay,
    ContactAttempt,
    DispatchObjection,
    ExtensionRequest,
    ExtensionState,
    ObjectionKind,
    OwnerOffer,
)
from linli.apps.needs.models.hint import CategoryHint, HintTrouble
from linli.apps.needs.models.importing import ColumnMapping, DayOrder, FileState, Purpose, TicketFile
from linli.apps.needs.models.likeness import Band, Likely, LikelyVerdict, Sketch
from linli.apps.needs.models.mediation import (
    DisputeKind,
    Mediation,
    MediationLevel,
    MediationParty,
    MediationState,
    MediationStep,
    StepKind,
)
from linli.apps.needs.models.need import (
    LONGEST_MATTER,
    LONGEST_TITLE,
    OPEN,
    UNFINISHED,
    Channel,
    Need,
    NeedRun,
    NeedState,
    Route,
    SolvedAt,
)
from linli.apps.needs.models.proactive import IssueSource, IssueState, ProactiveIssue
from linli.apps.needs.models.public_text import PublicText
from linli.apps.needs.models.routing import RoutingRule
from linli.apps.needs.models.stages import Stage, StageKind, StagePlan
from linli.apps.needs.models.subtask import SubTask, SubTaskState
from linli.apps.needs.models.sums import CountedDay, DailySum, Exclusion
from linli.apps.needs.models.ticket import RequestKind, RequestReason, RequestState, System, Ticket, TicketRequest
from linli.apps.needs.models.topic import HotTopic, HotTopicNeed
from linli.apps.needs.models.trained import CategoryChoice, ModelState, TrainedModel
from linli.apps.needs.models.whistle import (
    CallPart,
    Whistle,
    WhistleCall,
    WhistleKind,
    WhistleMark,
    WhistleState,
    WhistleStep,
)

__all__ = [
    "LONGEST_MATTER",
    "LONGEST_TITLE",
    "OPEN",
    "UNFINISHED",
    "Alarm",
    "Answer",
    "AnswerKind",
    "AnswerTemplate",
    "Assignment",
    "AttemptWay",
    "Band",
    "Behalf",
    "CallPart",
    "Came",
    "Category",
    "CategoryChoice",
    "CategoryHint",
    "Channel",
    "ColumnMapping",
    "CommunityPart",
    "Contact",
    "ContactAttempt",
    "Content",
    "CountedDay",
    "DailySum",
    "DayOrder",
    "DispatchObjection",
    "DisputeKind",
    "Duty",
    "ElsewhereCount",
    "Exclusion",
    "ExtensionRequest",
    "ExtensionState",
    "FileState",
    "Guide",
    "HintTrouble",
    "HotTopic",
    "HotTopicNeed",
    "IssueSource",
    "IssueState",
    "LifeStage",
    "Likely",
    "LikelyVerdict",
    "Limit",
    "Mediation",
    "MediationLevel",
    "MediationParty",
    "MediationState",
    "MediationStep",
    "ModelState",
    "Need",
    "NeedRun",
    "NeedState",
    "ObjectionKind",
    "Outcome",
    "OwnerOffer",
    "ProactiveIssue",
    "PublicText",
    "Purpose",
    "RequestKind",
    "RequestReason",
    "RequestState",
    "Route",
    "RoutingRule",
    "Sensitivity",
    "Sketch",
    "SolvedAt",
    "Stage",
    "StageKind",
    "StagePlan",
    "StepKind",
    "SubTask",
    "SubTaskState",
    "System",
    "Ticket",
    "TicketFile",
    "TicketRequest",
    "TrainedModel",
    "Verdict",
    "Via",
    "Watch",
    "Way",
    "Whistle",
    "WhistleCall",
    "WhistleKind",
    "WhistleMark",
    "WhistleState",
    "WhistleStep",
    "WindowMatter",
]
