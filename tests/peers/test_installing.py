"""``pip install`` of the wheel as a stranger does it: an empty environment, the real registry, then a site."""

import os
import subprocess
import urllib.request
import venv
from pathlib import Path

import pytest
from tools.wheel import build

from tests.support.postgres import free_port
from tests.support.sites import Site, wait_until_it_answers

pytestmark = [pytest.mark.peer, pytest.mark.sqlite_only]


def clean(home: Path) -> dict[str, str]:
    """An environment that knows nothing of the checkout, but where pip finds its registry and its cache."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI", "PYTHON", "DJANGO"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, "LC_ALL": "C.UTF-8", "LINLI_HOME": str(home)}


def test_it_is_installed_by_pip_with_all_it_needs_and_runs_a_site(tmp_path: Path) -> None:
    home, folder, port = tmp_path / "home", tmp_path / "venv", free_port()
    venv.EnvBuilder(with_pip=True).create(folder)
    python = str(folder / "bin" / "python")
    wheel = build(tmp_path / "dist")
    for words in (["install", "--quiet", "--disable-pip-version-check", str(wheel)], ["check"]):
        subprocess.run([python, "-m", "pip", *words], check=True, cwd=tmp_path, env=clean(home))
    with (tmp_path / "log").open("wb") as log:
        command = [str(folder / "bin" / "linli"), "up", "--port", str(port)]
        process = subprocess.Popen(command, cwd=tmp_path, env=clean(home), stdout=log, stderr=subprocess.STDOUT)
    site = Site(f"http://127.0.0.1:{port}", home, process, tmp_path / "log")
    try:
        wait_until_it_answers(site)
        with urllib.request.urlopen(f"{site.address}/accounts/login/", timeout=20) as answer:
            assert (answer.status, "登录" in answer.read().decode()) == (200, True)
    finally:
        site.stop()
