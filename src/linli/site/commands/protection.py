"""``linli check --mlps3``: the controls of 等级保护 level 3 that concern an application, with the present settings.

The rows are data (``site/data/mlps3.toml``), Chinese as all official papers.
"""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from linli.site.troubles import Trouble

DATA = Path(__file__).resolve().parents[1] / "data" / "mlps3.toml"
HEADINGS = ("序号", "控制点", "要求", "达成方式", "由谁落实", "证据", "当前设置", "单位须做")
TITLE = "等保三级对照表"
SHARES = ("产品", "共同", "单位")


@dataclass(frozen=True)
class Control:
    """One row: what is demanded, how it is met and by whom, where that can be seen, what is left to the operator."""

    point: str
    demand: str
    met: str
    share: str
    settings: tuple[str, ...]
    files: tuple[str, ...]
    tests: tuple[str, ...]
    operator: str

    @property
    def evidence(self) -> str:
        """Files and tests, by their paths in the source."""
        return "；".join((*self.files, *self.tests))

    @property
    def present(self) -> str:
        """The settings of this house as they stand now."""
        return "；".join(f"{name} = {_short(getattr(settings, name))}" for name in self.settings)


def _short(value: Any) -> str:
    """A setting in a cell: of a list of dotted paths their last words."""
    if isinstance(value, list | tuple):
        words = (str(one.get("NAME", one)) if isinstance(one, dict) else str(one) for one in value)
        return "、".join(word.rpartition(".")[2] if word.count(".") > 1 else word for word in words) or "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) or "（空）"


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def note() -> str:
    """What stands above the table."""
    return str(_read()["note"])


def controls() -> tuple[Control, ...]:
    """All rows, in the order of the standard."""
    rows: list[dict[str, Any]] = _read()["control"]
    lists = ("settings", "files", "tests")
    return tuple(Control(**{**row, **{name: tuple(row[name]) for name in lists}}) for row in rows)


def rows() -> Iterator[tuple[str, ...]]:
    """The cells under :data:`HEADINGS`."""
    for number, one in enumerate(controls(), 1):
        yield str(number), one.point, one.demand, one.met, one.share, one.evidence, one.present, one.operator


def as_text() -> str:
    """For a terminal: a block a control."""
    blocks = [note()]
    for row in rows():
        number, point, demand, *rest = row
        lines = [f"{number}. {point}：{demand}"]
        lines += [f"   {name}：{text}" for name, text in zip(HEADINGS[3:], rest, strict=True) if text]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def as_markdown() -> str:
    """A table for a document."""
    lines = [f"# {TITLE}", "", note(), "", _line(HEADINGS), _line(["---"] * len(HEADINGS))]
    return "\n".join([*lines, *(_line(row) for row in rows()), ""])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "｜") for cell in cells) + " |"


def show(form: str, target: Path | None) -> None:
    """Print the table, or write it to ``target``. Raises Trouble where a workbook has no file to go to."""
    if form == "xlsx":
        from linli.kernel.tables.writing import write_xlsx

        if target is None:
            raise Trouble(_("Name the file of the workbook: --to mlps3.xlsx"))
        write_xlsx(target, HEADINGS, rows(), title=TITLE)
        return
    text = as_markdown() if form == "md" else as_text()
    if target is None:
        sys.stdout.write(text)
    else:
        target.write_text(text, encoding="utf-8")
