"""A language model of the house is asked what a need is about: off by default, masked, in a job, never waited for."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.needs import services
from linli.apps.needs.contributions.learning import language_endpoint
from linli.apps.needs.jobs import ask_language_model, put_before_the_model
from linli.apps.needs.models import CategoryHint, Need, NeedState
from linli.apps.needs.services import language
from linli.apps.needs.tests.factories import NOW, make_need
from linli.apps.needs.tests.staff import Street, make_street
from linli.kernel.errors import Refusal
from linli.kernel.events import Event
from linli.kernel.jobs.models import Job
from linli.kernel.refs import Ref, ref_of

pytestmark = pytest.mark.django_db
NAMED = '{"code": "0101", "reason": "说的是路灯"}'


class Server(ThreadingHTTPServer):
    """Speaks the documented protocol of chat completions: keeps what it was asked, answers ``content``."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.content, self.status, self.slow = NAMED, 200, 0.0
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization", ""), body))
        choice = {"index": 0, "message": {"role": "assistant", "content": self.server.content}}
        answer = json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer[:1])
        self.wfile.flush()
        time.sleep(self.server.slow)
        self.wfile.write(answer[1:])

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name its parent gives it
        """The test's output stays clean."""


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A model that is switched on."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.LINLI_LANGUAGE_ENDPOINT = f"http://127.0.0.1:{server.server_port}/v1/"
    settings.LINLI_LANGUAGE_MODEL, settings.LINLI_LANGUAGE_KEY = "qwen", "local"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def street() -> Street:
    return make_street()


def received(need: Need) -> Event:
    return Event(uuid4(), "needs.need.receive", ref_of(need), None, str(NOW), {})


def test_nothing_is_asked_unless_an_endpoint_is_set(server: Server, street: Street, settings: Any) -> None:
    settings.LINLI_LANGUAGE_ENDPOINT = ""
    need = make_need(street.here.community)
    put_before_the_model(received(need))
    heard = [job for job in Job.objects.all() if "put_before_the_model" in str(job.args)]
    asked = Job.objects.filter(task__endswith="ask_language_model").count()
    assert (heard, asked, services.ask_about(need.pk), server.asked) == ([], 0, None, [])


def test_it_is_asked_in_a_job_and_once(server: Server, street: Street) -> None:
    need = make_need(street.here.community)
    put_before_the_model(received(need))
    job = Job.objects.get(task__endswith="ask_language_model")
    assert (server.asked, job.args) == ([], [str(need.pk)])
    assert [ask_language_model.func(str(need.pk)), ask_language_model.func(str(need.pk))] == ["0101", ""]
    hint = CategoryHint.objects.get()
    assert (hint.need, hint.category, hint.reason, hint.source) == (need, street.lamps, "说的是路灯", "qwen")
    assert Need.objects.get(pk=need.pk).state == NeedState.RECEIVED


def test_names_telephones_ids_and_house_numbers_are_masked_before_it_is_sent(server: Server, street: Street) -> None:
    secrets = ("何素芬", "齐月华", "13800010001", "110101199003077758", "2号楼", "502", "35号", "京A12345")
    matter = (
        "何素芬说路灯不亮，邻居齐月华女士也看见了，身份证110101199003077758，请打13800010001，"
        "住银杏路35号2号楼3单元502室，车牌京A12345。"
    )
    services.ask_about(make_need(street.here.community, matter=matter).pk, at=NOW)
    ((path, key, asked),) = server.asked
    assert (path, key, asked["model"]) == ("/v1/chat/completions", "Bearer local", "qwen")
    sent = json.dumps(asked, ensure_ascii=False)
    assert ("路灯不亮" in sent, [one for one in secrets if one in sent]) == (True, [])


@pytest.mark.parametrize("content", ["", "路灯", "{}", '{"code": "9999"}', "[]", '{"code": null}', "[" * 90_000])
def test_an_answer_that_names_no_category_is_ignored_with_a_sentence(
    content: str, server: Server, street: Street, client: Client
) -> None:
    server.content = content
    need = make_need(street.here.community, actor=street.worker)
    hint = services.ask_about(need.pk, at=NOW)
    assert hint is not None
    assert (hint.category, hint.trouble) == (None, "odd")
    if not content:
        client.force_login(street.worker)
        assert "已忽略" in client.get(reverse("needs:need", args=[need.pk])).content.decode()


def test_one_tap_confirms_what_it_named(server: Server, street: Street, client: Client) -> None:
    need = make_need(street.here.community, actor=street.worker)
    services.ask_about(need.pk, at=NOW)
    client.force_login(street.worker)
    page = client.get(reverse("needs:need", args=[need.pk])).content.decode()
    assert ("说的是路灯" in page, reverse("needs:confirm", args=[need.pk]) in page) == (True, True)
    client.post(reverse("needs:confirm", args=[need.pk]), {"category": "0101"})
    assert Need.objects.get(pk=need.pk).category == street.lamps


def test_a_server_that_is_slow_or_broken_keeps_nobody_waiting(
    server: Server, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "SECONDS", 0.1)
    told = []
    for status, slow in ((200, 0.3), (500, 0.0), (302, 0.0)):
        server.status, server.slow = status, slow
        told.append(ask_language_model.func(str(make_need(street.here.community).pk)))
    server.server_close()
    told.append(ask_language_model.func(str(make_need(street.here.community).pk)))
    assert (told, len(server.asked)) == (["silent"] * 4, 3)


def test_complaints_sensitive_matters_and_danger_are_never_sent(server: Server, street: Street) -> None:
    place = street.here.community
    rows = [
        make_need(place, matter="米社工推诿", about=Ref("people.user", street.worker.pk)),
        make_need(place, matter="家里困难"),
        make_need(place, matter="有人想自杀"),
        make_need(place, matter="早就有人看过了"),
    ]
    Need.objects.filter(pk=rows[1].pk).update(sensitivity="hardship")
    services.analyse(rows[3], category=street.lamps, route="forward", actor=None, at=NOW)
    assert ([services.ask_about(row.pk, at=NOW) for row in rows], server.asked) == ([None] * 4, [])


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("127.0.0.1", True), ("localhost", True), ("10.1.2.3", True), ("192.168.0.9", True), ("[::1]", True),
        ("[::ffff:10.0.0.1]", True), ("8.8.8.8", False), ("[::ffff:8.8.8.8]", False), ("example.org", False),
        ("169.254.169.254", False), ("0.0.0.0", False), ("user@10.0.0.1", False), ("[", False), ("", False),
    ],
)  # fmt: skip
def test_only_this_machine_and_private_networks_are_asked(host: str, near: bool, settings: Any) -> None:
    settings.LINLI_LANGUAGE_ENDPOINT = f"http://{host}/v1"
    assert [one.id for one in language_endpoint(None)] == ([] if near else ["needs.E001"])
    if not near:
        with pytest.raises(Refusal, match="LINLI_LANGUAGE_HOSTS"):
            language.endpoint()


def test_another_host_is_asked_where_the_house_names_it(settings: Any) -> None:
    settings.LINLI_LANGUAGE_ENDPOINT = "https://models.example.org/v1"
    settings.LINLI_LANGUAGE_HOSTS = ["models.example.org"]
    assert (language.endpoint(), language_endpoint(None)) == (
        language.Endpoint("https://models.example.org/v1", "default"), [],
    )  # fmt: skip
