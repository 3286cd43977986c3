"""Reading an upload into staged rows, in small transactions, so that nobody else has to wait."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile, opened
from linli.kernel.refs import random_key
from linli.kernel.tables import storing
from linli.kernel.tables.checking import Checked, Checker
from linli.kernel.tables.models import Change, Import, ImportState
from linli.kernel.tables.offers import sheet_named
from linli.kernel.tables.reading import SUFFIX, choose, opened_table
from linli.kernel.tables.refusing import refusal, too_many_rows

BATCH = 1_000
MOST_ROWS = 200_000
Progress = Callable[[int, int], None]


class Superseded(Exception):
    """Another attempt reads this import now, or it was cancelled; this one stops and leaves no more trace."""


def read(import_id: UUID, *, progress: Progress | None = None) -> bool:
    """Read, check and stage the file of an import; True when it is ready to check.

    Safe to run again after it was killed, and beside an attempt that still runs: the last one to start counts.
    A refusal about the file ends the import with its sentence.
    """
    turn = random_key()
    open_states = [ImportState.UPLOADED, ImportState.READING]
    taken = Import.objects.filter(pk=import_id, state__in=open_states).update(
        state=ImportState.READING, turn=turn, read=0, new=0, changed=0, same=0, bad=0
    )
    if not taken:
        return False
    batch = Import.objects.get(pk=import_id)
    clear(batch)
    with translation.override(batch.language):
        try:
            _stage_all(batch, progress)
        except Superseded:
            return False
        except Refusal as no:
            _mine(batch).update(state=ImportState.FAILED, reason=str(no), ended_at=timezone.now())
            return False
    return bool(_mine(batch).update(state=ImportState.PREVIEW, expected=F("read")))


def clear(batch: Import, *, only: Iterable[str] = Change.values) -> None:
    """Remove staged rows in small transactions."""
    actions = list(only)
    while storing.unstage(batch, actions, most=BATCH * 5):
        pass


@contextmanager
def local_copy(stored: StoredFile) -> Iterator[Path]:
    """The stored bytes as a file of this machine, gone afterwards."""
    suffix = SUFFIX.get(stored.content_type, ".xls")
    with tempfile.TemporaryDirectory(prefix="linli-import-") as folder:
        path = Path(folder) / f"{Path(stored.name).stem[:40]}{suffix}"
        with opened(stored) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy, 2**20)
        yield path


def _mine(batch: Import) -> Any:
    return Import.objects.filter(pk=batch.pk, turn=batch.turn, state=ImportState.READING)


def _stage_all(batch: Import, progress: Progress | None) -> None:
    sheet = sheet_named(batch.sheet)
    stored = StoredFile.objects.get(pk=batch.file_id)
    actor = get_user_model().objects.get(pk=batch.uploader_id)
    with local_copy(stored) as path, opened_table(path, stored.content_type, formulas=sheet.formulas) as table:
        chosen = choose(table.heads, sheet)
        batch.positions = chosen.heading.positions
        about = {"sheet_found": chosen.name, "positions": batch.positions, "ignored": list(chosen.heading.ignored)}
        if not _mine(batch).update(expected=chosen.rows, **about):
            raise Superseded
        checker = Checker(sheet, batch.positions, actor=actor)
        rows = _filled_rows(table.rows(chosen.index), chosen.heading.last, checker)
        total = 0
        while some := list(islice(rows, BATCH)):
            total += len(some)
            if total > MOST_ROWS:
                raise too_many_rows(MOST_ROWS)
            _stage(batch, checker.check(some))
            if progress is not None:
                progress(total, max(total, chosen.rows))
        if not total:
            raise refusal("no-rows")


def _filled_rows(rows: Iterator[Any], last: int, checker: Checker) -> Iterator[tuple[int, Any]]:
    """Rows below the headings that hold something, with their numbers as Excel shows them."""
    for number, row in enumerate(rows, start=1):
        if number > last and not checker.is_blank(row):
            yield number, row


def _stage(batch: Import, checked: Sequence[Checked]) -> None:
    counts = dict.fromkeys(Change.values, 0)
    for row in checked:
        counts[row.action] += 1
    with transaction.atomic():
        still = _mine(batch).update(read=F("read") + len(checked), **{k: F(k) + n for k, n in counts.items() if n})
        if not still:
            raise Superseded
        storing.stage(batch, checked)
