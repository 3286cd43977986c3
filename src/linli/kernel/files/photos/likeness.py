"""The same picture, or nearly the same, used somewhere else: a perceptual hash, its four quarters, two queries.

The hash is the sign of the 64 lowest frequencies (a cosine transform of the grey picture at 32 × 32) against their
median. Saving anew, shrinking or brightening changes few bits; two pictures are alike when at most ``NEAR`` of
64 differ. With four quarters and at most seven differences, one quarter differs in at most one bit: so the
quarter itself and its sixteen neighbours find every near picture through an index.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _
from PIL import Image

from linli.kernel.files.models import Photo
from linli.kernel.refs import Ref, Resolved, hidden_among, resolve
from linli.kernel.scope.actors import Actor

NEAR = 7
SIDE, KEPT, QUARTER = 32, 8, 16
PLAIN = 3.0
"""Standard deviation of grey (0 to 255) below which a picture shows nothing that could be recognised."""
AT_ONCE = 300
"""Photos asked about in one query: 68 values each, well below what a database takes."""


@dataclass(frozen=True)
class Alike:
    """Another use of a picture. ``used`` is None where the actor may not see the record that uses it."""

    distance: int
    is_same_file: bool
    is_here: bool
    """In the same record."""
    used: Resolved | None

    @property
    def label(self) -> str:
        """The record's name, or that it is used elsewhere."""
        return self.used.label if self.used is not None else _("used elsewhere")

    @property
    def address(self) -> str:
        return self.used.address if self.used is not None else ""


def likeness_of(picture: Image.Image) -> int | None:
    """64 bits as a signed number; None for a picture that is plain all over."""
    grey = np.asarray(picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX), dtype=np.float64)
    if grey.std() < PLAIN:
        return None
    turned = np.arange(SIDE) * 2 + 1
    cosines = np.cos(np.pi * np.outer(np.arange(KEPT), turned) / (2 * SIDE))
    low = (cosines @ grey @ cosines.T).ravel()
    bits = low > np.median(low[1:])
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)


def bands_of(likeness: int | None) -> dict[str, int | None]:
    """The columns ``band0`` to ``band3`` of a hash."""
    whole = None if likeness is None else likeness & (2**64 - 1)
    return {
        f"band{index}": None if whole is None else (whole >> (QUARTER * index)) & 0xFFFF
        for index in range(64 // QUARTER)
    }


def distance(one: int, other: int) -> int:
    """Bits in which two hashes differ."""
    return ((one ^ other) & (2**64 - 1)).bit_count()


def alike(photo: Photo, *, actor: Actor | None) -> list[Alike]:
    """Where else this picture, or nearly this one, is used; the closest first. Withdrawn ones do not count."""
    return alike_all([photo], actor=actor)[photo.pk]


def alike_all(photos: Iterable[Photo], *, actor: Actor | None) -> dict[UUID, list[Alike]]:
    """As :func:`alike` for many photos: one query for each 300 of them, and one a kind of record found.

    What stands behind a wall for the actor is not even said to be used elsewhere.
    """
    asked = list(photos)
    found = {photo.pk: _near(photo, rows) for rows, part in _candidates(asked) for photo in part}
    owners = {owner for hits in found.values() for _gap, _same, owner in hits}
    seen = resolve(owners, actor=actor) if owners else {}
    shut = hidden_among(owners - seen.keys(), actor=actor)
    here = {photo.pk: photo.owner for photo in asked}
    return {
        key: [Alike(gap, same, owner == here[key], seen.get(owner)) for gap, same, owner in hits if owner not in shut]
        for key, hits in found.items()
    }


Row = tuple[UUID, str, UUID, str, int | None]


def _candidates(photos: Sequence[Photo]) -> Iterable[tuple[list[Row], Sequence[Photo]]]:
    for start in range(0, len(photos), AT_ONCE):
        part = photos[start : start + AT_ONCE]
        wanted = [Q(original_sha256__in={photo.original_sha256 for photo in part})]
        for band in ("band0", "band1", "band2", "band3"):
            values = {value for photo in part for value in _around(getattr(photo, band))}
            wanted.append(Q(**{f"{band}__in": sorted(values)}))
        rows = Photo.objects.filter(reduce(or_, wanted), withdrawn_at__isnull=True)
        yield list(rows.values_list("pk", "owner_kind", "owner_id", "original_sha256", "likeness")), part


def _around(band: Any) -> set[int]:
    return set() if band is None else {band, *(band ^ (1 << bit) for bit in range(QUARTER))}


def _near(photo: Photo, rows: Iterable[Row]) -> list[tuple[int, bool, Ref]]:
    hits = []
    for key, kind, owner, digest, likeness in rows:
        same = digest == photo.original_sha256
        both = likeness is not None and photo.likeness is not None
        gap = 0 if same else distance(likeness, photo.likeness) if both else NEAR + 1  # type: ignore[arg-type]  # both
        if key != photo.pk and gap <= NEAR:
            hits.append((gap, not same, str(key), Ref(kind, owner)))
    return [(gap, not other, owner) for gap, other, _key, owner in sorted(hits)]
