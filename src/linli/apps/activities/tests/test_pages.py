"""The pages of activities: staff on the desk, residents without an account, papers and feeds for everybody."""

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import icalendar
import pypdfium2 as pdfium
import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.apps.activities import queries, services
from linli.apps.activities.models import Activity, Attendance, CareNote, HeadCount, Occurrence, SignInWay, Signup
from linli.apps.activities.tests.factories import make_activity, make_date, somebody
from linli.apps.activities.tests.test_goods import hand_out, make_building
from linli.apps.ledger.tests.factories import make_commitment, make_expenditure, make_fund, make_voucher
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.publicity.tests.test_services import picture
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import NotAllowed
from linli.kernel.files import photos
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def client_of(user: User | None) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community, password=None)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, password=None)


def codes_in(pdf: bytes) -> list[str]:
    """What the codes of a PDF's first page lead to."""
    page = pdfium.PdfDocument(pdf)[0].render(scale=2).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(page)]


def taken(client: Client, address: str) -> bytes:
    """A file with personal data, fetched with a reason."""
    answer: Any = client.post(address, {"_take_because": "现场签到核对"})
    return b"".join(answer.streaming_content)


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))


def test_one_plans_another_announces_and_everybody_reads_it(here: District, worker: User, officer: User) -> None:
    form = {
        "place": here.community.pk, "kind": "festival", "title": "中秋团圆会", "about": "做月饼，猜灯谜。",
        "venue": "社区活动室", "festival": "mid_autumn", "day": "", "starts": "15:00", "ends": "17:00",
        "capacity": "30", "agenda": "致辞 | 李楠 | 槐荫社区 | 5\n做月饼", "contact": "010-62880011",
        "co_hosts": "暖邻社工中心、和安志愿者协会",
    }  # fmt: skip
    assert client_of(worker).post("/desk/activities/new/", form).status_code == 302
    activity = Activity.objects.get(title="中秋团圆会")
    date = activity.occurrences.get()
    assert (activity.festival, activity.rhythm, date.agenda.count()) == ("mid_autumn", "festival", 2)
    assert client_of(None).get(f"/activities/{activity.pk}/").status_code == 404
    client_of(worker).post(f"/desk/activities/{activity.pk}/publish/")
    assert client_of(None).get(f"/activities/{activity.pk}/").status_code == 404
    client_of(officer).post(f"/desk/activities/{activity.pk}/publish/")
    shown = client_of(None).get(f"/activities/{activity.pk}/").content.decode()
    assert all(word in shown for word in ("中秋团圆会", "做月饼", "暖邻社工中心", "李楠"))


def test_the_same_hours_every_week(here: District, worker: User) -> None:
    first = timezone.localdate() + timedelta(days=2)
    form = {
        "place": here.community.pk, "kind": "culture", "title": "合唱队排练", "venue": "活动室", "day": str(first),
        "starts": "9:00", "ends": "10:30", "until": str(first + timedelta(days=22)),
    }  # fmt: skip
    client_of(worker).post("/desk/activities/new/", form)
    activity = Activity.objects.get(title="合唱队排练")
    days = [timezone.localdate(row.starts) for row in activity.occurrences.all()]
    assert days == [first + timedelta(days=7 * week) for week in range(4)]
    assert activity.rhythm == "weekly"


def test_a_resident_signs_up_without_an_account_leaves_and_reads_why(here: District) -> None:
    date = make_date(here.community, capacity=1)
    client = client_of(None)
    sent = client.post(f"/activities/dates/{date.pk}/sign-up/", {"name": "张三", "phone": "13812345678"})
    mine = sent["Location"]
    assert "报名成功" in client.get(mine).content.decode()
    other = client.post(f"/activities/dates/{date.pk}/sign-up/", {"name": "李四", "phone": "13812340000"})["Location"]
    assert "您在候补名单上" in client.get(other).content.decode()
    client.post(f"{mine}leave/")
    assert "有名额空出" in client.get(other).content.decode()
    client.post(f"{other}take/")
    assert "报名成功" in client.get(other).content.decode()
    assert "13812345678" not in client.get(mine).content.decode()


def test_the_code_at_the_door_signs_in_once(here: District) -> None:
    date = make_date(here.community, starts=timezone.now())
    door, form = f"/activities/door/{date.door_code}/", {"name": "张三", "mark": "5678"}
    first = client_of(None).post(door, form, follow=True).content.decode()
    second = client_of(None).post(door, form, follow=True).content.decode()
    assert ("签到成功" in first, "您已签到" in second) == (True, True)
    wrong = client_of(None).post(door, {**form, "mark": "56"}).content.decode()
    assert "请填写电话后四位数字，没有电话可不填。" in wrong
    assert Attendance.objects.filter(occurrence=date).count() == 1


