"""A file about people: asked what for, on record, marked on sheet, printed page and PDF."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from tests.playground.actors import Somebody

from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import facts_of
from linli.kernel.documents import Column, Layout, Paper, Rows, print_paper
from linli.kernel.errors import Refusal
from linli.kernel.privacy.leaving import ReasonWanted, mark_for, personal, taking
from linli.kernel.tables import write_csv, write_xlsx

pytestmark = pytest.mark.django_db
HEADINGS = ("姓名", "手机", "网格")
ROWS = [("林某", "138****0001", "一网格"), ("王某", "138****0002", "二网格")]


@contextmanager
def asked(reason: str = "") -> Iterator[None]:
    with taking(Somebody, lambda: "赵某 zhaomou", page="/desk/x/export/", reason=reason):
        yield


def test_columns_about_people_are_known_by_their_heading() -> None:
    assert personal(["姓名", "联系电话（手机）", "金额", "组织名称", "社区"]) == ("姓名", "联系电话（手机）")


def test_a_table_about_people_does_not_leave_before_somebody_said_what_for(tmp_path: Path) -> None:
    with asked(), pytest.raises(ReasonWanted) as wanted:
        write_xlsx(tmp_path / "a.xlsx", HEADINGS, ROWS, title="居民名单")
    assert (wanted.value.title, wanted.value.columns) == ("居民名单", ("姓名", "手机"))
    with asked(), pytest.raises(ReasonWanted):
        write_csv(tmp_path / "a.csv", HEADINGS, ROWS)
    assert (list(tmp_path.iterdir()), AuditRow.objects.count()) == ([], 0)


def test_a_reason_of_a_letter_is_none(tmp_path: Path) -> None:
    with asked("用"), pytest.raises(Refusal):
        write_xlsx(tmp_path / "a.xlsx", HEADINGS, ROWS, title="居民名单")


def test_the_sheet_and_its_printed_pages_say_who_took_it_and_what_for(tmp_path: Path) -> None:
    with asked("高龄津贴 & 入户核对"):
        write_xlsx(tmp_path / "a.xlsx", HEADINGS, ROWS, title="居民名单")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[:3] == [HEADINGS, *ROWS]
    said = str(rows[3][0])
    assert said.startswith("含个人信息 赵某 zhaomou 20")
    assert said.endswith("用途：高龄津贴 & 入户核对")
    assert (sheet.oddHeader.center.text, sheet.oddFooter.center.text) == (said.replace("&", "&&"),) * 2
    assert zipfile.ZipFile(tmp_path / "a.xlsx").testzip() is None


def test_a_long_sheet_is_marked_piece_by_piece(tmp_path: Path) -> None:
    with asked("入户核对"):
        write_xlsx(
            tmp_path / "a.xlsx", HEADINGS, (("林某", f"{n:011d}", "x" * 60) for n in range(12_000)), title="名单"
        )
    book = load_workbook(tmp_path / "a.xlsx", read_only=True)
    assert sum(1 for _row in book.worksheets[0].iter_rows()) == 12_002
    book.close()


def test_the_record_keeps_the_file_its_columns_and_the_reason_once(tmp_path: Path) -> None:
    with asked("入户核对"):
        for _time in range(2):
            mark_for("居民名单", HEADINGS)
    facts = facts_of(AuditRow.objects.get())[0]
    assert facts == {"title": "居民名单", "columns": "姓名、手机", "reason": "入户核对", "page": "/desk/x/export/"}


def test_a_table_about_nobody_is_neither_asked_nor_marked(tmp_path: Path) -> None:
    with asked():
        write_xlsx(tmp_path / "a.xlsx", ("社区", "户数"), [("槐荫社区", 3)], title="户数")
    assert load_workbook(tmp_path / "a.xlsx").active["A2"].value == "槐荫社区"
    assert AuditRow.objects.count() == 0


def test_a_paper_about_people_carries_the_mark_behind_its_text() -> None:
    people = Rows([Column("序号", 1), Column("姓名", 3)], [["1", "林某"]])
    paper = Paper(Layout.TABLE, "发放表", "青禾街道", None, "", [people])
    with asked(), pytest.raises(ReasonWanted):
        print_paper(paper)
    with asked("发放评审费"):
        body = print_paper(paper)
    text = pypdfium2.PdfDocument(body)[0].get_textpage().get_text_bounded()
    assert text.count("用途：发放评审费") == 8


def test_a_blank_sheet_to_sign_is_not_asked_for() -> None:
    blank = Rows([Column("序号", 1), Column("姓名", 3)], [["1", ""], ["2", ""]])
    with asked():
        body = print_paper(Paper(Layout.TABLE, "签到表", "青禾街道", None, "", [blank]))
    assert body.startswith(b"%PDF")


def test_a_job_is_asked_nothing(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", HEADINGS, ROWS, title="我的资料")
    assert AuditRow.objects.count() == 0
