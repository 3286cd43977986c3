"""Who may read and keep organizations."""

from linli.kernel.scope import Actor, Role, clock, holds
from linli.kernel.scope.predicates import predicate
from linli.kernel.scope.roles import STAFF

KEEPERS = (Role.STREET_OFFICER, Role.SYSTEM_ADMINISTRATOR)
TEAM_KEEPERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)
TEAM_KIND = "resident_team"
READERS = (*sorted(STAFF), Role.ORGANIZATION_MANAGER)

reads_organizations = holds(*READERS)
imports_organizations = holds(*KEEPERS)
enters_organizations = clock | imports_organizations


@predicate
def is_resident_team(actor: Actor | None, record: object = None) -> bool:
    """Whether the record is, or is about, a team of neighbours; without a record: there could be one."""
    about = getattr(record, "organization", record)
    return record is None or getattr(about, "kind", "") == TEAM_KIND


tends_organizations = imports_organizations | (holds(*TEAM_KEEPERS) & is_resident_team)
"""Street officers and the system administrator tend everything; a community tends its teams of neighbours."""

tends_contact = tends_organizations | holds(Role.ORGANIZATION_MANAGER)
"""An organization's own manager puts its own contact lines right."""

tends_checklists = tends_organizations | holds(Role.COMMUNITY_SECRETARY)
"""A community's secretary answers for its own venues and branches."""

keeps_organizations = clock | tends_organizations
corrects_contact = clock | tends_contact
ticks_checklists = clock | tends_checklists
keeps_registers = enters_organizations
"""The same for verbs, which the clock may call too; doors name those above. Standings, honours, facilities and
partners are kept by whoever keeps the organizations of the place."""

PARTY_KEEPERS = (*KEEPERS, Role.COMMUNITY_SECRETARY)
keeps_party_pages = holds(*PARTY_KEEPERS)
keeps_party = clock | keeps_party_pages
"""Party organizations, counts and instructors are kept by the street and by the secretary of the community."""
