"""Verbs of projects."""

from linli.apps.ledger.services import Line
from linli.apps.projects.services.beginning import begin_from_award, enter_directly, link_agreement
from linli.apps.projects.services.budget import set_budget
from linli.apps.projects.services.content import set_groups, set_partners
from linli.apps.projects.services.shape import GroupText, IndicatorText, PartnerText, ProjectText
from linli.apps.projects.services.state import resume, suspend

__all__ = [
    "GroupText",
    "IndicatorText",
    "Line",
    "PartnerText",
    "ProjectText",
    "begin_from_award",
    "enter_directly",
    "link_agreement",
    "resume",
    "set_budget",
    "set_groups",
    "set_partners",
    "suspend",
]
