"""Proving that a chain is whole: numbers, links, macs, head, and the daily anchors outside the database."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.audit.models import AuditRow, ChainHead
from linli.kernel.audit.recording import covered
from linli.kernel.seals import KeysMissing, sign

CHUNK = 2_000


@dataclass(frozen=True)
class Problem:
    """What is wrong, and at which number of the chain."""

    number: int
    sentence: str | Promise


@dataclass
class Report:
    """The result of checking one chain: how many rows were read, and every problem found."""

    chain: str
    rows: int = 0
    anchors: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.problems


@dataclass
class _Walk:
    number: int = 0
    link: str = ""
    digest: str = ""

    def take(self, row: AuditRow) -> None:
        self.number, self.link = row.number, row.link
        self.digest = hashlib.sha256(f"{self.digest}{row.mac}".encode("ascii")).hexdigest()


def _rows(chain: str, *, after: int = 0) -> Iterator[AuditRow]:
    rows = AuditRow.objects.filter(chain=chain, number__gt=after)
    return rows.order_by("number").iterator(chunk_size=CHUNK)


def _problem_of(row: AuditRow, walk: _Walk) -> Problem | None:
    if row.number != walk.number + 1:
        return Problem(row.number, _("Rows before this one are missing, or its number was changed."))
    try:
        _key, mac = sign(covered(row, walk.link), purpose="audit", key_id=row.key_id)
    except KeysMissing:
        return Problem(row.number, _("This row names a key that the key file does not hold."))
    if mac != row.mac:
        return Problem(row.number, _("This row, or its place in the chain, was changed after it was written."))
    return None


def anchor_file(chain: str, folder: Path | None = None) -> Path:
    """Where the daily anchors of a chain are kept: outside the database, one line of JSON a day."""
    return (folder or Path(settings.LINLI_HOME) / "anchors") / f"{chain.replace(':', '-')}.jsonl"


def outside() -> list[Path]:
    """The folder beyond the house where anchors stand as well (``LINLI_ANCHORS``), if there is one."""
    return [Path(settings.LINLI_ANCHORS)] if settings.LINLI_ANCHORS else []


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _anchors(chain: str, report: Report, beside: Sequence[Path] = ()) -> dict[int, str]:
    """Number → digest as the anchors have them, in the house and in the folders ``beside`` it."""
    found: dict[int, str] = {}
    for folder in (None, *beside):
        for line in _lines(anchor_file(chain, folder)):
            _take_anchor(line, found, report)
    report.anchors = len(found)
    return found


def _take_anchor(line: str, found: dict[int, str], report: Report) -> None:
    try:
        anchor: dict[str, Any] = json.loads(line)
        mac, number, digest = anchor.pop("mac"), int(anchor["number"]), str(anchor["digest"])
        _key, expected = sign(_anchor_bytes(anchor), purpose="audit", key_id=anchor["key"])
    except KeysMissing:
        report.problems.append(Problem(number, _("An anchor names a key that the key file does not hold.")))
        return
    except (ValueError, KeyError, TypeError, AttributeError):
        report.problems.append(Problem(0, _("An anchor of this chain was changed.")))
        return
    if mac != expected:
        report.problems.append(Problem(number, _("An anchor of this chain was changed.")))
    if found.setdefault(number, digest) != digest:
        report.problems.append(Problem(number, _("The anchors in the house and beyond it differ.")))


def _anchor_bytes(anchor: dict[str, Any]) -> bytes:
    return json.dumps(anchor, sort_keys=True).encode("utf-8")


def verify(chain: str, *, beside: Sequence[Path] | None = None) -> Report:
    """Read a whole chain and report what was edited, removed, inserted, moved, cut off or recomputed.

    ``beside``: folders with anchors to compare with besides those of the house (None: ``LINLI_ANCHORS``).
    """
    report = Report(chain)
    anchors = _anchors(chain, report, outside() if beside is None else beside)
    walk = _Walk()
    for row in _rows(chain):
        problem = _problem_of(row, walk)
        if problem is not None:
            report.problems.append(problem)
        walk.take(row)
        report.rows += 1
        if anchors.get(row.number, walk.digest) != walk.digest:
            report.problems.append(Problem(row.number, _("The chain differs from the anchor of its day.")))
    _check_end(chain, walk, anchors, report)
    return report


def _check_end(chain: str, walk: _Walk, anchors: dict[int, str], report: Report) -> None:
    head = ChainHead.objects.filter(chain=chain).first()
    if head is None:
        if walk.number or anchors:
            report.problems.append(Problem(walk.number, _("The head of this chain is missing.")))
        return
    if (head.length, head.link) != (walk.number, walk.link):
        report.problems.append(Problem(walk.number, _("Rows at the end of this chain were cut off or added.")))
    if anchors and max(anchors) > walk.number:
        report.problems.append(Problem(walk.number, _("The chain is shorter than the anchor of its day.")))


def write_anchors(*, at: datetime | None = None) -> int:
    """Append today's anchor for every chain that grew: number, running digest, mac. Returns how many were written.

    Reads only the rows since the last anchor. What ``LINLI_ANCHORS`` lacks of them is added there; raises OSError where
    that folder cannot be written, the anchors of the house stand then.
    """
    day = timezone.localtime(at or timezone.now()).date().isoformat()
    written = 0
    for chain in ChainHead.objects.order_by("chain").values_list("chain", flat=True):
        known = _anchors(chain, Report(chain), outside())
        last = max(known, default=0)
        walk = _Walk(number=last, digest=known.get(last, ""))
        for row in _rows(chain, after=last):
            walk.take(row)
        if walk.number == last:
            continue
        _append(chain, {"day": day, "number": walk.number, "digest": walk.digest})
        written += 1
    for folder in outside():
        mirror(folder)
    return written


def mirror(folder: Path) -> int:
    """Add to a folder the lines of anchors it lacks; never changes one that is there. Lines added. Raises OSError."""
    added = 0
    folder.mkdir(parents=True, exist_ok=True)
    for chain in ChainHead.objects.order_by("chain").values_list("chain", flat=True):
        path = anchor_file(chain, folder)
        there = set(_lines(path))
        new = [line for line in _lines(anchor_file(chain)) if line not in there]
        if new:
            with path.open("a", encoding="utf-8") as file:
                file.write("".join(f"{line}\n" for line in new))
        added += len(new)
    return added


def latest_anchors() -> dict[str, dict[str, Any]]:
    """Chain → its last anchor of the house (``day``, ``number``, ``digest``, ``key``, ``mac``)."""
    chains = ChainHead.objects.order_by("chain").values_list("chain", flat=True)
    last = {chain: _lines(anchor_file(chain))[-1:] for chain in chains}
    return {chain: json.loads(lines[0]) for chain, lines in last.items() if lines}


def _append(chain: str, anchor: dict[str, Any]) -> None:
    anchor["key"] = sign(b"", purpose="audit")[0]
    _key, mac = sign(_anchor_bytes(anchor), purpose="audit", key_id=anchor["key"])
    path = anchor_file(chain)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**anchor, "mac": mac}, sort_keys=True) + "\n")
