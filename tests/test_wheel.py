"""The wheel: everything a site needs is in it, and a site runs from it alone."""

import os
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.wheel import build

from tests.support.postgres import free_port
from tests.support.sites import Site, wait_until_it_answers

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow, pytest.mark.xdist_group("wheel")]
SOURCE = Path(__file__).resolve().parents[1] / "src"
LEFT_OUT = {".pyc", ".md", ".pot"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built once."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel; its dependencies are lent by the suite's own environment."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.EnvBuilder(with_pip=False, symlinks=True).create(folder)
    own = next(folder.glob("lib/python*/site-packages"))
    words = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--quiet", "--no-deps"]
    words += ["--no-index", "--no-compile", "--disable-pip-version-check", str(wheel)]
    subprocess.run(words, check=True, env=clean())
    (own / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


def clean(**extra: str) -> dict[str, str]:
    """An environment that knows nothing of the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI", "PYTHON", "DJANGO"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, "LC_ALL": "C.UTF-8", **extra}


def shipped() -> set[str]:
    """Every file a site needs, by the checkout."""
    files = (path for path in (SOURCE / "linli").rglob("*") if path.is_file())
    return {
        path.relative_to(SOURCE).as_posix()
        for path in files
        if not {"tests", "__pycache__"} & set(path.parts) and path.suffix not in LEFT_OUT
    }


def test_it_carries_every_file_but_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if name.startswith("linli/")}
    assert sorted(carried ^ shipped()) == []


def test_it_carries_compiled_catalogues(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name for name in names if name.endswith(".po")} == {
        name.removesuffix(".mo") + ".po" for name in names if name.endswith(".mo")
    }


@pytest.fixture
def installed_site(python: Path, tmp_path: Path) -> Iterator[Site]:
    """``linli up`` from the wheel, in a folder that has nothing of the checkout."""
    port = free_port()
    log = tmp_path / "log"
    words = [str(python), "-m", "linli.site.cli", "up", "--port", str(port)]
    with log.open("wb") as file:
        process = subprocess.Popen(
            words, cwd=tmp_path, env=clean(LINLI_HOME=str(tmp_path / "home")), stdout=file, stderr=subprocess.STDOUT
        )
    site = Site(f"http://127.0.0.1:{port}", tmp_path / "home", process, log)
    try:
        wait_until_it_answers(site)
        yield site
    finally:
        site.stop()


def test_it_runs_a_site_from_the_wheel_alone(installed_site: Site, python: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(python), "-c", "import linli; print(linli.__file__)"],
        cwd=tmp_path, env=clean(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(python.parents[1])
    with urllib.request.urlopen(f"{installed_site.address}/accounts/login/", timeout=20) as answer:
        page = answer.read().decode()
    assert (answer.status, "登录" in page) == (200, True)
