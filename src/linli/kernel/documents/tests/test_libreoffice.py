"""Every Word file of the kit, opened and printed by LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from linli.kernel.documents import write_paper
from linli.kernel.documents.tests.test_layouts import SAID, pages

OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.sqlite_only
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_prints_every_key(tmp_path: Path) -> None:
    for layout, paper in SAID.items():
        (tmp_path / f"{layout.value}.docx").write_bytes(write_paper(paper))
    command = [
        str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
        "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.docx"))),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # a fixed program, our own files
    printed = {path.stem: pages(path.read_bytes()) for path in tmp_path.glob("*.pdf")}
    assert sorted(printed) == sorted(layout.value for layout in SAID)
    assert ["项目安排" in printed[layout.value][0] for layout in SAID] == [True] * len(SAID)
    assert printed["R"][-1].endswith(f"第{len(printed['R'])}页共{len(printed['R'])}页")
