"""Who writes the menu, who orders for somebody, who reads orders."""

from linli.kernel.scope import Role, clock, holds

WORKERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)
STREET = (Role.STREET_OFFICER, Role.SECTION_HEAD)
KEEPERS = (*WORKERS, *STREET)
"""Writes the menu of a community and opens it."""
TAKERS = (*KEEPERS, Role.GRID_WORKER)
"""Orders for somebody who calls, comes or is visited."""
READERS = (*TAKERS, Role.LEADER, Role.AUDITOR, Role.FINANCE_OFFICER)

reads_orders = holds(*READERS)
keeps_pages = holds(*KEEPERS)
takes_pages = holds(*TAKERS)
keeps_menu = clock | keeps_pages
takes_orders = clock | takes_pages
