"""What the papers of the repository promise: targets, the stack, the documents, the two commands."""

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
import venv
from pathlib import Path

import pytest
from django.conf import settings
from tools import setup

from linli.kernel.scope import Role
from tests.support.postgres import free_port

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[1]
STACK = (
    "django", "psycopg", "django-ninja", "django-allauth", "django-axes", "argon2-cffi", "rules", "django-htmx",
    "django-cotton", "django-csp", "django-tasks", "cryptography", "python-calamine", "rustpy-xlsxwriter", "pillow",
    "pypdfium2", "rjieba", "pypinyin", "chinesecalendar", "icalendar", "numpy", "scipy", "scikit-learn", "typst",
    "docxtpl", "zxing-cpp", "segno", "gunicorn", "whitenoise", "babel", "ortools", "noto-cjk-sans-otc",
)  # fmt: skip


def test_it_has_every_target_it_names() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^TARGETS = (.+)$", makefile, re.MULTILINE)
    assert targets is not None
    assert set(targets[1].split()) == {*setup.TARGETS}
    assert {"demo", "check", "test", "look", "peers", "bench", "load", "vendor", "messages"} <= set(setup.TARGETS)


def test_it_tests_by_make_alone() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line and not line.startswith(("#", "set", "cd"))] == ["exec make test"]


def test_it_keeps_no_key_and_no_database_under_version() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this copy of the source is not a working tree")
    kept = subprocess.run([git, "-C", str(ROOT), "ls-files"], check=True, capture_output=True, text=True).stdout
    assert re.findall(r"^.*\.(?:keys|pem|key|sqlite3\S*)$", kept, re.MULTILINE) == []


def test_every_role_has_a_page() -> None:
    pages = {page.stem for page in (ROOT / "docs" / "use").glob("*.md")}
    assert [role for role in Role if role.value.replace("_", "-") not in pages] == []


def test_it_locks_the_stack_it_names() -> None:
    lock = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8").lower()
    assert [name for name in STACK if not re.search(rf"^{re.escape(name)}(\[.*\])?==", lock, re.MULTILINE)] == []
    assert re.search(r"^django==5\.2\.", lock, re.MULTILINE)


def test_it_offers_s3_as_an_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert list(project["optional-dependencies"]) == ["s3"]


def test_it_counts_failed_sign_ins_in_one_place_only() -> None:
    from linli.site.settings import base

    assert (base.ACCOUNT_RATE_LIMITS, base.AXES_FAILURE_LIMIT) == (False, 5)
    assert settings.AUTHENTICATION_BACKENDS[0] == "axes.backends.AxesStandaloneBackend"
    assert base.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "README.zh-CN.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        "docs/architecture.md",
        "docs/concepts.md",
        "docs/testing.md",
        "docs/benchmarks.md",
        "docs/glossary.md",
        "docs/openapi.json",
    ],
)
def test_it_keeps_the_papers_it_promises(path: str) -> None:
    assert (ROOT / path).stat().st_size > 0


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh-CN.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))]
)
def test_its_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith(("http", "#"))]
    assert [link for link in links if link and not ((ROOT / page).parent / link).exists()] == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the repository tracks, with an environment whose packages are lent by the suite's own."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    home = tmp_path / ".venv"
    venv.EnvBuilder(with_pip=True, symlinks=True).create(home)
    own = next(home.glob("lib/python*/site-packages"))
    (own / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (home / ".linli-run").write_text(setup.stamp_of(tmp_path / "requirements" / "run.lock"))
    return tmp_path


def _wait_for(address: str, run: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 300
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as page:
                assert page.status == 200
                return
        except OSError:
            assert run.poll() is None, "make demo ended by itself"
            assert time.monotonic() < end, "make demo does not answer"
            time.sleep(0.2)


def _make_demo(checkout: Path, port: int) -> str:
    """Run ``make demo`` until it answers, stop it as Ctrl-C does, and give what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI", "PYTHON", "DJANGO"))}
    kept.pop("DATABASE_URL", None)
    words = ["make", "demo", f"PORT={port}", f"PYTHON={sys.executable}"]
    env = {**kept, "PORT": str(port), "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    with (checkout / "said.txt").open("w+") as said:
        run = subprocess.Popen(
            words, cwd=checkout, env=env, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/", run)
        finally:
            os.killpg(run.pid, signal.SIGINT)
            run.wait(timeout=60)
        said.seek(0)
        return said.read()


@pytest.mark.slow
def test_it_shows_the_demo_by_one_command_and_keeps_the_data_at_the_second(checkout: Path) -> None:
    port = free_port()
    first = _make_demo(checkout, port)
    assert f"http://127.0.0.1:{port}/" in first
    assert len(re.findall(r"^  [a-z.]+ +\S", first, re.MULTILINE)) >= 8
    password = (checkout / "var" / "demo-accounts.txt").read_text().strip()
    assert password in first
    before = (checkout / "var" / "linli.sqlite3").stat().st_ino
    second = _make_demo(checkout, port)
    assert "Building the demo street" not in second
    assert ((checkout / "var" / "linli.sqlite3").stat().st_ino, password in second) == (before, True)
