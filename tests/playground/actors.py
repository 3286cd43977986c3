"""Somebody who acts in tests, without an account."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from uuid import UUID

from linli.kernel.refs import new_key
from linli.kernel.scope import Anchor, IdentityGrade, Reach, Role


@dataclass(frozen=True)
class Somebody:
    """Holds ``held`` roles at exactly the anchors named; an empty anchor means everywhere."""

    actor_label: str = "甲"
    held: frozenset[tuple[Role, Anchor]] = frozenset()
    actor_id: UUID = field(default_factory=new_key)

    @property
    def grade(self) -> int:
        return IdentityGrade.CLAIMED

    def reach(self, *roles: Role) -> Reach:
        raise NotImplementedError("lists are tried with real accounts")

    def roles(self) -> Set[Role]:
        return {role for role, _anchor in self.held}

    def holds_at(self, roles: Set[Role], anchors: Iterable[Anchor]) -> Set[Anchor]:
        places = {anchor for role, anchor in self.held if role in roles}
        return {anchor for anchor in anchors if anchor in places or Anchor() in places}
