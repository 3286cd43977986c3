"""The page of the timetable: stated, planned, moved without a mouse, printed, taken along; own times on own pages."""

import re
from datetime import UTC, datetime
from typing import Any

import icalendar
import pypdfium2 as pdfium
import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import services
from linli.apps.reviews.models import Entry, PanelSlot, SeatPass, Timetable
from linli.apps.reviews.queries.timetable_papers import calendar_of, slots_of, slots_of_subjects, stamp_of
from linli.apps.reviews.services import room
from linli.apps.reviews.tests.factories import NOW, Fair, make_fair
from linli.apps.reviews.tests.test_timetable import asked, planned, unit_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
TYPED = {
    "day_1": "2026-11-22", "opens": "09:00", "closes": "12:00", "minutes": "20", "change_over": "10",
    "pause_1_from": "10:00", "pause_1_to": "10:15", "pause_1_title": "茶歇", "wish_1_unit": "",
}  # fmt: skip


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def fair(here: District) -> Fair:
    return make_fair(here.street)


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, name="沈某", password=None)


@pytest.fixture
def client(officer: User) -> Client:
    return browser(officer)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(fair: Fair, name: str = "timetable") -> str:
    return reverse(f"reviews:{name}", args=[fair.session.pk])


def seen(client: Client, where: str) -> str:
    """The page without its line breaks."""
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_plans_by_one_press_and_says_that_it_is_proven(client: Client, fair: Fair) -> None:
    assert "还没有时间表" in seen(client, address(fair))
    answer = client.post(address(fair, "plan_timetable"), TYPED)
    assert (answer.status_code, answer["Location"]) == (302, address(fair))
    page = seen(client, address(fair))
    said = (
        "已证明最好",
        "最满的一组一天100分钟（含间隔），最少的100分钟；没有更均衡的排法。",
        "第1社区社",
        "10:00</span> 茶歇",
        "赵某、钱某、孙某",
    )
    assert [one for one in said if one not in page] == []
    form = seen(client, address(fair, "plan_timetable"))
    assert re.findall(r'name="pause_1_(?:from|title)" value="([^"]*)"', form) == ["10:00", "茶歇"]


def test_it_names_what_clashes_and_keeps_what_was_typed(client: Client, fair: Fair) -> None:
    fair.tie(0, 1)
    wish = {"wish_1_unit": unit_of(fair, 1), "wish_1_panel": str(fair.panels[0].pk), "minutes": "17"}
    answer = client.post(address(fair, "plan_timetable"), {**TYPED, **wish})
    page = answer.content.decode()
    assert (answer.status_code, PanelSlot.objects.count()) == (422, 0)
    said = ("这些条件不能同时满足", "“第1社区社”不由赵某评审", "“第1社区社”只在第1组评审。", 'value="17"', "茶歇")
    assert [one for one in said if one not in page] == []
    assert f'<option value="{fair.panels[0].pk}" selected>' in page
    again = seen(client, address(fair, "plan_timetable"))
    assert ['value="17"' in again, "这些条件不能同时满足" in seen(client, address(fair))] == [True, True]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"pause_1_to": ""}, "请填写休息何时开始、何时结束。"),
        ({"wish_1_day": "1"}, "请选择是哪个单位的要求。"),
        ({"closes": "08:00"}, "当天的结束早于开始。"),
    ],
)
def test_it_refuses_half_a_statement(client: Client, fair: Fair, more: dict[str, str], sentence: str) -> None:
    answer = client.post(address(fair, "plan_timetable"), {**TYPED, **more})
    assert (answer.status_code, sentence in answer.content.decode(), Timetable.objects.count()) == (422, True, 0)


def test_it_moves_without_a_mouse_and_asks_where_something_would_be_wrong(client: Client, fair: Fair) -> None:
    planned(fair)
    where, target = reverse("reviews:move_entry", args=[fair.entries["1-2"].pk]), f"2026-11-22 {fair.panels[1].pk}"
    form = seen(client, where)
    assert re.findall(r'name="(?:position|version)" value="(\d+)"', form) == ["2", "1"]
    sent: dict[str, Any] = {"where": target, "position": "1", "version": "1"}
    warned = client.post(where, sent)
    assert (warned.status_code, "“第1社区社”的项目分开了" in warned.content.decode()) == (422, True)
    assert fair.entry("1-2").panel == fair.panels[0]
    assert client.post(where, {**sent, "sure": "1"}).status_code == 302
    page = seen(client, address(fair))
    assert ("有1处需要留意" in page, page.count("is-wrong"), fair.entry("1-2").panel) == (True, 3, fair.panels[1])
    late = client.post(where, {**sent, "sure": "1"})
    assert (late.status_code, "时间表刚被别人改过" in late.content.decode()) == (422, True)
    assert client.post(address(fair, "undo_move"), {"version": "2"}).status_code == 302
    assert ("有1处需要留意" in seen(client, address(fair)), fair.entry("1-2").panel) == (False, fair.panels[0])


def test_it_moves_a_whole_unit_at_once(client: Client, fair: Fair) -> None:
    planned(fair)
    where = reverse("reviews:move_entry", args=[fair.entries["1-2"].pk])
    sent = {"where": f"2026-11-22 {fair.panels[1].pk}", "whole": "on", "version": "1"}
    assert client.post(where, sent).status_code == 302
    assert set(fair.session.entries.filter(title__startswith="1-").values_list("panel", flat=True)) == {
        fair.panels[1].pk
    }


