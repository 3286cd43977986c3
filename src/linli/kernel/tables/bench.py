"""How fast a staged import is beside openpyxl and one ``Model.objects.create`` a row; each in its own process.

Run by ``linli bench tables [rows]``, or with the rest of the kernel by ``linli bench kernel``.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROWS = 100_000
LEAST_RATIO, MOST_MEGABYTES, MOST_COMMIT = 5.0, 400, 5.0
"""Goals: times faster than the plain way, resident memory of the largest process, seconds of the one transaction."""
COMMUNITIES = ("银杏社区", "南里社区", "桥头社区", "泉北社区")
TITLES = (
    "编号", "名称", "社区", "地址", "联系人", "电话", "类别", "面积", "租金",
    "座位数", "开业日期", "走访日期", "已登记", "已走访", "备注",
)  # fmt: skip


def invented(rows: int) -> Iterator[list[Any]]:
    """Rows of shops that exist nowhere: 15 columns of every type."""
    for number in range(rows):
        community = COMMUNITIES[number % 4]
        yield [
            f"HA{number:07d}", f"{community}便民店{number}", community, f"临湖街道{community}{number % 90 + 1}号楼",
            f"店主{number % 997}", f"1380000{number % 10_000:04d}", "维修" if number % 3 else "餐饮",
            float(number % 400) + 0.5, float(number % 9_000), number % 60, f"2024-{number % 12 + 1:02d}-05",
            f"2026-{number % 12 + 1:02d}-15", "是" if number % 2 else "否", "否", "夏季延长营业" * (number % 3),
        ]  # fmt: skip


def run(words: Sequence[str] = ()) -> int:
    """Print the figures as JSON; the first word is the number of rows. 1 where a goal is missed."""
    found = measure(rows=int(words[0]) if words else ROWS)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    missed = found["times_faster"] < LEAST_RATIO or found["ours"]["megabytes"] > MOST_MEGABYTES
    return int(missed or found["ours"]["commit"] > MOST_COMMIT)


def measure(*, rows: int = ROWS) -> dict[str, Any]:
    """Import the same workbook both ways on fresh SQLite files; returns seconds, megabytes and their ratio.

    "ours" and "peer" hold ``seconds`` (whole), ``commit`` (ours: the one transaction) and ``megabytes`` (highest
    resident memory of any process that took part).
    """
    from linli.kernel.tables.writing import write_xlsx

    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        book = Path(folder) / "shops.xlsx"
        write_xlsx(book, TITLES, invented(rows), title="店铺")
        found = {way: _measured(way, rows, book, Path(folder)) for way in ("ours", "peer")}
    ratio = found["peer"]["seconds"] / found["ours"]["seconds"]
    return {"rows": rows, "columns": len(TITLES), **found, "times_faster": round(ratio, 1)}


def _measured(way: str, rows: int, book: Path, folder: Path) -> dict[str, float]:
    home = folder / way
    home.mkdir()
    environment = {
        **os.environ,
        "LINLI_HOME": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'bench.sqlite3'}",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    command = [sys.executable, "-m", "linli.kernel.tables.bench", way, str(rows), str(book)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # us
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _model() -> Any:
    """A table of its own, made for this run alone."""
    from django.apps import apps
    from django.db import models

    if "benchrow" in apps.all_models["tables"]:
        return apps.all_models["tables"]["benchrow"]
    texts = ("name", "community", "address", "contact", "phone", "kind", "remark")
    columns: dict[str, Any] = {name: models.CharField(max_length=120, blank=True) for name in texts}
    columns |= {"code": models.CharField(max_length=20, unique=True)}
    columns |= {name: models.DecimalField(max_digits=12, decimal_places=2, null=True) for name in ("area", "rent")}
    columns |= {"seats": models.IntegerField(null=True)}
    columns |= {name: models.DateField(null=True) for name in ("opened", "visited_on")}
    columns |= {name: models.BooleanField(null=True) for name in ("listed", "visited")}
    meta = type("Meta", (), {"app_label": "tables", "managed": False, "db_table": "tables_bench"})
    from linli.kernel.refs.record import Record

    return type("BenchRow", (Record,), {**columns, "Meta": meta, "__module__": __name__})


KEYS = (
    "code", "name", "community", "address", "contact", "phone", "kind", "area", "rent",
    "seats", "opened", "visited_on", "listed", "visited", "remark",
)  # fmt: skip


def _sheet() -> Any:
    from linli.kernel.tables.declared import Column, Into, Sheet, Type

    types = dict.fromkeys(("area", "rent"), Type.DECIMAL) | dict.fromkeys(("opened", "visited_on"), Type.DATE)
    types |= dict.fromkeys(("listed", "visited"), Type.YES_NO) | {"seats": Type.WHOLE}
    columns = tuple(
        Column(key, title, types.get(key, Type.TEXT), required=key == "code", max_length=120)
        for key, title in zip(KEYS, TITLES, strict=True)
    )
    return Sheet(name="tables.bench", title="店铺", columns=columns, key=("code",), into=Into(model=_model))


def _ours(book: Path) -> tuple[float, float]:
    from django.contrib.auth import get_user_model

    from linli.kernel.contributions import SheetOffer, contribute
    from linli.kernel.scope import signed_in
    from linli.kernel.tables import importing, staging

    contribute(SheetOffer(name="tables.bench", title="店铺", sheet=_sheet(), allowed=signed_in))
    rows: Any = get_user_model()._default_manager
    clerk = rows.create_user("bench", name="赵明")
    began = time.perf_counter()
    with book.open("rb") as file:
        batch = importing.start(file, sheet="tables.bench", actor=clerk, name="shops.xlsx")
    if not staging.read(batch.pk):
        batch.refresh_from_db()
        raise RuntimeError(batch.reason)
    importing.confirm(batch, actor=clerk)
    middle = time.perf_counter()
    importing.commit(batch.pk)
    ended = time.perf_counter()
    return ended - began, ended - middle


def _as_it_is(cell: Any) -> Any:
    return "" if cell is None else cell


def _peer(book: Path) -> tuple[float, float]:
    """The plain way: read with openpyxl, create row by row."""
    from datetime import date
    from decimal import Decimal

    from openpyxl import load_workbook

    plain: dict[str, Callable[[Any], Any]] = {
        "area": lambda cell: Decimal(str(cell)),
        "rent": lambda cell: Decimal(str(cell)),
        "opened": date.fromisoformat,
        "visited_on": date.fromisoformat,
        "listed": lambda cell: cell == "是",
        "visited": lambda cell: cell == "是",
    }
    model = _model()
    began = time.perf_counter()
    page = load_workbook(book, read_only=True).worksheets[0]
    for row in page.iter_rows(min_row=2, values_only=True):
        values = {key: plain.get(key, _as_it_is)(cell) for key, cell in zip(KEYS, row, strict=False)}
        model.objects.create(**values)
    return time.perf_counter() - began, 0.0


def _child(way: str, rows: int, book: Path) -> None:
    import resource

    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(_model())
    seconds, commit = (_ours if way == "ours" else _peer)(book)
    if _model().objects.count() != rows:
        raise RuntimeError("not every row arrived")
    highest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    found = {"seconds": round(seconds, 2), "commit": round(commit, 2), "megabytes": round(highest / 1024)}
    print(json.dumps(found))  # noqa: T201  # the answer to the process that started this one


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
