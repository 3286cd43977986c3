"""Staff write down what somebody says: looked up, read back, saved once, with a slip in large type."""

import re
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.test import Client

from linli.apps.needs import services
from linli.apps.needs.models import Alarm, Channel, Contact, Guide, Need
from linli.apps.needs.services import Entry
from linli.apps.needs.tests.factories import receive_need
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.pages]
ENTER = "/desk/needs/enter/"


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


def form_of(here: District, **given: Any) -> dict[str, Any]:
    filled = {"channel": "window", "place": str(here.community.pk), "matter": "家里没人教我用手机，想报名老年饭桌"}
    return {**filled, **given}


def words_of(pdf: bytes) -> str:
    page = pdfium.PdfDocument(pdf)[0].get_textpage()
    return str(page.get_text_range())


def test_what_is_known_is_looked_up_before_anything_is_written(desk: Client) -> None:
    [button] = re.findall(r"<button [^>]*name=\"look\"[^>]*>", desk.get(ENTER).content.decode())
    assert "formnovalidate" in button


def test_it_is_read_back_before_it_is_saved_and_a_slip_is_printed(here: District, desk: Client) -> None:
    given = form_of(
        here, phone="13800010009", name="郝秀英", is_elder="on", relation="neighbour", teller="刘姐", consented="on",
        missing="户口本\n一寸照片", _once="typed",
    )  # fmt: skip
    back = desk.post(ENTER, given)
    page = back.content.decode()
    assert (back.status_code, Need.objects.count(), "现在还没有保存" in page) == (200, 0, True)
    assert ("邻居 刘姐" in page, re.findall(r'name="_once" value="([^"]*)"', page)) == (True, ["typed"])
    saved = desk.post(ENTER, {**given, "save": "1"}, follow=True)
    assert desk.cookies["linli_done"].value == "typed"
    need = Need.objects.select_related("contact", "window").get()
    assert (need.channel, need.call_back, need.on_behalf, need.visits) == (Channel.WINDOW, True, True, 1)
    assert (need.contact.relation, need.contact.consented, need.window.papers) == (
        "neighbour", True, ["户口本", "一寸照片"],
    )  # fmt: skip
    address = saved.redirect_chain[-1][0]
    slip = b"".join(desk.get(f"{address}slip.pdf").streaming_content)
    told = words_of(slip)
    assert all(word in told for word in (need.number, "槐荫社区", "12345", "打电话给您", "户口本"))
    assert [word for word in ("郝秀英", "13800010009") if word in told] == []


def test_it_refuses_to_speak_for_somebody_who_was_not_asked(here: District, desk: Client) -> None:
    answer = desk.post(ENTER, form_of(here, relation="relative", save="1"))
    assert (answer.status_code, Need.objects.count()) == (422, 0)


def test_the_hotline_sees_earlier_needs_and_joins_the_same(here: District, desk: Client) -> None:
    mine = receive_need(here.community)
    other = receive_need(here.other_community)
    looked = desk.post(ENTER, form_of(here, channel="hotline", phone="13800010001", look="1")).content.decode()
    assert (mine.need.number in looked, other.need.number in looked) == (True, False)
    given = form_of(here, channel="hotline", phone="13800010002", same_as=str(mine.need.pk), save="1")
    desk.post(ENTER, given)
    new = Need.objects.get(
        channel=Channel.HOTLINE, contact__in=Contact.objects.exclude(need=mine.need), place=here.community
    )
    assert (new.state, new.joined_to) == ("joined", mine.need)


def test_what_was_not_on_the_list_is_not_asked_later(here: District, worker: User) -> None:
    entry = Entry(here.community, "补办老年卡", Channel.WINDOW, {}, missing="身份证")
    need = services.enter(entry, actor=worker).need
    with pytest.raises(Refusal):
        services.note_window(need, guide=None, missing="身份证\n户口本", actor=worker)
    services.note_window(need, guide=None, missing="", actor=worker)
    need.refresh_from_db()
    assert (need.visits, need.window.papers) == (2, [])


def test_danger_on_the_telephone_is_an_alarm_too(here: District, worker: User) -> None:
    services.enter(Entry(here.community, "邻居家煤气泄漏", Channel.HOTLINE, {}), actor=worker)
    assert Alarm.objects.get().kinds == "gas"


def test_nobody_writes_for_another_community(here: District, worker: User) -> None:
    with pytest.raises(NotAllowed):
        services.enter(Entry(here.other_community, "路灯不亮", Channel.VISIT, {}), actor=worker)


def test_the_book_of_guides_is_kept_by_the_street_and_read_by_all(here: District, desk: Client) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street, password=None)
    keeper = Client(headers={"accept-language": "zh-CN"})
    keeper.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    form = {
        "place": str(here.street.pk), "stage": "retirement", "title": "办理老年卡", "bring": "身份证\n一寸照片",
        "where": "社区服务站一号窗口", "is_shown": "on",
    }  # fmt: skip
    assert keeper.post("/desk/needs/guides/new/", form).status_code == 302
    assert keeper.post("/desk/needs/guides/new/", form).status_code == 422
    assert desk.get("/desk/needs/guides/new/").status_code == 403
    stranger = Client(headers={"accept-language": "zh-CN"})
    book = stranger.get("/needs/guides/").content.decode()
    assert all(word in book for word in ("出生养育", "入学", "就业", "婚育安居", "退休养老", "办理老年卡"))
    page = stranger.get(f"/needs/guides/{Guide.objects.get().pk}/").content.decode()
    assert all(word in page for word in ("身份证", "一寸照片", "社区服务站一号窗口"))


def test_a_second_visit_is_counted_at_the_window(here: District, worker: User, desk: Client) -> None:
    need = services.enter(Entry(here.community, "补办老年卡", Channel.WINDOW, {}, missing="身份证"), actor=worker).need
    address = f"/desk/needs/{need.pk}/came-again/"
    assert desk.post(address, {"missing": "户口本"}).status_code == 422
    assert desk.post(address, {"missing": ""}).status_code == 302
    need.refresh_from_db()
    assert (need.visits, need.window.papers) == (2, [])
