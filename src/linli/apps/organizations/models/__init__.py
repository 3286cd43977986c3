"""Organizations and what is kept about them."""

from linli.apps.organizations.models.checklist import ChecklistTick
from linli.apps.organizations.models.facility import Facility
from linli.apps.organizations.models.history import FormerName, LegalPerson, Suspension
from linli.apps.organizations.models.honour import Honour, HonourLevel
from linli.apps.organizations.models.organization import (
    TEAMS,
    WITHOUT_LEGAL_PERSON,
    LegalForm,
    Organization,
    OrganizationKind,
    OrganizationStatus,
)
from linli.apps.organizations.models.partnership import Partnership
from linli.apps.organizations.models.party import BRANCHES, PartyKind, PartyOrganization, PartyStatus
from linli.apps.organizations.models.party_count import MemberCount
from linli.apps.organizations.models.party_cover import InstructorAssignment, PartyCover
from linli.apps.organizations.models.related import Coaching, RelatedParty, RelationKind
from linli.apps.organizations.models.standing import Standing

__all__ = [
    "BRANCHES",
    "TEAMS",
    "WITHOUT_LEGAL_PERSON",
    "ChecklistTick",
    "Coaching",
    "Facility",
    "FormerName",
    "Honour",
    "HonourLevel",
    "InstructorAssignment",
    "LegalForm",
    "LegalPerson",
    "MemberCount",
    "Organization",
    "OrganizationKind",
    "OrganizationStatus",
    "Partnership",
    "PartyCover",
    "PartyKind",
    "PartyOrganization",
    "PartyStatus",
    "RelatedParty",
    "RelationKind",
    "Standing",
    "Suspension",
]
