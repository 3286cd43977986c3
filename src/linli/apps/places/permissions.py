"""Who may read the tree of places on the desk, who changes it, and who keeps what stands in a community.

Names of places are public; the desk shows only one's own part.
"""

from linli.kernel.scope import Role, clock, holds
from linli.kernel.scope.roles import STAFF

READERS = tuple(sorted(STAFF))
TREE_KEEPERS = (Role.STREET_OFFICER, Role.SYSTEM_ADMINISTRATOR)
COMMUNITY_KEEPERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, *TREE_KEEPERS)

reads_places = holds(*READERS)
administers_places = holds(Role.SYSTEM_ADMINISTRATOR)
changes_tree = holds(*TREE_KEEPERS)
changes_places = clock | changes_tree
founds_districts = clock | administers_places
keeps_community = holds(*COMMUNITY_KEEPERS)
keeps_places = clock | keeps_community
reads_burden = holds(
    Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER, Role.SECTION_HEAD, Role.LEADER
)
