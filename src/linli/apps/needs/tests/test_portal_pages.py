"""Residents report and follow: one page, no account, nothing lost, nothing told that is not theirs to see."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.needs import services
from linli.apps.needs.models import Alarm, Channel, Contact, ElsewhereCount, Need
from linli.apps.needs.tests.factories import make_category, receive_need
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.files import StoredFile
from linli.kernel.files.models import Photo
from linli.kernel.files.tests.samples import photo, spoken, upload
from linli.kernel.notices.models import Delivery, Notice
from linli.kernel.scope import Role
from linli.kernel.slips import tidy

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.pages]
LAMP = "2号楼门口的路灯不亮，晚上看不见台阶"


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community, password=None)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, password=None)


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "zh-CN"})


def form_of(here: District, **given: Any) -> dict[str, Any]:
    return {"matter": LAMP, "place": str(here.community.pk), **given}


def files_of(count: int) -> list[Any]:
    return [upload(photo(size=(40 + 2 * number, 20)), f"{number}.jpg") for number in range(count)]


def test_it_takes_a_need_and_says_what_happens(here: District, worker: User, browser: Client) -> None:
    given = form_of(here, phone="13800010001", name="何素芬", by_phone="on", spot="2号楼东侧", photos=files_of(2))
    answer = browser.post("/needs/report/", given, follow=True)
    need = Need.objects.get()
    assert (need.place, need.channel, need.matter, need.spot, need.call_back) == (
        here.community, Channel.PORTAL, LAMP, "2号楼东侧", True,
    )  # fmt: skip
    assert Photo.objects.filter(owner_id=need.pk).count() == 2
    page = answer.content.decode()
    code = re.search(r"receipt-code figures\">([2-9A-Z]{4}-[2-9A-Z]{4})<", page)
    assert code is not None
    assert all(word in page for word in (need.number, str(here.community), "已收到"))
    assert services.by_code(code.group(1)) == need
    followed = browser.get(f"/needs/f/{tidy(code.group(1))}/").content.decode()
    assert need.number in followed
    assert [word for word in (LAMP, "路灯", "13800010001", "10001", "何素芬", "2号楼") if word in followed] == []


def test_a_second_press_is_one_need(here: District, worker: User, browser: Client) -> None:
    given = form_of(here, _once="kept-once-1")
    first, second = browser.post("/needs/report/", given), browser.post("/needs/report/", given)
    assert first["Location"] == second["Location"]
    assert Need.objects.count() == 1


def test_it_takes_a_voice_of_a_minute(here: District, browser: Client) -> None:
    given = form_of(here, matter="", voice=upload(spoken(60), "voice.webm"))
    assert browser.post("/needs/report/", given).status_code == 302
    need = Need.objects.get()
    assert need.matter == "语音留言（请先听录音，再把要点写成文字）"
    assert StoredFile.objects.get(owner_id=need.pk).content_type == "audio/webm"


def test_who_goes_back_and_sends_the_same_again_is_led_to_what_he_sent(here: District, browser: Client) -> None:
    given = form_of(here, spot="2号楼东侧")
    first, second = (browser.post("/needs/report/", given, follow=True) for _time in range(2))
    assert (Need.objects.count(), first.redirect_chain) == (1, second.redirect_chain)
    assert "这件事您刚才已经反映过" in second.content.decode()
    browser.post("/needs/report/", {**given, "matter": f"{LAMP}，三天了"})
    Client().post("/needs/report/", given)  # a neighbour's own
    assert Need.objects.count() == 3


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"matter": " "}, "请写几个字，或者录一段话。"),
        ({"matter": "灯" * 5001}, "最多5000个字，现在有5001个。请只留最要紧的。"),
        ({"place": ""}, "请选择"),
        ({"phone": "abc"}, "这不是电话号码。"),
        ({"by_phone": "on"}, "请留下电话，我们好打给您。"),
        ({"photos": 20}, "您选了20张照片，一次最多9张。请挑最清楚的几张。"),
        ({"voice": 90}, "录音长90秒，最长60秒。请录短一些。"),
        ({"voice": -1}, "这里不接收这种文件"),
    ],
)
def test_it_refuses_with_a_sentence_and_keeps_nothing(
    here: District, browser: Client, given: dict[str, Any], sentence: str
) -> None:
    sent = dict(given)
    if "photos" in sent:
        sent["photos"] = files_of(sent["photos"])
    if "voice" in sent:
        sent["voice"] = upload(spoken(sent["voice"]) if sent["voice"] > 0 else b"\x7fELF" + bytes(99), "voice.bin")
    answer = browser.post("/needs/report/", form_of(here, **sent))
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert (Need.objects.count(), StoredFile.objects.count(), Photo.objects.count()) == (0, 0, 0)


def test_it_takes_rare_characters_and_script_as_words(here: District, browser: Client) -> None:
    words = "𠮷野家门口😀<script>alert(1)</script>㐂"
    browser.post("/needs/report/", form_of(here, matter=words))
    assert Need.objects.get().matter == words


def test_it_brings_a_need_to_the_community_its_words_name(here: District, browser: Client) -> None:
    other = here.neighbour_community
    browser.post("/needs/report/", form_of(here, spot=f"{other}门口"))
    assert (Need.objects.get().place, Need.objects.get().street) == (other, other.street)


def test_it_puts_danger_first_and_tells_whoever_works_there(here: District, worker: User, browser: Client) -> None:
    assert "tel:119" in browser.post("/needs/report/words/", {"matter": "楼道着火了"}).content.decode()
    answer = browser.post("/needs/report/", form_of(here, matter="3号楼楼道着火了"), follow=True)
    page = answer.content.decode()
    assert page.index("tel:119") < page.index("receipt-code")
    alarm = Alarm.objects.get()
    assert (alarm.kinds, alarm.told) == ("fire", Notice.objects.filter(kind="needs.alarm.raise").count())
    told = Notice.objects.get(kind="needs.alarm.raise", recipient=worker.pk)
    assert (told.recipient, [one.door for one in Delivery.objects.filter(notice=told)]) == (worker.pk, ["email"])


def test_it_counts_what_belongs_elsewhere_and_keeps_not_a_word(here: District, browser: Client) -> None:
    words = "我要举报书记贪污公款"
    page = browser.post("/needs/report/", form_of(here, matter=words, _once="kept-once-2"))
    assert (page.status_code, "12388" in page.content.decode(), Need.objects.count()) == (200, True, 0)
    row = ElsewhereCount.objects.get()
    assert (row.kind, row.count, row.street, row.day) == ("discipline", 1, here.street, timezone.localdate())
    browser.post("/needs/report/", form_of(here, matter=words, ours="on"))
    assert Need.objects.get().matter == words


def test_it_asks_whether_it_was_solved_and_opens_it_again(here: District, officer: User, browser: Client) -> None:
    received = receive_need(here.community, actor=officer)
    need, address = received.need, f"/needs/f/{received.code}/"
    said = {"solved": "0", "satisfied": "dissatisfied", "reasons": "灯还是不亮"}
    assert browser.post(address, said).status_code == 422
    services.analyse(need, category=make_category(), route="forward", by_rules=False, actor=officer)
    services.dispatch(need, unit=here.community, actor=officer)
    services.record_contact(need, way="phone", reached=True, actor=officer)
    services.answer(need, text="已换上新灯泡。", outcome="solved", ways=["online"], actor=officer)
    page = browser.get(address).content.decode()
    assert all(word in page for word in ("已换上新灯泡。", "解决了吗", "满意吗"))
    assert browser.post(address, said).status_code == 302
    need.refresh_from_db()
    assert (need.state, need.reopened, need.verdicts.get().reasons) == ("handling", 1, "灯还是不亮")
    from_another_tab = browser.post(address, {"solved": "1", "satisfied": "satisfied"})
    assert (from_another_tab.status_code, "打开的页面已经过时" in from_another_tab.content.decode()) == (422, True)
    assert need.verdicts.count() == 1


def test_it_opens_by_number_and_telephone_five_times_a_day(here: District, browser: Client) -> None:
    received = receive_need(here.community)
    for digits in ("9999", "9998", "9997", "9996"):
        wrong = browser.post("/needs/follow/", {"number": received.need.number, "digits": digits})
        assert wrong.status_code == 422
    right = browser.post("/needs/follow/", {"number": received.need.number, "digits": "0001"}, follow=True)
    assert received.need.number in right.content.decode()
    sixth = browser.post("/needs/follow/", {"number": received.need.number, "digits": "0001"})
    assert (sixth.status_code, "今天这个编号已试过五次" in sixth.content.decode()) == (422, True)


def test_it_tells_nothing_by_a_code_that_is_made_up(here: District, browser: Client) -> None:
    assert browser.get("/needs/f/ABCDEFGH/").status_code == 404
    assert browser.get("/needs/look/1.x.y/").status_code == 302
    token = services.pass_for(receive_need(here.community).need)
    assert browser.get(f"/needs/look/{token}/").status_code == 200


def test_a_complaint_about_the_office_goes_above_it(here: District, worker: User, browser: Client) -> None:
    about = f"places.place:{here.community.pk}"
    browser.post("/needs/report/", form_of(here, matter="居委会办事推诿", about=about))
    need = Need.objects.get()
    assert (need.walled_place, str(need.assignments.get().unit)) == (here.community, str(here.street))


def test_a_suggestion_is_a_need_of_its_own_channel(here: District, browser: Client) -> None:
    assert "提建议" in browser.get("/needs/report/?kind=suggestion").content.decode()
    browser.post("/needs/report/", form_of(here, matter="建议在门口加一张长椅", kind="suggestion"))
    assert Need.objects.get().channel == Channel.SUGGESTION
    assert Contact.objects.count() == 0


def test_words_begun_on_the_front_page_are_kept(here: District, browser: Client) -> None:
    page = browser.post("/needs/report/", {"say": "楼上漏水"})
    assert (page.status_code, "楼上漏水" in page.content.decode(), Need.objects.count()) == (200, True, 0)
