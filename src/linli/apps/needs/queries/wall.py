"""The one wall: which needs an actor may know of. Every list, search, count, task, notice, file, export, API answer
and the audit view ask here.

A complaint about a person, a post or an office is hidden from whoever it is about, from those who stand in for him,
and from everybody who holds a post in that unit or below it, whatever else he is (administrator and auditor too).
Sensitive matters are open to those named in them, and to nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.apps.needs.models.assignment import Assignment
from linli.apps.needs.models.need import Need
from linli.apps.needs.permissions import HANDLERS, READERS, UNITS
from linli.apps.organizations.models import OrganizationKind
from linli.apps.people.models import Post, Substitute, User
from linli.apps.places.models import PlacePath
from linli.apps.places.queries import places_and_streets
from linli.kernel.scope import Actor, ApiActor, Role, holds_everywhere

MEMORY, STANDING = "_places_of_needs", "_standing_before_needs"
MOST_PARTS = 1000
"""Open parts outside his own places that are named one by one; a unit with more is asked by a subquery."""


def account_of(actor: Actor) -> Any:
    """The account that acts; a client of the API stands where its person stands."""
    return account_of(actor.behind) if isinstance(actor, ApiActor) else actor


@dataclass(frozen=True)
class Standing:
    """Where somebody works and for whom he stands in: the accounts and units whose walls stand before him."""

    users: frozenset[UUID]
    places: frozenset[UUID]
    organizations: frozenset[UUID]

    @property
    def hidden(self) -> Q:
        """The needs whose wall stands before him."""
        return (
            Q(walled_user__in=self.users)
            | Q(walled_place__in=self.places)
            | Q(walled_organization__in=self.organizations)
        )


def standing_of(user: UUID) -> Standing:
    """Where an account stands. Three queries: posts, substitutes, places above.

    Own posts count with those in which somebody is arranged as substitute, whether the holder is away or not.
    A wall around a place hides from all who work there and below; one around an organization from its people.
    """
    today = timezone.localdate()
    own = Post.objects.in_force(today).filter(user=user).exclude(role=Role.RESIDENT).order_by()
    posts = list(own.values_list("user", "place", "organization", "organization__place"))
    stands_in = Substitute.objects.in_force(today).filter(deputy=user).order_by()
    posts += stands_in.values_list("holder", "post__place", "post__organization", "post__organization__place")
    below = {one for _, place, _, seat in posts for one in (place, seat) if one}
    above = PlacePath.objects.filter(descendant__in=below).values_list("ancestor", flat=True) if below else ()
    return Standing(
        users=frozenset({user, *(holder for holder, *_ in posts)}),
        places=frozenset(above),
        organizations=frozenset(one for _, _, one, _ in posts if one),
    )


def _standing(actor: Actor) -> Standing:
    """Where the actor stands; asked once an instance, that is a request."""
    account = account_of(actor)
    memory = account.__dict__
    if STANDING not in memory:
        memory[STANDING] = standing_of(account.actor_id)
    found: Standing = memory[STANDING]
    return found


def _named(user: UUID) -> Exists:
    return Exists(Assignment.objects.filter(need=OuterRef("pk"), until__isnull=True, user=user))


def walled_off(actor: Actor, rows: QuerySet[Need]) -> QuerySet[Need]:
    """``rows`` without the complaints whose wall stands before the actor."""
    return rows.filter(Q(about_kind="") | ~_standing(actor).hidden)


def before_the_wall(actor: Actor, rows: QuerySet[Need]) -> QuerySet[Need]:
    """``rows`` without what no post opens: walled complaints, and sensitive matters in which he is not named."""
    rows = walled_off(actor, rows)
    return rows.filter(Q(sensitivity="") | _named(account_of(actor).actor_id))


@dataclass(frozen=True)
class Ground:
    """The places whose needs somebody reads, and the streets they lie in and lay in; None: nobody can say."""

    places: list[UUID]
    streets: frozenset[UUID] | None

    @property
    def whole_street(self) -> UUID | None:
        """The one street that is read whole, with everything in it: a list of it is in order by its own index."""
        streets = self.streets or frozenset()
        return next(iter(streets)) if len(streets) == 1 and streets <= set(self.places) else None


def _ground(actor: Actor) -> Ground | None:
    """Where the actor's posts read; None for the whole district. One query, once an instance."""
    memory = account_of(actor).__dict__
    if MEMORY not in memory:
        whole = holds_everywhere(actor, *READERS)
        memory[MEMORY] = None if whole else Ground(*places_and_streets(actor.reach(*READERS).places))
    found: Ground | None = memory[MEMORY]
    return found


