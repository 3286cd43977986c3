"""Excel sheets of organizations."""

from linli.apps.organizations.tables.organization import HEADINGS, KINDS, LEGAL_FORMS, ORGANIZATIONS, STATUSES, written
from linli.apps.organizations.tables.registers import (
    FACILITY_HEADINGS,
    HONOUR_HEADINGS,
    HONOURS,
    LEVELS,
    PARTNER_HEADINGS,
    written_facilities,
    written_honours,
    written_partners,
)
from linli.apps.organizations.tables.standing import STANDING_HEADINGS, STANDINGS
from linli.apps.organizations.tables.standing import written as written_standings

__all__ = [
    "FACILITY_HEADINGS",
    "HEADINGS",
    "HONOURS",
    "HONOUR_HEADINGS",
    "KINDS",
    "LEGAL_FORMS",
    "LEVELS",
    "ORGANIZATIONS",
    "PARTNER_HEADINGS",
    "STANDINGS",
    "STANDING_HEADINGS",
    "STATUSES",
    "written",
    "written_facilities",
    "written_honours",
    "written_partners",
    "written_standings",
]
