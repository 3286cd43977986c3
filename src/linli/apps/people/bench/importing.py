"""Seconds of a roster's way from a file into the house."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from linli.apps.people.bench.filling import BUILDINGS, fill, invented, worker_of

DOUBLES = 2_000
"""Likely doubles of a large file."""


def time_import(rows: int) -> dict[str, Any]:
    """Seconds of reading, deciding and taking over, and of reading the same file again; memory of any one process.

    One in fifty of the file stands on the roster already, with another telephone and no door: a likely double.
    Half of those are said to be the same person, the others to be somebody else.
    """
    import resource

    from linli.apps.people.models import Person
    from linli.apps.people.services.rosters import enter_persons
    from linli.kernel import tables
    from linli.kernel.tables.staging import read

    community = fill(0)
    worker = worker_of(community)
    known = [replace(one, phone=f"138{number:08}", landline="") for number, one in enumerate(invented(rows, []))]
    enter_persons(known[:: rows // DOUBLES or 1], community=community, actor=None)
    body = "\n".join(_lines(rows, community.name)).encode("utf-8-sig")
    found: dict[str, Any] = {"rows": rows, "there before": Person.objects.count()}

    def timed(name: str, act: Callable[[], object]) -> None:
        began = time.perf_counter(), _seconds()
        act()
        found[name] = f"{_seconds() - began[1]:.1f} s of processor, {time.perf_counter() - began[0]:.1f} s by the clock"

    for turn in ("first", "again"):
        batch = _uploaded(body, worker)
        timed(f"{turn}, read", partial(read, batch.pk))
        batch.refresh_from_db()
        doubts = batch.rows.filter(doubt=tables.Doubt.OPEN).count()
        found[f"{turn}, rows"] = (
            f"new {batch.new} changed {batch.changed} same {batch.same} bad {batch.bad} doubts {doubts}"
        )
        if batch.to_write:
            timed(f"{turn}, doubts", partial(_decide, batch, worker))
            timed(f"{turn}, taken over", partial(tables.commit, batch.pk))
            batch.refresh_from_db()
            found[f"{turn}, state"] = f"{batch.state} {batch.reason}".strip()
        found[f"{turn}, persons"] = Person.objects.count()
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    found["memory"] = f"{most // 1024} MB"
    return found


def _seconds() -> float:
    """Processor seconds of this process and of those it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _lines(rows: int, community: str) -> list[str]:
    lines = ["姓名,出生日期,手机,座机,社区,楼栋,门牌"]
    for number, one in enumerate(invented(rows, [])):
        building = number // 3 % BUILDINGS + 1
        lines.append(f"{one.name},{one.born_on},{one.phone},{one.landline},{community},{building}号楼,101")
    return lines


def _uploaded(body: bytes, worker: Any) -> Any:
    from django.core.files.base import ContentFile

    from linli.kernel import tables

    return tables.start(ContentFile(body, name="册.csv"), sheet="people.roster", actor=worker, name="册.csv")


def _decide(batch: Any, worker: Any) -> None:
    """Every other open row is its first match, the rest are somebody else; then the import is confirmed."""
    from linli.kernel import tables

    open_rows = batch.rows.filter(doubt=tables.Doubt.OPEN).order_by("number").values_list("number", "matches")
    same = {matches[0]["id"]: number for number, matches in open_rows[::2]}
    tables.decide(batch, {number: match for match, number in same.items()}, actor=worker)
    tables.decide_all(batch, same=False, actor=worker)
    tables.confirm(batch, actor=worker)
