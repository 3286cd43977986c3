"""Who sets rounds up, reads them, proposes, coaches, checks and opens."""

from typing import Any

from linli.apps.places.models import PlacePath
from linli.apps.rounds.models.check import COMMUNITY
from linli.kernel.scope import Actor, Anchor, Role, clock, holds, signed_in
from linli.kernel.scope.predicates import predicate

SETTERS = (Role.STREET_OFFICER, Role.SECTION_HEAD)
READERS = (
    Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER, Role.SECTION_HEAD, Role.LEADER,
    Role.FINANCE_OFFICER, Role.AUDITOR,
)  # fmt: skip
"""Who reads what was handed in, where his post reaches; administrators run the house and read no proposals."""
COUNTERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)
"""Who types for a resident, and speaks for a community that proposes."""
SPEAKERS = (Role.ORGANIZATION_MANAGER, Role.TEAM_LEADER)
"""Who speaks for an organization or a team."""
OPENERS = (Role.STREET_OFFICER, Role.SECTION_HEAD, Role.LEADER, Role.AUDITOR)
OFFICES = (Role.STREET_OFFICER, Role.SECTION_HEAD, Role.FINANCE_OFFICER, Role.LEADER)

sets_up_rounds = holds(*SETTERS)
keeps_rounds = clock | sets_up_rounds
reads_rounds = holds(*READERS)
opens_seals = holds(*OPENERS)
supervises_choice = holds(*OPENERS)
"""Who reads what struck about how ballots came in."""

gives_views = holds(*OFFICES)
is_of_the_community = holds(*COUNTERS)
ENTERERS = (*COUNTERS, Role.STREET_OFFICER)
"""Who types ideas in, and prepares reviews: a street its own, a community its first choice."""
enters_ideas = holds(*ENTERERS)
prepares_reviews = holds(*ENTERERS)
proposes_at_all = signed_in


@predicate
def speaks_for_it(actor: Actor | None, proposal: Any = None) -> bool:
    """The actor proposes: a resident himself, who speaks for an organization or a community, who types for a resident.

    Without a record: anybody signed in may come to propose.
    """
    if actor is None or proposal is None:
        return actor is not None
    shares = list(proposal.shares.all())
    if any(share.resident_user_id == actor.actor_id for share in shares):
        return True
    spoken = [Anchor(organization=share.organization_id) for share in shares if share.organization_id]
    if spoken and actor.holds_at(frozenset(SPEAKERS), spoken):
        return True
    places = [Anchor(place=share.place_id) for share in shares if share.place_id]
    places += [Anchor(place=proposal.entered_at_id)] if proposal.entered_at_id else []
    return bool(places and actor.holds_at(frozenset(COUNTERS), places))


@predicate
def gives_this_view(actor: Actor | None, row: Any = None) -> bool:
    """An office of the street gives any view; the community its own. Without a row: anybody who may give one."""
    if row is None:
        return bool(gives_views(actor, None) or is_of_the_community(actor, None))
    check = row.check_of
    own = row.office == COMMUNITY and is_of_the_community(actor, check.proposal)
    return bool(own or gives_views(actor, check))


@predicate
def coaches_it(actor: Actor | None, about: Any = None) -> bool:
    """The actor speaks for the agency that looks after the community of this idea or proposal in its round."""
    if actor is None or about is None:
        return actor is not None
    agencies = about.round.agencies.filter(community=about.place_id).values_list("agency", flat=True)
    return bool(agencies and actor.holds_at(frozenset(SPEAKERS), [Anchor(organization=one) for one in agencies]))


@predicate
def is_at_the_desk(actor: Actor | None, record: Any = None) -> bool:
    """The actor keeps the round of this proposal."""
    return bool(keeps_rounds(actor, getattr(record, "round", record)))


@predicate
def is_not_sealed(actor: Actor | None, record: Any = None) -> bool:
    """What lies sealed is checked by nobody."""
    return record is None or not record.is_closed_to_readers


@predicate
def stands_at_the_table(actor: Actor | None, about: Any = None) -> bool:
    """The actor works at the counter of a community below the round's place, or anywhere where nothing is named."""
    if actor is None or about is None:
        return actor is not None and bool(actor.roles() & frozenset(COUNTERS))
    place = getattr(about, "round", about).place_id
    return PlacePath.objects.filter(ancestor=place, descendant__in=actor.reach(*COUNTERS).places).exists()


hands_out_papers = sets_up_rounds | stands_at_the_table
"""Who gives papers of a residents' choice out and types them."""
keeps_papers = clock | hands_out_papers
hands_in = clock | speaks_for_it
writes_proposal = clock | speaks_for_it | coaches_it
coaches = clock | coaches_it
answers_proposal = is_at_the_desk & is_not_sealed
"""Sending back, accepting, refusing: whoever keeps the round, once the proposal may be read."""
takes_ideas_up = clock | holds(*COUNTERS, *SETTERS)
"""Whoever begins a proposal for somebody works at the counter; an agency helps to write it afterwards."""
keeps_ideas = takes_ideas_up | coaches_it
