"""The bundle for a server without internet: it installs, takes over a house of an older release, goes back."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path

import pytest
from tools import bundle, sbom

from tests.support.postgres import free_port
from tests.support.sites import linli, shared, site_environment
from tests.test_setup import KILLED

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("wheel")]
ROOT = Path(__file__).resolve().parents[1]
OLD_HOUSE = ROOT / "tests" / "data" / "house-of-8a49fa19.tar.xz"
"""What `linli setup` and some verbs of that commit left: a street with accounts, a need, money; and its keys."""
PACKED = ("rules", "segno")
"""Packages that are truly packed; the others are lent by the suite's environment, for they take a minute."""
PLATFORM = f"linux-{os.uname().machine}"


def pack(name: str, folder: Path) -> None:
    """The wheel of an installed package, made again, into ``folder``."""
    held = distribution(name)
    file = folder / f"{name}-{held.version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for path in held.files or ():
            if not path.as_posix().startswith("..") and path.suffix != ".pyc":
                archive.write(path.locate(), path.as_posix())


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two bundles unpacked, of releases 1 and 2, made once for all processes of this run."""
    with shared(tmp_path_factory, "bundles") as (folder, made):
        if not made.exists():
            wheels = folder / "wheels"
            wheels.mkdir(parents=True)
            for name in PACKED:
                pack(name, wheels)
            first = bundle.build(folder, PLATFORM, version="1", wheels=wheels)
            with tarfile.open(first) as archive:
                archive.extractall(folder, filter="data")
            shutil.copytree(folder / f"linli-1-{PLATFORM}", folder / f"linli-2-{PLATFORM}")
            renamed(folder / f"linli-2-{PLATFORM}", "2")
            made.touch()
    return [folder / f"linli-{number}-{PLATFORM}" for number in (1, 2)]


def renamed(folder: Path, version: str) -> None:
    """The same bundle as another release."""
    (folder / "VERSION").write_text(f"{version}\n")
    (folder / "SHA256SUMS").unlink()
    (folder / "SHA256SUMS").write_text("".join(bundle.sums(folder)))


class Server:
    """A server of its own: where releases and the house lie, how the site is started and stopped."""

    def __init__(self, folder: Path) -> None:
        self.root, self.home, self.port = folder / "opt", folder / "home", free_port()
        self.settings, self.pid = folder / "production.env", folder / "pid"
        start = f"cd /; '{self.root}/current/linli' up --port {self.port} >>'{folder}/log' 2>&1 & echo $! >'{self.pid}'"
        ended = f"kill $(cat '{self.pid}') && tail --pid=$(cat '{self.pid}') -f /dev/null"
        stop = f"test ! -e '{self.pid}' || {{ {ended}; }}; rm -f '{self.pid}'"
        told = {"LINLI_HOME": self.home, "LINLI_KEYS": self.home / "keys", "LINLI_HOSTS": "linli.example.org"}
        self.settings.write_text(
            "# a comment; & no shell\n" + "".join(f"{name}={text}\n" for name, text in told.items())
        )
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.environment = {
            **kept, "LC_ALL": "C.UTF-8", "LINLI_ROOT": str(self.root), "LINLI_ENV": str(self.settings),
            "LINLI_USER": "nobody-of-that-name", "LINLI_PYTHON": sys.executable, "LINLI_PORT": str(self.port),
            "LINLI_UNITS": str(folder / "none"), "LINLI_START": start, "LINLI_STOP": stop, "PIP_NO_COMPILE": "1",
            "PYTHONPATH": sysconfig.get_path("purelib"), "https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9",
            "no_proxy": "127.0.0.1", "PYTHONDONTWRITEBYTECODE": "",
        }  # fmt: skip

    def run(self, script: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """A script of a bundle."""
        return subprocess.run(
            [*self.alone(script), "sh", str(script), *words],
            env={**self.environment, **extra}, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    def alone(self, script: Path) -> list[str]:
        """For the installation: no network at all, where this account may have that."""
        if script.name != "install.sh" or subprocess.call(["unshare", "-n", "true"]):
            return []
        return ["unshare", "-n"]

    def stop(self) -> None:
        """The site, if one runs."""
        subprocess.run(["sh", "-c", self.environment["LINLI_STOP"]], check=False)

    @property
    def current(self) -> str:
        """The release in use."""
        return (self.root / "current").resolve().name

    def migrations(self) -> set[tuple[str, str]]:
        """What ran in the database."""
        return ran_in(self.home / "linli.sqlite3")


def ran_in(file: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as database:
        return set(database.execute("SELECT app, name FROM django_migrations").fetchall())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """One that holds the house of the older release."""
    server = Server(tmp_path)
    server.home.mkdir()
    with tarfile.open(OLD_HOUSE) as archive:
        archive.extractall(server.home, filter="data")
    yield server
    server.stop()


def made_older(release: Path, known: set[tuple[str, str]]) -> int:
    """Take from an installed release the migrations that an older one did not have; how many."""
    (package,) = release.glob("venv/lib/python*/site-packages/linli")
    newer = [
        file
        for file in package.glob("*/*/migrations/0*.py")
        if (file.parents[1].name, file.stem) not in known and (f"linli_{file.parents[1].name}", file.stem) not in known
    ]
    labels = {app for app, _name in known}
    newer = [file for file in newer if file.stem != "0001_initial" or file.parents[1].name not in labels]
    for file in newer:
        file.unlink()
    return len(newer)


READ = """
from linli.apps.needs.models import Need
from linli.apps.people.models import User
from linli.kernel.audit import verify
from linli.kernel.audit.models import AuditRow, ChainHead
from linli.apps.ledger.models import Commitment
officer = User.objects.get(username="hewenjia")
print(officer.name, officer.check_password("early-morning-Tea-42"), Need.objects.count(), Commitment.objects.count())
print(AuditRow.objects.count(), [problem for head in ChainHead.objects.all() for problem in verify(head.pk).problems])
"""


def test_it_installs_without_a_network_takes_over_an_old_house_and_goes_back(
    bundles: list[Path], server: Server
) -> None:
    first, second = bundles
    old = server.migrations()
    installed = server.run(first / "install.sh")
    assert (installed.returncode, installed.stderr, server.current) == (0, "", "1")
    newer = made_older(server.root / "releases" / "1", old)
    gives_way_to_the_old_one(second, server, old)
    takes_over(second, server, old, newer)
    goes_back(second, server, old, newer)


def gives_way_to_the_old_one(second: Path, server: Server, old: set[tuple[str, str]]) -> None:
    """An upgrade whose site does not start leaves the tables and the release that were there."""
    start = f"case $(readlink -f '{server.root}/current') in */2) exit 7 ;; esac; touch '{server.pid}.old'"
    failed = server.run(second / "upgrade.sh", LINLI_START=start, LINLI_STOP="true")
    assert (failed.returncode, server.current, server.migrations()) == (1, "1", old)
    assert failed.stderr.splitlines()[-1] == "Linli 1 runs again; no data were changed."
    assert Path(f"{server.pid}.old").exists()


def takes_over(second: Path, server: Server, old: set[tuple[str, str]], newer: int) -> None:
    """The upgrade: the old house's rows are read by the new release, and the audit's chain holds."""
    upgraded = server.run(second / "upgrade.sh")
    assert (upgraded.returncode, server.current) == (0, "2"), upgraded.stderr
    assert upgraded.stdout.splitlines()[-1] == "Linli 2 is in use. To go back: rollback.sh"
    assert len(server.migrations() - old) >= newer
    assert facts_of(server) == "贺文佳 True 1 1\n11 []\n"
    again = server.run(second / "upgrade.sh")
    assert (again.returncode, again.stderr) == (1, "Linli 2 is in use already.\n")


def goes_back(second: Path, server: Server, old: set[tuple[str, str]], newer: int) -> None:
    """Back to tables the old release knows, once somebody said that what came since may go."""
    if newer:
        refused = server.run(second / "rollback.sh")
        assert (refused.returncode, server.current) == (1, "2")
        assert "What was written since the upgrade would be lost" in refused.stderr
    back = server.run(second / "rollback.sh", "--lose-what-came-since")
    assert (back.returncode, server.current, back.stdout) == (0, "1", "Linli 1 is in use.\n"), back.stderr
    server.stop()
    assert server.migrations() == old


def facts_of(server: Server) -> str:
    """What the present code reads in the server's house."""
    run = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + READ],
        env=site_environment(server.home), cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return run.stdout


