"""How an account acts: its posts in force, read once, answer where each role reaches."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.functional import cached_property

from linli.apps.organizations import queries as organizations
from linli.apps.places import queries as places
from linli.apps.places.models import Level
from linli.kernel.scope import Anchor, IdentityGrade, Reach, Role
from linli.kernel.scope.roles import ADMINISTRATORS, STAFF

if TYPE_CHECKING:
    from linli.apps.people.models.post import Post


class ActsByPosts:
    """The kernel's Actor, filled in from Posts. Two queries at most: the posts, and the paths to the anchors."""

    if TYPE_CHECKING:
        pk: UUID
        name: str

    @property
    def actor_id(self) -> UUID:
        return self.pk

    @property
    def actor_label(self) -> str:
        return self.name

    @cached_property
    def posts_in_force(self) -> list[Post]:
        """The posts held today, and those acted in for somebody away, with place and organization and holder.

        One query an instance, that is a request. A post acted in is somebody else's: ``post.user_id != self.pk``.
        """
        from linli.apps.people.models.post import Post  # the two models know each other

        rows = Post.objects.acted_in_by(self.pk, timezone.localdate()).select_related("user", "place", "organization")
        posts = list(rows)
        own = {post.role for post in posts if post.user_id == self.pk} & ADMINISTRATORS
        return [post for post in posts if not own or post.role not in ADMINISTRATORS - own]

    def acts_for(self, anchor: Anchor) -> tuple[UUID, str] | None:
        """Whose post gave the last answer of ``holds_at`` about ``anchor``, when it was not an own one: (id, name)."""
        found: tuple[UUID, str] | None = self.__dict__.get("_stood_in", {}).get(anchor)
        return found

    @cached_property
    def grade(self) -> int:
        """How surely the house knows who this is: whoever works here was seen by the office that gave the post;
        a resident is known by proofs in force. One query for a resident, once an instance.
        """
        from linli.apps.people.models.identity_proof import IdentityProof  # the two models know each other

        proofs = IdentityProof.objects.in_force(timezone.localdate()).filter(user_id=self.pk)
        known = [IdentityGrade.CLAIMED, *proofs.values_list("grade", flat=True)]
        return max([*known, IdentityGrade.PROVED] if self.roles() & STAFF else known)

    @cached_property
    def anchor(self) -> Anchor:
        """Where an account is at home: the place of its post as a resident, else the district."""
        homes = [post.place_id for post in self.posts_in_force if post.role == Role.RESIDENT]
        return Anchor(place=homes[0]) if homes else Anchor()

    def roles(self) -> Set[Role]:
        """Every role held anywhere."""
        return frozenset(Role(post.role) for post in self.posts_in_force)

    def reach(self, *roles: Role) -> Reach:
        """Where ``roles`` reach: posts' places and all below, posts' organizations and those that sit there."""
        mine = [post for post in self.posts_in_force if post.role in roles]
        covered = places.below(post.place_id for post in mine if post.place_id)
        own = [post.organization_id for post in mine if post.organization_id]
        return Reach(places=covered, organizations=organizations.reached(own, covered))

    def holds_at(self, roles: Set[Role], anchors: Iterable[Anchor]) -> Set[Anchor]:
        """Those of ``anchors`` where one of ``roles`` is held, at the very place or organization or above."""
        asked = set(anchors)
        mine = [post for post in self.posts_in_force if post.role in roles]
        if not mine:
            return frozenset()
        held = self._held_by(mine, asked)
        if any(post.user_id != self.pk for post in self.posts_in_force):
            self._remember_for_whom(mine, held)
        return held

    def _remember_for_whom(self, mine: list[Post], held: Set[Anchor]) -> None:
        """Which of ``held`` an own post would not have given: the record then says for whom it was done."""
        own = self._held_by([post for post in mine if post.user_id == self.pk], held)
        memory: dict[Anchor, tuple[UUID, str] | None] = self.__dict__.setdefault("_stood_in", {})
        memory.update(dict.fromkeys(own))
        for post in mine:
            if post.user_id != self.pk:
                given = self._held_by([post], held - own)
                memory.update(dict.fromkeys(given, (post.user_id, post.user.name)))

    def _held_by(self, mine: list[Post], asked: Set[Anchor]) -> Set[Anchor]:
        posts_places = {post.place_id for post in mine if post.place_id}
        own = {post.organization_id for post in mine if post.organization_id}
        whole = any(post.place is not None and post.place.level == Level.DISTRICT for post in mine)
        reached = self._reached_places({anchor.place for anchor in asked if anchor.place}, posts_places)
        return frozenset(
            anchor
            for anchor in asked
            if anchor.place in reached or anchor.organization in own or (whole and anchor == Anchor())
        )

    def _reached_places(self, wanted: set[UUID], mine: set[UUID]) -> set[UUID]:
        memory: dict[UUID, set[UUID]] = self.__dict__.setdefault("_paths_up", {})
        unknown = wanted - memory.keys()
        if unknown and mine:
            everywhere = {post.place_id for post in self.posts_in_force if post.place_id}
            memory.update((place, set()) for place in unknown)
            for above, place in places.paths_to(unknown, from_any_of=everywhere):
                memory[place].add(above)
        return {place for place in wanted if memory.get(place, set()) & mine}
