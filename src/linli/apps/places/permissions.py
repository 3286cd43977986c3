"""Who may read the tree of places on the desk. Its names are public; the desk shows only one's own part."""

from linli.kernel.scope import Role, clock, holds
from linli.kernel.scope.roles import STAFF

READERS = tuple(sorted(STAFF))

reads_places = holds(*READERS)
founds_places = clock | holds(Role.SYSTEM_ADMINISTRATOR)
