"""Refusals and troubles are answered with a sentence, without a traceback and without asking the database."""

from typing import Any

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings
from tests.playground.models import Brochure

from linli.kernel.ui.pages.errors import bad_request

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.playground.pages")]


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/refuse/", 409, "这张发票已报销过。请换一张。"),
        ("/forbid/", 403, "只有作者可以修改。"),
        ("/nowhere/", 404, "没有这个页面"),
        ("/look/", 405, "请回到原页面点按钮"),
        ("/unreachable/", 503, "数据库没有应答"),
        ("/full/", 507, "服务器磁盘已满"),
        ("/full-database/", 507, "服务器磁盘已满"),
        ("/broken/", 500, "我们这边出了问题"),
    ],
)
def test_it_answers_with_a_page_that_says_what_happened(browser: Client, path: str, status: int, words: str) -> None:
    answer = browser.get(path)
    text = answer.content.decode()
    assert (answer.status_code, words in text, "Traceback" in text) == (status, True, False)


@pytest.mark.parametrize("path", ["/forbid/", "/nowhere/", "/unreachable/", "/full/", "/broken/"])
def test_it_asks_the_database_nothing_on_an_error_page(
    browser: Client, path: str, django_assert_num_queries: Any
) -> None:
    browser.get(path)
    with django_assert_num_queries(0):
        browser.get(path)


@pytest.mark.parametrize("path", ["/forbid/", "/nowhere/", "/unreachable/", "/full/", "/broken/"])
def test_it_leads_to_the_complaints_from_an_error_page(browser: Client, path: str) -> None:
    assert f'href="/feedback/?from={path}"' in browser.get(path).content.decode()


def test_it_answers_htmx_with_an_alert_in_place(browser: Client) -> None:
    answer = browser.get("/refuse/", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"], "<html" in text) == (409, "#messages", False)


def test_it_answers_programs_with_a_problem(browser: Client) -> None:
    answer = browser.get("/refuse/", headers={"Accept": "application/json"})
    assert (answer["Content-Type"], answer.json()["status"], answer.json()["detail"]) == (
        "application/problem+json",
        409,
        "这张发票已报销过。请换一张。",
    )


def test_it_keeps_nothing_of_a_refused_form(browser: Client) -> None:
    browser.post("/refuse/", {"_once": "q" * 24})
    assert Brochure.objects.count() == 0


def test_it_says_that_a_form_is_out_of_date() -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/brochures/add/", {"title": "甲"})
    assert (answer.status_code, "这张表单已过期" in answer.content.decode()) == (403, True)


def test_it_says_that_a_request_is_too_big_to_read(browser: Client) -> None:
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1):
        answer = browser.post("/brochures/add/", {"title": "甲", "b": "乙"})
    assert (answer.status_code, "无法读懂这个请求" in answer.content.decode()) == (400, True)


def test_it_names_the_full_disk_behind_a_session_that_could_not_be_kept() -> None:
    lost = SessionInterrupted("the session was not saved")
    lost.__context__ = OperationalError("database or disk is full")
    assert bad_request(RequestFactory().get("/desk/"), lost).status_code == 507


@override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=2)
def test_it_closes_a_door_after_too_many_failed_sign_ins(browser: Client) -> None:
    for _ in range(2):
        answer = browser.post("/accounts/login/", {"login": "nobody", "password": "wrong"})
    assert (answer.status_code, "登录失败次数过多" in answer.content.decode()) == (429, True)
