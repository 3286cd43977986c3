"""Messages by WeCom, DingTalk, Official Account and SMS, spoken with a server that checks what it is told."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from tests.support.gateways import SECRET, Gateway, message_gateway

from linli.apps.people.models import User
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices import choose, deliver_waiting, notify
from linli.kernel.notices.gateways.checking import approved_texts
from linli.kernel.notices.gateways.templates import has_link, read_templates
from linli.kernel.notices.gateways.tokens import forget_tokens
from linli.kernel.notices.models import Delivery, Notice
from linli.site.settings.messages import messages

NEWS, DUTY = "playground.errand.news", "playground.errand.duty"
CLOUDS = ("wecom", "dingtalk", "official")
TEMPLATES = f"""
[kinds."{NEWS}"]
template = "SMS_1"
text = "您有一条${{kind}}（${{day}}），请登录后查看，咨询${{hotline}}。"
variables = {{ kind = "kind", day = "day", hotline = "hotline" }}
"""
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    forget_tokens()


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with message_gateway() as running:
        settings.LINLI_MESSAGES = running.ways()
        yield running


@pytest.fixture
def approved(tmp_path: Path) -> str:
    file = tmp_path / "templates.toml"
    file.write_text(TEMPLATES, encoding="utf-8")
    return str(file)


@pytest.fixture
def reader() -> User:
    return User.objects.create_user("li", name="李四", phone="13800000001")


def linked(user: User, way: str) -> User:
    SocialAccount.objects.create(user=user, provider=way, uid=f"{way}-{user.username}")
    return user


def tell(*people: User, kind: str = NEWS, text: str = "王某的诉求已答复，见 https://linhu.example/1") -> list[Notice]:
    return notify(people, kind=kind, text=text, actor=None)


def states(*doors: str) -> list[str]:
    rows = Delivery.objects.exclude(door="email").order_by("id")
    return list((rows.filter(door__in=doors) if doors else rows).values_list("state", flat=True))


def by_sms(settings: Any, server: Gateway, approved: str, **more: Any) -> None:
    settings.LINLI_MESSAGES = {"sms": server.ways(approved, **more)["sms"]}


@pytest.mark.parametrize("way", CLOUDS)
def test_it_tells_whom_it_reaches_and_nobody_else(way: str, gateway: Gateway, reader: User) -> None:
    stranger = User.objects.create_user("wang", name="王五")
    tell(linked(reader, way), stranger)
    run_waiting()
    (message,) = gateway.taken
    receiver = message["userid_list"] if way == "dingtalk" else message["touser"]
    assert (receiver, states()) == (f"{way}-li", ["sent"])


@pytest.mark.parametrize("way", CLOUDS)
def test_it_says_only_that_there_is_something_to_read(way: str, gateway: Gateway, reader: User) -> None:
    tell(linked(reader, way))
    deliver_waiting()
    said = str(gateway.taken[0])
    assert ("Errand news" in said, "王某" in said, has_link(said.replace("Errand news", ""))) == (True, False, False)


@pytest.mark.parametrize("way", CLOUDS)
def test_it_asks_for_a_token_once_and_again_when_it_is_stale(way: str, gateway: Gateway, reader: User) -> None:
    linked(reader, way)
    tell(reader)
    deliver_waiting()
    tell(reader)
    deliver_waiting()
    assert gateway.tokens == 1
    gateway.tokens = 5
    tell(reader)
    deliver_waiting()
    assert (gateway.tokens, states()) == (6, ["sent", "sent", "sent"])


@pytest.mark.parametrize("way", CLOUDS)
@pytest.mark.parametrize(("mood", "state"), [("busy", "waiting"), (60111, "failed"), (43004, "failed")])
def test_it_tries_a_code_again_or_gives_up(
    way: str, mood: str | int, state: str, gateway: Gateway, reader: User
) -> None:
    gateway.mood = mood
    tell(linked(reader, way))
    deliver_waiting()
    assert (states(), Delivery.objects.get(door=way).attempts) == ([state], 1)


@pytest.mark.parametrize("way", CLOUDS)
def test_it_gives_up_with_a_wrong_secret(way: str, gateway: Gateway, reader: User, settings: Any) -> None:
    settings.LINLI_MESSAGES = {way: gateway.ways()[way] | {"secret": "another"}}
    tell(linked(reader, way))
    deliver_waiting()
    row = Delivery.objects.get(door=way)
    assert (row.state, "another" in row.error, row.error) == ("failed", False, "消息服务拒绝了本站（40001）。")


@pytest.mark.parametrize("way", ["wecom", "official"])
def test_it_repeats_where_repeats_are_known_and_tells_once(way: str, gateway: Gateway, reader: User) -> None:
    gateway.mood = "silent"
    tell(linked(reader, way))
    now = timezone.now()
    deliver_waiting(at=now)
    assert states() == ["waiting"]
    gateway.mood = "friendly"
    deliver_waiting(at=now + timedelta(minutes=2))
    assert (states(), gateway.asked, len(gateway.taken)) == (["sent"], 2, 1)


def test_it_does_not_repeat_when_the_service_would_not_know_it_any_more(gateway: Gateway, reader: User) -> None:
    gateway.mood = "silent"
    tell(linked(reader, "official"))
    now = timezone.now()
    for minutes in (0, 2, 5, 20, 60):
        deliver_waiting(at=now + timedelta(minutes=minutes))
    assert (states(), len(gateway.taken)) == (["unknown"], 1)


def test_it_never_repeats_to_dingtalk_what_may_have_arrived(gateway: Gateway, reader: User) -> None:
    gateway.mood = "silent"
    tell(linked(reader, "dingtalk"))
    deliver_waiting()
    gateway.mood = "friendly"
    deliver_waiting(at=timezone.now() + timedelta(hours=1))
    assert (states(), gateway.asked) == (["unknown"], 1)


def test_one_that_hangs_holds_nobody_else_up(gateway: Gateway, settings: Any, mailoutbox: list[Any]) -> None:
    people = [User.objects.create_user(f"u{n}", name=f"u{n}", email=f"u{n}@example.org") for n in range(5)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    gateway.mood = "silent"
    tell(*(linked(person, "wecom") for person in people))
    begun = timezone.now()
    run_waiting()
    assert timezone.now() - begun < timedelta(seconds=1.6)
    assert (len(mailoutbox), gateway.asked, set(states("wecom"))) == (5, 1, {"waiting"})
    gateway.mood = "friendly"
    deliver_waiting(at=timezone.now() + timedelta(minutes=2))
    assert (len(gateway.taken), set(states("wecom"))) == (5, {"sent"})


def test_it_reads_no_nonsense(gateway: Gateway, reader: User) -> None:
    tell(linked(reader, "dingtalk"))
    deliver_waiting()
    gateway.mood = "nonsense"
    tell(reader)
    deliver_waiting()
    assert states() == ["sent", "unknown"]


def test_it_waits_while_nobody_listens(settings: Any, reader: User, gateway: Gateway) -> None:
    ways = gateway.ways()
    settings.LINLI_MESSAGES = {"wecom": ways["wecom"] | {"address": "http://127.0.0.1:9"}}
    tell(linked(reader, "wecom"))
    deliver_waiting()
    assert (states(), Delivery.objects.get(door="wecom").error) == (["waiting"], "无法连接消息服务。")


@pytest.mark.parametrize("kind", ["aliyun", "signed"])
def test_it_sends_an_approved_text_by_sms(
    kind: str, gateway: Gateway, approved: str, reader: User, settings: Any
) -> None:
    address = gateway.address + ("/sms" if kind == "signed" else "")
    by_sms(settings, gateway, approved, gateway=kind, address=address)
    tell(reader)
    tell(reader, kind=DUTY)
    deliver_waiting()
    (message,) = gateway.taken
    assert (states("sms"), "SMS_1" in str(message), "13800000001" in str(message)) == (["sent"], True, True)
    assert ("王某" in str(message), "http" in str(message["TemplateParam" if kind == "aliyun" else "variables"])) == (
        False, False,
    )  # fmt: skip


def test_it_knows_the_signature_aliyun_documents() -> None:
    from linli.kernel.notices.gateways.aliyun import signature

    given = {
        "AccessKeyId": "testId", "Action": "SendSms", "Format": "XML", "OutId": "123", "PhoneNumbers": "15300000001",
        "RegionId": "cn-hangzhou", "SignName": "阿里云短信测试专用", "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466", "SignatureVersion": "1.0",
        "TemplateCode": "SMS_71390007", "TemplateParam": '{"customer":"test"}', "Timestamp": "2017-07-12T02:42:19Z",
        "Version": "2017-05-25",
    }  # fmt: skip
    assert signature(given, "testSecret", method="GET") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="


@pytest.mark.parametrize(
    ("mood", "state"),
    [
        ("busy", "waiting"),
        ("isv.MOBILE_NUMBER_ILLEGAL", "failed"),
        ("isp.SYSTEM_ERROR", "unknown"),
        ("silent", "unknown"),
    ],
)
def test_it_maps_what_aliyun_answers(
    mood: str, state: str, gateway: Gateway, approved: str, reader: User, settings: Any
) -> None:
    by_sms(settings, gateway, approved)
    gateway.mood = mood
    tell(reader)
    deliver_waiting()
    assert states("sms") == [state]


def test_a_gateway_that_knows_numbers_is_asked_again_and_tells_once(
    gateway: Gateway, approved: str, reader: User, settings: Any
) -> None:
    by_sms(settings, gateway, approved, gateway="signed", address=gateway.address + "/sms")
    gateway.mood = "silent"
    tell(reader)
    deliver_waiting()
    gateway.mood = "friendly"
    deliver_waiting(at=timezone.now() + timedelta(minutes=2))
    assert (states("sms"), gateway.asked, len(gateway.taken)) == (["sent"], 2, 1)


def test_it_sends_so_many_a_day_to_one_person(gateway: Gateway, approved: str, reader: User, settings: Any) -> None:
    by_sms(settings, gateway, approved, a_day=2)
    for _turn in range(3):
        tell(reader)
    deliver_waiting()
    assert (states("sms"), len(gateway.taken)) == (["sent", "sent", "failed"], 2)


def test_it_waits_for_the_hours_of_the_house(gateway: Gateway, approved: str, reader: User, settings: Any) -> None:
    by_sms(settings, gateway, approved, hours=(time(8), time(21)))
    tell(reader)
    night = timezone.make_aware(datetime(2027, 3, 1, 23, 10))  # noqa: DTZ001  # made aware here
    morning = timezone.make_aware(datetime(2027, 3, 2, 8, 0))  # noqa: DTZ001  # made aware here
    counts = [deliver_waiting(at=at) for at in (night, night + timedelta(hours=8), morning)]
    assert (counts, Delivery.objects.get(door="sms").attempts) == ([0, 0, 1], 1)


def test_it_sends_no_sms_to_a_number_only_its_owner_told(
    gateway: Gateway, approved: str, reader: User, settings: Any
) -> None:
    by_sms(settings, gateway, approved)
    User.objects.update(claims_phone=True)
    tell(reader)
    deliver_waiting()
    assert (states("sms"), gateway.taken) == ([], [])


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ('template = "1"\ntext = "见 http://a.cn"', "a short message carries no link"),
        ('template = "1"\ntext = "见${x}"\nvariables = { x = "=www.linhu" }', "a short message carries no link"),
        ('template = "1"\ntext = "见${x}"\nvariables = { x = "=linhu．cn" }', "a short message carries no link"),
        ('template = "1"\ntext = "见${x}"', "different variables"),
        ('template = "1"\ntext = "见${x}"\nvariables = { x = "text" }', "none of kind, day, time, hotline"),
        ('text = "您好"', "it needs template"),
    ],
)
def test_it_refuses_a_file_of_texts_that_cannot_be_used(entry: str, why: str, tmp_path: Path, settings: Any) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(f'[kinds."{NEWS}"]\n{entry}\n', encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=why):
        read_templates(str(file))
    settings.LINLI_MESSAGES = {"sms": {"templates": str(file)}}
    assert [error.id for error in approved_texts(None)] == ["linli.E002"]


def test_it_refuses_at_the_start_a_kind_nobody_declares(tmp_path: Path, settings: Any) -> None:
    file = tmp_path / "other.toml"
    file.write_text('[kinds."no.such.kind"]\ntemplate = "1"\ntext = "您好"\n', encoding="utf-8")
    settings.LINLI_MESSAGES = {"sms": {"templates": str(file)}}
    assert [error.msg for error in approved_texts(None)] == [
        "LINLI_SMS_TEMPLATES: there is no kind of message 'no.such.kind'"
    ]


def test_it_reads_the_ways_of_a_house_from_its_environment() -> None:
    whole = {"LINLI_WECOM_CORP": "ww1", "LINLI_WECOM_AGENT": "7", "LINLI_WECOM_SECRET": SECRET}
    found = messages(whole, loopback=False)
    assert (sorted(found), found["wecom"]["address"]) == (["wecom"], "https://qyapi.weixin.qq.com")
    for wrong in (
        whole | {"LINLI_WECOM_SECRET": ""},
        whole | {"LINLI_WECOM_AGENT": "x"},
        whole | {"LINLI_WECOM_ADDRESS": "http://qyapi.example"},
        {"LINLI_SMS_GATEWAY": "carrier pigeon"},
        {"LINLI_SMS_GATEWAY": "aliyun"},
    ):
        with pytest.raises(ImproperlyConfigured):
            messages(wrong, loopback=False)


def test_a_person_switches_one_way_off(gateway: Gateway, reader: User) -> None:
    linked(reader, "wecom")
    linked(reader, "dingtalk")
    choose(NEWS, "dingtalk", on=False, actor=reader)
    tell(reader)
    assert states("wecom", "dingtalk") == ["waiting"]
