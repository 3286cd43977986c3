"""PostgreSQL as it is run for real: the role carries the schema, pgbouncer stands between, a standby takes over."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.support.clusters import Pair, find_pgbouncer, pooled
from tests.support.sites import ROOT, site_environment

pytestmark = [pytest.mark.postgres_only, pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("standby")]
OWNER, DOOR, SCHEMA = "east", "east_portal", "district_east"
Child = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """Primary and standby with a role that owns nothing but the right to make its schema, and a role of a door."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pair-"))
    folder.chmod(0o755)
    pair = Pair(folder)
    try:
        pair.start()
        for words in (f"CREATE ROLE {OWNER} LOGIN CREATEROLE", f"GRANT CREATE ON DATABASE linli TO {OWNER}"):
            pair.ask(pair.primary, words)
        yield pair
    finally:
        pair.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def url(role: str, *ports: int, schema: str = SCHEMA) -> str:
    """The address of the house at these ports of this machine, whichever takes writes."""
    hosts, numbers = ",".join("127.0.0.1" for _port in ports), ",".join(str(port) for port in ports)
    several = "&target_session_attrs=read-write" if len(ports) > 1 else ""
    return f"postgresql://{role}@/linli?host={hosts}&port={numbers}{several}&schema={schema}"


def linli(home: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """A command of the house on a database of PostgreSQL."""
    command = [sys.executable, "-m", "linli.site.cli", *words]
    told = site_environment(home, **extra)
    return subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def set_up(pair: Pair, home: Path) -> str:
    """``linli setup`` by the owner, with the door's role; what it said."""
    pair.ask(pair.primary, f"SET ROLE {OWNER}; CREATE ROLE {DOOR} LOGIN")
    run = linli(home, "setup", "--grant", DOOR, DATABASE_URL=url(OWNER, pair.primary.port))
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


CHILD = "import sys, django; django.setup()\n"


@pytest.fixture
def child(home: Path) -> Iterator[Child]:
    """``child(code, url, **environment)`` starts Python with Django ready; ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, address: str, **extra: str) -> subprocess.Popen[str]:
        told = site_environment(home, DATABASE_URL=address, **extra)
        words = [sys.executable, "-c", CHILD + code]
        process = subprocess.Popen(words, env=told, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_setup_lets_the_role_carry_the_schema(pair: Pair, set_up: str) -> None:
    with psycopg.connect(f"postgresql://{OWNER}@127.0.0.1:{pair.primary.port}/linli") as plain:
        found = plain.execute("SELECT current_schema(), count(*) FROM django_migrations").fetchone()
        public = plain.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found is not None
    assert (found[0], found[1] > 20, public) == (SCHEMA, True, (0,))


def test_a_role_of_one_district_is_not_taken_for_another(pair: Pair, set_up: str, home: Path) -> None:
    run = linli(home, "setup", DATABASE_URL=url(OWNER, pair.primary.port, schema="district_west"))
    sentence = f"The role {OWNER} works in the schema {SCHEMA} already. Give each district a role of its own.\n"
    assert (run.returncode, run.stderr) == (1, sentence)


def test_a_role_that_may_not_says_who_may(pair: Pair, set_up: str, home: Path) -> None:
    pair.ask(pair.primary, "CREATE ROLE poor LOGIN")
    run = linli(home, "setup", DATABASE_URL=url("poor", pair.primary.port, schema="another"))
    sentence = "This role may not do it itself. Let the administrator of the database run: "
    assert (run.returncode, run.stderr) == (1, sentence + 'CREATE SCHEMA "another" AUTHORIZATION "poor";\n')


def test_the_role_of_a_door_writes_rows_and_changes_no_table(pair: Pair, set_up: str) -> None:
    with psycopg.connect(f"postgresql://{DOOR}@127.0.0.1:{pair.primary.port}/linli", autocommit=True) as door:
        assert door.execute("SELECT count(*) FROM jobs_job").fetchone() == (0,)
        door.execute("INSERT INTO jobs_periodicrun (name, due) VALUES ('x', now())")
        for words in ("DROP TABLE jobs_job", "CREATE TABLE mine (a int)", "DELETE FROM django_migrations"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                door.execute(words)


def test_the_copy_made_by_an_upgrade_comes_back(pair: Pair, set_up: str, home: Path, tmp_path: Path) -> None:
    path = os.pathsep.join([str(pair.primary.binaries), os.environ["PATH"]])
    told = site_environment(home, DATABASE_URL=url(OWNER, pair.primary.port), PATH=path)
    steps = [sys.executable, str(ROOT / "tools" / "release" / "steps.py")]
    where = f"postgresql://{OWNER}@127.0.0.1:{pair.primary.port}/linli"
    with psycopg.connect(where, autocommit=True) as owner:
        owner.execute("INSERT INTO jobs_periodicrun (name, due) VALUES ('before', now())")
    subprocess.run([*steps, "snapshot", str(tmp_path / "copy")], env=told, check=True)
    with psycopg.connect(where, autocommit=True) as owner:
        owner.execute("INSERT INTO jobs_periodicrun (name, due) VALUES ('since', now())")
        owner.execute("ALTER TABLE jobs_periodicrun ADD COLUMN newer int")
    subprocess.run([*steps, "restore", str(tmp_path / "copy")], env=told, check=True)
    with psycopg.connect(where, autocommit=True) as owner:
        names = owner.execute("SELECT name FROM jobs_periodicrun WHERE name IN ('before', 'since')").fetchall()
        columns = [one.name for one in owner.execute("SELECT * FROM jobs_periodicrun").description or ()]
    assert (names, columns, (tmp_path / "copy.done").exists()) == ([("before",)], ["name", "due", "last"], True)


HOPPING = """
from itertools import islice
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from linli.kernel.jobs.claiming import claim
from linli.kernel.jobs.models import Job

def work(number):
    client, servers = Client(), set()
    for turn in range(6):
        with transaction.atomic():
            Job.objects.create(task="linli.nothing", enqueued_at=timezone.now(), key=f"{number}-{turn}")
        read = sum(1 for job in Job.objects.order_by("pk").iterator(chunk_size=3))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), current_schema(), current_setting('TimeZone')")
            pid, *rest = cursor.fetchone()
        servers.add((pid, *rest))
        page = client.get("/first-run/").status_code
        assert (page, read > turn) == (200, True), (page, read)
    tries = (claim(f"worker {number}") for _turn in range(500))
    claimed = list(islice((job for job in tries if job is not None), 3))  # who lost a race to another comes again
    connection.close()
    return servers, [job.key for job in claimed]

