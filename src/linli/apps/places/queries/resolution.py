"""What an address turned out to mean: a chain of places down to the door, or candidates."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import ngettext

from linli.apps.places.models import Building, Estate, Household, Place, Stairwell

MOST_CANDIDATES = 50


@dataclass(frozen=True)
class Candidate:
    """One place, estate or building an address may mean; ``chain`` from the district down."""

    chain: tuple[Place, ...]
    estate: Estate | None = None
    building: Building | None = None

    @property
    def place(self) -> Place:
        """The community, village, street or district."""
        return self.chain[-1]

    @property
    def full_name(self) -> str:
        """The whole chain as an address says it."""
        inside = [one.name for one in (self.estate, self.building) if one is not None]
        return "".join([self.chain[0].region, *(place.name for place in self.chain), *inside])


@dataclass(frozen=True)
class Resolution:
    """What an address means on a day: ``chain`` from the district down as far as it is sure, and what stands there.

    ``grid`` is in charge of the door on that day. ``rest`` is what was not understood. Where several fit equally well,
    ``candidates`` lists them and the chain holds what they share. ``told`` are sentences about how it was read.
    """

    text: str
    on: date
    chain: tuple[Place, ...] = ()
    estate: Estate | None = None
    building: Building | None = None
    stairwell: Stairwell | None = None
    household: Household | None = None
    grid: Place | None = None
    rest: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    told: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """The sentences in a row; Chinese ones stand without a blank between them."""
        return "".join(one if one.endswith("。") else f"{one} " for one in self.told).strip()

    @property
    def place(self) -> Place | None:
        """The narrowest place that is sure."""
        return self.chain[-1] if self.chain else None


def several(answer: Resolution, candidates: list[Candidate], told: Sequence[str]) -> Resolution:
    """The answer where several fit: at most 50 of them, and what they share."""
    lines = [candidate.chain for candidate in candidates]
    shared = [places[0] for places in zip(*lines, strict=False) if len({place.pk for place in places}) == 1]
    sentence = ngettext(
        "%(count)d place fits what is written. Choose one, or write more of it.",
        "%(count)d places fit what is written. Choose one, or write more of it.",
        len(candidates),
    ) % {"count": len(candidates)}
    return replace(
        answer,
        chain=tuple(shared),
        candidates=candidates[:MOST_CANDIDATES],
        told=(*told, sentence),
    )
