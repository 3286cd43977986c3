"""The nouns of needs, one subject a file."""

from linli.apps.needs.models.answer import Answer, AnswerKind, AnswerTemplate, Content, Outcome, Verdict, Via, Way
from linli.apps.needs.models.assignment import Assignment, Came, Duty
from linli.apps.needs.models.category import Category, CommunityPart, Limit, Sensitivity
from linli.apps.needs.models.contact import Behalf, Contact
from linli.apps.needs.models.handling import (
    AttemptWay,
    ContactAttempt,
    DispatchObjection,
    ExtensionRequest,
    ExtensionState,
    ObjectionKind,
    OwnerOffer,
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
from linli.apps.needs.models.routing import RoutingRule

__all__ = [
    "LONGEST_MATTER",
    "LONGEST_TITLE",
    "OPEN",
    "UNFINISHED",
    "Answer",
    "AnswerKind",
    "AnswerTemplate",
    "Assignment",
    "AttemptWay",
    "Behalf",
    "Came",
    "Category",
    "Channel",
    "CommunityPart",
    "Contact",
    "ContactAttempt",
    "Content",
    "DispatchObjection",
    "Duty",
    "ExtensionRequest",
    "ExtensionState",
    "Limit",
    "Need",
    "NeedRun",
    "NeedState",
    "ObjectionKind",
    "Outcome",
    "OwnerOffer",
    "Route",
    "RoutingRule",
    "Sensitivity",
    "SolvedAt",
    "Verdict",
    "Via",
    "Way",
]
