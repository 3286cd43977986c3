"""The menu and organizations from Excel by ``linli import``: looked at first, taken over once, doubts said by row."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from linli.apps.ordering.models import Audience, CatalogItem, ItemState
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role
from linli.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
HEAD = ("社区编码", "月份", "服务种类", "服务", "单价", "服务对象", "每户限额", "名额", "名额不够时")
HERE = "990101001001"
ROWS = (
    (HERE, "2026-03", "理发", "", 15, "60岁及以上", 1, 40, "抽签"),
    (HERE, "2026年3月", "磨剪子磨刀", "磨剪子", 5.5, "", "", "", ""),
)


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    """A folder for uploads of every test's own."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, password=None)


def book(folder: Path, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> str:
    filled = Workbook()
    sheet = filled.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(list(row))
    filled.save(folder / "表.xlsx")
    return str(folder / "表.xlsx")


def told(capsys: pytest.CaptureFixture[str]) -> tuple[int, int, int, int]:
    """New, changed, unchanged, left out."""
    said = json.loads(capsys.readouterr().out)
    return said["new"], said["changed"], said["same"], said["bad"]


def test_a_menu_is_taken_over_once(officer: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book(tmp_path, ROWS)
    assert main(["import", "catalog", path, "--json", "--dry-run"]) == 0
    assert (told(capsys), CatalogItem.objects.count()) == ((2, 0, 0, 0), 0)
    assert main(["import", "catalog", path, "--json"]) == 0
    assert told(capsys) == (2, 0, 0, 0)
    assert main(["import", "catalog", path, "--json"]) == 0
    assert told(capsys) == (0, 0, 2, 0)
    cut = CatalogItem.objects.get(kind="haircut")
    facts = (cut.title, f"{cut.month:%Y-%m}", cut.price, cut.unit, cut.audience, cut.capacity, cut.rule, cut.state)
    assert facts == ("理发", "2026-03", Decimal("15.00"), "人次", Audience.ELDERS, 40, "draw", ItemState.DRAFT)
    assert CatalogItem.objects.filter(title="磨剪子", quota=1, capacity=None, unit="件").count() == 1


def test_a_service_is_written_anew_until_it_is_open(
    officer: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "catalog", book(tmp_path, ROWS), "--json"])
    told(capsys)
    dearer = book(tmp_path, [(HERE, "2026-03", "理发", "理发", 18)], HEAD[:5])
    assert (main(["import", "catalog", dearer, "--json"]), told(capsys)) == (0, (0, 1, 0, 0))
    cut = CatalogItem.objects.get(kind="haircut")
    assert (cut.price, cut.capacity, cut.rule) == (18, 40, "draw")
    CatalogItem.objects.filter(pk=cut.pk).update(state=ItemState.OPEN)
    assert (main(["import", "catalog", dearer, "--json"]), told(capsys)) == (0, (0, 0, 1, 0))
    again = book(tmp_path, [(HERE, "2026-03", "理发", "理发", 20)], HEAD[:5])
    assert (main(["import", "catalog", again, "--json"]), told(capsys)) == (1, (0, 0, 0, 1))


def test_every_doubt_is_told_by_row(
    here: District, officer: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        (here.neighbour_community.code, "2026-03", "理发"),
        (HERE, "三月", "理发"),
        (HERE, "2026-03", "算命"),
        (HERE, "2026-13", "理发"),
    ]
    assert main(["import", "catalog", book(tmp_path, rows, HEAD[:3]), "--dry-run"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), [word in lines[row] for row, word in ((2, "990101002001"), (3, "三月"), (4, "算命"))]) == (
        6, [True] * 3,
    )  # fmt: skip
    assert CatalogItem.objects.count() == 0


def test_a_worker_has_his_own_community_alone(
    here: District, officer: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.other_community, password=None)
    path = book(tmp_path, ROWS)
    asked = main(["import", "catalog", path]), capsys.readouterr().err
    assert (asked[0], officer.username in asked[1], worker.username in asked[1]) == (1, True, True)
    code = main(["import", "catalog", path, "--json", "--account", worker.username])
    assert (code, told(capsys)) == (1, (0, 0, 0, 2))


def test_organizations_are_taken_over_once(officer: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = ("名称", "类别", "社区编码", "起始日期", "办公电话")
    rows = [
        ("和风助老服务社", "社会组织", HERE, "2026-01-05", ""),
        ("没有电话", "社会组织", HERE, "2026-01-05", "13800000001"),
    ]
    path = book(tmp_path, rows, head)
    assert (main(["import", "organizations", path, "--json", "--dry-run"]), told(capsys)) == (0, (1, 0, 0, 1))
    assert Organization.objects.count() == 0
    assert (main(["import", "organizations", path, "--json"]), told(capsys)) == (0, (1, 0, 0, 1))
    assert (main(["import", "organizations", path, "--json"]), told(capsys)) == (0, (0, 0, 1, 1))
    assert list(Organization.objects.values_list("name", flat=True)) == ["和风助老服务社"]
