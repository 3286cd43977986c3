"""The desk's search, my messages, the outbox, and a masked value shown in full."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.notices import choices_of, mine, notify, unread_count
from linli.kernel.notices.models import Delivery
from linli.kernel.refs import new_key
from linli.kernel.scope import Role
from linli.kernel.search import index_many
from tests.playground.models import Contact, Leaflet

pytestmark = pytest.mark.django_db
NEWS, DUTY = "playground.errand.news", "playground.errand.duty"
DUMMY = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def worker() -> User:
    return make_user()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def reveal_address(contact: Contact, column: str = "phone", kind: str = "playground.contact") -> str:
    return reverse("ui:reveal", args=[kind, contact.pk, column])


def test_it_finds_and_pages_and_leads_on(worker: User) -> None:
    index_many([Leaflet.objects.create(id=UUID(int=n + 1), title=f"议事厅{n:02d}号") for n in range(25)])
    page = words(signed_in(worker).get(reverse("ui:search"), {"q": "议事厅"}))
    assert [f"议事厅{n:02d}号" in page for n in (24, 5, 4)] == [True, True, False]
    assert 'href="/desk/search/?q=%E8%AE%AE%E4%BA%8B%E5%8E%85&amp;skip=20"' in page
    rest = words(signed_in(worker).get(reverse("ui:search"), {"q": "议事厅", "skip": "20"}))
    assert [f"议事厅{n:02d}号" in rest for n in (5, 4, 0)] == [False, True, True]


@pytest.mark.parametrize("query", ["", "没有这个词", "<script>alert(1)</script>", "\x00", "a" * 100_000])
def test_it_says_what_to_do_where_nothing_is_found(worker: User, query: str) -> None:
    page = words(signed_in(worker).get(reverse("ui:search"), {"q": query}))
    assert ("empty-state" in page, "<script>alert" in page) == (True, False)


@pytest.mark.parametrize("skip", ["-1", "x", "²", "99999999999"])
def test_it_leaves_out_an_odd_place_to_begin(worker: User, skip: str) -> None:
    index_many([Leaflet.objects.create(title="议事厅")])
    assert "<li>议事厅</li>" in words(signed_in(worker).get(reverse("ui:search"), {"q": "议事厅", "skip": skip}))


def test_it_asks_a_literal_number_of_queries_with_one_and_with_twenty_results(
    worker: User, django_assert_num_queries: Any
) -> None:
    client = signed_in(worker)
    for count in (1, 20):
        index_many([Leaflet.objects.create(title=f"议事厅{n}") for n in range(count)])
        client.get(reverse("ui:search"), {"q": "议事厅"})
        with django_assert_num_queries(8):  # three of them: which complaints are hidden from whom they are about
            client.get(reverse("ui:search"), {"q": "议事厅"})


def test_it_shows_my_messages_and_marks_them_read(worker: User) -> None:
    notify([worker], kind=NEWS, text="名片已签发", actor=None)
    notify([make_user()], kind=NEWS, text="别人的消息", actor=None)
    client = signed_in(worker)
    page = words(client.get(reverse("ui:notices")))
    assert ("名片已签发" in page, "别人的消息" in page, "未读 1 条" in page) == (True, False, True)
    assert client.post(reverse("ui:notice_open", args=[mine(worker)[0].pk])).status_code == 302
    assert unread_count(worker) == 0
    notify([worker], kind=NEWS, text="再一条", actor=None)
    client.post(reverse("ui:notices_read"))
    assert unread_count(worker) == 0


def test_it_does_not_open_anothers_message(worker: User) -> None:
    (notice,) = notify([make_user()], kind=NEWS, text="别人的消息", actor=None)
    assert signed_in(worker).post(reverse("ui:notice_open", args=[notice.pk])).status_code == 404


def test_it_keeps_what_i_want_by_mail_and_offers_no_duty(worker: User) -> None:
    client = signed_in(worker)
    page = words(client.get(reverse("ui:notices")))
    assert ("Errand news(电子邮件)" in page, "Errand duty(电子邮件)" in page) == (True, False)
    client.post(reverse("ui:notices_choose"), {})
    assert {choice.kind.name: choice.on for choice in choices_of(worker)}[NEWS] is False
    number = [choice.kind.name for choice in choices_of(worker) if choice.free].index(NEWS)
    client.post(reverse("ui:notices_choose"), {f"choice{number}": "on"})
    assert {choice.kind.name: choice.on for choice in choices_of(worker)}[NEWS] is True


def test_it_shows_the_outbox_to_the_system_administrator_with_texts_of_demo_accounts_only(
    worker: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = DUMMY
    demo = make_user()
    User.objects.filter(pk=demo.pk).update(is_demo=True)
    notify([worker], kind=NEWS, text="真实内容", actor=None)
    notify([demo], kind=NEWS, text="演示内容", actor=None)
    keeper = make_user(Role.SYSTEM_ADMINISTRATOR, make_district().district)
    page = words(signed_in(keeper).get(reverse("ui:outbox")))
    assert ("演示内容" in page, "真实内容" in page) == (True, False)
    assert (worker.name in page, "尚未配置" in page) == (True, True)
    assert signed_in(worker).get(reverse("ui:outbox")).status_code == 403


def test_it_lets_the_system_administrator_send_again(worker: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = DUMMY
    notify([worker], kind=NEWS, text="内容", actor=None)
    address = reverse("ui:outbox_again", args=[Delivery.objects.get().pk])
    assert signed_in(worker).post(address).status_code == 403
    keeper = make_user(Role.SYSTEM_ADMINISTRATOR, make_district().district)
    assert signed_in(keeper).post(address).status_code == 302
    assert Delivery.objects.get().state == "waiting"


def test_it_asks_why_and_shows_the_value_once(worker: User) -> None:
    contact = Contact.objects.create(phone="13812341234", name="张三", remark="槐荫")
    client = signed_in(worker)
    page = words(client.get(reveal_address(contact)))
    assert ("138****1234" in page, "13812341234" in page) == (True, False)
    answer = client.post(reveal_address(contact), {"reason": "回访居民"})
    assert ("13812341234" in words(answer), "no-store" in answer["Cache-Control"]) == (True, True)
    assert list(AuditRow.objects.filter(ref_id=contact.pk).values_list("action", "actor_id")) == [
        ("privacy.value.reveal", worker.pk)
    ]
    assert "13812341234" not in words(client.get(reveal_address(contact)))


@pytest.mark.parametrize("reason", ["", "看", "x" * 300])
def test_it_shows_nothing_without_a_reason(worker: User, reason: str) -> None:
    contact = Contact.objects.create(phone="13812341234", remark="槐荫")
    page = words(signed_in(worker).post(reveal_address(contact), {"reason": reason}))
    assert ("13812341234" in page, "error" in page) == (False, True)


def test_it_shows_nothing_the_column_does_not_allow(worker: User) -> None:
    contact = Contact.objects.create(name="张三丰", remark="槐荫")
    answer = signed_in(worker).post(reveal_address(contact, "name"), {"reason": "回访居民"})
    assert (answer.status_code, "张三丰" in answer.content.decode()) == (403, False)


@pytest.mark.parametrize(
    ("column", "kind"), [("remark", "playground.contact"), ("nothing", "playground.contact"), ("phone", "no.kind")]
)
def test_it_knows_only_sealed_columns(worker: User, column: str, kind: str) -> None:
    contact = Contact.objects.create(phone="13812341234", remark="槐荫")
    assert signed_in(worker).get(reveal_address(contact, column, kind)).status_code == 404


def test_it_knows_no_value_of_a_record_that_is_not_there(worker: User) -> None:
    assert signed_in(worker).get(reveal_address(Contact(id=new_key()))).status_code == 404


@pytest.mark.parametrize("route", ["ui:search", "ui:notices", "ui:outbox"])
def test_it_sends_a_stranger_to_sign_in(route: str) -> None:
    answer = Client().get(reverse(route))
    assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True)
