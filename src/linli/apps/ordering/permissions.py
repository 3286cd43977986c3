"""Who writes the menu, who orders for somebody, who reads orders."""

from linli.kernel.scope import Role, clock, holds

WORKERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)
STREET = (Role.STREET_OFFICER, Role.SECTION_HEAD)
KEEPERS = (*WORKERS, *STREET)
"""Writes the menu of a community and opens it."""
TAKERS = (*KEEPERS, Role.GRID_WORKER)
"""Orders for somebody who calls, comes or is visited."""
PUBLISHERS = (Role.COMMUNITY_SECRETARY, *STREET)
"""Publishes a work sheet in the name of the community."""
AWARDERS = (*STREET, Role.LEADER)
"""Gives a sheet to whoever takes it on: the street pays, so the street decides."""
CLAIMERS = (Role.ORGANIZATION_MANAGER,)
READERS = (*TAKERS, Role.LEADER, Role.AUDITOR, Role.FINANCE_OFFICER)

reads_orders = holds(*READERS)
keeps_pages = holds(*KEEPERS)
takes_pages = holds(*TAKERS)
keeps_menu = clock | keeps_pages
takes_orders = clock | takes_pages
reads_sheets = holds(*READERS, *CLAIMERS)
draws_pages = holds(*KEEPERS)
publishes_pages = holds(*PUBLISHERS)
awards_pages = holds(*AWARDERS)
claims_pages = holds(*CLAIMERS)
draws_sheets = clock | draws_pages
publishes_sheets = clock | publishes_pages
awards_sheets = clock | awards_pages
claims_sheets = clock | claims_pages
begins_sheets = draws_sheets | awards_sheets | claims_sheets