def _outside(actor: Actor, places: list[UUID]) -> QuerySet[Assignment]:
    """Open parts of the actor or his unit in needs outside ``places``."""
    mine = Q(organization__in=actor.reach(*UNITS).organizations) | Q(user=account_of(actor).actor_id)
    return Assignment.objects.filter(mine, until__isnull=True).exclude(need__place__in=places).order_by()


def _reached(actor: Actor, ground: Ground) -> Q:
    """The needs of these places, and those elsewhere in which the actor or his unit has an open part. One query."""
    rows = _outside(actor, ground.places)
    named = list(rows.values_list("need", flat=True)[: MOST_PARTS + 1])
    near = Q(place__in=ground.places)
    if not named:
        return near & Q(street=ground.whole_street) if ground.whole_street else near
    return near | (Q(pk__in=set(named)) if len(named) <= MOST_PARTS else Q(pk__in=rows.values("need")))


def visible_to(actor: Actor | None, rows: QuerySet[Need] | None = None) -> QuerySet[Need]:
    """Needs where the actor's post reads, and those his unit or he himself has an open part in: before the wall.

    Beside the reader's own: once a request where he stands (three queries) and which places he reads (one), and one
    for the parts he has elsewhere; so that the indexes of place and street serve the list.
    """
    rows = Need.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    ground = _ground(actor)
    if ground is not None:
        rows = rows.filter(_reached(actor, ground))
    return before_the_wall(actor, rows)


def streets_of_visible(actor: Actor) -> set[UUID] | None:
    """The streets all needs lie in that the actor sees; None for a district, and where places changed street.

    One query beside the one for the places.
    """
    ground = _ground(actor)
    if ground is None or ground.streets is None:
        return None
    near = set(ground.streets)
    outside = _outside(actor, ground.places).values_list("need__street", flat=True).distinct()
    return near | {street for street in outside if street is not None}


def hidden_from(actor: Actor | None) -> QuerySet[Need, UUID]:
    """Ids of the needs an actor must not even read of in a record of verbs; the clock reads everything."""
    if actor is None:
        return Need.objects.none().values_list("pk", flat=True)
    walled = ~Q(about_kind="") & _standing(actor).hidden
    sensitive = ~Q(sensitivity="") & ~_named(account_of(actor).actor_id)
    return Need.objects.filter(walled | sensitive).order_by().values_list("pk", flat=True)


def is_visible(need: Need, actor: Actor | None) -> bool:
    """Whether the wall lets the actor know of this need; what his post reads is another question."""
    if actor is None or (not need.about_kind and not need.sensitivity):
        return True
    return before_the_wall(actor, Need.objects.filter(pk=need.pk)).exists()


def has_part(need: Need, actor: Actor) -> bool:
    """Whether the actor, or a unit he works for, has an open part in the need. One query."""
    mine = Q(user=account_of(actor).actor_id) | Q(place__in=actor.reach(*HANDLERS).places)
    mine |= Q(organization__in=actor.reach(*HANDLERS, *UNITS).organizations)
    return Assignment.objects.filter(mine, need=need, until__isnull=True).exists()


def may_see_contact(need: Need, actor: Actor | None) -> bool:
    """Whether the actor is in the handling chain: he is named, or his unit has an open part; never behind the wall.

    To an organization that is no department the contact is only open where the resident ticked his consent.
    """
    if actor is None:
        return True
    if not is_visible(need, actor):
        return False
    chain = Q(user=account_of(actor).actor_id) | Q(place__in=actor.reach(*HANDLERS).places)
    outside = Q(organization__in=actor.reach(*HANDLERS, *UNITS).organizations)
    agreed = Q(organization__kind=OrganizationKind.DEPARTMENT) | Q(need__contact__may_pass_on=True)
    return Assignment.objects.filter(chain | (outside & agreed), need=need, until__isnull=True).exists()


def stands_before(need: Need, user: UUID) -> bool:
    """Whether the wall of this complaint stands before an account. Four queries where there is a wall."""
    return bool(need.about_kind) and Need.objects.filter(standing_of(user).hidden, pk=need.pk).exists()


def may_be_told(need: Need, users: Iterable[User]) -> list[User]:
    """Those of ``users`` who may hear of the need, in their order: notices and parts never climb the wall.

    Four queries a person for what stands behind a wall, none else.
    """
    found = [user for user in {user.pk: user for user in users}.values() if not stands_before(need, user.pk)]
    if need.sensitivity:
        named = set(need.assignments.filter(until__isnull=True).values_list("user", flat=True))
        found = [user for user in found if user.pk in named]
    return found
