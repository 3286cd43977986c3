"""Two families of ciphers: what one sealed stays readable when the house chose the other."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from linli.kernel.seals import (
    Unreadable,
    current_keyring,
    fingerprint,
    fingerprints,
    is_mac,
    lock,
    mac_of,
    open_for,
    open_sealed,
    seal,
    seal_for,
    sign,
    unlock,
    wrap_anew,
)
from linli.kernel.seals.models import OwnedKey
from linli.kernel.seals.sealing import key_id_of
from linli.kernel.seals.suites import AES, SM

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> None:
    settings.LINLI_KEYS = tmp_path


@pytest.fixture
def national(settings: Any) -> Any:
    """Chooses SM4 and SM3 when called."""

    def choose(name: str = "sm") -> None:
        settings.LINLI_CRYPTO = name

    return choose


def test_it_seals_with_sm4_where_the_house_chose_it(national: Any) -> None:
    national()
    token = seal("13800001234", context="c")
    assert (token[0], key_id_of(token)[:10], open_sealed(token, context="c")) == ("2", "fields-sm-", "13800001234")


def test_it_reads_the_seals_of_both_families_whichever_is_chosen(national: Any) -> None:
    old = seal("甲", context="c")
    national()
    new = seal("乙", context="c")
    assert [open_sealed(one, context="c") for one in (old, new)] == ["甲", "乙"]
    national("aes")
    assert [open_sealed(one, context="c") for one in (old, new)] == ["甲", "乙"]
    assert key_id_of(seal("丙", context="c")) == key_id_of(old)


@pytest.mark.parametrize("spoil", [lambda t: "1" + t[1:], lambda t: t[:-8] + "AAAAAAA=", lambda t: t[:40]])
def test_it_opens_nothing_damaged_that_sm4_sealed(national: Any, spoil: Any) -> None:
    national()
    with pytest.raises(Unreadable):
        open_sealed(spoil(seal("x", context="c")), context="c")


def test_it_opens_what_sm4_sealed_in_no_other_place(national: Any) -> None:
    national()
    with pytest.raises(Unreadable):
        open_sealed(seal("x", context="here"), context="there")


def test_the_hash_is_sm3_as_the_standard_has_it() -> None:
    digest = hashlib.new("sm3", b"abc").hexdigest()
    assert digest == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016, A.1
    inner = hashlib.new("sm3", bytes(one ^ 0x36 for one in KEY) + b"\x36" * 32 + b"abc").digest()
    outer = hashlib.new("sm3", bytes(one ^ 0x5C for one in KEY) + b"\x5c" * 32 + inner).hexdigest()
    assert SM.mac(KEY, b"abc") == outer


def test_it_finds_a_value_by_the_hash_of_either_family(national: Any) -> None:
    old = fingerprint("13800001234")
    national()
    new = fingerprint("13800001234")
    assert (fingerprints("13800001234"), len(new), old != new) == ((new, old), 64, True)


def test_it_signs_with_sm3_and_checks_what_was_signed_before(national: Any) -> None:
    old_key, old = sign(b"row", purpose="audit")
    national()
    key_id, mac = sign(b"row", purpose="audit")
    assert key_id.startswith("audit-sm-")
    assert mac == SM.mac(current_keyring().key(key_id), b"row")
    assert sign(b"row", purpose="audit", key_id=old_key) == (old_key, old)


def test_parcels_of_both_families_open(national: Any) -> None:
    old, signed = lock(b"body", key=KEY, context="c"), mac_of(b"list", key=KEY)
    national()
    new = lock(b"body", key=KEY, context="c")
    assert [unlock(one, key=KEY, context="c") for one in (old, new)] == [b"body", b"body"]
    assert [is_mac(one, b"list", key=KEY) for one in (signed, mac_of(b"list", key=KEY), "0" * 64)] == [
        True,
        True,
        False,
    ]
    for wrong in (new[:-1], new[:6], b"SM4\x00" + old):
        with pytest.raises(Unreadable):
            unlock(wrong, key=KEY, context="c")


def test_a_parcel_whose_nonce_begins_like_the_tag_opens() -> None:
    nonce = b"SM4\x00" + bytes(8)
    assert unlock(nonce + AES.encrypt(KEY, nonce, b"body", b"c"), key=KEY, context="c") == b"body"


def test_the_key_file_gains_keys_of_the_second_family_and_keeps_the_first(national: Any, tmp_path: Path) -> None:
    first = current_keyring()
    national()
    second = current_keyring()
    assert first.keys.items() <= second.keys.items()
    assert sorted(set(second.current) - set(first.current)) == sorted(f"sm:{name}" for name in first.current)
    assert json.loads((tmp_path / "linli.keys").read_text())["current"] == second.current


@pytest.mark.django_db
def test_keys_of_owners_are_wrapped_anew_and_open_as_before(national: Any) -> None:
    token = seal_for("person:1", "甲", context="c")
    national()
    assert (wrap_anew(), wrap_anew()) == ((1, []), (0, []))
    assert OwnedKey.objects.get().wrapped.startswith("2.owners-sm-")
    assert open_for("person:1", token, context="c") == "甲"


def test_a_family_there_is_not_is_refused_at_once(national: Any) -> None:
    national("rot13")
    with pytest.raises(ImproperlyConfigured):
        seal("x", context="c")
