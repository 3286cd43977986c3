"""``linli up`` for phones on the same network: the address as a QR code, a certificate of the house's own."""

import signal
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from django.test import Client

from linli.site.certificate import certificate
from linli.site.commands.supervising import Child, Supervisor
from linli.site.commands.up import lan_address, own_addresses
from linli.site.settings.hosts import answered
from tests.support.sites import own_certificate, running

pytestmark = pytest.mark.sqlite_only
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def names_in(path: Path) -> set[str]:
    """The names and addresses a certificate is good for."""
    held = x509.load_pem_x509_certificate(path.read_bytes())
    known = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(one) for one in known.get_values_for_type(x509.IPAddress)} | set(
        known.get_values_for_type(x509.DNSName)
    )


def test_it_makes_a_certificate_for_the_houses_addresses(tmp_path: Path) -> None:
    pair = certificate(tmp_path / "tls", ["192.168.3.4", "127.0.0.1"], now=NOW)
    assert names_in(pair.certificate) == {"localhost", "192.168.3.4", "127.0.0.1"}
    assert pair.key.stat().st_mode & 0o077 == 0


def test_it_keeps_a_certificate_that_is_good(tmp_path: Path) -> None:
    first = certificate(tmp_path, ["127.0.0.1"], now=NOW).certificate.read_bytes()
    assert certificate(tmp_path, ["127.0.0.1"], now=NOW + timedelta(days=600)).certificate.read_bytes() == first


@pytest.mark.parametrize(("names", "days"), [(["127.0.0.1"], 701), (["127.0.0.1", "192.168.3.5"], 0)])
def test_it_makes_a_new_one_when_it_is_nearly_over_or_lacks_an_address(
    tmp_path: Path, names: list[str], days: int
) -> None:
    first = certificate(tmp_path, ["127.0.0.1"], now=NOW).certificate.read_bytes()
    assert certificate(tmp_path, names, now=NOW + timedelta(days=days)).certificate.read_bytes() != first


@pytest.mark.slow
def test_it_prints_a_code_for_phones_and_answers_by_https(house: Path) -> None:
    with running(house, "--lan", "--tls", secure=True) as site:
        for host in ("127.0.0.1", lan_address()):
            login = f"https://{host}:{site.address.rpartition(':')[2]}/accounts/login/"
            with urllib.request.urlopen(login, timeout=20, context=own_certificate()) as answer:
                assert answer.status == 200
        said = site.words_with("Ctrl-C")
    assert f"Linli runs at {site.address}/" in said
    assert said.count("\n") > 15, "the QR code takes many lines"


def test_it_answers_to_this_machine_alone_unless_told_otherwise() -> None:
    assert answered("") == ["localhost", "127.0.0.1", "[::1]"]
    assert answered(" a.example.org, ,b.example.org ", "192.168.3.4") == ["a.example.org", "b.example.org"]
    assert answered("", "127.0.0.1") == ["localhost", "127.0.0.1", "[::1]"]
    assert answered("", "192.168.3.4,linli-pc") == ["localhost", "127.0.0.1", "[::1]", "192.168.3.4", "linli-pc"]
    assert own_addresses("::1", lan=False) == "[::1]"


def test_it_tells_somebody_who_came_by_another_address_what_to_do(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = answered("")
    answer = client.get("/accounts/login/", headers={"host": "evil.example"})
    assert (answer.status_code, "本站不接受以此地址访问" in answer.content.decode()) == (400, True)


def test_it_waits_ever_longer_for_a_child_that_keeps_dying() -> None:
    told: list[str] = []
    supervisor = Supervisor([Child("broken", partial(sys.exit, 1))], told=told.append)
    supervisor.start()
    child = supervisor.children[0]
    for _round in range(3):
        assert child.process is not None
        child.process.join()
        supervisor.look_after()
        child.not_before = 0.001
        supervisor.look_after()
    supervisor.stop()
    assert [line.rsplit(" in ", 1)[1] for line in told] == ["2 s", "4 s", "8 s"]


def _hear_nothing() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)


def test_it_ends_a_child_that_will_not_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.site.commands.supervising.PATIENCE", 0.3)
    supervisor = Supervisor([Child("deaf", _hear_nothing)])
    supervisor.start()
    process = supervisor.children[0].process
    assert process is not None
    subprocess.run(["sleep", "0.5"], check=True)
    supervisor.stop()
    assert process.exitcode == -9
