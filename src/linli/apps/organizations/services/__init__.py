"""The verbs of organizations."""

from linli.apps.organizations.kinds import StandingKind, declare_standing
from linli.apps.organizations.services.changes import end, rename, resume, set_legal_person, suspend
from linli.apps.organizations.services.checklist import tick, untick
from linli.apps.organizations.services.credit_code import check_digit, credit_code_problem, is_credit_code
from linli.apps.organizations.services.following import follow
from linli.apps.organizations.services.importing import take_over, take_over_honours
from linli.apps.organizations.services.organization import correct, correct_contact, enter
from linli.apps.organizations.services.party import change_party, elect, end_party, found_party
from linli.apps.organizations.services.party_count import count_members
from linli.apps.organizations.services.party_cover import assign_instructor, cover_by_party, end_cover, end_instructor
from linli.apps.organizations.services.party_importing import take_over_counts, take_over_parties
from linli.apps.organizations.services.registers import (
    add_honour,
    close_facility,
    correct_facility,
    end_honour,
    end_partnership,
    open_facility,
    sign_partnership,
)
from linli.apps.organizations.services.related import coach, declare_relation, end_coaching, end_relation
from linli.apps.organizations.services.standing import end_standing, give_standing, take_over_standings

__all__ = [
    "StandingKind",
    "add_honour",
    "assign_instructor",
    "change_party",
    "check_digit",
    "close_facility",
    "coach",
    "correct",
    "correct_contact",
    "correct_facility",
    "count_members",
    "cover_by_party",
    "credit_code_problem",
    "declare_relation",
    "declare_standing",
    "elect",
    "end",
    "end_coaching",
    "end_cover",
    "end_honour",
    "end_instructor",
    "end_partnership",
    "end_party",
    "end_relation",
    "end_standing",
    "enter",
    "follow",
    "found_party",
    "give_standing",
    "is_credit_code",
    "open_facility",
    "rename",
    "resume",
    "set_legal_person",
    "sign_partnership",
    "suspend",
    "take_over",
    "take_over_counts",
    "take_over_honours",
    "take_over_parties",
    "take_over_standings",
    "tick",
    "untick",
]