with ThreadPoolExecutor(6) as pool:
    done = list(pool.map(work, range(6)))
servers = set().union(*(found for found, _keys in done))
keys = [key for _found, held in done for key in held]
print(len({pid for pid, *_rest in servers}), {tuple(rest) for _pid, *rest in servers}, len(keys), len(set(keys)))
"""


def test_it_works_behind_pgbouncer_in_transaction_mode(pair: Pair, set_up: str, child: Child) -> None:
    program = find_pgbouncer()
    if program is None:
        pytest.skip("pgbouncer is not here and could not be installed")
    with pooled(program, pair.primary, [OWNER]) as pooler:
        hopping = child(HOPPING, url(OWNER, pooler.port), LINLI_PGBOUNCER="1", LINLI_HOSTS="testserver")
        out, err = hopping.communicate(timeout=60)
    assert (out, err) == (f"2 {{('{SCHEMA}', 'UTC')}} 18 18\n", "")


WRITING = """
import itertools
from django.db import Error, connection, transaction
from django.utils import timezone
from linli.kernel.jobs.models import Job

for number in itertools.count():
    key = f"written-{number}"
    try:
        with transaction.atomic():
            Job.objects.create(task="linli.nothing", enqueued_at=timezone.now(), key=key)
    except Error as error:
        connection.close()
        continue
    print(key, flush=True)
"""


def test_a_standby_takes_over_and_no_acknowledged_write_is_lost(pair: Pair, set_up: str, child: Child) -> None:
    writing = child(WRITING, url(OWNER, pair.primary.port, pair.standby.port))
    assert writing.stdout is not None
    acknowledged = [writing.stdout.readline().strip() for _number in range(200)]
    pair.kill_primary()
    pair.promote()
    end = time.monotonic() + 20
    os.set_blocking(writing.stdout.fileno(), True)
    while len(acknowledged) < 600 and time.monotonic() < end:
        acknowledged.append(writing.stdout.readline().strip())
    writing.kill()
    acknowledged += [line for line in writing.communicate()[0].splitlines() if line]
    with psycopg.connect(f"postgresql://{OWNER}@127.0.0.1:{pair.standby.port}/linli") as standby:
        kept = [key for (key,) in standby.execute("SELECT key FROM jobs_job WHERE key LIKE 'written-%'").fetchall()]
    assert sorted(set(acknowledged) - set(kept)) == []
    assert (len(kept) == len(set(kept)), len(acknowledged) >= 600) == (True, True)
    numbers = [int(key.removeprefix("written-")) for key in acknowledged]
    assert numbers[-1] - len(numbers) + 1 > 0, "while nobody took writes, some were refused"
