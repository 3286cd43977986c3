"""Who may draw on which part of a fund: the quotas of the ledger, and what no quota sets aside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from linli.apps.ledger.models import Fund
from linli.apps.ledger.queries import quotas_of, standing_of
from linli.apps.rounds.models import PlanLine, Proposal

NOTHING = Decimal(0)
FREE = "free:"
"""What no quota sets aside, where a fund has quotas at all."""


@dataclass(frozen=True)
class Purses:
    """``of``: community → its purse, for communities with a quota; ``rooms``: purse → yuan not promised yet."""

    of: Mapping[UUID, str]
    rooms: Mapping[str, Decimal]
    names: Mapping[str, str]

    def named(self, proposal: Proposal) -> str:
        """The purse a proposal draws on."""
        return self.at(proposal.place_id)

    def at(self, place: UUID) -> str:
        """The purse proposals of a community draw on."""
        return self.of.get(place, FREE)

    def room_for(self, proposals: Iterable[Proposal]) -> Decimal:
        """What can be promised to these proposals in all."""
        return sum((self.rooms[one] for one in {FREE, *map(self.named, proposals)}), NOTHING)


def purses_of(fund: Fund) -> Purses:
    """The purses of a fund. Two queries."""
    rows = [one for one in quotas_of(fund) if one.quota.place_id]
    of = {one.quota.place_id: f"quota:{one.quota.pk}" for one in rows if one.quota.place_id}
    rooms = {f"quota:{one.quota.pk}": one.left for one in rows} | {FREE: standing_of(fund).free}
    return Purses(of, rooms, {f"quota:{one.quota.pk}": one.quota.holder.name for one in rows})


@dataclass(frozen=True)
class PurseRow:
    """One purse beside a plan: what it holds, what the plan draws from it. ``name`` "" is the part without a quota."""

    name: str
    room: Decimal
    drawn: Decimal

    @property
    def left(self) -> Decimal:
        """What the plan leaves in it."""
        return self.room - self.drawn


def drawn_by(lines: Iterable[PlanLine], purses: Purses) -> list[PurseRow]:
    """The purses the lines of a plan draw on; none where the fund has no quotas. No query."""
    if not purses.of:
        return []
    drawn: dict[str, Decimal] = {}
    for line in lines:
        purse = purses.named(line.proposal)
        drawn[purse] = drawn.get(purse, NOTHING) + line.amount
    return [
        PurseRow(purses.names.get(one, ""), purses.rooms[one], drawn[one])
        for one in sorted(drawn, key=lambda one: (one == FREE, purses.names.get(one, "")))
    ]
