"""Workbooks and texts made on the spot, with what people do to them."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile

from linli.kernel.tables import Import, start
from linli.kernel.tables.staging import read

HEAD = ["编号", "名称", "类别", "开业日期", "租金（元）", "座位数", "已登记", "走访时间"]
ROW = ["S1", "清河小馆", "餐饮", "2024-05-01", "1200.50", "30", "是", "2026-03-05 14:30"]


def xlsx(
    rows: Sequence[Sequence[Any]], *, also: Callable[[Any, Any], None] | None = None, sheet: str = "店铺"
) -> bytes:
    """A workbook of one sheet; ``also(book, page)`` adds to it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if hasattr(cell, "year"):
                    page.write_datetime(number, column, cell, date)
                elif cell is not None:
                    page.write(number, column, cell)
        if also is not None:
            also(book, page)
    return out.getvalue()


def xls(rows: Sequence[Sequence[Any]]) -> bytes:
    """An old workbook."""
    out = io.BytesIO()
    book = xlwt.Workbook()
    page = book.add_sheet("店铺")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(number, column, cell)
    book.save(out)
    return out.getvalue()


def locked_xls(rows: Sequence[Sequence[Any]]) -> bytes:
    """An old workbook that says it is encrypted: its first harmless record becomes FILEPASS."""
    body = xls(rows)
    at = body.index(b"\x5c\x00\x70\x00")
    return body[:at] + b"\x2f\x00" + body[at + 2 :]


def locked_xlsx() -> bytes:
    """What Excel makes of a workbook with a password: an old container with one encrypted stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def patched(body: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def with_rows(body: bytes, rows: bytes) -> bytes:
    """A workbook whose sheet holds these raw rows after its own."""
    return patched(body, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"</sheetData>", lambda m: rows + m[0], xml))


def text(rows: Sequence[Sequence[str]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


def user(name: str = "clerk") -> Any:
    found = get_user_model().objects.filter(username=name).first()
    return found or get_user_model().objects.create_user(name, name="赵明")


def uploaded(body: bytes, *, name: str = "店铺.xlsx", sheet: str = "playground.shops") -> Import:
    return start(ContentFile(body, name=name), sheet=sheet, actor=user(), name=name)


def staged(body: bytes, *, name: str = "店铺.xlsx", sheet: str = "playground.shops") -> Import:
    """Uploaded and read."""
    batch = uploaded(body, name=name, sheet=sheet)
    read(batch.pk)
    batch.refresh_from_db()
    return batch


def counts(batch: Import) -> tuple[int, int, int, int]:
    """(new, changed, same, bad)."""
    return batch.new, batch.changed, batch.same, batch.bad


def written(folder: Path, body: bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path
