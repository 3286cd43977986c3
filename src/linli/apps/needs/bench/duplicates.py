"""Fills the index of likeness of one street set by set, then asks for edited copies one after the other."""

import os
import resource
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Any
from uuid import UUID

import numpy as np
from django.core.management import call_command
from django.db import connection, transaction

from linli.algorithms.duplicates.bench import triples
from linli.algorithms.duplicates.inventing import edited, message
from linli.apps.needs.bench import ASKED
from linli.apps.needs.models import Need, Sketch
from linli.apps.needs.queries.sketching import near, sketched
from linli.apps.needs.services.likeness import write_bands
from linli.apps.places.models import Level
from linli.apps.places.services import found as found_place
from linli.kernel.refs.keys import new_key

BATCH, SORTED = 20_000, 250_000
"""Texts sketched at once; needs whose bands are written in the order of their keys."""
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def measured(many: int) -> dict[str, Any]:
    """The figures of one database."""
    call_command("migrate", verbosity=0)
    day = DAY.date()
    district = found_place(code="990101000000", name="和安区", level=Level.DISTRICT, valid_from=day, actor=None)
    street = found_place(
        code="990101001000", name="清河里街道", level=Level.STREET, parent=district, valid_from=day, actor=None
    )
    chance = Random(11)  # noqa: S311  # invented texts, no secret
    texts = [message(chance) for _one in range(many)]
    keys = _insert_needs(texts, street.pk)
    began = time.process_time()
    _insert_index(texts, keys, street.pk)
    built = time.process_time() - began
    found = _asked(texts, keys, street.pk, chance)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"needs": many, "database": connection.vendor, "built": built, "memory": memory, **found}


def server_seconds() -> float:
    """Processor time the server has spent for this connection, from the system's own account of its process.

    0.0 for SQLite, which runs inside the asking process; a server on another machine raises FileNotFoundError.
    """
    if connection.vendor == "sqlite":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    fields = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _insert_needs(texts: Sequence[str], street: UUID) -> list[UUID]:
    """Rows of needs with one prepared statement; only what tells them apart changes from row to row."""
    row = Need(
        street_id=street, place_id=street, year=2026, serial=0, number="", channel="portal", title="-", matter="-",
        received_at=DAY,
    )  # fmt: skip
    fields = list(Need._meta.concrete_fields)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    place = {field.name: at for at, field in enumerate(fields)}
    prepared = Need._meta.pk.get_db_prep_save
    keys = [new_key() for _text in texts]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(Need._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  # our names

    def told(at: int) -> list[Any]:
        one = values.copy()
        one[place["id"]], one[place["serial"]] = prepared(keys[at], connection), at + 1
        one[place["number"]], one[place["matter"]] = f"2026-{at + 1}", texts[at]
        return one

    for first in range(0, len(texts), BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, [told(at) for at in range(first, min(first + BATCH, len(texts)))])
    return keys


def _insert_index(texts: Sequence[str], keys: Sequence[UUID], street: UUID) -> None:
    """Sketches by the thousand; their bands in the order of the table's key, so that its tree grows at few places."""
    for begin in range(0, len(texts), SORTED):
        until = min(begin + SORTED, len(texts))
        bands, slots = [], []
        with transaction.atomic():
            for first in range(begin, until, BATCH):
                last = min(first + BATCH, until)
                made = sketched(texts[first:last], [street] * (last - first))
                rows = [
                    Sketch(pk=at + 1, need_id=keys[at], signature=made.signatures[at - first].tobytes())
                    for at in range(first, last)
                ]
                Sketch.objects.bulk_create(rows, batch_size=300)
                bands.append(made.keys)
                slots.append(np.repeat(np.arange(first + 1, last + 1), made.keys.shape[1]))
            key, slot = np.concatenate(bands).ravel(), np.concatenate(slots)
            order = np.argsort(key, kind="stable")
            for first in range(0, len(order), 200_000):
                part = order[first : first + 200_000]
                write_bands(list(zip(key[part].tolist(), slot[part].tolist(), strict=True)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _asked(texts: Sequence[str], keys: Sequence[UUID], street: UUID, chance: Random) -> dict[str, Any]:
    """Processor time and time by the clock of one question, and how many of the copies are found again."""
    copies: list[tuple[int, str]] = []
    while len(copies) < min(ASKED, len(texts)):
        at = chance.randrange(len(texts))
        text = edited(texts[at], chance.uniform(0.02, 0.2), chance)
        one, other = triples(text), triples(texts[at])
        if len(one & other) >= 0.6 * len(one | other):
            copies.append((at, text))
    for _at, text in copies[:100]:
        near(text, street=street, least=0.3, most=40)
    spent, waited, found, served = [], [], 0, server_seconds()
    for at, text in copies:
        began, clock = time.process_time(), time.perf_counter()
        rows = near(text, street=street, least=0.3, most=40)
        spent.append(1000 * (time.process_time() - began))
        waited.append(1000 * (time.perf_counter() - clock))
        found += any(key == keys[at] for key, _share in rows)
    server = 1000 * (server_seconds() - served) / len(copies)
    waited.sort()
    return {
        "asked": len(copies), "recall": found / len(copies), "mean": mean(spent) + server, "server": server,
        "median": median(waited), "p95": waited[int(0.95 * len(waited))],
    }  # fmt: skip
