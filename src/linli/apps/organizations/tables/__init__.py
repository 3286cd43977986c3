"""Excel sheets of organizations."""

from linli.apps.organizations.tables.organization import HEADINGS, KINDS, LEGAL_FORMS, ORGANIZATIONS, STATUSES, written
from linli.apps.organizations.tables.party import (
    COVERAGE_HEADINGS,
    PARTIES,
    PARTY_COUNTS,
    PARTY_HEADINGS,
    PARTY_KINDS,
    UNIT_HEADINGS,
    written_coverage,
    written_parties,
    written_units,
)
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
    "COVERAGE_HEADINGS",
    "FACILITY_HEADINGS",
    "HEADINGS",
    "HONOURS",
    "HONOUR_HEADINGS",
    "KINDS",
    "LEGAL_FORMS",
    "LEVELS",
    "ORGANIZATIONS",
    "PARTIES",
    "PARTNER_HEADINGS",
    "PARTY_COUNTS",
    "PARTY_HEADINGS",
    "PARTY_KINDS",
    "STANDINGS",
    "STANDING_HEADINGS",
    "STATUSES",
    "UNIT_HEADINGS",
    "written",
    "written_coverage",
    "written_facilities",
    "written_honours",
    "written_parties",
    "written_partners",
    "written_standings",
    "written_units",
]
