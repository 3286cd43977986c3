"""What a rule of division can be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from linli.apps.rounds.models import Filling, Method, Satisfaction


@dataclass(frozen=True)
class Step:
    """Ranks up to ``upto`` get ``amount`` yuan, or ``percent`` of what they asked for."""

    upto: int
    amount: Decimal = Decimal(0)
    percent: Decimal | None = None


@dataclass(frozen=True)
class Knobs:
    """What a rule can be told. Amounts in yuan; ``line`` is the least score; ``most`` how many at most (0: any).

    ``classes`` gives each class, by the key of its word, its part of the pot in per cent; empty: one pot for all.
    ``partly``: whoever does not fit has what is left. ``method``, ``worth`` and ``filling`` are for votes.
    """

    cap: Decimal = Decimal(0)
    floor: Decimal = Decimal(0)
    line: Decimal | None = None
    most: int = 0
    partly: bool = False
    tiers: tuple[Step, ...] = ()
    classes: Mapping[UUID, Decimal] = field(default_factory=dict)
    method: str = Method.EQUAL_SHARES
    worth: str = Satisfaction.COST
    filling: str = Filling.ADD1

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "cap": str(self.cap), "floor": str(self.floor), "line": None if self.line is None else str(self.line),
            "most": self.most, "partly": self.partly,
            "tiers": [[one.upto, str(one.amount), None if one.percent is None else str(one.percent)]
                      for one in self.tiers],
            "classes": {str(key): str(share) for key, share in self.classes.items()},
            "method": str(self.method), "worth": str(self.worth), "filling": str(self.filling),
        }  # fmt: skip