def test_a_damaged_bundle_is_refused_before_anything_is_changed(
    bundles: list[Path], server: Server, tmp_path: Path
) -> None:
    damaged = Path(shutil.copytree(bundles[0], tmp_path / "damaged"))
    (damaged / "sbom.cdx.json").write_text("{}")
    run = server.run(damaged / "install.sh")
    assert (run.returncode, run.stderr.splitlines()[-1]) == (1, "The bundle is damaged. Copy it again.")
    other = Path(shutil.copytree(bundles[0], tmp_path / "other"))
    (other / "PLATFORM").write_text("linux-riscv64\n")
    renamed(other, "1")
    run = server.run(other / "install.sh")
    assert (run.returncode, f"This bundle is for linux-riscv64; this machine is {PLATFORM}." in run.stderr) == (1, True)
    assert not server.root.exists()


def test_an_upgrade_of_the_tables_killed_half_way_leaves_the_old_state(server: Server, set_up_home: Path) -> None:
    file = server.home / "linli.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
        database.execute("DROP TABLE jobs_job")
        database.execute("DROP TABLE jobs_periodicrun")
        database.commit()
    before, tables = ran_in(file), schema_of(file)
    words = [sys.executable, "-c", KILLED, "statement", "2"]
    killed = subprocess.run(words, env=site_environment(server.home), cwd=ROOT, check=False).returncode
    assert (killed, ran_in(file), schema_of(file)) == (-signal.SIGKILL, before, tables)
    again = linli(server.home, "setup")
    assert (again.returncode, again.stderr) == (0, "")
    assert columns_of(file) == columns_of(set_up_home / "linli.sqlite3"), "as a new house has them"


