"""From the upload to the table, by pages alone."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.playground.models import Shop

from linli.kernel.files import StoredFile
from linli.kernel.jobs import Job, State
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.tables import Import, ImportState
from linli.kernel.tables.tests.samples import HEAD, ROW, staged, text, uploaded, user, xlsx

pytestmark = pytest.mark.django_db
NEW = "/desk/imports/new/playground.shops/"


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(user())
    return client


def given(body: bytes, name: str = "店铺.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, body), "whole": "1"}


def test_it_leads_from_the_upload_to_the_table(browser: Client) -> None:
    page = browser.post(NEW, given(xlsx([HEAD, ROW, ["S2", "", *ROW[2:]]])))
    batch = Import.objects.get()
    assert (page.status_code, page["Location"]) == (302, f"/desk/imports/{batch.pk}/")
    assert 'hx-trigger="every 2s"' in browser.get(page["Location"]).content.decode()
    run_waiting()
    preview = browser.get(page["Location"]).content.decode()
    assert [words in preview for words in ("B3", "必填", "清河小馆", "餐饮", "导入 1 行")] == [True] * 5
    browser.post(f"/desk/imports/{batch.pk}/confirm/")
    run_waiting()
    assert list(Shop.objects.values_list("code", flat=True)) == ["S1"]
    assert "已导入" in browser.get(page["Location"]).content.decode()


def test_it_says_that_the_work_stopped_until_it_is_started_again(browser: Client) -> None:
    address = browser.post(NEW, given(xlsx([HEAD, ROW])))["Location"]
    Job.objects.update(state=State.FAILED)
    stopped = [browser.get(page).content.decode() for page in (address, f"{address}progress/")]
    assert ["处理中途停止" in page and "every 2s" not in page for page in stopped] == [True, True]
    browser.post(f"{address}again/")
    assert "every 2s" in browser.get(address).content.decode()


def test_it_explains_a_refused_file_beside_the_field(browser: Client) -> None:
    page = browser.post(NEW, given(b"<html><table></table></html>", "店铺.xls"))
    assert (page.status_code, "网页" in page.content.decode(), Import.objects.count()) == (422, True, 0)


def test_it_asks_for_a_file_when_none_arrived(browser: Client) -> None:
    page = browser.post(NEW, {"whole": "1"})
    assert (page.status_code, "请选择文件" in page.content.decode()) == (422, True)


def test_it_keeps_nothing_of_an_upload_that_was_cut(browser: Client) -> None:
    table = text([HEAD, *([f"S{n}", *ROW[1:]] for n in range(500))])
    body = encode_multipart(BOUNDARY, given(table, "店铺.csv"))
    page = browser.generic("POST", NEW, body[: len(body) // 2], MULTIPART_CONTENT)
    assert (page.status_code, "上传中断" in page.content.decode()) == (422, True)
    assert (Import.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_it_finds_the_bar_again_after_a_reload(browser: Client) -> None:
    batch = uploaded(xlsx([HEAD, ROW]))
    Import.objects.filter(pk=batch.pk).update(state=ImportState.READING, read=300, expected=1000)
    for address in ("", "progress/"):
        assert 'value="30"' in browser.get(f"/desk/imports/{batch.pk}/{address}").content.decode()


def test_it_ends_the_bar_with_the_way_to_the_result(browser: Client) -> None:
    batch = staged(xlsx([HEAD, ROW]))
    answer = browser.get(f"/desk/imports/{batch.pk}/progress/")
    bar = answer.content.decode()
    assert answer["HX-Refresh"] == "true"
    assert ("hx-get" in bar, f"/desk/imports/{batch.pk}/" in bar) == (False, True)


def test_it_shows_script_in_a_cell_as_text(browser: Client) -> None:
    batch = staged(xlsx([HEAD, ["S1", "<script>x()</script>", *ROW[2:]], ["S2", "", "<b>坏</b>", *ROW[3:]]]))
    page = browser.get(f"/desk/imports/{batch.pk}/").content.decode()
    assert ("<script>x()" in page, "&lt;script&gt;x()" in page, "<b>坏" in page) == (False, True, False)


def test_it_hands_out_the_template_and_the_bad_rows(browser: Client) -> None:
    batch = staged(xlsx([HEAD, ["S1", "", *ROW[2:]]]))
    for address in ("template/playground.shops/", f"{batch.pk}/bad-rows/"):
        answer = browser.get(f"/desk/imports/{address}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert load_workbook(io.BytesIO(body)).sheetnames[0] == "店铺"
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_it_cancels_and_starts_again(browser: Client) -> None:
    batch = staged(xlsx([HEAD, ROW]))
    browser.post(f"/desk/imports/{batch.pk}/again/")
    batch.refresh_from_db()
    assert batch.state == ImportState.UPLOADED
    browser.post(f"/desk/imports/{batch.pk}/cancel/")
    batch.refresh_from_db()
    assert batch.state == ImportState.CANCELLED


def test_it_hides_an_import_from_everybody_else(client: Client) -> None:
    batch = staged(xlsx([HEAD, ROW]))
    client.force_login(user("other"))
    for address in ("", "progress/", "bad-rows/"):
        assert client.get(f"/desk/imports/{batch.pk}/{address}").status_code == 404
    for address in ("confirm/", "cancel/", "again/"):
        assert client.post(f"/desk/imports/{batch.pk}/{address}").status_code == 404


def test_it_closes_a_table_to_who_may_not_import_it(browser: Client) -> None:
    assert browser.get("/desk/imports/new/playground.closed/").status_code == 403
    assert browser.get("/desk/imports/template/playground.closed/").status_code == 403
    assert browser.get("/desk/imports/new/playground.nothing/").status_code == 404


def test_it_sends_strangers_to_the_sign_in(client: Client) -> None:
    assert client.get("/desk/imports/")["Location"].startswith("/accounts/login/")


def test_it_asks_the_same_number_of_queries_for_1_and_30_imports(browser: Client) -> None:
    browser.get("/desk/imports/")
    seen = []
    for more in (1, 29):
        for number in range(more):
            Import.objects.create(
                sheet="playground.shops",
                file_id=user().pk,
                file_name=f"{number}.xlsx",
                uploader_id=user().pk,
                made_at=timezone.now(),
            )
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/desk/imports/").status_code == 200
        seen.append(len(queries))
    assert seen == [5, 5]
