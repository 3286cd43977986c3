"""``linli calibrate``: entries scored from a CSV of marks; plain mean, trimmed mean, or judge effects."""

import csv
import io
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from linli.algorithms import marks as reckoning
from linli.kernel.contributions.commands import Malformed

COLUMNS = ("entry", "judge", "score")


class Row(NamedTuple):
    """One mark."""

    entry: str
    judge: str
    score: Decimal
    panel: str


def run(options: Namespace) -> int:
    """Print entries, judges and Kendall's W; 2 for a file that cannot be read, with one line that says where."""
    try:
        rows = list(_rows(options.file))
        answer = _answer(rows, options.method, options.seed, options.file)
    except Malformed as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n" if options.json else _table(answer))
    return 0


def _rows(file: Path) -> Iterator[Row]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Malformed(file, 0, f"expected a file that can be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise Malformed(file, 1, "expected UTF-8") from None
    lines = csv.reader(io.StringIO(text, newline=""))
    head = [cell.strip().lower() for cell in next(lines, [])]
    if head not in ([*COLUMNS], [*COLUMNS, "panel"]):
        raise Malformed(file, 1, "expected the head entry,judge,score or entry,judge,score,panel")
    seen: set[tuple[str, str]] = set()
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield _row(file, lines.line_num, cells, len(head), seen)
    except csv.Error as error:
        raise Malformed(file, lines.line_num, f"expected CSV ({error})") from None
    if not seen:
        raise Malformed(file, 2, "expected at least one mark")


def _row(file: Path, line: int, cells: list[str], width: int, seen: set[tuple[str, str]]) -> Row:
    if len(cells) != width:
        raise Malformed(file, line, f"expected {width} cells, found {len(cells)}")
    entry, judge, score, panel = [*(cell.strip() for cell in cells), ""][:4]
    if not entry or not judge:
        raise Malformed(file, line, "expected an entry and a judge")
    try:
        value = Decimal(score)
        if not value.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise Malformed(file, line, f"expected a number as score, found {score!r}") from None
    if (entry, judge) in seen:
        raise Malformed(file, line, f"expected one mark of judge {judge} for entry {entry}, found a second")
    seen.add((entry, judge))
    return Row(entry, judge, value, panel)


def _answer(rows: list[Row], method: str, seed: int, file: Path) -> dict[str, Any]:
    from linli.algorithms.calibration import Marks, concordance, fit, rank_intervals, ranks, spreads

    marks, entries, judges = Marks.of((row.entry, row.judge, float(row.score)) for row in rows)
    low: list[int | None] = [None] * len(entries)
    high = list(low)
    if method == "effects":
        found = fit(marks)
        scores, strict = found.entry.tolist(), (-found.judge).tolist()
        intervals = rank_intervals(marks, seed=seed)
        if intervals is not None:
            low, high = intervals.low.tolist(), intervals.high.tolist()
        placed = ranks(scores)
    else:
        exact = _exact(rows, entries, method, file)
        scores = [float(value) for value in exact]
        placed = ranks(scores)
        left = _below(rows, dict(zip(entries, exact, strict=True)))
        strict = [left[judge] for judge in judges]
    width = spreads(marks)
    return {
        "entries": [
            {"entry": entry, "score": score + 0.0, "rank": rank, "low": least, "high": most}
            for entry, score, rank, least, most in zip(entries, scores, placed, low, high, strict=True)
        ],
        "judges": [
            {"judge": judge, "severity": severity + 0.0, "spread": spread}
            for judge, severity, spread in zip(judges, strict, width, strict=True)
        ],
        "w": concordance(marks),
    }


def _exact(rows: list[Row], entries: list[str], method: str, file: Path) -> list[Fraction]:
    """The exact mean of each entry; for "trimmed" the rule is fixed for a whole panel by its fewest marks."""
    given: dict[str, list[Decimal]] = {entry: [] for entry in entries}
    panel_of: dict[str, str] = {}
    for row in rows:
        given[row.entry].append(row.score)
        panel_of[row.entry] = row.panel
    if method == "mean":
        return [reckoning.mean_of(given[entry], reckoning.MEAN).value for entry in entries]
    fewest: dict[str, tuple[int, str]] = {}
    for entry in entries:
        count = (len(given[entry]), entry)
        fewest[panel_of[entry]] = min(fewest.get(panel_of[entry], count), count)
    rules = {}
    for panel, (number, short) in fewest.items():
        try:
            rules[panel] = reckoning.rule_for(number)
        except reckoning.TooFew as few:
            raise Malformed(file, 1, f"expected {few.needed} marks for entry {short}, found {few.count}") from None
    return [reckoning.mean_of(given[entry], rules[panel_of[entry]]).value for entry in entries]


def _below(rows: list[Row], means: dict[str, Fraction]) -> dict[str, float]:
    """How far below the score of the entries a judge marks, on average; above zero is strict."""
    gaps: dict[str, list[Fraction]] = {}
    for row in rows:
        gaps.setdefault(row.judge, []).append(means[row.entry] - Fraction(row.score))
    return {judge: float(sum(all_of, Fraction(0)) / len(all_of)) for judge, all_of in gaps.items()}


def _table(answer: dict[str, Any]) -> str:
    """The same for a terminal, best entry first."""
    lines = [f"{'rank':>4}  {'score':>8}  {'90 %':>9}  entry"]
    for one in sorted(answer["entries"], key=lambda one: one["rank"]):
        span = "" if one["low"] is None else f"{one['low']}–{one['high']}"
        lines.append(f"{one['rank']:>4}  {one['score']:>8.2f}  {span:>9}  {one['entry']}")
    lines += ["", f"{'strict':>8}  {'spread':>8}  judge"]
    for one in answer["judges"]:
        spread = "" if one["spread"] is None else f"{one['spread']:.2f}"
        lines.append(f"{one['severity']:>+8.2f}  {spread:>8}  {one['judge']}")
    agreement = "none" if answer["w"] is None else f"{answer['w']:.2f}"
    return "\n".join([*lines, "", f"Kendall's W: {agreement}"]) + "\n"