def test_of_two_tabs_that_put_an_activity_right_the_second_is_asked(here: District, worker: User) -> None:
    activity, client = (
        make_activity(here.community, title="中秋团圆会", about="做月饼。", venue="活动室"),
        client_of(worker),
    )
    page = f"/desk/activities/{activity.pk}/amend/"
    read = {"title": "中秋团圆会", "venue": "活动室", "contact": "", "version": str(activity.version)}
    first, second = (client.post(page, {**read, "about": text}) for text in ("做月饼。", "猜灯谜。"))
    shown = second.content.decode()
    assert (first.status_code, second.status_code, "猜灯谜。" in shown, "做月饼。" in shown) == (302, 409, True, True)
    chosen = {**read, "about": "猜灯谜。", "version": str(activity.version + 1), "_keep_about": "mine"}
    assert client.post(page, chosen).status_code == 302
    activity.refresh_from_db()
    assert activity.about == "猜灯谜。"


def test_a_paper_sheet_is_printed_typed_counted_and_scanned_back(here: District, worker: User) -> None:
    date = make_date(here.community, starts=timezone.now() - timedelta(hours=1))
    services.sign_up(date, attendee=somebody(1, name="王秀英", phone="13800001234"), actor=None)
    desk, client = f"/desk/activities/dates/{date.pk}/", client_of(worker)
    pdf = taken(client, f"{desk}sheet.pdf")
    assert all(word in text_of(pdf) for word in ("签到表", "王秀英", "1234", "签字"))
    assert codes_in(pdf) == [f"http://testserver{desk}"]
    form = {"lines": "王秀英 1234\n赵一 5678\n 5678", "total": "9", "minors": "2", "scan": BytesIO(pdf)}
    form["scan"].name = "签到表.pdf"  # type: ignore[attr-defined,union-attr]  # an upload has a name
    answer = client.post(f"{desk}sheet/", form).content.decode()
    assert "以下内容尚不清楚" in answer
    assert Attendance.objects.filter(occurrence=date, way=SignInWay.PAPER).count() == 2
    assert HeadCount.objects.get(occurrence=date).total == 9
    assert "签到表.pdf" in client.get(desk).content.decode()


def test_taps_of_a_phone_without_network_are_taken_once(here: District, worker: User) -> None:
    date = make_date(here.community, starts=timezone.now() - timedelta(hours=1))
    mine = services.sign_up(date, attendee=somebody(1), actor=None)
    at = (timezone.now() - timedelta(minutes=20)).isoformat()
    given = [{"name": mine.name, "mark": mine.mark, "at": at}, {"name": "", "mark": "", "at": at}]
    address, client = f"/desk/activities/dates/{date.pk}/taps/", client_of(worker)
    answers = [client.post(address, {"taps": json.dumps(given)}).json() for _turn in range(2)]
    assert [(one["new"], one["again"], [row["tap"] for row in one["unclear"]]) for one in answers] == [
        (1, 0, [1]), (0, 1, [1]),
    ]  # fmt: skip
    assert Attendance.objects.get(occurrence=date).came_at.isoformat() == at
    for broken in ("[", '{"a": 1}', "[1]", '["x"]'):
        assert client.post(address, {"taps": broken}).status_code == 400


def test_a_list_from_the_group_is_shown_put_right_and_taken(here: District, worker: User) -> None:
    date = make_date(here.community)
    address, client = f"/desk/activities/dates/{date.pk}/chain/", client_of(worker)
    text = "1. 张三 13800001111\n2. 66\n3. 李四"
    shown = client.post(address, {"text": text, "read": "1"}).content.decode()
    assert ("张三" in shown, "2. 66" in shown, Signup.objects.filter(occurrence=date).count()) == (True, True, 0)
    taken = client.post(address, {"text": text, "take": "1", "_once": "k" * 24})
    left = taken.content.decode()
    assert ("已加入2人。" in left, taken.cookies["linli_done"].value) == (True, "k" * 24)  # its draft does not return
    assert (Signup.objects.filter(occurrence=date).count(), "2. 66" in left, "3. 李四" in left) == (2, True, False)
    client.post(address, {"text": "2. 赵一", "take": "1"})
    assert Signup.objects.filter(occurrence=date, listing="chain").count() == 3


