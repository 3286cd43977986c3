"""Confirming, cancelling, trying again, forgetting; real processes killed and racing."""

import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.playground.models import Shop

from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.files import StoredFile, file_for
from linli.kernel.files.tests.samples import everything_stored
from linli.kernel.jobs import Job
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.refs import random_key
from linli.kernel.tables import Import, ImportState, StagedRow, again, cancel, commit, confirm, forget_old, start
from linli.kernel.tables.staging import read
from linli.kernel.tables.tests.samples import HEAD, ROW, counts, staged, uploaded, user, xlsx

pytestmark = pytest.mark.django_db
Child = Callable[..., "subprocess.Popen[str]"]


def many(rows: int) -> bytes:
    return xlsx([HEAD, *([f"S{number:06d}", *ROW[1:]] for number in range(rows))])


def test_it_goes_from_upload_to_table_by_jobs_alone() -> None:
    batch = uploaded(xlsx([HEAD, ROW]))
    run_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.percent) == (ImportState.PREVIEW, 100)
    confirm(batch, actor=user())
    run_waiting()
    batch.refresh_from_db()
    assert (batch.state, Shop.objects.count(), StagedRow.objects.count()) == (ImportState.DONE, 1, 0)


def test_it_changes_nothing_when_the_same_file_comes_twice() -> None:
    first = staged(many(30))
    confirm(first, actor=user())
    commit(first.pk)
    before = list(Shop.objects.order_by("code").values())
    second = staged(many(30))
    assert counts(second) == (0, 0, 30, 0)
    with pytest.raises(Refusal) as refused:
        confirm(second, actor=user())
    assert refused.value.code == "nothing-to-do"
    second.refresh_from_db()
    assert (second.state, list(Shop.objects.order_by("code").values())) == (ImportState.PREVIEW, before)


def test_it_writes_once_when_two_uploads_of_one_file_are_both_confirmed() -> None:
    first, second = staged(many(30)), staged(many(30))
    for batch in (first, second):
        confirm(batch, actor=user())
        assert commit(batch.pk)
    assert Shop.objects.count() == 30


def test_it_commits_once_however_often_it_is_asked() -> None:
    batch = staged(many(3))
    confirm(batch, actor=user())
    assert [commit(batch.pk), commit(batch.pk)] == [True, False]


def test_it_commits_any_number_of_rows_with_the_same_number_of_queries() -> None:
    seen = []
    for rows in (1, 30):
        batch = staged(many(rows))
        confirm(batch, actor=user())
        with CaptureQueriesContext(connection) as queries:
            commit(batch.pk)
        seen.append(len(queries))
        Shop.objects.all().delete()
    assert seen[0] == seen[1]


def test_it_leaves_bad_rows_out_and_keeps_them_for_correction() -> None:
    batch = staged(xlsx([HEAD, ROW, ["S2", "", *ROW[2:]]]))
    confirm(batch, actor=user())
    commit(batch.pk)
    assert list(Shop.objects.values_list("code", flat=True)) == ["S1"]
    assert [row.number for row in StagedRow.objects.all()] == [3]


def test_it_goes_back_to_the_preview_when_a_rule_of_the_database_is_broken() -> None:
    batch = staged(many(3))
    confirm(batch, actor=user())
    StagedRow.objects.filter(batch=batch, number=3).update(data={"code": "S9", "name": None})
    assert not commit(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Shop.objects.count()) == (ImportState.PREVIEW, 0)
    assert batch.reason == "部分数据违反数据库规则，未导入任何一行，请重新读取文件。"


def test_it_forgets_what_was_read_when_it_is_cancelled() -> None:
    batch = staged(many(3))
    cancel(batch, actor=user())
    run_waiting()
    assert (batch.state, StagedRow.objects.count()) == (ImportState.CANCELLED, 0)
    with pytest.raises(Conflict) as refused:
        confirm(batch, actor=user())
    assert str(refused.value) == "该导入已取消，未做任何改动。"


@pytest.mark.parametrize("verb", [confirm, cancel, again])
def test_it_lets_only_the_uploader_act(verb: Callable[..., None]) -> None:
    batch = staged(many(1))
    with pytest.raises(NotAllowed):
        verb(batch, actor=user("other"))
    batch.refresh_from_db()
    assert batch.state == ImportState.PREVIEW


def test_it_hides_the_uploaded_file_from_others() -> None:
    batch = staged(many(1))
    assert file_for(batch.file_id, actor=user()).name == "店铺.xlsx"
    with pytest.raises(Missing):
        file_for(batch.file_id, actor=user("other"))


