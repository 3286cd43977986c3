"""What the kernel must know of whoever acts; people, API clients and token holders fill it in.

``actor=None`` is the clock: a job that acts because its time has come.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from django.db.models import QuerySet

from linli.kernel.scope.roles import Role
from linli.kernel.scope.sources import Door, Source


class Anchor(NamedTuple):
    """Where a record belongs: a place, an organization, or both. Empty means: to the whole district."""

    place: UUID | None = None
    organization: UUID | None = None


class Reach(NamedTuple):
    """What a role reaches: subqueries of place ids and organization ids, to be used inside a WHERE."""

    places: QuerySet[Any]
    organizations: QuerySet[Any]


@runtime_checkable
class Actor(Protocol):
    """Whoever acts. ``holds_at`` answers for many anchors in at most two queries, then from memory."""

    @property
    def actor_id(self) -> UUID: ...

    @property
    def actor_label(self) -> str: ...

    @property
    def grade(self) -> int:
        """How surely the house knows who this is: an ``IdentityGrade``."""

    def reach(self, *roles: Role) -> Reach: ...

    def roles(self) -> Set[Role]: ...

    def holds_at(self, roles: Set[Role], anchors: Iterable[Anchor]) -> Set[Anchor]: ...


API = Source(Door.API)


@dataclass(frozen=True)
class ApiActor:
    """A client of the API that acts with the posts of the person who issued its token, cut to its scopes."""

    actor_id: UUID
    actor_label: str
    behind: Actor
    scopes: frozenset[str]
    actor_source: Source = API

    @property
    def grade(self) -> int:
        return self.behind.grade

    def reach(self, *roles: Role) -> Reach:
        return self.behind.reach(*roles)

    def roles(self) -> Set[Role]:
        return self.behind.roles()

    def holds_at(self, roles: Set[Role], anchors: Iterable[Anchor]) -> Set[Anchor]:
        return self.behind.holds_at(roles, anchors)

    def acts_for(self, anchor: Anchor) -> tuple[UUID, str] | None:
        """Whose post the person behind acts in there, when it is not an own one."""
        asked = getattr(self.behind, "acts_for", None)
        found: tuple[UUID, str] | None = asked(anchor) if asked is not None else None
        return found


def holds_everywhere(actor: Actor | None, *roles: Role) -> bool:
    """True when one of ``roles`` is held for the whole district: what belongs to no street is open to nobody less."""
    return actor is not None and bool(actor.holds_at(frozenset(roles), [Anchor()]))


def anchor_of(record: object) -> Anchor:
    """Where ``record`` belongs, by its own ``anchor`` property; a record without one belongs to the district."""
    found = getattr(record, "anchor", None)
    return found if isinstance(found, Anchor) else Anchor()
