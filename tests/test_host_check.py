"""``linli check --host`` and ``--mlps3``: each finding says what to do; the table's evidence exists."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from linli.site.certificate import certificate as make_certificate
from linli.site.commands import hosting, protection
from linli.site.commands.hosting import GIB
from linli.site.troubles import Trouble

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """An English terminal."""
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("free", "total", "says"),
    [
        (60, 1000, []),
        (49, 1000, ["The disk of /data has 49.0 GiB left. Make room or enlarge it: 50.0 GiB at least."]),
        (4, 20, ["The disk of /data has 4.0 GiB left. Make room or enlarge it: 5.0 GiB at least."]),
        (9, 80, []),
    ],
)
def test_it_measures_the_disk(free: int, total: int, says: list[str]) -> None:
    assert list(hosting.disk(Path("/data"), free * GIB, total * GIB)) == says


@pytest.mark.parametrize(
    ("total", "left", "says"),
    [
        (2 * GIB, GIB, ["This machine has 2.0 GiB of memory. Give it 4 or more."]),
        (8 * GIB, GIB // 2, ["Only 0.5 GiB of memory are left. See what else runs here, or start fewer --processes."]),
        (8 * GIB, 4 * GIB, []),
        (0, 0, []),
    ],
)
def test_it_measures_the_memory(total: int, left: int, says: list[str]) -> None:
    assert list(hosting.memory(total, left)) == says


def test_it_looks_at_the_clock() -> None:
    assert list(hosting.clock(synchronized=True, now=NOW)) == []
    assert list(hosting.clock(synchronized=None, now=NOW)) == []
    (unset,) = hosting.clock(synchronized=False, now=NOW)
    assert unset.endswith("Let chrony or systemd-timesyncd follow the house's time server.")
    (old,) = hosting.clock(synchronized=True, now=datetime(1970, 1, 1, tzinfo=UTC))
    assert old == "The clock says 1970. Set it: deadlines, terms and the audit go by it."


def test_it_looks_at_the_limit_of_files() -> None:
    assert list(hosting.open_files(65536)) == []
    assert list(hosting.open_files(1024)) == [
        "A process may open 1024 files here. Set LimitNOFILE=65536 in the unit, or ulimit -n 65536."
    ]


def test_it_names_the_faces_that_are_missing(settings: Any) -> None:
    (finding,) = hosting.fonts()
    assert finding.startswith(
        "Official papers are printed without 小标宋、仿宋、楷体、黑体、宋体, in a free substitute."
    )
    assert finding.endswith("name it in LINLI_FONTS.")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A certificate for linli.example.org, made on NOW, good for two years."""
    return make_certificate(tmp_path, ["linli.example.org", "*.street.example.org"], now=NOW).certificate


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (699, []),
        (700, ["The certificate ends on 2028-11-21, in 30 days."]),
        (729, ["The certificate ends on 2028-11-21, in 1 days."]),
        (730, ["The certificate ended on 2028-11-21; browsers refuse this site."]),
    ],
)
def test_it_tells_before_and_after_a_certificate_ends(paper: Path, days: int, says: list[str], settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["linli.example.org", "a.street.example.org"]
    what = " Ask the issuer for a new one, put it in its place and reload the proxy."
    assert list(hosting.certificate(paper, NOW + timedelta(days=days))) == [one + what for one in says]


def test_it_tells_of_a_certificate_for_other_names_or_none(paper: Path, tmp_path: Path, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["linli.example.org", "www.example.org"]
    assert list(hosting.certificate(paper, NOW)) == [
        "The certificate is not for www.example.org. Ask for one that names every address of LINLI_HOSTS."
    ]
    (tmp_path / "no.pem").write_text("nothing")
    (unread,) = hosting.certificate(tmp_path / "no.pem", NOW)
    assert unread.endswith("Check LINLI_CERTIFICATE and the right to read it.")
    assert list(hosting.certificate(None, NOW)) == []


def test_it_tells_who_else_may_open_the_folders(tmp_path: Path) -> None:
    home, keys = tmp_path / "home", tmp_path / "keys"
    home.mkdir(mode=0o750)
    keys.mkdir(mode=0o700)
    assert list(hosting.permissions(home, keys)) == []
    home.chmod(0o755)
    keys.chmod(0o750)
    assert list(hosting.permissions(home, keys)) == [
        f"{home} is open to other accounts: chmod 750 {home}",
        f"{keys} is open to other accounts: chmod 700 {keys}",
    ]


def test_it_looks_at_this_very_machine_without_breaking() -> None:
    assert all(finding.endswith((".", "750", "700")) or "chmod" in finding for finding in hosting.host_findings(NOW))


def test_the_table_names_evidence_that_exists() -> None:
    named = {path for one in protection.controls() for path in (*one.files, *one.tests)}
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
    assert {one.share for one in protection.controls()} == set(protection.SHARES)
    assert [one.demand for one in protection.controls() if not (one.met and one.operator and one.tests)] == []


def test_the_table_covers_the_controls_that_concern_an_application() -> None:
    assert list(dict.fromkeys(one.point for one in protection.controls())) == [
        "身份鉴别", "访问控制", "安全审计", "入侵防范", "恶意代码防范", "可信验证", "数据完整性", "数据保密性",
        "数据备份恢复", "剩余信息保护", "个人信息保护",
    ]  # fmt: skip


def test_the_table_tells_the_present_settings(settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT, settings.LINLI_SECOND_STEP = 4, False
    text = protection.as_text()
    assert "AXES_FAILURE_LIMIT = 4；" in text
    assert "LINLI_SECOND_STEP = 否；" in text
    assert "PASSWORD_HASHERS = MD5PasswordHasher" in text, "as the suite's settings have it"


def test_the_table_is_printed_as_markdown_and_written_as_a_workbook(tmp_path: Path, capsys: Any) -> None:
    protection.show("md", None)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {len(protection.HEADINGS) + 1}
    protection.show("xlsx", tmp_path / "table.xlsx")
    sheet = load_workbook(tmp_path / "table.xlsx").active
    assert [cell.value for cell in sheet[1]] == list(protection.HEADINGS)
    assert (sheet.max_row, len(lines)) == (len(protection.controls()) + 1, len(protection.controls()) + 2)
    with pytest.raises(Trouble, match="--to"):
        protection.show("xlsx", None)
