"""How words become keys and signatures of the index, and which rows of it are close to a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection

from linli.algorithms.duplicates import agreement, grams_of, sign
from linli.algorithms.duplicates.signatures import HASHES
from linli.apps.needs.models import Band, Sketch

BANDS = 24
"""How many of the bands the index keeps: texts edited in a fifth of their characters still meet."""
EACH = 64
"""Newest rows read of one key, so that a phrase that everybody writes costs no more than another."""
_FOLD = 0x9E3779B97F4A7C15


@dataclass(frozen=True)
class Sketched:
    """``keys``: texts × bands, signed 64-bit with the band's number in the top byte; ``signatures``: texts × bytes.

    ``told``: which texts say anything at all; the others' keys mean nothing.
    """

    keys: npt.NDArray[np.int64]
    signatures: npt.NDArray[np.uint8]
    told: npt.NDArray[np.bool_]


def sketched(texts: Sequence[str], streets: Sequence[UUID]) -> Sketched:
    """Keys and signatures of texts, each of its street: other streets' needs never meet."""
    grams = grams_of(texts)
    signed = sign(grams)
    mixed = np.array([street.int * _FOLD & 0xFFFFFFFFFFFFFFFF for street in streets], dtype=np.uint64)
    keys = (signed.keys[:, :BANDS] ^ mixed[:, None]) >> np.uint64(8)
    keys |= np.arange(BANDS, dtype=np.uint64) << np.uint64(56)
    return Sketched(keys.astype(np.int64), signed.bytes_, grams.counts > 0)


def near(text: str, *, street: UUID, least: float, most: int) -> list[tuple[UUID, float]]:
    """Needs of a street with about this likeness and more, closest first: one query, the rest in memory."""
    asked = sketched([text], [street])
    if not asked.told[0]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*_asking(asked.keys[0].tolist()))
        rows = cursor.fetchall()
    if not rows:
        return []
    found = np.frombuffer(b"".join(bytes(row[1]) for row in rows), dtype=np.uint8).reshape(len(rows), HASHES)
    shares = agreement(found, np.broadcast_to(asked.signatures[0], found.shape)) / HASHES
    order = np.argsort(-shares, kind="stable")[:most]
    return [(_uuid(rows[one][0]), float(shares[one])) for one in order.tolist() if shares[one] >= least]


def _uuid(said: Any) -> UUID:
    return said if isinstance(said, UUID) else UUID(said)


def _asking(keys: list[int]) -> tuple[str, list[Any]]:
    """Sketches that share a key with a text, each key's newest; the index of bands answers every key alone.

    PostgreSQL plans one part for all keys and not one a key, which would cost it more than the answer.
    """
    quote = connection.ops.quote_name
    band, sketch = quote(Band._meta.db_table), quote(Sketch._meta.db_table)
    if connection.vendor == "postgresql":
        newest = f"SELECT sketch FROM {band} WHERE key = k.one ORDER BY sketch DESC LIMIT {EACH}"  # noqa: S608  # our names
        parts = f"SELECT b.sketch FROM unnest(%s::bigint[]) AS k(one) CROSS JOIN LATERAL ({newest}) AS b"  # noqa: S608  # our names
        values: list[Any] = [keys]
    else:
        part = f"SELECT * FROM (SELECT sketch FROM {band} WHERE key = %s ORDER BY sketch DESC LIMIT {EACH}) AS b"  # noqa: S608  # our names
        parts, values = " UNION ".join([part] * BANDS), list(keys)
    return f"SELECT need_id, signature FROM {sketch} WHERE id IN ({parts})", values  # noqa: S608  # our names
