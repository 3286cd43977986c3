"""What is not money (rooms, hours, materials, vehicles) given out in order of rank, several kinds at once."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Lot:
    """What a project has of each kind, why, and (``no-room``, ``partly``) how much of which kinds was missing."""

    project: str
    given: Mapping[str, int]
    why: str
    rank: int
    missing: Mapping[str, int]


@dataclass(frozen=True)
class GivenOut:
    """A stock and its lots; together with ``left`` they are the stock."""

    stock: Mapping[str, int]
    lots: tuple[Lot, ...]

    @property
    def left(self) -> dict[str, int]:
        """What is left of each kind."""
        return {kind: have - sum(one.given.get(kind, 0) for one in self.lots) for kind, have in self.stock.items()}


def give_out(
    stock: Mapping[str, int],
    asked: Mapping[str, Mapping[str, int]],
    ranks: Mapping[str, int],
    *,
    partly: bool = False,
) -> GivenOut:
    """Each what it asked of every kind, the best rank first, equal ranks by id.

    Who lacks any kind has nothing, or with ``partly`` what there is; those behind are served where it is enough.
    Raises ValueError for a kind that no stock is of, and for negative figures.
    """
    if strange := sorted({kind for own in asked.values() for kind in own} - {*stock}):
        raise ValueError(f"expected a stock of every kind, found none of {strange[0]!r}")
    if min([*stock.values(), *(many for own in asked.values() for many in own.values())], default=0) < 0:
        raise ValueError("expected amounts from 0")
    left, lots = dict(stock), []
    for one in sorted(asked, key=lambda one: (ranks[one], one)):
        missing = {kind: many - left[kind] for kind, many in asked[one].items() if many > left[kind]}
        given = {kind: min(many, left[kind]) for kind, many in asked[one].items()}
        if missing and not (partly and any(given.values())):
            lots.append(Lot(one, {}, "no-room", ranks[one], missing))
            continue
        why = "partly" if missing else "rank"
        left = {kind: have - given.get(kind, 0) for kind, have in left.items()}
        lots.append(Lot(one, given, why, ranks[one], missing))
    return GivenOut(dict(stock), tuple(lots))