def test_the_text_for_the_group_has_at_most_200_characters(here: District) -> None:
    for about in ("", "做月饼。", "很长的介绍" * 300):
        date = make_date(here.community, title="清" * 60, venue="岸" * 40, about=about, contact="010-62880011")
        text = queries.group_text(date, address=f"https://linli.example.cn/activities/{date.activity_id}/")
        assert len(text) <= 200
        assert text.endswith(f"/activities/{date.activity_id}/")


def test_poster_and_door_sheet_bear_their_codes(here: District, worker: User) -> None:
    date = make_date(here.community, about="带手套。", contact="010-62880011")
    client, desk = client_of(worker), f"/desk/activities/dates/{date.pk}/"
    pdfs = [b"".join(client.get(f"{desk}{name}.pdf").streaming_content) for name in ("poster", "door")]  # type: ignore[attr-defined]  # files
    assert [codes_in(pdf) for pdf in pdfs] == [
        [f"http://testserver/activities/{date.activity_id}/"],
        [f"http://testserver/activities/door/{date.door_code}/"],
    ]
    assert "清河岸边捡拾活动" in text_of(pdfs[0]).replace("\r\n", "")


def test_calendars_hold_announced_dates_and_those_called_off_as_cancelled(here: District) -> None:
    date = make_date(here.community)
    make_activity(here.community, announced=False, title="未发布的活动")
    feed = icalendar.Calendar.from_ical(client_of(None).get("/activities/calendar.ics").content)
    events = {str(event["UID"]): event for event in feed.walk("VEVENT")}
    assert events[f"{date.pk}@activities.linli"].decoded("DTSTART") == date.starts.replace(microsecond=0)
    assert "未发布的活动" not in [str(event["SUMMARY"]) for event in events.values()]
    services.call_off_date(date, reason="暴雨", actor=None)
    own = client_of(None).get(f"/activities/{date.activity_id}/calendar.ics").content
    assert [str(event["STATUS"]) for event in icalendar.Calendar.from_ical(own).walk("VEVENT")] == ["CANCELLED"]


def test_notes_of_health_stand_sealed_for_the_community_alone(here: District, worker: User, officer: User) -> None:
    date = make_date(here.community)
    mine = services.sign_up(date, attendee=somebody(7), actor=None)
    services.note_care(mine, text="行动不便，需轮椅", actor=worker)
    with pytest.raises(NotAllowed):
        services.note_care(mine, text="x", actor=make_user(Role.GRID_WORKER, here.community, password=None))
    note = CareNote.objects.get(signup=mine)
    assert note.text.reveal(reason="安排现场座位", actor=worker) == "行动不便，需轮椅"
    secretary_of_next = make_user(Role.COMMUNITY_SECRETARY, here.other_community, password=None)
    with pytest.raises(NotAllowed):
        note.text.reveal(reason="随便看一看", actor=secretary_of_next)
    pages = [client_of(worker).get(f"/desk/activities/dates/{date.pk}/{part}") for part in ("", "door/")]
    assert not any("轮椅" in page.content.decode() for page in pages)
    assert "轮椅" not in text_of(taken(client_of(worker), f"/desk/activities/dates/{date.pk}/sheet.pdf"))
    assert not AuditRow.objects.filter(facts__contains="轮椅").exists()


def test_pictures_are_kept_and_blurred_by_the_staff_who_read_how_many_do_not_consent(
    here: District, worker: User
) -> None:
    date = make_date(here.community, starts=timezone.now())
    for number, agrees in ((21, True), (22, False), (23, False)):
        person = somebody(number, photos_allowed=agrees)
        services.sign_in(date, attendee=person, way=SignInWay.LIST, actor=None)
    taken = photos.take_in(picture(), owner=ref_of(date), actor=worker)
    shown = taken.stored_id
    assert "有2人不同意拍照" in client_of(worker).get(f"/desk/activities/dates/{date.pk}/").content.decode()
    assert client_of(worker).get(f"/desk/photos/activities.occurrence/{date.pk}/").status_code == 200
    photos.blur(taken, boxes=[photos.Box(0, 0, 50, 50)], actor=worker)
    assert photos.of(ref_of(date)).get().stored_id != shown


def test_names_are_read_by_those_at_the_door_and_by_nobody_else(here: District, worker: User) -> None:
    date = make_date(here.community)
    services.sign_up(date, attendee=somebody(8, name="钱小明"), actor=None)
    finance = make_user(Role.FINANCE_OFFICER, here.street, password=None)
    pages = [client_of(user).get(f"/desk/activities/dates/{date.pk}/").content.decode() for user in (worker, finance)]
    assert ["钱小明" in page for page in pages] == [True, False]


