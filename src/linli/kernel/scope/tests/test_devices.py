"""Devices told by two coarse words, never by anything that tells one telephone from another."""

import pytest

from linli.kernel.scope.devices import device_of, words_of

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Linux; Android 13; SM-G9900) Chrome/110.0 Mobile MicroMessenger/8.0.30", "phone wechat"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) Version/16.3 Mobile Safari/604.1", "phone safari"),
        ("Mozilla/5.0 (iPad; CPU OS 16_3 like Mac OS X) Version/16.3 Mobile Safari/604.1", "tablet safari"),
        ("Mozilla/5.0 (Linux; Android 12; HUAWEI MatePad) Chrome/99.0 Safari/537.36", "tablet chrome"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/110.0 Safari/537.36 Edg/110.0", "computer edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; UOS) Gecko/20100101 Firefox/102.0", "computer firefox"),
        ("curl/8.1", ""),
        ("", ""),
    ],
)
def test_it_tells_the_sort_of_a_device_and_of_its_browser(agent: str, told: str) -> None:
    assert device_of(agent) == told


def test_it_says_both_in_the_readers_words() -> None:
    assert (words_of("phone wechat"), words_of(""), words_of("watch x")) == (["手机", "微信"], [], [])
