"""Telling: in the house at once, by e-mail through a door, never twice."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from tests.playground.post import MailServer, mail_server

from linli.apps.people.models import User
from linli.kernel import audit
from linli.kernel.errors import Conflict, NotAllowed
from linli.kernel.jobs import Job
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices import (
    choices_of,
    choose,
    deliver_waiting,
    mark_all_read,
    mark_read,
    mine,
    notify,
    send_again,
    sweep,
    unread_count,
)
from linli.kernel.notices.models import Delivery, Notice
from linli.kernel.refs import new_key

NEWS, DUTY = "playground.errand.news", "playground.errand.duty"
DUMMY = "django.core.mail.backends.dummy.EmailBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return User.objects.create_user("li", name="李四", email="li@example.org")


@pytest.fixture
def post(settings: Any) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def tell(*people: User, kind: str = NEWS, **options: Any) -> list[Notice]:
    return notify(people, kind=kind, text="名片已签发", actor=None, **options)


def states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def test_it_stands_in_the_house_with_no_door_set_up(reader: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = DUMMY
    tell(reader)
    assert [notice.text for notice in mine(reader)] == ["名片已签发"]
    assert (states(), Job.objects.count()) == (["off"], 0)


def test_it_goes_out_by_mail_after_the_commit(reader: User, post: MailServer) -> None:
    with transaction.atomic():
        tell(reader)
        assert post.taken == []
    assert run_waiting() == 1
    assert len(post.taken) == 1
    assert ("To: li@example.org" in post.taken[0], states()) == (True, ["sent"])
    assert Delivery.objects.get().sent_at is not None


def test_it_tells_nobody_when_the_verb_is_rolled_back(reader: User, post: MailServer) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(reader)
        raise RuntimeError
    assert (run_waiting(), Notice.objects.count(), post.taken) == (0, 0, [])


def test_it_tells_the_same_thing_once(reader: User, mailoutbox: list[Any]) -> None:
    assert [len(tell(reader, reader, dedupe="errand 1")) for _ in range(3)] == [1, 0, 0]
    assert len(tell(reader, dedupe="errand 2")) == 1
    for _ in range(3):
        deliver_waiting()
    assert (Notice.objects.count(), len(mailoutbox)) == (2, 2)


def test_it_does_not_tell_the_actor_of_his_own_deed(reader: User) -> None:
    assert notify([reader], kind=NEWS, text="x", actor=reader) == []


def test_it_speaks_the_language_of_the_house(reader: User) -> None:
    (notice,) = notify([reader], kind=NEWS, text=gettext_lazy("Simplified Chinese"), actor=None)
    assert notice.text == "简体中文"


def test_it_refuses_an_undeclared_kind(reader: User) -> None:
    with pytest.raises(ImproperlyConfigured):
        tell(reader, kind="playground.errand.rumour")


def test_it_gives_up_where_there_is_no_address(post: MailServer) -> None:
    tell(User.objects.create_user("wang", name="王五"))
    deliver_waiting()
    assert (states(), post.taken) == (["failed"], [])


def test_it_tries_a_busy_server_again_with_longer_pauses_and_then_gives_up(reader: User, post: MailServer) -> None:
    post.mood = "busy"
    tell(reader)
    now = timezone.now()
    assert deliver_waiting(at=now) == 0
    assert states() == ["waiting"]
    deliver_waiting(at=now + timedelta(seconds=59))
    assert Delivery.objects.get().attempts == 1
    for minutes in (1, 3, 7, 15):
        deliver_waiting(at=now + timedelta(minutes=minutes))
    assert (states(), Delivery.objects.get().attempts, post.taken) == (["failed"], 5, [])


def test_it_sends_once_the_server_is_back(reader: User, post: MailServer) -> None:
    post.mood = "busy"
    tell(reader)
    now = timezone.now()
    deliver_waiting(at=now)
    post.mood = "friendly"
    assert deliver_waiting(at=now + timedelta(minutes=2)) == 1
    assert (states(), len(post.taken)) == (["sent"], 1)


def test_it_tries_again_when_no_server_answers(reader: User, settings: Any) -> None:
    with mail_server() as gone:
        port = gone.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    tell(reader)
    deliver_waiting()
    assert states() == ["waiting"]


def test_it_does_not_try_again_what_was_refused_for_good(reader: User, post: MailServer) -> None:
    post.mood = "refuses"
    tell(reader)
    deliver_waiting()
    assert (states(), Delivery.objects.get().attempts) == (["failed"], 1)


def test_it_does_not_send_again_by_itself_what_may_have_arrived(reader: User, post: MailServer) -> None:
    post.mood = "hangs up"
    tell(reader)
    deliver_waiting()
    post.mood = "friendly"
    deliver_waiting(at=timezone.now() + timedelta(days=1))
    assert (states(), len(post.taken)) == (["unknown"], 1)


def test_it_sends_again_when_a_person_says_so(reader: User, post: MailServer) -> None:
    post.mood = "hangs up"
    tell(reader)
    deliver_waiting()
    post.mood = "friendly"
    send_again(Delivery.objects.get().pk, actor=reader)
    run_waiting()
    assert (states(), len(post.taken)) == (["sent"], 2)
    with pytest.raises(Conflict):
        send_again(Delivery.objects.get().pk, actor=reader)
    assert "notices.delivery.send_again" in [action.name for action in audit.actions()]


def test_it_lets_people_switch_off_what_is_no_duty(reader: User, mailoutbox: list[Any]) -> None:
    choose(NEWS, "email", on=False, actor=reader)
    with pytest.raises(NotAllowed):
        choose(DUTY, "email", on=False, actor=reader)
    tell(reader)
    tell(reader, kind=DUTY)
    deliver_waiting()
    assert (unread_count(reader), len(mailoutbox)) == (2, 1)
    shown = {choice.kind.name: (choice.on, choice.free) for choice in choices_of(reader)}
    assert (shown[NEWS], shown[DUTY]) == ((False, True), (True, False))
    choose(NEWS, "email", on=True, actor=reader)
    tell(reader)
    assert Delivery.objects.count() == 2


def test_it_counts_the_unread_in_one_query(reader: User, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        tell(reader)
    with django_assert_num_queries(1):
        assert unread_count(reader) == 3
    mark_read(mine(reader)[0].pk, actor=reader)
    assert (unread_count(reader), mark_all_read(actor=reader), unread_count(reader)) == (2, 2, 0)


def test_it_lets_nobody_read_or_mark_anothers(reader: User) -> None:
    (notice,) = tell(reader)
    other = User.objects.create_user("wang", name="王五")
    assert (mark_read(notice.pk, actor=other), list(mine(other)), unread_count(reader)) == (None, [], 1)


def test_it_tells_many_with_a_literal_number_of_queries(django_assert_num_queries: Any) -> None:
    people: list[UUID] = [new_key() for _ in range(50)]
    with django_assert_num_queries(7):
        assert len(notify(people, kind=NEWS, text="x", actor=None)) == 50


WORKER = """
import sys
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
from linli.kernel.notices import deliver_waiting
print(deliver_waiting())
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_sends_each_once_with_two_workers(race: Callable[..., list[str]], post: MailServer) -> None:
    people = [User.objects.create_user(f"u{n}", name=f"u{n}", email=f"u{n}@example.org") for n in range(30)]
    tell(*people)
    sent = list(map(int, race(WORKER, [(str(post.port),), (str(post.port),)])))
    addresses = sorted(line for text in post.taken for line in text.splitlines() if line.startswith("To: "))
    assert (sum(sent), addresses) == (30, sorted(f"To: {person.email}" for person in people))
    assert set(states()) == {"sent"}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_sends_nothing_twice_when_a_worker_is_killed(
    start_child: Any, run_python: Any, reader: User, post: MailServer
) -> None:
    post.mood = "silent"
    tell(reader)
    tell(reader)
    child = start_child(WORKER, str(post.port))
    assert post.heard.wait(60)
    child.kill()
    child.wait()
    post.mood = "friendly"
    assert run_python(WORKER, str(post.port)).stdout == "1\n"
    assert sorted(states()) == ["sending", "sent"]
    assert (sweep(), sweep(at=timezone.now() + timedelta(minutes=11))) == (0, 1)
    assert run_python(WORKER, str(post.port)).stdout == "0\n"
    assert (sorted(states()), len(post.taken)) == (["sent", "unknown"], 2)
