"""The whole bundle, every wheel fetched by its hash: it installs with no network, all of it, and a site runs."""

import os
import subprocess
import sys
import tarfile
import urllib.request
from pathlib import Path

import pytest
from tools import bundle

from tests.support.postgres import free_port
from tests.support.sites import Site, wait_until_it_answers

pytestmark = [pytest.mark.peer, pytest.mark.sqlite_only]
HERE = f"linux-{os.uname().machine}"


@pytest.mark.parametrize("platform", sorted(bundle.PLATFORMS, key=lambda name: name != HERE))
def test_a_whole_bundle_is_made_and_where_it_is_for_this_machine_it_runs(platform: str, tmp_path: Path) -> None:
    made = bundle.build(tmp_path, platform)
    with tarfile.open(made) as archive:
        archive.extractall(tmp_path, filter="data")
    folder = tmp_path / made.name.removesuffix(".tar")
    locked = bundle.LOCK.read_text(encoding="utf-8").count("==")
    assert len(list((folder / "wheels").glob("*.whl"))) > locked * 0.9, "but those for other systems"
    if platform != HERE:
        return
    told = {
        "PATH": os.environ["PATH"], "LINLI_ROOT": str(tmp_path / "opt"), "LINLI_PYTHON": sys.executable,
        "LINLI_UNITS": str(tmp_path / "none"), "LINLI_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    alone = [] if subprocess.call(["unshare", "-n", "true"]) else ["unshare", "-n"]
    subprocess.run([*alone, "sh", str(folder / "install.sh")], env=told, check=True)
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        words = [str(tmp_path / "opt" / "current" / "linli"), "up", "--port", str(port)]
        process = subprocess.Popen(words, env=told, stdout=log, stderr=subprocess.STDOUT)
    site = Site(f"http://127.0.0.1:{port}", tmp_path / "home", process, tmp_path / "log")
    try:
        wait_until_it_answers(site)
        with urllib.request.urlopen(f"{site.address}/healthz", timeout=20) as answer:
            assert answer.status == 200
    finally:
        site.stop()
