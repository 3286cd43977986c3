"""Drawing a sample by strata: proportional allocation by largest remainder, simple random sampling in each stratum.

The same seed gives the same sample for ever: only the raw stream of PCG64 is used, which NumPy keeps as it is, and
every stratum has a stream of its own, so that a change in one leaves the others alone.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

Unit = TypeVar("Unit")


def allocate(sizes: Sequence[int], n: int) -> list[int]:
    """How many of each stratum make a sample of ``n``: in proportion, what is left over by largest remainder.

    Equal remainders go to the larger stratum, then to the earlier one. Raises ValueError where ``n`` is negative or
    more than there are, or a size is negative.
    """
    total = sum(sizes)
    if min(sizes, default=0) < 0 or not 0 <= n <= total:
        message = f"cannot take {n} of {total}"
        raise ValueError(message)
    if total == 0:
        return [0] * len(sizes)
    whole = [size * n // total for size in sizes]
    order = sorted(range(len(sizes)), key=lambda one: (-(sizes[one] * n % total), -sizes[one], one))
    for one in order[: n - sum(whole)]:
        whole[one] += 1
    return whole


def draw(strata: Mapping[str, Sequence[Unit]], n: int, seed: int) -> dict[str, list[Unit]]:
    """``n`` units of all strata together, allocated in proportion; each in the order it was drawn.

    Units of a stratum are taken as they stand in their sequence: sort them before, by something that stays. Raises
    ValueError as ``allocate`` does, and for a negative seed.
    """
    takes = allocate([len(units) for units in strata.values()], n)
    return {name: _some(units, take, seed, name) for (name, units), take in zip(strata.items(), takes, strict=True)}


def _some(units: Sequence[Unit], take: int, seed: int, name: str) -> list[Unit]:
    """``take`` of the units: those whose raw numbers are smallest."""
    own = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    stream = np.random.PCG64(np.random.SeedSequence([seed, own]))
    order = np.argsort(stream.random_raw(len(units)), kind="stable")[:take]
    return [units[int(place)] for place in order]
