"""Parcels: bytes that leave the house open by their own key alone, in their own place, unchanged."""

import pytest

from linli.kernel.seals import Unreadable, is_mac, key_from, lock, mac_of, parcel_key, unlock


def test_it_knows_the_key_of_a_parcel_anew_and_gives_each_its_own() -> None:
    key_id, key = parcel_key("one")
    assert parcel_key("one", key_id=key_id) == (key_id, key)
    assert (len(key), parcel_key("two")[1] == key) == (32, False)


def test_it_opens_bytes_by_their_key_in_their_place_alone() -> None:
    key, body = parcel_key("one")[1], bytes(range(256))
    sealed = lock(body, key=key, context="one/papers/1")
    assert (unlock(sealed, key=key, context="one/papers/1"), body in sealed) == (body, False)
    spoiled = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for wrong, other, where in ((spoiled, key, "one/papers/1"), (sealed, parcel_key("two")[1], "one/papers/1"),
                                (sealed, key, "one/papers/2"), (b"", key, "one/papers/1")):  # fmt: skip
        with pytest.raises(Unreadable):
            unlock(wrong, key=other, context=where)


def test_it_makes_one_key_of_a_passphrase_and_its_salt() -> None:
    assert key_from("清河里 2026", b"s" * 16) == key_from("清河里 2026", b"s" * 16)
    assert len({key_from("a", b"s" * 16), key_from("b", b"s" * 16), key_from("a", b"t" * 16)}) == 3


def test_it_tells_a_changed_message_by_its_mac() -> None:
    key = parcel_key("one")[1]
    mac = mac_of(b"list", key=key)
    assert (is_mac(mac, b"list", key=key), is_mac(mac, b"lost", key=key), is_mac("ä", b"list", key=key)) == (
        True, False, False,
    )  # fmt: skip
