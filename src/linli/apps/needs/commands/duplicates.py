"""``linli needs duplicates``: groups of reports in a CSV file that say the same; without Django."""

import csv
import gc
import io
import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from linli.apps.needs.commands.labelled import long_cells
from linli.kernel.contributions.commands import Malformed

if TYPE_CHECKING:
    from linli.algorithms.duplicates import Group

NEEDED, TOLD = ("id", "text"), ("time", "place")
TIMES = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y年%m月%d日", "%Y.%m.%d")


class Row(NamedTuple):
    """One report as it stands in the file."""

    id: str
    text: str
    place: str
    at: datetime | None


def run(options: Namespace) -> int:
    """Print the groups; 2 for a file that cannot be read, with one line that says where and what was expected."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that would only be started and stopped
    gc.disable()  # a short life: nothing is worth looking for
    try:
        with long_cells():
            rows = list(_rows(options.file))
    except Malformed as wrong:
        sys.stderr.write(str(wrong).replace("\n", " ") + "\n")
        return 2
    groups = _groups(rows)
    if options.json:
        sys.stdout.write(json.dumps({"groups": groups}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{' '.join(group['ids'])}：{group['reason']}\n" for group in groups)
    return 0


def _groups(rows: list[Row]) -> list[dict[str, Any]]:
    from linli.algorithms.duplicates import Report, groups_among
    from linli.algorithms.duplicates.grams import LONGEST

    for row in rows:
        if len(row.text) > LONGEST:
            sys.stderr.write(f"{row.id}: {len(row.text)} characters, the first {LONGEST} are compared\n")
    found = groups_among([Report(row.text, row.place, row.at) for row in rows])
    return [{"ids": [rows[one].id for one in group.members], "reason": reason(group)} for group in found]


def reason(group: "Group") -> str:
    """What the reports of a group have in common, in Chinese as the reports are."""
    same = "文字相同" if group.likeness == 1 else f"文字至少 {group.likeness:.0%} 相同"
    told = [same]
    if group.place:
        told.append(f"都在“{group.place}”")
    if group.span is not None:
        told.append(f"前后相隔{_span(group.span)}")
    return "，".join(told)


def _span(span: timedelta) -> str:
    if span.days:
        return f" {span.days} 天"
    hours = span.seconds // 3600
    return f" {hours} 小时" if hours else "不到 1 小时"


def _rows(file: Path) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(_text(file), newline=""))
    seen: dict[str, int] = {}
    try:
        head = [cell.strip().lower() for cell in next(lines, [])]
        _checked(file, head)
        at = [head.index(name) if name in head else None for name in (*NEEDED, *TOLD)]
        for cells in lines:
            if len(cells) == len(head) and cells[at[0] or 0].strip():
                yield _row(file, lines.line_num, ["" if one is None else cells[one].strip() for one in at], seen)
            elif any(cell.strip() for cell in cells):
                told = "an id" if len(cells) == len(head) else f"{len(head)} cells, found {len(cells)}"
                raise Malformed(file, lines.line_num, f"expected {told}")
    except csv.Error as error:
        raise Malformed(file, lines.line_num, f"expected CSV ({error})") from None
    if not seen:
        raise Malformed(file, 2, "expected at least one row below the head")


def _text(file: Path) -> str:
    """The file's text, UTF-8 or as Excel writes it in Chinese."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise Malformed(file, 0, f"expected a file that can be read ({error.strerror})") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Malformed(file, 1, "expected UTF-8 or GB 18030")


def _checked(file: Path, head: list[str]) -> None:
    if not any(head):
        raise Malformed(file, 1, "expected the head id,text[,time,place], found an empty file")
    for name in NEEDED:
        if name not in head:
            raise Malformed(file, 1, f"expected the columns id and text, found no column {name}")
    for name in (*NEEDED, *TOLD):
        if head.count(name) > 1:
            raise Malformed(file, 1, f"expected the column {name} once, found it {head.count(name)} times")


def _row(file: Path, line: int, cells: list[str], seen: dict[str, int]) -> Row:
    key, text, time, place = cells
    if key in seen:
        raise Malformed(file, line, f"expected every id once, found {key} again (first in line {seen[key]})")
    seen[key] = line
    return Row(key, text, place, _time(file, line, time) if time else None)


def _time(file: Path, line: int, said: str) -> datetime:
    found = _read(said)
    if found is None:
        raise Malformed(file, line, f"expected a time such as 2026-11-22 09:30, found {said!r}")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _read(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        pass
    for form in TIMES:
        try:
            return datetime.strptime(said, form)  # noqa: DTZ007  # the zone is given by the caller
        except ValueError:
            continue
    return None
