"""Who may read and enter organizations."""

from linli.kernel.scope import Role, clock, holds
from linli.kernel.scope.roles import STAFF

KEEPERS = (Role.STREET_OFFICER, Role.SYSTEM_ADMINISTRATOR)
READERS = (*sorted(STAFF), Role.ORGANIZATION_MANAGER)

reads_organizations = holds(*READERS)
imports_organizations = holds(*KEEPERS)
enters_organizations = clock | imports_organizations
