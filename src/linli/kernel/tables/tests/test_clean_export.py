"""A table that leaves the house passes the scan before publication."""

from pathlib import Path

import pytest

from linli.kernel.publication import scan_file
from linli.kernel.tables import write_xlsx

pytestmark = pytest.mark.django_db


def test_an_exported_table_names_nobody_in_its_properties(tmp_path: Path) -> None:
    path = tmp_path / "项目.xlsx"
    write_xlsx(path, ["单位", "项目", "金额"], [["槐荫社区", "楼道微更新", 25000]], title="项目")
    assert scan_file(path, "项目.xlsx") == []
