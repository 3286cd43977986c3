"""Who may read and enter organizations."""

from linli.kernel.scope import Role, clock, holds
from linli.kernel.scope.roles import STAFF

READERS = (*sorted(STAFF), Role.ORGANIZATION_MANAGER)

reads_organizations = holds(*READERS)
enters_organizations = clock | holds(Role.STREET_OFFICER, Role.SYSTEM_ADMINISTRATOR)
