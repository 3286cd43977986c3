"""From where a verb came: each door in words, and more of it only as long as the row is kept in full."""

import json
from argparse import Namespace
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from linli.kernel import audit
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import entries, facts_of
from linli.kernel.contributions.commands import Command
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.privacy import erase
from linli.kernel.scope import ApiActor
from linli.kernel.scope.sources import Door, Source, coming_through
from linli.kernel.tables import confirm
from linli.kernel.tables.tests.samples import HEAD, ROW, uploaded, user, xlsx
from linli.kernel.ui.middleware import Doors
from linli.site import cli
from tests.playground.actors import Somebody
from tests.playground.jobs import notes

pytestmark = pytest.mark.django_db
TAKE, FOR_EVER = "playground.errand.take", "people.data_request.ask"
WEB = Source(Door.WEB, address="192.0.2.7", device="computer edge")


def client() -> ApiActor:
    """A program that acts for somebody through a token."""
    behind = Somebody()
    return ApiActor(behind.actor_id, "甲 · 街道平台", behind, frozenset(), Source(Door.API, "街道平台"))


def told(row: AuditRow) -> str:
    return entries([row])[0].source


def test_a_page_tells_its_address_and_the_sort_of_device_of_somebody_signed_in() -> None:
    with coming_through(WEB):
        row = audit.record(TAKE, None, actor=Somebody())
    assert told(row) == "网页 · 电脑 · 微软浏览器 · 192.0.2.7"


@pytest.mark.parametrize(("cookies", "device"), [({}, ""), ({"linli_session": "x"}, "phone safari")])
def test_a_strangers_device_is_not_looked_at(cookies: dict[str, str], device: str, settings: SimpleNamespace) -> None:
    settings.SESSION_COOKIE_NAME = "linli_session"
    request = RequestFactory(REMOTE_ADDR="192.0.2.9").get("/", HTTP_USER_AGENT="iPhone Safari/604.1 serial-4711")
    request.COOKIES.update(cookies)

    def view(_request: HttpRequest) -> HttpResponse:
        audit.record(TAKE, None, actor=None)
        return HttpResponse()

    Doors(view)(request)
    facts = facts_of(AuditRow.objects.get())[0]
    wanted = {"door": "web", "address": "192.0.2.9", **({"device": device} if device else {})}
    assert facts == {"$from": wanted}


def test_a_program_tells_the_name_of_its_token() -> None:
    with coming_through(WEB):
        row = audit.record(TAKE, None, actor=client())
    assert told(row) == "程序接口“街道平台” · 192.0.2.7"


def test_a_command_tells_its_name() -> None:
    command = Command("try", "", run=lambda _options: audit.record(TAKE, None, actor=None) and None)
    cli._run(command, Namespace(command="try"))  # main() reads the list of real commands
    with override("zh-hans"):  # a command speaks the language of its terminal
        assert told(AuditRow.objects.get()) == "命令行“linli try”"


def test_an_import_tells_the_name_of_its_file() -> None:
    batch = uploaded(xlsx([HEAD, ROW]))
    run_waiting()
    confirm(batch, actor=user())
    run_waiting()
    assert told(AuditRow.objects.get(action="tables.import.take_over")) == "表格导入“店铺.xlsx”"


def test_the_clock_comes_through_a_job_with_a_title() -> None:
    notes.enqueue()
    run_waiting()
    row = AuditRow.objects.get(action=TAKE)
    assert (entries([row])[0].actor, told(row)) == ("系统时钟", "后台任务“记一条痕迹”")


def test_what_nobody_said_stays_empty() -> None:
    assert told(audit.record(TAKE, None, actor=Somebody())) == ""


def test_a_row_kept_for_ever_keeps_the_door_alone() -> None:
    with coming_through(WEB):
        row = audit.record(FOR_EVER, None, actor=Somebody())
    assert (told(row), json.loads(row.facts)) == ("网页", {"$from": {"door": "web"}})


def test_a_token_in_a_row_kept_for_ever_goes_with_the_person_it_acts_for() -> None:
    actor = client()
    row = audit.record(FOR_EVER, None, actor=actor)
    before = told(row)
    erase(actor.actor_id, actor=None, reason="本人要求删除")
    assert (before, told(row), "街道平台" in row.facts) == ("程序接口“街道平台”", "程序接口“（已删除）”", False)