def test_it_knows_no_table_that_nobody_offers() -> None:
    with pytest.raises(Missing):
        start(None, sheet="playground.nothing", actor=user())  # type: ignore[arg-type]  # refused before it is read


def test_it_stops_an_attempt_when_a_later_one_began() -> None:
    batch = uploaded(many(2_500))
    reached = []

    def overtaken(done: int, total: int) -> None:
        reached.append(done)
        Import.objects.filter(pk=batch.pk).update(turn=random_key())

    assert not read(batch.pk, progress=overtaken)
    assert reached == [1000]
    assert read(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.new, StagedRow.objects.count()) == (ImportState.PREVIEW, 2500, 2500)


def test_it_stops_reading_when_it_is_cancelled_meanwhile() -> None:
    batch = uploaded(many(2_500))
    assert not read(batch.pk, progress=lambda done, total: cancel(Import.objects.get(pk=batch.pk), actor=user()))
    batch.refresh_from_db()
    assert (batch.state, batch.read) == (ImportState.CANCELLED, 1000)


def test_it_shows_how_far_it_is_while_it_reads() -> None:
    batch = uploaded(many(2_500))
    seen = []
    read(batch.pk, progress=lambda done, total: seen.append((done, Import.objects.get(pk=batch.pk).percent)))
    assert seen == [(1000, 40), (2000, 80), (2500, 99)]


def test_it_forgets_rows_and_file_a_month_later() -> None:
    done, left = staged(many(2)), staged(many(2))
    confirm(done, actor=user())
    commit(done.pk)
    assert forget_old() == 0
    later = timezone.now() + timedelta(days=31)
    assert [forget_old(at=later), forget_old(at=later)] == [2, 0]
    left.refresh_from_db()
    assert left.state == ImportState.CANCELLED
    assert (StagedRow.objects.count(), StoredFile.objects.count()) == (0, 0)


READ = """
from uuid import UUID
from linli.kernel.tables.staging import read
def progress(done, total):
    print(done, flush=True)
    if done >= 3000 and sys.argv[2] == "stop":
        import time; time.sleep(60)
print(read(UUID(sys.argv[1]), progress=progress))
"""
COMMIT = """
from uuid import UUID
from linli.kernel.tables import storing, commit
plain = storing.write
def slow(*args, **words):
    plain(*args, **words)
    print("written", flush=True)
    import time; time.sleep(float(sys.argv[2]))
storing.write = slow
print(commit(UUID(sys.argv[1])))
"""


@pytest.mark.race
def test_it_reads_anew_after_it_was_killed_and_doubles_nothing(shared_store: None, start_child: Child) -> None:
    batch = uploaded(many(6_000))
    child = start_child(READ, str(batch.pk), "stop")
    assert child.stdout is not None
    while child.stdout.readline() != "3000\n":
        pass
    child.kill()
    child.wait()
    batch.refresh_from_db()
    assert (batch.state, batch.read, StagedRow.objects.count()) == (ImportState.READING, 3000, 3000)
    assert read(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.new, StagedRow.objects.count()) == (ImportState.PREVIEW, 6000, 6000)


@pytest.mark.race
def test_it_is_whole_or_not_there_when_the_commit_is_killed(shared_store: None, start_child: Child) -> None:
    batch = staged(many(3_000))
    confirm(batch, actor=user())
    child = start_child(COMMIT, str(batch.pk), "60")
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    child.kill()
    child.wait()
    batch.refresh_from_db()
    assert (batch.state, Shop.objects.count()) == (ImportState.COMMITTING, 0)
    assert commit(batch.pk)
    assert Shop.objects.count() == 3000


@pytest.mark.race
def test_two_processes_that_commit_at_once_write_once(shared_store: None, race: Callable[..., list[str]]) -> None:
    batch = staged(many(500))
    confirm(batch, actor=user())
    assert sorted(out.splitlines()[-1] for out in race(COMMIT, [(str(batch.pk), "0.1")] * 2)) == ["False", "True"]
    assert Shop.objects.count() == 500


def test_it_keeps_nothing_when_the_row_of_the_import_cannot_be_written() -> None:
    Job.objects.all().delete()
    with pytest.raises(NotAllowed):
        start(None, sheet="playground.closed", actor=user())  # type: ignore[arg-type]
    assert (Import.objects.count(), Job.objects.count(), everything_stored()) == (0, 0, [])
