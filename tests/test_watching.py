"""What machines ask of a house: whether it stands, its figures, lines of its log without what a person typed."""

import json
import logging
import os
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from linli.kernel.jobs.models import Job, State
from linli.site import urls as house
from linli.site.watching import logs
from linli.site.watching.tally import Tally

NAME, PHONE, MAIL = "欧阳晓芸", "13912345678", "ouyang@example.org"


def waits_since(minutes: int) -> None:
    """A job that has been due so long."""
    then = timezone.now() - timedelta(minutes=minutes)
    Job.objects.create(task="linli.nothing", enqueued_at=then)


@pytest.mark.django_db
def test_it_says_that_it_lives_and_is_ready(client: Client) -> None:
    waits_since(3)
    answer = client.get("/healthz")
    told = answer.json()
    assert 180 <= told.pop("oldest_job_seconds") < 200
    assert told == {"live": True, "ready": True, "database": "ok", "queue": "ok"}
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.django_db
def test_it_calls_the_queue_late_and_counts_only_what_is_due(client: Client) -> None:
    waits_since(11)
    later = timezone.now() + timedelta(hours=1)
    Job.objects.create(task="linli.nothing", enqueued_at=timezone.now() - timedelta(days=2), run_after=later)
    Job.objects.create(task="linli.nothing", enqueued_at=timezone.now() - timedelta(days=2), state=State.DONE)
    answer = client.get("/healthz").json()
    assert (answer["ready"], answer["queue"], 660 <= answer["oldest_job_seconds"] < 680) == (True, "late", True)


@pytest.mark.django_db
def test_it_is_not_ready_without_its_tables(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_job RENAME TO hidden")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"], answer.json()["queue"]) == (503, "broken", "unknown")
    assert client.get("/healthz/live").json() == {"live": True}


@pytest.mark.django_db
def test_it_needs_no_host_no_https_and_no_session(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["linli.example.org"], True
    answer = client.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, dict(answer.cookies)) == (200, {})


@pytest.mark.django_db
def test_it_asks_the_database_once(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        client.get("/healthz")


@pytest.mark.django_db
def test_it_gives_its_figures_in_the_form_of_prometheus(client: Client) -> None:
    waits_since(1)
    Job.objects.create(task="linli.nothing", enqueued_at=timezone.now(), state=State.FAILED)
    client.get("/accounts/login/")
    lines = client.get("/metrics").content.decode().splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert figures["linli_database_up"] == "1"
    assert [figures[f'linli_jobs{{state="{state}"}}'] for state in ("waiting", "failed")] == ["1", "1"]
    assert 60 <= int(figures["linli_oldest_job_seconds"]) < 80
    assert int(figures['linli_requests_total{status="2xx"}']) > 0
    assert figures['linli_request_seconds_bucket{le="+Inf"}'] == figures["linli_request_seconds_count"]
    assert all(line.startswith(("# TYPE linli_", "linli_")) for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "10.0.0.9"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}, 404),
        ({"REMOTE_ADDR": "10.0.0.9", "HTTP_AUTHORIZATION": "Bearer right-token"}, 200),
        ({"REMOTE_ADDR": "10.0.0.9", "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
    ],
)
def test_it_shows_figures_to_this_machine_and_to_the_token(
    given: dict[str, str], status: int, client: Client, settings: Any
) -> None:
    settings.LINLI_METRICS_TOKEN = "right-token"
    assert client.get("/metrics", **given).status_code == status


@pytest.mark.django_db
def test_an_empty_token_opens_nothing(client: Client, settings: Any) -> None:
    settings.LINLI_METRICS_TOKEN = ""
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", HTTP_AUTHORIZATION="Bearer ").status_code == 404


@pytest.mark.sqlite_only
def test_it_counts_over_all_processes_of_a_server() -> None:
    tally = Tally()
    tally.add(200, 0.02)
    for _number in range(3):
        child = os.fork()
        if child == 0:
            tally.add(503, 2.0)
            os._exit(0)
        os.waitpid(child, 0)
    counted = tally.read()
    assert counted.statuses == {"1xx": 0, "2xx": 1, "3xx": 0, "4xx": 0, "5xx": 3}
    assert counted.times == (1, 0, 0, 0, 3, 0, 0)
    assert counted.seconds == pytest.approx(6.02)


def _breaks(request: HttpRequest, who: str = "") -> HttpResponse:
    put_together = f"saved '{request.POST['name']}' for {PHONE} ({MAIL})"
    logging.getLogger("somebody.else").warning(put_together)
    logging.getLogger("linli.playground").error("%s %s: %s of %d", request.method, request.path, ValueError(NAME), 7)
    raise ValueError(f"{request.POST['name']} {request.POST['phone']}")


urlpatterns = [path("break/<str:who>/", _breaks), *house.urlpatterns]
"""The house with one address more."""


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the log says as JSON meanwhile."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    loggers = [logging.getLogger(name) for name in ("", "django", "linli")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.INFO)
    loggers[0].addHandler(handler)
    yield stream
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.mark.django_db
@pytest.mark.sqlite_only
@pytest.mark.urls("tests.test_watching")
def test_it_logs_no_name_and_no_number_of_a_request(lines: StringIO, settings: Any) -> None:
    settings.LINLI_LOGS = "json"
    client = Client(raise_request_exception=False, HTTP_USER_AGENT=f"{NAME} {PHONE}")
    posted = {"name": NAME, "phone": PHONE, "mail": MAIL}
    assert client.post(f"/break/{NAME}/?phone={PHONE}&q={NAME}", posted).status_code == 500
    client.get(f"/nowhere/{NAME}-{PHONE}/")
    said = lines.getvalue()
    assert [word for word in (NAME, PHONE, MAIL, NAME[:2], PHONE[-8:], "\\u6b27") if word in said] == []
    told = [json.loads(line) for line in said.splitlines()]
    answered = [line for line in told if line["logger"] == "linli.requests"]
    assert [(line["method"], line["route"], line["status"]) for line in answered] == [
        ("POST", "break/<str:who>/", 500),
        ("GET", None, 404),
    ]
    broke = next(line for line in told if line.get("error") == "ValueError")
    assert any("_breaks" in place for place in broke["at"])
    assert "POST …: ValueError of 7" in [line["said"] for line in told]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        ("worker %s is ready", (NAME,), "worker … is ready"),
        ("job %s (%s), attempt %s", (7, "linli.apps.needs.jobs", 2), "job 7 (linli.apps.needs.jobs), attempt 2"),
        ("the row %(name)s", ({"name": NAME},), "the row …"),
        (f"called {PHONE} and 010-6512 3456", (), "called … and …"),
        (f"Bad host: {NAME!r} ?name=oyang", (), "Bad host: … …"),
        ("half of %d", (NAME,), "half of %d"),
        (ValueError(NAME), (), "ValueError"),
    ],
)  # fmt: skip
def test_it_keeps_of_a_message_what_nobody_typed(message: object, args: tuple[object, ...], said: str) -> None:
    record = logging.LogRecord("any", logging.INFO, __file__, 1, message, args, None)
    assert logs.said(record) == said


@pytest.mark.sqlite_only
def test_it_keeps_keys_of_records() -> None:
    key = uuid4()
    record = logging.LogRecord("any", logging.INFO, __file__, 1, "job %s", (key,), None)
    assert logs.said(record) == f"job {key}"
