"""Who may read, write, check and sign contact cards, and who looks after posts."""

from typing import Any

from linli.kernel.scope import Actor, Role, clock, graded_for, holds, signed_in
from linli.kernel.scope.predicates import predicate
from linli.kernel.scope.roles import STAFF

CARD_READERS = (
    Role.COMMUNITY_WORKER,
    Role.COMMUNITY_SECRETARY,
    Role.GRID_WORKER,
    Role.STREET_OFFICER,
    Role.SECTION_HEAD,
    Role.LEADER,
)
WRITERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)
CHECKERS = (Role.COMMUNITY_SECRETARY,)
SIGNERS = (Role.STREET_OFFICER,)
ROSTER_READERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER)
"""Who works with the roster of a community: its own staff, and the officers of its street."""

opens_the_desk = holds(*sorted(STAFF))
reads_cards = holds(*CARD_READERS)
writes_cards = holds(*WRITERS)
checks_cards = holds(*CHECKERS)
signs_cards = holds(*SIGNERS)

reads_roster = holds(*ROSTER_READERS)
keeps_roster = clock | holds(*ROSTER_READERS)

reads_posts = holds(Role.SYSTEM_ADMINISTRATOR)
gives_posts = clock | holds(Role.SYSTEM_ADMINISTRATOR)

STAFF_KEEPERS = (Role.SYSTEM_ADMINISTRATOR, Role.STREET_OFFICER, Role.COMMUNITY_SECRETARY)
"""Who sees the posts, substitutes and absences of the staff of a place."""
BELOW_OFFICER = frozenset({Role.COMMUNITY_SECRETARY, Role.COMMUNITY_WORKER, Role.GRID_WORKER, Role.TEAM_LEADER})
"""Posts for which a street's officer arranges substitutes and draws up handovers."""
keeps_staff = holds(*STAFF_KEEPERS)
arranges_substitutes = holds(Role.SYSTEM_ADMINISTRATOR, Role.STREET_OFFICER)


withdraws_cards = writes_cards | checks_cards | signs_cards

KEEPERS_OF_RIGHTS = (Role.SECURITY_ADMINISTRATOR,)
"""Who answers what people ask about their own data."""

proves_identity = holds(*ROSTER_READERS)
enters_requests = holds(*ROSTER_READERS)
answers_requests = holds(*KEEPERS_OF_RIGHTS)
finishes_requests = clock | holds(*KEEPERS_OF_RIGHTS)
sees_own_data = signed_in
exports_own_data = signed_in & graded_for("people.my_data.export")
erases_own_data = signed_in & graded_for("people.my_data.erase")
writes_consent_texts = clock | holds(*KEEPERS_OF_RIGHTS)
keeps_registers = holds(*KEEPERS_OF_RIGHTS)
reads_retention = holds(*KEEPERS_OF_RIGHTS, Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


@predicate
def takes_over(actor: Actor | None, slip: Any = None) -> bool:
    """The actor is the taker."""
    return actor is not None and slip is not None and slip.taker_id == actor.actor_id


@predicate
def gives_away(actor: Actor | None, slip: Any = None) -> bool:
    """The actor is the one who hands over."""
    return actor is not None and slip is not None and slip.giver_id == actor.actor_id


@predicate
def witnesses(actor: Actor | None, slip: Any = None) -> bool:
    """The actor is the witness."""
    return actor is not None and slip is not None and slip.witness_id == actor.actor_id


@predicate
def leaves_the_post(actor: Actor | None, slip: Any = None) -> bool:
    """Only work moves; who holds the post stays as it is."""
    return slip is not None and not slip.moves_post


draws_up = gives_posts | arranges_substitutes | gives_away
carries_out = gives_posts | (leaves_the_post & (gives_away | takes_over | witnesses))
"""A post that passes on is given by whoever gives posts; work alone is moved by any of the three."""
calls_off = draws_up | takes_over
