"""Who writes the menu, who orders for somebody, who reads orders."""

from typing import Any

from linli.kernel.scope import Actor, Anchor, Role, clock, holds
from linli.kernel.scope.predicates import predicate

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
calls_panels = holds(*WORKERS, Role.STREET_OFFICER)
"""Prepares the review of an open call, as reviews has it."""
draws_agreements = holds(*STREET)
"""Draws the agreement of a contractor up, as agreements has it."""

SPEAKERS = (Role.ORGANIZATION_MANAGER, Role.TEAM_LEADER)
"""Who speaks for a contractor: an organization or a team."""

reads_delivery = holds(*READERS, *SPEAKERS)
delivers_pages = holds(*KEEPERS, *SPEAKERS)
delivers = clock | delivers_pages
"""Plans shifts, writes down who came, marks orders served, tells incidents: the contractor, or the community."""
tells_incidents = clock | holds(*TAKERS, *SPEAKERS)
answers_selling = clock | holds(*STREET)
"""A complaint about selling is answered by the street, never by whoever let the contractor in."""
settles_pages = holds(*STREET, Role.COMMUNITY_SECRETARY)
settles = clock | settles_pages


SERVED_NOW = frozenset({"claimed", "under_way"})
"""States of a sheet in which its contractors need to know whom they serve."""


@predicate
def is_contractor(actor: Actor | None, record: Any = None) -> bool:
    """Whether the actor speaks for one of the contractors of a sheet."""
    if actor is None or record is None:
        return actor is not None and bool(actor.roles() & set(SPEAKERS))
    anchors = [Anchor(organization=one.organization_id) for one in record.contractors.all()]
    return bool(actor.holds_at(frozenset(SPEAKERS), anchors))


begins_sheets = draws_sheets | awards_sheets | is_contractor


@predicate
def serves_its_sheet(actor: Actor | None, record: Any = None) -> bool:
    """Whether the actor speaks for a contractor of the sheet an order stands on, while that sheet is served."""
    if actor is None or record is None:
        return actor is not None and bool(actor.roles() & set(SPEAKERS))
    line = getattr(record, "on_sheet", None)
    if line is None or line.sheet.state not in SERVED_NOW:
        return False
    anchors = [Anchor(organization=one.organization_id) for one in line.sheet.contractors.all()]
    return bool(actor.holds_at(frozenset(SPEAKERS), anchors))


serves_orders = takes_orders | serves_its_sheet
"""Marks an order as served."""
reads_names = takes_pages | serves_its_sheet
"""Opens the name, telephone and door on an order, with a reason: whoever takes it and whoever goes there."""
