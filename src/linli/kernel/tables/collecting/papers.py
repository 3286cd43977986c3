"""What leaves a collection: the blank form of a unit, all of them in one zip, and the summary as a table."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from linli.kernel.files.media import DOCX, XLSX
from linli.kernel.slips.codes import show
from linli.kernel.tables.bound import BoundForm, write_docx, write_workbook
from linli.kernel.tables.bound.declared import Grid
from linli.kernel.tables.bound.word import shown
from linli.kernel.tables.collecting.offers import form_offer
from linli.kernel.tables.collecting.records import Collection, CollectionUnit
from linli.kernel.tables.writing import write_xlsx

WRITERS = {"docx": write_docx, "xlsx": write_workbook}
TYPES = {"docx": DOCX, "xlsx": XLSX}


def blank(unit: CollectionUnit, suffix: str) -> bytes:
    """The form of one unit as docx or xlsx, with its code; what is known, or was handed in, stands in it already."""
    offer = form_offer(unit.collection.form)
    known = offer.given(unit) if offer.given is not None else {}
    given = {**known, **{key: value for key, value in unit.values.items() if value not in ("", None)}, **unit.grids}
    return WRITERS[suffix](offer.form, code=show(unit.code), values=given)


def file_name(unit: CollectionUnit, suffix: str) -> str:
    """How the form of a unit is called on disk."""
    label = re.sub(r'[\\/:*?"<>|\s]+', "_", f"{unit.label}-{form_offer(unit.collection.form).form.title}")
    return f"{label}.{suffix}"


def blanks(collection: Collection, suffix: str, into: IO[bytes]) -> None:
    """A zip of the forms of all units, one each."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, unit in enumerate(collection.units.select_related("collection").order_by("id"), start=1):
            archive.writestr(f"{number:03d}-{file_name(unit, suffix)}", blank(unit, suffix))


def _row_text(grid: Grid, row: dict[str, Any]) -> str:
    said = [(column.title, shown(column, row.get(column.key))) for column in grid.columns]
    return "；".join(f"{title}：{text}" for title, text in said if text)


def _rows(collection: Collection, form: BoundForm) -> Iterator[list[Any]]:
    for number, unit in enumerate(collection.units.order_by("id"), start=1):
        cells = [shown(column, unit.values.get(column.key)) for column in form.fields]
        grids = ["\n".join(_row_text(grid, row) for row in unit.grids.get(grid.key, ())) for grid in form.grids]
        came = timezone.localtime(unit.returned_at) if unit.returned_at else None
        yield [number, unit.label, str(unit.get_state_display()), came, unit.reminders, *cells, *grids]


def summary(collection: Collection, path: Path) -> None:
    """One row a unit: where it stands, every field, the rows of each grid in one cell."""
    form: BoundForm = form_offer(collection.form).form
    heads = ["序号", "单位", "状态", "收到时间", "催报次数"]
    taken = set(heads)
    for title in (*(column.title for column in form.fields), *(grid.title for grid in form.grids)):
        heads.append(title if title not in taken else f"{title}（表）")
        taken.add(title)
    write_xlsx(path, heads, _rows(collection, form), title=collection.title)
