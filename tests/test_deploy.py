"""``linli check``: a house set up as the sample says is clean; each careless one is told what is wrong."""

import subprocess
from pathlib import Path

import pytest

from tests.support.sites import linli

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]
SAMPLE = Path(__file__).resolve().parents[1] / "docs" / "operate" / "production.env"


def sample(tmp_path: Path) -> dict[str, str]:
    """The sample's settings, its folders moved into the test's own."""
    lines = [line for line in SAMPLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    settings = dict(line.split("=", 1) for line in lines)
    assert settings["LINLI_KEYS"] != settings["LINLI_HOME"]
    settings["LINLI_KEYS"] = str(tmp_path / "keys")
    del settings["LINLI_HOME"]
    settings["DATABASE_URL"] = ""
    return settings


def findings(run: subprocess.CompletedProcess[str]) -> list[str]:
    """What was found, without the marks of the list."""
    return [line.removeprefix("- ") for line in run.stdout.splitlines()]


def test_it_finds_nothing_wrong_with_the_sample(tmp_path: Path) -> None:
    run = linli(tmp_path / "home", "check", "--deploy", **sample(tmp_path))
    assert (run.returncode, run.stdout, run.stderr) == (0, "Nothing wrong was found.\n", "")


def test_it_finds_hosts_that_are_open_to_all(tmp_path: Path) -> None:
    run = linli(tmp_path / "home", "check", "--deploy", **{**sample(tmp_path), "LINLI_HOSTS": "*"})
    assert findings(run) == ["LINLI_HOSTS must name the addresses this site answers to; now it answers to any."]


@pytest.mark.parametrize("secret", ["change-me-" + "a9b8c7d6" * 8, "short", "a" * 60])
def test_it_finds_a_secret_that_is_no_secret(tmp_path: Path, secret: str) -> None:
    run = linli(tmp_path / "home", "check", "--deploy", **{**sample(tmp_path), "DJANGO_SECRET_KEY": secret})
    own = [line for line in findings(run) if not line.startswith("security.W009")]
    assert own == ["The secret key is a sample. Make one of your own, at least 50 characters long."]


def test_it_finds_keys_that_others_may_read(tmp_path: Path) -> None:
    settings = sample(tmp_path)
    linli(tmp_path / "home", "check", "--deploy", **settings)
    key = tmp_path / "keys" / "linli.keys"
    key.chmod(0o644)
    run = linli(tmp_path / "home", "check", "--deploy", **settings)
    assert findings(run) == [f"{key} can be read by other accounts: chmod 600."]


def test_it_finds_an_empty_key_folder_it_cannot_fill(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run = linli(tmp_path / "home", "check", "--deploy", **{**sample(tmp_path), "LINLI_KEYS": str(tmp_path / "file")})
    assert run.returncode == 1
    assert findings(run)[0].startswith("There is no secret key: set DJANGO_SECRET_KEY")


def test_it_finds_a_database_without_tables(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert findings(linli(home, "check", "--database")) == ["The database is not up to date. Run: linli setup"]


@pytest.mark.slow
def test_it_finds_demo_accounts(demo_home: Path) -> None:
    run = linli(demo_home, "check", "--database")
    assert findings(run) == ["There are demo accounts, whose password everybody knows. Start on an empty database."]


def test_it_finds_an_identity_service_on_an_open_line(tmp_path: Path) -> None:
    open_line = {"LINLI_CAS_SERVER": "http://127.0.0.1:8443/cas", "LINLI_OIDC_SERVER": "https://id.example"}
    run = linli(tmp_path / "home", "check", "--deploy", **{**sample(tmp_path), **open_line})
    assert (run.returncode, "LINLI_CAS_SERVER must begin with https://" in run.stdout + run.stderr) == (1, True)
    base = {"DJANGO_SETTINGS_MODULE": "linli.site.settings.base"}
    run = linli(tmp_path / "home", "check", "--deploy", **{**sample(tmp_path), **open_line, **base})
    own = [line for line in findings(run) if "http" in line or "OIDC" in line]
    assert own == [
        "LINLI_OIDC_SERVER is set without LINLI_OIDC_CLIENT and LINLI_OIDC_SECRET: nobody can sign in by it.",
        (
            "统一身份认证平台 is asked over an open line (http://127.0.0.1:8443/cas): anybody on the way could be whom "
            "he likes. Give its https:// address."
        ),
    ]
