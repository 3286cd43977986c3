"""Every process knows every action, also one that only reads the record: nothing is registered too late."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sites import site_environment

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[1]


def test_it_loads_whatever_registers_an_action_when_it_starts() -> None:
    source = ROOT / "src"
    files = [file for file in (source / "linli").rglob("*.py") if "tests" not in file.parts]
    wanted = [file for file in files if "register_action(" in file.read_text(encoding="utf-8")]
    names = [".".join(file.relative_to(source).with_suffix("").parts).removesuffix(".__init__") for file in wanted]
    code = "import sys, django; django.setup(); print(*sorted(set(sys.argv[1:]) - sys.modules.keys()))"
    environment = {**site_environment(ROOT), "DJANGO_SETTINGS_MODULE": "linli.site.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", code, *names], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (len(names) > 10, done.stdout.split()) == (True, [])