def schema_of(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as database:
        return {words for (words,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}


def columns_of(file: Path) -> dict[str, set[str]]:
    """Of each table the names of its columns."""
    with closing(sqlite3.connect(file)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {row[1] for row in database.execute(f'PRAGMA table_info("{name}")')} for name in names}


def test_a_release_refuses_the_tables_of_a_newer_one(house: Path) -> None:
    with closing(sqlite3.connect(house / "linli.sqlite3")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('needs', '0999_later', '2027-01-01')"
        )
        database.commit()
    run = linli(house, "setup")
    assert run.returncode == 1
    assert run.stderr.startswith("The database was made by a newer release (needs.0999_later). Start that release,")


def test_it_says_what_it_is_made_of(bundles: list[Path]) -> None:
    made = json.loads((bundles[0] / "sbom.cdx.json").read_text(encoding="utf-8"))
    parts = {one["name"]: one for one in made["components"]}
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    assert {"linli", "segno", "rules", "htmx.org", "maplibre-gl"} <= set(parts)
    assert parts["segno"]["purl"] == f"pkg:pypi/segno@{distribution('segno').version}"
    (wheel,) = (bundles[0] / "wheels").glob("segno-*.whl")
    assert parts["segno"]["hashes"] == [{"alg": "SHA-256", "content": bundle.digest(wheel)}]
    assert parts["linli"]["licenses"] == [{"license": {"name": "Apache-2.0"}}]
    assert [name for name, one in parts.items() if one["licenses"][0]["license"]["name"] in ("", "unknown")] == []
    assert sbom.FACES["noto-cjk-sans-otc"] == "OFL-1.1"


def test_its_scripts_are_standard_shell() -> None:
    scripts = [*bundle.SCRIPTS.glob("*.sh"), bundle.SCRIPTS / "linli"]
    assert [script.name for script in scripts if subprocess.call(["sh", "-n", str(script)])] == []
    assert len(scripts) == 5


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("numpy-2-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", False),
        ("numpy-2-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", False),
        ("numpy-2-cp311-cp311-manylinux_2_34_x86_64.whl", True),
        ("numpy-2-cp311-cp311-manylinux_2_28_aarch64.whl", True),
        ("segno-1-py3-none-any.whl", False),
    ],
)
def test_it_takes_no_wheel_that_needs_a_newer_system(name: str, new: bool) -> None:
    assert bundle.too_new(name, "x86_64") is new
