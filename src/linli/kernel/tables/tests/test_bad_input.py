"""Files nobody should have to read: a sentence each, in Chinese and English, no traceback, nothing left staged."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile
from linli.kernel.files.tests.samples import everything_stored
from linli.kernel.tables import Import, ImportState, StagedRow, start
from linli.kernel.tables.staging import read
from linli.kernel.tables.tests.samples import (
    HEAD,
    ROW,
    locked_xls,
    locked_xlsx,
    patched,
    staged,
    text,
    uploaded,
    user,
    with_rows,
    xls,
    xlsx,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GOOD = xlsx([HEAD, ROW])
SHEET = "xl/worksheets/sheet1.xml"


def bomb(size: int) -> bytes:
    """A workbook whose sheet claims, and has, ``size`` bytes of nothing."""
    return patched(GOOD, SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * size))


def claims(size: int) -> bytes:
    """A workbook whose directory claims a part of ``size`` bytes that it does not have."""
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"x")
        archive.getinfo("xl/media/image1.png").file_size = size
        archive._didModify = True
    return out.getvalue()


def macros() -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    return out.getvalue()


REFUSED_AT_ONCE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "空的"),
    "cut xlsx": (lambda: GOOD[:-200], "损坏"),
    "damaged zip": (lambda: b"PK\x03\x04" + b"x" * 500, "损坏"),
    "password": (locked_xlsx, "密码"),
    "web page named xls": (lambda: b"<html><table><tr><td>a</td></tr></table></html>", "网页"),
    "macros": (macros, "宏"),
    "cut xls": (lambda: xls([HEAD, ROW])[:512], "损坏"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "内容并非如此"),
    "program": (lambda: b"MZ" + bytes(300), "内容并非如此"),
    "text with nul at its start": (lambda: b"a,b\n\0,1\n", "内容并非如此"),
    "zip bomb": (lambda: bomb(60_000_000), "解压后远超"),
    "claims 1 GB": (lambda: claims(2**30), "解压后远超"),
}
REFUSED_ON_READING: dict[str, tuple[Callable[[], bytes], str]] = {
    "damaged sheet": (lambda: patched(GOOD, SHEET, lambda xml: xml[:200]), "损坏"),
    "damaged book": (lambda: patched(GOOD, "xl/workbook.xml", lambda xml: xml[:300]), "损坏"),
    "old and locked": (lambda: locked_xls([HEAD, ROW]), "密码"),
    "old and overwritten": (lambda: xls([HEAD, ROW])[:512] + b"\xff" * 1500 + xls([HEAD, ROW])[2012:], "损坏"),
    "cells in the far corner": (
        lambda: with_rows(GOOD, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "很远的地方",
    ),
    "no headings": (lambda: xlsx([["一", "二"], ["1", "2"]]), "没有找到表头"),
    "another table": (lambda: xlsx([["编号", "金额"], ["1", "2"]]), "缺少这些栏目：名称"),
    "nothing at all": (lambda: xlsx([]), "没有可见且有内容"),
    "headings only": (lambda: xlsx([HEAD]), "表头下面没有数据"),
    "nul deep inside": (lambda: text([HEAD, ROW] * 400) + b"\r\na\0b", "首次出现在第 801 行"),
    "two encodings": (
        lambda: text([HEAD, ROW] * 400) + b"\r\n" + "槐荫".encode("gb18030") + b"\r\n" + b"\xff\xff",
        "混用了多种编码",
    ),
    "runaway quotation mark": (lambda: text([HEAD, ROW]) + b'\r\n"' + b"x" * 200_000, "131072"),
}


@pytest.mark.parametrize("case", REFUSED_AT_ONCE)
def test_it_refuses_the_upload_with_a_sentence_and_keeps_nothing(case: str) -> None:
    body, sentence = REFUSED_AT_ONCE[case]
    with pytest.raises(Refusal) as refused:
        start(ContentFile(body(), name="a.xlsx"), sheet="playground.shops", actor=user())
    assert sentence in str(refused.value)
    with translation.override("en"):
        assert str(refused.value.sentence).isascii() or "%" not in str(refused.value.sentence)
    assert (Import.objects.count(), StoredFile.objects.count(), everything_stored()) == (0, 0, [])


@pytest.mark.parametrize("case", REFUSED_ON_READING)
def test_it_ends_the_import_with_a_sentence_and_stages_nothing(case: str) -> None:
    body, sentence = REFUSED_ON_READING[case]
    batch = staged(body(), name="a.xlsx")
    assert (batch.state, StagedRow.objects.count()) == (ImportState.FAILED, 0)
    assert sentence in batch.reason


def test_it_tells_the_reason_in_the_language_of_the_upload() -> None:
    with translation.override("en"):
        batch = uploaded(xlsx([HEAD]))
    read(batch.pk)
    batch.refresh_from_db()
    assert batch.reason == "There are no rows below the headings."


def test_it_reads_a_sheet_that_claims_a_million_empty_rows() -> None:
    empty = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 1_048_577, 8))
    lying = patched(with_rows(GOOD, empty), SHEET, lambda xml: xml.replace(b'"A1:H2"', b'"A1:XFD1048576"'))
    batch = staged(lying)
    assert (batch.state, batch.new, batch.reason) == (ImportState.PREVIEW, 1, "")


def test_it_reads_a_table_among_16384_columns() -> None:
    wide = [*HEAD, *(f"多{n}" for n in range(16_384 - len(HEAD)))]
    batch = staged(xlsx([wide, [*ROW, *["1"] * 100]]))
    assert (batch.state, batch.new) == (ImportState.PREVIEW, 1)


def test_it_marks_a_cell_of_100_kilobytes_and_keeps_a_piece_of_it() -> None:
    batch = staged(text([HEAD, [ROW[0], "名" * 40_000, *ROW[2:]]]), name="a.csv")
    row = StagedRow.objects.get(batch=batch)
    assert (batch.bad, row.problems[0]["length"], len(row.problems[0]["value"])) == (1, 40_000, 200)
    assert len(row.data["name"]) == 5_000


def test_it_keeps_script_in_text_as_text() -> None:
    batch = staged(xlsx([HEAD, ["S1", "<script>alert(1)</script>", *ROW[2:]]]))
    assert StagedRow.objects.get(batch=batch).data["name"] == "<script>alert(1)</script>"


def test_it_takes_no_more_rows_than_it_says(monkeypatch: Any) -> None:
    from linli.kernel.tables import staging

    monkeypatch.setattr(staging, "MOST_ROWS", 3)
    batch = staged(xlsx([HEAD, *([f"S{n}", *ROW[1:]] for n in range(4))]))
    assert (batch.state, batch.reason) == (ImportState.FAILED, "表格超过 3 行，请拆分后分别上传。")
