"""The record goes to a collector outside: each chain in its order, on from where it stopped, nothing private."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from tests.playground.actors import Somebody
from tests.support.collector import Collector, collecting

from linli.kernel import audit
from linli.kernel.audit import forwarding
from linli.kernel.audit.models import INSTALLATION, AuditRow, Forwarded
from linli.kernel.audit.proving import run
from linli.kernel.audit.syslog import message
from linli.kernel.errors import Refusal
from linli.kernel.refs import new_key
from linli.kernel.scope.sources import Door, Source, coming_through
from linli.site.settings.syslog import collector as collector_of

pytestmark = pytest.mark.django_db
TAKE, FINISH = "playground.errand.take", "playground.errand.finish"
STREET = "street:0198c0de-0000-7000-8000-000000000001"


def write(count: int, chain: str = "") -> list[AuditRow]:
    return [audit.record(TAKE, None, actor=None, facts={"who": f"第{n}人"}, chain=chain) for n in range(count)]


@pytest.fixture(params=["udp", "tcp", "tls"])
def collector(request: Any, tmp_path: Path, settings: Any) -> Iterator[Collector]:
    with collecting(Collector(request.param), tmp_path) as found:
        settings.LINLI_SYSLOG = found.setting()
        yield found


@pytest.fixture
def plain(tmp_path: Path, settings: Any) -> Iterator[Collector]:
    with collecting(Collector("tcp"), tmp_path) as found:
        settings.LINLI_SYSLOG = found.setting()
        yield found


def until(collector: Collector, count: int) -> None:
    """Datagrams are read a moment after they were sent."""
    end = timezone.now() + timedelta(seconds=5)
    while len(collector.raw) < count and timezone.now() < end:
        collector.done.wait(0.005)


def test_it_sends_every_chain_in_its_order_and_only_once(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "AT_ONCE", 3)
    write(7)
    write(2, STREET)
    assert forwarding.forward() == forwarding.Sent(rows=9)
    assert forwarding.forward() == forwarding.Sent()
    until(collector, 9)
    write(1)
    assert forwarding.forward() == forwarding.Sent(rows=1)
    until(collector, 10)
    assert (collector.numbers(INSTALLATION), collector.numbers(STREET)) == ([1, 2, 3, 4, 5, 6, 7, 8], [1, 2])
    assert forwarding.waiting() == {}


def test_a_message_names_row_actor_verb_and_seal(plain: Collector) -> None:
    somebody, at = Somebody(), datetime(2026, 11, 23, 8, 30, 1, 250_000, tzinfo=UTC)
    row = audit.record(FINISH, None, actor=somebody, at=at)
    clock = audit.record(TAKE, None, actor=None)
    forwarding.forward()
    first, second = plain.read()
    assert (first.priority, first.time, first.host, first.app, first.text) == (110, at, "house", "linli", "完成")
    assert (first.element, first.data) == (
        "audit@32473",
        {
            "id": str(row.pk), "chain": INSTALLATION, "number": "1", "verb": FINISH, "actor": str(somebody.actor_id),
            "hash": row.mac, "key": row.key_id,
        },
    )  # fmt: skip
    assert (second.data["actor"], second.data["hash"]) == ("clock", clock.mac)


def test_what_a_row_tells_of_people_stays_in_the_house(plain: Collector) -> None:
    facts = {"who": audit.Personal(new_key(), "13800001234"), "note": "李某住三号楼"}
    with coming_through(Source(Door.WEB, "", "203.0.113.9", "Mozilla/5.0")):
        audit.record(TAKE, None, actor=Somebody("王晓芸"), facts=facts)
        audit.record(FINISH, None, actor=Somebody("王晓芸"), facts=facts)
    forwarding.forward()
    sent = b"".join(plain.raw).decode("utf-8")
    assert [
        word for word in ("13800001234", "李某", "203.0.113.9", "Mozilla", "王晓芸", "$sealed") if word in sent
    ] == []
    assert len(plain.raw) == 2


def test_it_quotes_what_would_end_a_value(settings: Any) -> None:
    row = AuditRow(chain='a"b\\c]d', number=1, at=timezone.now(), action="gone.app.verb", mac="m", key_id="k")
    told = message(row, collector_of({"LINLI_SYSLOG": "udp://127.0.0.1", "LINLI_SYSLOG_NAME": "一号 house"}))
    from tests.support.collector import read

    assert (read(told).data["chain"], read(told).text, read(told).host) == ('a"b\\c]d', "gone.app.verb", "house")


def test_nothing_leaves_before_the_commit_or_without_it(plain: Collector) -> None:
    write(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        write(1)
        raise RuntimeError
    assert plain.raw == []
    forwarding.forward()
    assert plain.numbers(INSTALLATION) == [1]


@pytest.mark.parametrize("way", ["tcp", "tls", "udp"])
def test_it_goes_on_where_it_stopped_after_the_collector_was_away(way: str, tmp_path: Path, settings: Any) -> None:
    collector = Collector(way)
    with collecting(collector, tmp_path):
        settings.LINLI_SYSLOG = collector.setting()
        write(2)
        forwarding.forward()
        until(collector, 2)
    write(3)
    done = forwarding.forward()
    assert (done.rows, "refused" in done.trouble, forwarding.waiting()) == (0, True, {INSTALLATION: 3})
    with collecting(collector, tmp_path):
        assert forwarding.forward().rows == 3
        until(collector, 5)
    assert collector.numbers(INSTALLATION) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("way", ["tcp", "tls"])
def test_a_batch_broken_off_comes_again_whole_and_in_order(way: str, tmp_path: Path, settings: Any) -> None:
    collector = Collector(way)
    with collecting(collector, tmp_path):
        settings.LINLI_SYSLOG = collector.setting()
        write(150)
        collector.cut = 2_000
        done = forwarding.forward()
        assert (done.rows, bool(done.trouble), forwarding.waiting()) == (0, True, {INSTALLATION: 150})
        assert forwarding.forward() == forwarding.Sent(rows=150)
    came = collector.numbers(INSTALLATION)
    begun = len(came) - 150
    assert (0 < begun < 10, came) == (True, [*range(1, begun + 1), *range(1, 151)])


def test_it_leaves_a_chain_to_the_round_that_has_it_until_that_is_over(plain: Collector) -> None:
    write(2)
    now = timezone.now()
    Forwarded.objects.create(chain=INSTALLATION, holder="another", held_until=now + timedelta(seconds=30))
    assert forwarding.forward() == forwarding.Sent()
    Forwarded.objects.update(held_until=now - timedelta(seconds=1))
    assert forwarding.forward().rows == 2
    Forwarded.objects.update(holder="another", held_until=now + timedelta(days=2), number=1)
    assert forwarding.forward().rows == 1


def test_it_trusts_no_strangers_certificate(tmp_path: Path, settings: Any) -> None:
    with collecting(Collector("tls"), tmp_path) as collector:
        settings.LINLI_SYSLOG = collector.setting() | {"authority": ""}
        write(1)
        assert "CERTIFICATE_VERIFY_FAILED" in forwarding.forward().trouble
        settings.LINLI_SYSLOG = collector.setting() | {"host": "127.0.0.2"}
        assert forwarding.forward().rows == 0
    assert collector.raw == []


def test_it_asks_little_of_the_database(plain: Collector, django_assert_num_queries: Any) -> None:
    write(5)
    forwarding.forward()
    write(30)
    with django_assert_num_queries(11):
        assert forwarding.forward().rows == 30
    with django_assert_num_queries(2):
        forwarding.forward()


def test_the_command_sends_and_says_what_waits(
    plain: Collector, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    write(3)
    assert run(Namespace(verb="forward", folder=None)) == 0
    assert capsys.readouterr().out == "已发送3条，尚有0条待发送。\n"
    write(2)
    settings.LINLI_SYSLOG = {**plain.setting(), "port": 9}
    assert run(Namespace(verb="forward", folder=None)) == 1
    told = capsys.readouterr().out.splitlines()
    assert (told[0], told[1].startswith("日志服务器127.0.0.1未收下其余记录：")) == ("已发送0条，尚有2条待发送。", True)
    settings.LINLI_SYSLOG = {}
    with pytest.raises(Refusal, match="LINLI_SYSLOG"):
        run(Namespace(verb="forward", folder=None))


@pytest.mark.parametrize(
    "wrong",
    [
        {"LINLI_SYSLOG": "logs.example.org"},
        {"LINLI_SYSLOG": "https://logs.example.org"},
        {"LINLI_SYSLOG": "tls://"},
        {"LINLI_SYSLOG": "tls://logs.example.org:many"},
        {"LINLI_SYSLOG": "tls://somebody@logs.example.org"},
        {"LINLI_SYSLOG": "tls://logs.example.org", "LINLI_SYSLOG_ENTERPRISE": "one"},
    ],
)
def test_it_refuses_an_address_it_cannot_use(wrong: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="LINLI_SYSLOG"):
        collector_of(wrong)


def test_it_knows_the_usual_ports() -> None:
    assert [collector_of({"LINLI_SYSLOG": f"{way}://logs"})["port"] for way in ("udp", "tcp", "tls")] == [
        514,
        601,
        6514,
    ]
    assert (collector_of({}), collector_of({"LINLI_SYSLOG": "tcp://[::1]:99"})["host"]) == ({}, "::1")


FORWARD = """
from django.conf import settings
from linli.kernel.audit import forwarding
settings.LINLI_SYSLOG = {**eval(sys.argv[1])}
forwarding.AT_ONCE = 5
print(forwarding.forward().rows)
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_send_nothing_twice(race: Callable[..., list[str]], plain: Collector) -> None:
    write(60)
    sent = race(FORWARD, [(repr(plain.setting()),), (repr(plain.setting()),)])
    assert sum(map(int, sent)) == 60
    assert plain.numbers(INSTALLATION) == list(range(1, 61))
