"""100,000 rows are taken over in one transaction; somebody else who writes all the time waits and never fails."""

import subprocess
import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from tests.playground.models import Shop

from linli.kernel.tables import Import, StagedRow, commit, confirm
from linli.kernel.tables.staging import read
from linli.kernel.tables.tests.samples import HEAD, ROW, uploaded, user, xlsx

ROWS, READ = 100_000, 2_000
"""So many are taken over; so many of them come from a workbook, the others are staged beside them at once."""

MORE = """
WITH RECURSIVE counted(number) AS (SELECT %s UNION ALL SELECT number + 1 FROM counted WHERE number < %s)
INSERT INTO tables_stagedrow (id, batch_id, number, key, data, problems, action, matches, doubt, same_as)
SELECT lower(hex(randomblob(16))), batch_id, counted.number, printf('S%%06d', counted.number),
       json_set(data, '$.code', printf('S%%06d', counted.number)), problems, action, matches, doubt, same_as
FROM counted, tables_stagedrow WHERE batch_id = %s AND tables_stagedrow.number = 2
"""
WRITER = """
import select, time
from django.contrib.sessions.models import Session
from django.utils import timezone
longest, count, more = 0.0, 0, True
while more:
    began = time.monotonic()
    Session.objects.create(session_key=f"w{count}", session_data="", expire_date=timezone.now())
    longest = max(longest, time.monotonic() - began)
    count += 1
    if count == 1:
        print("ready", flush=True)
    more = not select.select([sys.stdin], [], [], 0.05)[0]
print(count, longest)
"""


def add_rows(batch: Import) -> None:
    """Fill up the staged rows of ``batch`` to 100,000 by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(MORE, [READ + 2, ROWS + 1, batch.pk.hex])
    Import.objects.filter(pk=batch.pk).update(read=ROWS, expected=ROWS, new=ROWS)
    batch.refresh_from_db()


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.sqlite_only
def test_another_writer_waits_and_never_fails_while_100_000_rows_are_taken_over(
    shared_store: None,
    start_child: Callable[..., "subprocess.Popen[str]"],
) -> None:
    batch = uploaded(xlsx([HEAD, *([f"T{number:06d}", *ROW[1:]] for number in range(READ))]))
    writer = start_child(WRITER)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    assert read(batch.pk)
    batch.refresh_from_db()
    add_rows(batch)
    confirm(batch, actor=user())
    began = time.monotonic()
    assert commit(batch.pk)
    taken = time.monotonic() - began
    out, err = writer.communicate("stop\n", timeout=60)
    assert (writer.returncode, err) == (0, "")
    count, longest = out.split()
    print(f"commit {taken:.2f} s; {count} writes beside it, the longest waited {float(longest):.2f} s")
    assert (Session.objects.count(), Shop.objects.count(), StagedRow.objects.count()) == (int(count), ROWS, 0)
