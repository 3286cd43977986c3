"""Who keeps projects, who carries them out, who looks after them and who reads."""

from typing import Any

from linli.kernel.scope import Actor, Anchor, Role, clock, holds
from linli.kernel.scope.predicates import predicate

KEEPERS = (Role.STREET_OFFICER, Role.SECTION_HEAD)
COUNTERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)
SPEAKERS = (Role.ORGANIZATION_MANAGER, Role.TEAM_LEADER)
"""Who speaks for an organization or a team."""
READERS = (*COUNTERS, *KEEPERS, Role.LEADER, Role.FINANCE_OFFICER, Role.AUDITOR)
VISITORS = (*KEEPERS, Role.LEADER)

REVIEWERS = (Role.STREET_OFFICER,)
"""Holds closing reviews: whoever of the keepers also prepares reviews."""

reads_projects = holds(*READERS, *SPEAKERS)
keeps_pages = holds(*KEEPERS)
reads_reviews = holds(*READERS)
"""Closing reviews and summaries are the staff's: nobody reads of them for his organization alone."""
holds_reviews = holds(*REVIEWERS)
keeps_projects = clock | keeps_pages
"""Begins, halts, resumes, breaks off; approves changes and scores at mid-term."""


@predicate
def supports_it(actor: Actor | None, project: Any = None) -> bool:
    """The actor speaks for the agency that supports this project. Without a record: for any organization."""
    if actor is None:
        return False
    if project is None:
        return bool(actor.roles() & frozenset(SPEAKERS))
    if project.agency_id is None:
        return False
    anchor = Anchor(organization=project.agency_id)
    return anchor in actor.holds_at(frozenset(SPEAKERS), [anchor])


carries_pages = holds(*COUNTERS, *SPEAKERS)
carries_out = clock | carries_pages
"""Reports, gives evidence and figures, asks for changes: the bearer, and the community it happens in."""
tends_pages = carries_pages | keeps_pages
tends = clock | tends_pages
"""Whoever carries it out, or keeps it."""
visits_pages = holds(*VISITORS) | supports_it
visits = clock | visits_pages
"""Supervision visits: the street, and the supporting agency."""
APPROVERS = {
    "small": clock | holds(*KEEPERS),
    "middle": clock | holds(Role.SECTION_HEAD, Role.LEADER),
    "large": clock | holds(Role.LEADER),
}
"""Band of a change → who answers it."""
answers_pages = holds(*KEEPERS, Role.LEADER)
answers_changes = clock | answers_pages
recovers_pages = holds(Role.FINANCE_OFFICER)
recovers = clock | recovers_pages
