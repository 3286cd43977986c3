"""One effect for one key: replayed, refused for another body, busy while the first is at work."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from linli.kernel.api.idempotency import forget
from linli.kernel.api.models import KeptAnswer

KEY = "order-2026-0001"

POST = """
import os, sys
from django.conf import settings
settings.ROOT_URLCONF = "linli.kernel.api.tests.site"
from django.test import Client
secret, name = sys.argv[1:3]
client = Client(headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "order-2026-0001"})
if name != "slow":
    print("ready", flush=True)
    sys.stdin.readline()
found = client.post("/api/v1/groups", {"name": name}, content_type="application/json")
print(found.status_code, found.content.decode())
"""


@pytest.mark.django_db
def test_it_replays_the_answer_to_the_same_key_and_body(caller: Any) -> None:
    first = caller.post("/groups", {"name": "a"}, key=KEY)
    again = caller.post("/groups", {"name": "a"}, key=KEY)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert (first.has_header("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (False, "true")
    assert Group.objects.count() == 1


@pytest.mark.django_db
def test_it_answers_422_to_the_same_key_with_another_body(caller: Any) -> None:
    caller.post("/groups", {"name": "a"}, key=KEY)
    found = caller.post("/groups", {"name": "b"}, key=KEY)
    assert (found.status_code, found.json()["code"]) == (422, "key-reused")
    assert list(Group.objects.values_list("name", flat=True)) == ["a"]


@pytest.mark.django_db
def test_it_keeps_keys_apart_by_token(caller: Any, caller_with: Any) -> None:
    caller.post("/groups", {"name": "a"}, key=KEY)
    assert caller_with("groups:write").post("/groups", {"name": "b"}, key=KEY).status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 201, "has a space", "日" * 10])
def test_it_answers_400_without_a_proper_key(caller: Any, key: str) -> None:
    headers = {"Idempotency-Key": key} if key else {}
    found = caller.client.post("/api/v1/groups", {"name": "a"}, content_type="application/json", headers=headers)
    assert (found.status_code, found.json()["code"]) == (400, "key-needed")
    assert Group.objects.count() == 0


@pytest.mark.django_db
def test_it_frees_the_key_of_a_refused_request(caller: Any) -> None:
    caller.post("/groups", {"name": "refused"}, key=KEY)
    assert KeptAnswer.objects.count() == 0
    assert caller.post("/groups", {"name": "a"}, key=KEY).status_code == 201


@pytest.mark.django_db
def test_it_answers_409_while_the_first_is_at_work(caller: Any) -> None:
    caller.post("/groups", {"name": "a"}, key=KEY)
    KeptAnswer.objects.update(status=0, body="")
    found = caller.post("/groups", {"name": "a"}, key=KEY)
    assert (found.status_code, found.json()["code"], found["Retry-After"]) == (409, "in-progress", "2")


@pytest.mark.django_db
def test_it_takes_over_a_key_whose_holder_fell_silent(caller: Any) -> None:
    caller.post("/groups", {"name": "a"}, key=KEY)
    Group.objects.all().delete()
    KeptAnswer.objects.update(status=0, body="", claimed_until=timezone.now() - timedelta(seconds=1))
    assert caller.post("/groups", {"name": "a"}, key=KEY).status_code == 201
    assert Group.objects.count() == 1


@pytest.mark.django_db
def test_it_keeps_the_answer_sealed(caller: Any) -> None:
    caller.post("/groups", {"name": "林秋的电话"}, key=KEY)
    assert "林秋的电话" not in str(KeptAnswer.objects.values().get())


@pytest.mark.django_db
def test_it_forgets_after_a_day(caller: Any) -> None:
    caller.post("/groups", {"name": "a"}, key=KEY)
    now = timezone.now()
    assert [forget(at=now + timedelta(hours=hours)) for hours in (23, 25)] == [0, 1]


@pytest.mark.django_db
def test_it_starts_anew_with_a_key_of_yesterday(caller: Any) -> None:
    caller.post("/groups", {"name": "a"}, key=KEY)
    KeptAnswer.objects.update(expires_at=timezone.now())
    assert caller.post("/groups", {"name": "b"}, key=KEY).status_code == 201


@pytest.mark.race
def test_two_processes_with_one_key_have_one_effect(start_child: Any, issued: Any) -> None:
    children = [start_child(POST, issued.secret, "a") for _ in range(2)]
    for child in children:
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.stdin.write("\n")
        child.stdin.flush()
    answers = [child.communicate(timeout=60)[0].partition(" ") for child in children]
    made = Group.objects.get()
    allowed = {("201", str(made.pk)), ("409", "in-progress")}
    told = [(status, str(json.loads(body).get("id", json.loads(body).get("code")))) for status, _, body in answers]
    assert ("201", str(made.pk)) in told
    assert set(told) <= allowed


@pytest.mark.race
def test_a_second_process_is_told_busy_or_waits_for_the_answer(
    start_child: Any, issued: Any, caller: Any, is_sqlite: bool
) -> None:
    child = start_child(POST, issued.secret, "slow")
    assert child.stdout.readline() == "inside\n"
    threading.Timer(1.5, child.stdin.close).start()
    found = caller.post("/groups", {"name": "slow"}, key=KEY)
    status, _, body = child.stdout.read().partition(" ")
    assert child.wait(timeout=30) == 0
    assert status == "201"
    if is_sqlite:
        assert (found.status_code, found.json()) == (201, json.loads(body))
    else:
        assert (found.status_code, found.json()["code"]) == (409, "in-progress")
    assert Group.objects.count() == 1


@pytest.mark.race
def test_a_process_killed_in_the_middle_leaves_no_effect_and_a_key_to_take_over(
    start_child: Any, issued: Any, caller: Any
) -> None:
    child = start_child(POST, issued.secret, "slow")
    assert child.stdout.readline() == "inside\n"
    child.kill()
    child.wait(timeout=30)
    assert Group.objects.count() == 0
    KeptAnswer.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert KeptAnswer.objects.get().status == 0
