"""Findings of a round are delivered once; lines of a group become needs; neighbours' like needs are offered."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.needs import services
from linli.apps.needs.models import Alarm, Channel, Need
from linli.apps.needs.tests.factories import make_category, receive_need
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.pages]
LIKE = "2号楼三单元的路灯不亮，晚上回家看不见台阶"


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community, password=None)


@pytest.fixture
def desk(worker: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    return client


def finding(here: District, **given: Any) -> dict[str, Any]:
    filled = {"submission": str(uuid4()), "channel": "patrol", "place": str(here.community.pk), "matter": "井盖松动"}
    return {**filled, **given}


def test_what_the_phone_kept_is_delivered_once(here: District, desk: Client) -> None:
    found_at = timezone.now().replace(microsecond=0) - timedelta(hours=3)
    row = finding(here, sort="道路破损", found_at=found_at.isoformat())
    told = [desk.post("/desk/needs/walk/", row, headers={"X-Kept": "1"}).json() for _time in range(3)]
    need = Need.objects.get()
    assert told == [{"number": need.number}] * 3
    assert (need.channel, need.matter, need.received_at) == (Channel.PATROL, "道路破损：井盖松动", found_at)


def test_a_finding_that_cannot_be_read_is_told_to_the_phone(here: District, desk: Client) -> None:
    answer = desk.post("/desk/needs/walk/", finding(here, matter=" "), headers={"X-Kept": "1"})
    assert (answer.status_code, list(answer.json()), Need.objects.count()) == (422, ["detail"], 0)


def test_the_page_says_whom_to_visit_and_keeps_nothing_of_a_walk(here: District, desk: Client) -> None:
    page = desk.get("/desk/needs/walk/").content.decode()
    assert all(word in page for word in ("没有发现不用点", "独居高龄老人", "08:30、18:30", "堆物堆料"))
    assert Need.objects.count() == 0


def test_lines_of_a_group_become_needs(here: District, desk: Client) -> None:
    pasted = "王姐：楼下灯坏了\n老李：收到\n张叔：垃圾桶满了"
    form = {"place": str(here.community.pk), "text": pasted}
    drafts = desk.post("/desk/needs/chat/", form).content.decode()
    assert (drafts.count("checked"), Need.objects.count()) == (2, 0)
    desk.post("/desk/needs/chat/", {**form, "take": "1", "take_0": "1", "text_0": "3号楼楼下灯坏了"})
    need = Need.objects.select_related("contact").get()
    assert (need.channel, need.matter, str(need.contact.name)) == (Channel.CHAT, "3号楼楼下灯坏了", "王*")


def test_the_draft_of_a_group_is_dropped_once_its_needs_are_entered(here: District, desk: Client) -> None:
    form = {"place": str(here.community.pk), "text": "王姐：楼下灯坏了", "_once": "the-paste"}
    drafts = desk.post("/desk/needs/chat/", form).content.decode()
    assert re.findall(r'name="_once" value="([^"]*)"', drafts) == ["the-paste"]
    entered = desk.post("/desk/needs/chat/", {**form, "take": "1", "take_0": "1"})
    assert entered.cookies["linli_done"].value == "the-paste"


def test_it_offers_what_neighbours_said_without_their_words(here: District, worker: User, browser: Client) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street, password=None)
    need = receive_need(here.community, at=timezone.now()).need
    words = {"matter": LIKE, "place": str(here.community.pk)}
    assert "same_as" not in browser.post("/needs/report/words/", words).content.decode()
    services.analyse(need, category=make_category(name="路灯照明"), route="forward", by_rules=False, actor=officer)
    offered = browser.post("/needs/report/words/", words).content.decode()
    assert all(word in offered for word in (str(need.pk), "路灯照明", "已有1位邻居"))
    assert "台阶" not in offered
    browser.post("/needs/report/", {**words, "same_as": str(need.pk)})
    mine = Need.objects.get(channel=Channel.PORTAL)
    assert (mine.state, mine.joined_to) == ("joined", need)


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "zh-CN"})


def test_what_came_in_long_ago_is_no_alarm(here: District, worker: User) -> None:
    receive_need(here.community, matter="楼道着火了")
    assert Alarm.objects.count() == 0
    receive_need(here.community, matter="楼道着火了", at=timezone.now())
    assert Alarm.objects.count() == 1
