"""Who rates organizations in the center, who keeps their months, who decides, and who speaks for them."""

from linli.kernel.scope import Role, clock, holds

KEEPERS = (Role.STREET_OFFICER, Role.SECTION_HEAD)
RATERS = (*KEEPERS, Role.COMMUNITY_SECRETARY)
DECIDERS = (Role.LEADER,)
SPEAKERS = (Role.ORGANIZATION_MANAGER, Role.TEAM_LEADER)
"""Who speaks for an organization or a team."""
READERS = (*RATERS, Role.LEADER, Role.AUDITOR)

reads_months = holds(*READERS, *SPEAKERS)
reads_center = holds(*READERS)
"""Reads the tables of the center; who speaks for an organization reads its own file."""
rates_pages = holds(*RATERS)
rates = clock | rates_pages
"""Marks a sheet beside others."""
keeps_pages = holds(*KEEPERS)
keeps_months = clock | keeps_pages
"""Drafts, shows, publishes and closes sheets; gives evidence; approves leave; answers objections."""
decides_pages = holds(*DECIDERS)
decides = decides_pages
"""Decides on an exit: a person, never the clock."""
notifies_pages = keeps_pages | decides_pages
drops = clock | decides_pages
"""Lets a case fall: a person with a reason, or the clock when a correction took its basis away."""
leaves_pages = holds(Role.STREET_OFFICER)
leaves = clock | leaves_pages
"""Records that an organization left: whoever keeps the standings of organizations."""
speaks_pages = holds(*SPEAKERS) | keeps_pages
speaks = clock | speaks_pages
"""States, objects, appeals for the organization; the street enters what came on paper."""
gives_pages = leaves_pages
"""Opens the report of the year, gives public notice, gives the stars: whoever keeps the standings."""
gives_stars = clock | gives_pages
