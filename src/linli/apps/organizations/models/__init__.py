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
from linli.apps.organizations.models.related import Coaching, RelatedParty, RelationKind
from linli.apps.organizations.models.standing import Standing

__all__ = [
    "TEAMS",
    "WITHOUT_LEGAL_PERSON",
    "ChecklistTick",
    "Coaching",
    "Facility",
    "FormerName",
    "Honour",
    "HonourLevel",
    "LegalForm",
    "LegalPerson",
    "Organization",
    "OrganizationKind",
    "OrganizationStatus",
    "Partnership",
    "RelatedParty",
    "RelationKind",
    "Standing",
    "Suspension",
]
