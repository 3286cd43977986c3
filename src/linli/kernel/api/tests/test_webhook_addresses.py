"""A webhook reaches public hosts only, at the address that was checked."""

import socket
from typing import Any

import pytest

from linli.kernel.api.webhooks.addresses import Forbidden, Target, is_public, shape_of, target_of


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "192.0.2.1", "240.0.0.1",
    ],
)  # fmt: skip
def test_it_knows_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "114.114.114.114", "2400:3200::1", "::ffff:1.1.1.1"])
def test_it_knows_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/hook", "ftp://example.org/", "https://user:word@example.org/", "https:///hook", "hook",
        "https://example.org:99999/", "https://example.org/a b", "https://example.org/\r\nX: y", "https://例子.example/",
        "file:///etc/passwd", "",
    ],
)  # fmt: skip
def test_it_refuses_what_is_not_https_to_a_plain_host(url: str) -> None:
    with pytest.raises(Forbidden):
        shape_of(url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_it_refuses_every_way_to_write_the_loopback(host: str) -> None:
    with pytest.raises(Forbidden):
        target_of(f"https://{host}/hook")


def test_it_refuses_a_name_one_of_whose_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", ("1.1.1.1", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **words: answers)
    with pytest.raises(Forbidden):
        target_of("https://example.org/hook")


def test_it_looks_a_name_up_once_and_keeps_to_the_address_found(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([[(2, 1, 6, "", ("1.1.1.1", 8443))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **words: next(answers))
    target = target_of("https://example.org:8443/hook?x=1")
    assert target == Target("example.org", "1.1.1.1", 8443, True, "/hook?x=1")


def test_it_tells_its_own_network_where_the_house_says_so(settings: Any) -> None:
    settings.LINLI_WEBHOOKS_TO_PRIVATE = True
    assert target_of("http://127.0.0.1:9000") == Target("127.0.0.1", "127.0.0.1", 9000, False, "/")