def test_it_stands_fast_once_scoring_started(client: Client, fair: Fair) -> None:
    planned(fair)
    services.start(fair.session, actor=None, at=NOW)
    page = seen(client, address(fair))
    assert ["时间表不再改动" in page, "draggable" in page, "撤回" in page] == [True, False, False]
    assert client.post(address(fair, "plan_timetable"), TYPED).status_code == 422


def test_it_lists_what_came_after_the_planning(client: Client, fair: Fair) -> None:
    planned(fair)
    services.assign(fair.entry("4-1"), panel=fair.panels[1], actor=None)
    page = seen(client, address(fair))
    assert ("尚未排入时间表" in page, "排入" in page) == (True, True)


def text_of(client: Client, where: str) -> str:
    body = b"".join(client.get(where).streaming_content)  # type: ignore[arg-type]  # a file's pieces
    pages = pdfium.PdfDocument(body)
    assert {page.get_width() > page.get_height() for page in pages} == {True}
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_it_prints_the_whole_and_one_panel_across(client: Client, fair: Fair) -> None:
    planned(fair)
    whole = text_of(client, address(fair, "print_timetable"))
    assert [word in whole for word in ("结项评审时间表", "第1组", "第2组", "3-2", "赵某、钱某、孙某")] == [True] * 5
    one = text_of(client, reverse("reviews:print_panel_timetable", args=[fair.panels[1].pk]))
    assert [word in one for word in ("第2组", "2号厅", "3-2", "第3社区社", "孟某", "1-1")] == [True] * 5 + [False]


def test_it_writes_calendars_without_names_of_people(client: Client, fair: Fair) -> None:
    planned(fair)
    answer = client.get(reverse("reviews:panel_calendar", args=[fair.panels[0].pk]))
    body = b"".join(answer.streaming_content)  # type: ignore[arg-type]  # a file's pieces
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = body.split(b"\r\n")
    assert (lines[0], lines[-2], lines[-1], b"\n" in body.replace(b"\r\n", b"")) == (
        b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"", False,
    )  # fmt: skip
    assert max(map(len, lines)) <= 75
    calendar = icalendar.Calendar.from_ical(body)
    events = calendar.walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [f"第1组：{title}" for title in ("1-1", "1-2", "1-3", "4-1")]
    first = events[0]
    assert (first.decoded("DTSTART"), first.decoded("DTEND"), str(first["LOCATION"])) == (
        datetime(2026, 11, 22, 1, 0, tzinfo=UTC), datetime(2026, 11, 22, 1, 20, tzinfo=UTC), "街道会议室，1号厅",
    )  # fmt: skip
    assert len({str(event["UID"]) for event in events}) == 4
    assert {"DTSTAMP", "UID", "SEQUENCE"} <= set(first)
    assert [name for name in ("孟某", "赵某") if name in body.decode()] == []


def test_it_shows_judges_their_own_times_in_the_room(fair: Fair) -> None:
    planned(fair)
    judge = fair.judges[3]
    services.sign_promise(judge, on_paper=True, actor=None, at=NOW)
    row = services.declare_recusal(judge, entry=fair.entry("2-1"), fact="同门", actor=None)
    services.confirm_recusal(row, reason="属实", actor=None)
    room.issue_pins(fair.session, actor=None)
    client, door = Client(), f"/room/{fair.session.code}/"
    client.post(door, {"pin": room.pin_of(SeatPass.objects.get(seat=judge))})
    page = seen(client, f"{door}2/")
    assert ("11-22 09:50" in page, "把我的时间存入日历" in page, "1-1" in page) == (True, True, False)
    body = b"".join(client.get(f"{door}calendar.ics").streaming_content)  # type: ignore[arg-type]  # a file's pieces
    summaries = [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(body).walk("VEVENT")]
    assert summaries == ["第2组：2-2", "第2组：3-1", "第2组：3-2"]


def test_it_tells_a_unit_its_own_times_alone(fair: Fair) -> None:
    planned(fair)
    subject = Entry.objects.get(title="2-1").subject
    [slot] = slots_of_subjects([subject])[subject.id]
    said = (slot.title, slot.panel, slot.venue, f"{slot.starts:%H:%M}")
    assert said == ("2-1", "第2组", "街道会议室，2号厅", "09:00")
    services.call_off(fair.session, reason="改期", actor=None)
    assert slots_of_subjects([subject]) == {}


def test_it_folds_long_lines_of_a_calendar(fair: Fair) -> None:
    Entry.objects.filter(title="1-1").update(title="槐荫社区邻里互助与老旧楼院环境提升综合项目" * 3)
    planned(fair)
    body = calendar_of(slots_of(fair.session), name="评审", stamp=stamp_of(fair.session))
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    long = icalendar.Calendar.from_ical(body).walk("VEVENT")[0]
    assert str(long["SUMMARY"]).count("槐荫社区") == 3


def test_it_asks_the_same_number_of_questions_for_any_size(
    client: Client, here: District, fair: Fair, django_assert_num_queries: Any
) -> None:
    big = make_fair(here.other_community, panels=1, projects=(6, 5, 4), first=6)
    for one in (fair, big):
        services.plan_timetable(one.session, asked=asked(closes=asked().closes.replace(hour=18)), actor=None, at=NOW)
        client.get(address(one))
        with django_assert_num_queries(20):
            client.get(address(one))


def test_it_keeps_what_was_said_of_panels(client: Client, fair: Fair) -> None:
    assert client.post(address(fair, "plan_timetable"), {**TYPED, "keep_panels": "on"}).status_code == 302
    assert Timetable.objects.get().asked.keep_panels
    form = client.get(address(fair, "plan_timetable")).context["form"]
    assert form["keep_panels"].value() is True
