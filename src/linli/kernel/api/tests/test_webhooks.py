"""Webhooks: told after the fact, signed, repeated with pauses, under one event id."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from linli.kernel import events
from linli.kernel.api.jobs import send, tell_webhooks
from linli.kernel.api.models import WebhookDelivery, WebhookEndpoint
from linli.kernel.api.tests.listener import Listener, listening
from linli.kernel.api.tests.test_tokens import Administrator, Plain
from linli.kernel.api.tokens import issue, revoke
from linli.kernel.api.webhooks import posting
from linli.kernel.api.webhooks.addresses import Target
from linli.kernel.api.webhooks.attempts import MOST_ATTEMPTS, NotDelivered
from linli.kernel.api.webhooks.endpoints import Added, add, resend, secret_of, switch, visible_to
from linli.kernel.api.webhooks.signing import is_genuine
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import Event
from linli.kernel.jobs import Job
from linli.kernel.jobs.models import State
from linli.kernel.jobs.worker import run_waiting

pytestmark = pytest.mark.django_db
STATES = WebhookDelivery.State


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.LINLI_WEBHOOKS_TO_PRIVATE = True
    with listening() as found:
        yield found


@pytest.fixture
def added(listener: Listener, owner: Any) -> Added:
    return add(
        name="指挥中心", url=listener.url, actions=["api.token.revoke"], owner=owner, actor=Administrator()
    )  # fmt: skip


def happen(owner: Any) -> Any:
    """Something the owner may see: a token of his is revoked."""
    token = issue(name="x", owner=owner, scopes=["groups:read"], actor=owner).token
    revoke(token, actor=owner)
    return token


def waiting_jobs() -> int:
    """Jobs of deliveries that wait, made due."""
    return Job.objects.filter(state=State.WAITING, task__endswith=".send").update(run_after=None)


def test_it_tells_what_happened_to_which_record_and_nothing_of_its_content(
    added: Added, listener: Listener, owner: Any, small_site: None
) -> None:
    token = happen(owner)
    run_waiting()
    (path, headers, body) = listener.heard[0]
    told = json.loads(body)
    delivery = WebhookDelivery.objects.get()
    assert len(listener.heard) == 1
    assert path == "/hook?for=linli"
    assert (told["action"], told["record"]) == ("api.token.revoke", {"kind": "api.token", "id": str(token.pk)})
    assert sorted(told) == ["action", "at", "id", "record"]
    assert headers["Linli-Event"] == told["id"] == str(delivery.event)
    assert (delivery.state, delivery.attempts, delivery.last_status) == (STATES.DELIVERED, 1, 204)


def test_it_signs_time_and_body_with_the_endpoints_secret(
    added: Added, listener: Listener, owner: Any, small_site: None
) -> None:
    happen(owner)
    run_waiting()
    _, headers, body = listener.heard[0]
    header, now = headers["Linli-Signature"], timezone.now()
    tries = [
        is_genuine(header, added.secret, body, at=now),
        is_genuine(header, added.secret, body + b" ", at=now),
        is_genuine(header, "whsec_other", body, at=now),
        is_genuine(header, added.secret, body, at=now + timedelta(minutes=6)),
        is_genuine("", added.secret, body, at=now),
    ]
    assert tries == [True, False, False, False, False]


def test_it_keeps_the_secret_sealed(added: Added) -> None:
    assert added.secret not in str(WebhookEndpoint.objects.values().get())
    assert secret_of(added.endpoint) == added.secret


def test_it_sends_nothing_of_a_verb_that_was_rolled_back(
    added: Added, listener: Listener, owner: Any, small_site: None
) -> None:
    token = issue(name="x", owner=owner, scopes=["groups:read"], actor=owner).token
    with transaction.atomic():
        revoke(token, actor=owner)
        transaction.set_rollback(True)
    run_waiting()
    assert (listener.heard, WebhookDelivery.objects.count()) == ([], 0)


def test_it_tries_again_under_the_same_event_id_until_it_is_answered(
    added: Added, listener: Listener, owner: Any, small_site: None
) -> None:
    listener.statuses = [500, 302, 204]
    happen(owner)
    for _ in range(3):
        run_waiting()
        waiting_jobs()
    delivery = WebhookDelivery.objects.get()
    assert [headers["Linli-Event"] for _, headers, _ in listener.heard] == [str(delivery.event)] * 3
    assert (delivery.state, delivery.attempts) == (STATES.DELIVERED, 3)
    assert WebhookEndpoint.objects.get().failures == 0


def test_it_pauses_before_it_tries_again(added: Added, listener: Listener, owner: Any, small_site: None) -> None:
    listener.statuses = [500]
    happen(owner)
    run_waiting()
    pause = Job.objects.get(task__endswith=".send").run_after - timezone.now()
    assert timedelta(seconds=5) < pause < timedelta(seconds=15)


def test_it_gives_up_after_eight_attempts_and_counts_the_failures(
    added: Added, listener: Listener, owner: Any, small_site: None
) -> None:
    listener.statuses = [503]
    happen(owner)
    run_waiting()
    while waiting_jobs():
        run_waiting()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.last_status) == (STATES.FAILED, MOST_ATTEMPTS, 503)
    assert WebhookEndpoint.objects.get().failures == MOST_ATTEMPTS == len(listener.heard)


def test_it_follows_no_redirect(added: Added, listener: Listener, owner: Any, small_site: None) -> None:
    listener.statuses = [307]
    happen(owner)
    run_waiting()
    assert [path for path, _, _ in listener.heard] == ["/hook?for=linli"]


def test_it_notes_a_listener_that_is_not_there(added: Added, owner: Any, small_site: None) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        WebhookEndpoint.objects.update(url=f"http://127.0.0.1:{free.getsockname()[1]}/")
        happen(owner)
        run_waiting()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.last_status, delivery.last_error) == (None, "ConnectionRefusedError")


def test_it_hangs_up_on_a_listener_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        target = Target("127.0.0.1", "127.0.0.1", mute.getsockname()[1], False, "/")
        with pytest.raises(posting.Unanswered):
            posting.post(target, b"{}", {})


def test_it_checks_the_address_again_when_it_sends(
    added: Added, listener: Listener, owner: Any, small_site: None, settings: Any
) -> None:
    settings.LINLI_WEBHOOKS_TO_PRIVATE = False
    happen(owner)
    run_waiting()
    assert listener.heard == []
    assert WebhookDelivery.objects.get().last_error == "only https without a user name"


def test_it_tells_only_of_records_the_owner_may_see(added: Added, listener: Listener, small_site: None) -> None:
    from django.contrib.auth import get_user_model

    happen(get_user_model().objects.create(username="zhou", name="周南"))
    run_waiting()
    assert listener.heard == []


def test_it_tells_only_of_the_actions_asked_for(added: Added, listener: Listener, owner: Any, small_site: None) -> None:
    issue(name="x", owner=owner, scopes=["groups:read"], actor=owner)
    run_waiting()
    assert listener.heard == []


def test_it_makes_one_delivery_of_an_event_heard_twice(added: Added, owner: Any, small_site: None) -> None:
    token = happen(owner)
    event = Event(uuid4(), "api.token.revoke", events_ref(token), owner.pk, "2026-11-22T00:00:00+00:00", {})
    tell_webhooks(event)
    tell_webhooks(event)
    assert WebhookDelivery.objects.filter(event=event.row).count() == 1


def events_ref(record: Any) -> Any:
    from linli.kernel.refs import ref_of

    return ref_of(record)


def test_it_sends_no_settled_delivery_again_by_itself(
    added: Added, listener: Listener, owner: Any, small_site: None
) -> None:
    happen(owner)
    run_waiting()
    send.call(str(WebhookDelivery.objects.get().pk))
    assert len(listener.heard) == 1


def test_it_sends_again_when_asked(added: Added, listener: Listener, owner: Any, small_site: None) -> None:
    happen(owner)
    run_waiting()
    resend(WebhookDelivery.objects.get(), actor=Administrator())
    run_waiting()
    assert len({body for _, _, body in listener.heard}) == 1
    assert len(listener.heard) == 2


def test_it_refuses_to_send_again_what_still_waits(added: Added, owner: Any, small_site: None) -> None:
    happen(owner)
    run_waiting(limit=1)
    delivery = WebhookDelivery.objects.create(
        endpoint=added.endpoint, event=uuid4(), action="x", body="{}", made_at=timezone.now()
    )
    with pytest.raises(Conflict):
        resend(delivery, actor=Administrator())


def test_it_stops_telling_a_webhook_switched_off(
    added: Added, listener: Listener, owner: Any, small_site: None
) -> None:
    switch(added.endpoint, active=False, actor=Administrator())
    happen(owner)
    run_waiting()
    assert (listener.heard, WebhookDelivery.objects.count()) == ([], 0)
    with pytest.raises(Conflict):
        switch(added.endpoint, active=False, actor=Administrator())


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"name": " "}, "name"),
        ({"actions": []}, "actions"),
        ({"actions": ["nobody.knows.this"]}, "actions"),
        ({"url": "ftp://127.0.0.1/"}, "url"),
    ],
)
def test_it_refuses_a_webhook_without_name_action_or_address(
    listener: Listener, owner: Any, words: dict[str, Any], field: str
) -> None:
    given = {"name": "x", "url": listener.url, "actions": ["*"], "owner": owner, "actor": Administrator(), **words}
    with pytest.raises(Refusal) as refused:
        add(**given)
    assert (refused.value.field, WebhookEndpoint.objects.count()) == (field, 0)


def test_it_is_the_system_administrators_business(added: Added, listener: Listener, owner: Any) -> None:
    delivery = WebhookDelivery(endpoint=added.endpoint, event=uuid4(), action="x", body="{}")
    with pytest.raises(NotAllowed):
        add(name="x", url=listener.url, actions=["*"], owner=owner, actor=Plain())
    with pytest.raises(NotAllowed):
        switch(added.endpoint, active=False, actor=Plain())
    with pytest.raises(NotAllowed):
        resend(delivery, actor=Plain())
    assert [list(visible_to(actor)) for actor in (Administrator(), Plain(), None)] == [[added.endpoint], [], []]


def test_it_raises_so_that_the_worker_tries_again(added: Added, listener: Listener, owner: Any) -> None:
    listener.statuses = [500]
    delivery = WebhookDelivery.objects.create(
        endpoint=added.endpoint, event=uuid4(), action="x", body="{}", made_at=timezone.now()
    )
    with pytest.raises(NotDelivered):
        send.call(str(delivery.pk))


def test_it_costs_a_verb_no_job_and_no_query_while_no_webhook_is_switched_on(
    db: None, django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # the chain is begun, its key of the month is known
        events.record("playground.errand.take", None, actor=None)
    with django_assert_num_queries(3):
        events.record("playground.errand.take", None, actor=None)
    assert Job.objects.count() == 0


def test_it_hears_from_the_moment_it_is_switched_on_until_it_is_switched_off(
    added: Added, owner: Any, small_site: None
) -> None:
    Job.objects.all().delete()
    seen = []
    for active in (False, True):
        WebhookEndpoint.objects.update(active=active)
        happen(owner)
        seen.append(Job.objects.count())
    assert seen == [0, 2]
