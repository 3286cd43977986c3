"""Accounts, persons, posts and contact cards."""

from linli.apps.people.models.absence import Absence, AbsenceKind
from linli.apps.people.models.card import ContactCard
from linli.apps.people.models.consent import SEPARATE, Consent, ConsentPurpose, ConsentText, Disclosure, Given
from linli.apps.people.models.data_request import DataExport, DataRequest, RequestKind, RequestState
from linli.apps.people.models.document import DOCUMENT, DocumentKind
from linli.apps.people.models.guardianship import Guardianship, Relation
from linli.apps.people.models.handover import Handover, HandoverItem, HandoverState, ItemKind
from linli.apps.people.models.identity_proof import GIVES, How, IdentityProof
from linli.apps.people.models.merge import Merge
from linli.apps.people.models.office import Office
from linli.apps.people.models.person import Gender, Person, Purpose, Source
from linli.apps.people.models.post import Post
from linli.apps.people.models.protection import AssessmentGround, DataIncident, ImpactAssessment
from linli.apps.people.models.roll import RollEntry, RollKind
from linli.apps.people.models.skill import Skill
from linli.apps.people.models.substitute import Substitute
from linli.apps.people.models.user import User

__all__ = [
    "DOCUMENT",
    "GIVES",
    "SEPARATE",
    "Absence",
    "AbsenceKind",
    "AssessmentGround",
    "Consent",
    "ConsentPurpose",
    "ConsentText",
    "ContactCard",
    "DataExport",
    "DataIncident",
    "DataRequest",
    "Disclosure",
    "DocumentKind",
    "Gender",
    "Given",
    "Guardianship",
    "Handover",
    "HandoverItem",
    "HandoverState",
    "How",
    "IdentityProof",
    "ImpactAssessment",
    "ItemKind",
    "Merge",
    "Office",
    "Person",
    "Post",
    "Purpose",
    "Relation",
    "RequestKind",
    "RequestState",
    "RollEntry",
    "RollKind",
    "Skill",
    "Source",
    "Substitute",
    "User",
]
