"""Accounts, persons, posts and contact cards."""

from linli.apps.people.models.absence import Absence, AbsenceKind
from linli.apps.people.models.card import CardState, ContactCard
from linli.apps.people.models.document import DOCUMENT, DocumentKind
from linli.apps.people.models.guardianship import Guardianship, Relation
from linli.apps.people.models.handover import Handover, HandoverItem, HandoverState, ItemKind
from linli.apps.people.models.merge import Merge
from linli.apps.people.models.office import Office
from linli.apps.people.models.person import Gender, Person, Purpose, Source
from linli.apps.people.models.post import Post
from linli.apps.people.models.roll import RollEntry, RollKind
from linli.apps.people.models.skill import Skill
from linli.apps.people.models.substitute import Substitute
from linli.apps.people.models.user import User

__all__ = [
    "DOCUMENT",
    "Absence",
    "AbsenceKind",
    "CardState",
    "ContactCard",
    "DocumentKind",
    "Gender",
    "Guardianship",
    "Handover",
    "HandoverItem",
    "HandoverState",
    "ItemKind",
    "Merge",
    "Office",
    "Person",
    "Post",
    "Purpose",
    "Relation",
    "RollEntry",
    "RollKind",
    "Skill",
    "Source",
    "Substitute",
    "User",
]