def test_goods_are_begun_signed_typed_and_their_sheets_printed(here: District, worker: User) -> None:
    building = make_building(here, "9号楼")
    form = {"place": here.community.pk, "item": "绿植", "bought": "10", "measure": "盆", "per_household": "1",
            "buildings": [str(building.pk)]}  # fmt: skip
    client = client_of(worker)
    page = client.post("/desk/activities/goods/new/", form)["Location"]
    handouts = client.get(f"{page}{building.pk}/").content.decode()
    assert handouts.count("签领") >= 4
    client.post(f"{page}{building.pk}/sheet/", {"lines": "1 张三\n2 王芳（代）", "day": str(timezone.localdate())})
    pdf = text_of(taken(client, f"{page}sheets.pdf"))
    assert all(word in pdf for word in ("签领表", "9号楼", "张三", "邻居代领", "领取人", "代领关系"))
    assert "2" in client.get(page).content.decode()


def test_a_door_of_a_long_building_is_found_and_one_returns_to_its_part(here: District, worker: User) -> None:
    building, client = make_building(here, "12号楼", households=24), client_of(worker)
    row = hand_out(here, buildings=[building], bought=30)
    page = f"/desk/activities/goods/{row.pk}/{building.pk}/"

    def doors(asked: str) -> list[str]:
        return re.findall(r'<th scope="row">(?:\S+ )?(\d+)</th>', client.get(page + asked).content.decode())

    every = [str(101 + number) for number in range(24)]
    assert (doors("?q=12"), doors("?q=99"), doors("?part=1")) == ([one for one in every if "12" in one], [], every)
    assert "没有这个门牌" in client.get(f"{page}?q=99").content.decode()
    last = services.handouts_of(row, building).last()
    assert last is not None
    given = {"receiver": "张三", "relation": "self", "quantity": "1", "day": str(timezone.localdate())}
    signed = client.post(f"/desk/activities/goods/{row.pk}/sign/{last.pk}/", given)
    assert (signed.status_code, signed.headers.get("Location")) == (302, f"{page}?part=1")


def test_goods_belong_to_an_invoice_and_everybody_reads_the_counts(here: District, worker: User) -> None:
    building, paid = make_building(here, "10号楼"), make_expenditure(make_commitment(make_fund(here.street)))
    street = make_user(Role.STREET_OFFICER, here.street)
    invoice = make_voucher(paid)
    form = {"place": here.community.pk, "item": "花盆", "bought": "10", "measure": "个", "per_household": "1",
            "buildings": [str(building.pk)], "voucher": str(invoice.pk)}  # fmt: skip
    client = client_of(street)
    assert str(invoice) in client.get("/desk/activities/goods/new/").content.decode()
    page = client.post("/desk/activities/goods/new/", form)["Location"]
    client.post(f"{page}{building.pk}/sheet/", {"lines": "1 张三", "day": str(timezone.localdate())})
    assert str(invoice) in client.get(page).content.decode()
    public = client_of(None).get("/activities/goods/").content.decode()
    assert ("1 / 10 个" in public, "1 / 4" in public, "张三" in public) == (True, True, False)


def test_lists_and_pages_ask_as_often_for_one_row_as_for_thirty(here: District, worker: User) -> None:
    street = make_date(here.community, starts=timezone.now())
    row = hand_out(here, buildings=[make_building(here, "11号楼", households=1)])
    desk, portal = client_of(worker), client_of(None)
    pages: tuple[tuple[Client, str], ...] = (
        (desk, "/desk/activities/"),
        (desk, f"/desk/activities/{street.activity_id}/"),
        (desk, f"/desk/activities/dates/{street.pk}/"),
        (desk, f"/desk/activities/dates/{street.pk}/door/"),
        (desk, "/desk/activities/goods/"),
        (desk, f"/desk/activities/goods/{row.pk}/"),
        (portal, "/activities/"),
    )

    def counted() -> list[Any]:
        found = []
        for client, address in pages:
            with CaptureQueriesContext(connection) as told:
                assert client.get(address).status_code == 200
            found.append(len(told))
        return found

    services.sign_in(street, attendee=somebody(100), way=SignInWay.LIST, actor=None)
    counted()
    first = counted()
    for number in range(101, 112):
        make_date(here.community, title=f"活动{number}")
        services.sign_in(street, attendee=somebody(number), way=SignInWay.LIST, actor=None)
        hand_out(here, buildings=[make_building(here, f"{number}号楼", households=1)])
    assert counted() == first
    assert Occurrence.objects.get(pk=street.pk).taken == 12
