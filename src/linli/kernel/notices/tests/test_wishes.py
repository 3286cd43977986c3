"""What a person wishes: which way for which kind, quiet hours, another way when one fails."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.gateways import Gateway, message_gateway

from linli.apps.people.models import User
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.notices import choose, deliver_waiting, mine, notify, wish, wishes_of
from linli.kernel.notices.gateways.tokens import forget_tokens
from linli.kernel.notices.models import Delivery, NoticeWish, SwitchedOff

NEWS, DUTY = "playground.errand.news", "playground.errand.duty"
pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    forget_tokens()
    with message_gateway() as running:
        settings.LINLI_MESSAGES = {"wecom": running.ways()["wecom"]}
        yield running


@pytest.fixture
def reader(gateway: Gateway) -> User:
    user = User.objects.create_user("li", name="李四", email="li@example.org")
    SocialAccount.objects.create(user=user, provider="wecom", uid="li")
    return user


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(2027, 3, day, hour, minute))  # noqa: DTZ001  # made aware here


def by(door: str) -> Delivery:
    return Delivery.objects.get(door=door)


@pytest.mark.parametrize(
    ("now", "waits_until"),
    [
        (moment(1, 21, 59), None),
        (moment(1, 22), moment(2, 7)),
        (moment(2, 6, 59), moment(2, 7)),
        (moment(2, 7), None),
    ],
)
def test_it_keeps_messages_in_the_house_in_quiet_hours(
    now: datetime, waits_until: datetime | None, reader: User, mailoutbox: list[Any]
) -> None:
    wish(quiet_from=time(22), quiet_until=time(7), instead="", actor=reader)
    notify([reader], kind=NEWS, text="x", actor=None)
    assert deliver_waiting(at=now) == (2 if waits_until is None else 0)
    assert (by("wecom").not_before, mine(reader).count()) == (waits_until, 1)


def test_it_takes_the_other_way_when_one_falls_silent(
    reader: User, gateway: Gateway, mailoutbox: list[Any], settings: Any
) -> None:
    choose(NEWS, "email", on=False, actor=reader)
    wish(quiet_from=None, quiet_until=None, instead="email", actor=reader)
    gateway.mood = "silent"
    notify([reader], kind=NEWS, text="x", actor=None)
    assert (deliver_waiting(), by("wecom").state, len(mailoutbox)) == (1, "unknown", 1)
    gateway.mood = "friendly"
    assert deliver_waiting(at=timezone.now() + timedelta(hours=1)) == 0


def test_it_takes_the_other_way_when_nobody_listens(reader: User, mailoutbox: list[Any], settings: Any) -> None:
    settings.LINLI_MESSAGES = {"wecom": settings.LINLI_MESSAGES["wecom"] | {"address": "http://127.0.0.1:9"}}
    choose(NEWS, "email", on=False, actor=reader)
    wish(quiet_from=None, quiet_until=None, instead="email", actor=reader)
    notify([reader], kind=NEWS, text="x", actor=None)
    assert (deliver_waiting(), by("wecom").state, len(mailoutbox)) == (1, "failed", 1)


def test_it_takes_the_other_way_once(reader: User, gateway: Gateway, mailoutbox: list[Any]) -> None:
    wish(quiet_from=None, quiet_until=None, instead="email", actor=reader)
    gateway.mood = 60111
    notify([reader], kind=NEWS, text="x", actor=None)
    deliver_waiting()
    deliver_waiting()
    assert (by("wecom").state, by("email").state, len(mailoutbox)) == ("failed", "sent", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quiet_from": time(22), "quiet_until": None, "instead": ""},
        {"quiet_from": time(22), "quiet_until": time(22), "instead": ""},
        {"quiet_from": time(8), "quiet_until": time(23), "instead": ""},
        {"quiet_from": None, "quiet_until": None, "instead": "sms"},
    ],
)
def test_it_refuses_a_wish_it_cannot_keep(wrong: dict[str, Any], reader: User) -> None:
    with pytest.raises(Refusal):
        wish(**wrong, actor=reader)
    assert NoticeWish.objects.count() == 0


def test_a_duty_keeps_one_way(reader: User) -> None:
    choose(DUTY, "email", on=False, actor=reader)
    with pytest.raises(NotAllowed):
        choose(DUTY, "wecom", on=False, actor=reader)
    notify([reader], kind=DUTY, text="x", actor=None)
    assert list(Delivery.objects.values_list("door", flat=True)) == ["wecom"]


def ticked(client: Client, kind: str, ways: list[str]) -> dict[str, list[str]]:
    """The form as the page shows it, with other ticks for one kind."""
    rows = client.get(reverse("ui:notices")).context["form"].rows
    return {name: ways if row[0].kind.name == kind else [one.door.name for one in row] for name, row in rows.items()}


def test_the_page_keeps_choices_and_wishes(reader: User, client: Client) -> None:
    client.force_login(reader)
    sent = ticked(client, NEWS, ["wecom"])
    client.post(reverse("ui:notices_choose"), sent)
    client.post(reverse("ui:notices_wish"), {"quiet_from": "22:00", "quiet_until": "07:00", "instead": "email"})
    kept = wishes_of([reader.pk])[reader.pk]
    assert (kept.quiet_from, kept.quiet_until, kept.instead) == (time(22), time(7), "email")
    notify([reader], kind=NEWS, text="x", actor=None)
    assert list(Delivery.objects.values_list("door", flat=True)) == ["wecom"]


def test_the_page_says_why_a_wish_was_not_kept(reader: User, client: Client) -> None:
    client.force_login(reader)
    page = client.post(reverse("ui:notices_wish"), {"quiet_from": "22:00"}, follow=True)
    assert "免打扰时段请同时填写开始和结束时间，或都不填。" in page.content.decode()
    assert NoticeWish.objects.count() == 0


def test_the_page_changes_nothing_where_a_duty_would_reach_nobody(reader: User, client: Client) -> None:
    client.force_login(reader)
    sent = ticked(client, NEWS, ["wecom"])
    (duty,) = [name for name, ways in ticked(client, DUTY, []).items() if not ways]
    page = client.post(reverse("ui:notices_choose"), sent | {duty: []}, follow=True)
    assert "请至少保留一种接收方式" in page.content.decode()
    assert SwitchedOff.objects.count() == 0
