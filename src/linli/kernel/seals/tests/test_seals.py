"""Sealing: opens with the right key in the right place, and never otherwise."""

import json
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from linli.kernel.seals import (
    KeysMissing,
    Unreadable,
    destroy_key,
    fingerprint,
    open_for,
    open_sealed,
    seal,
    seal_for,
    sign,
)
from linli.kernel.seals.keyring import PURPOSES, load, rotate
from linli.kernel.seals.models import OwnedKey
from linli.kernel.seals.sealing import key_id_of


def test_it_opens_what_it_sealed() -> None:
    assert open_sealed(seal("13800001234", context="a.b.c:1"), context="a.b.c:1") == "13800001234"


def test_it_seals_the_same_text_differently_each_time() -> None:
    assert seal("x", context="c") != seal("x", context="c")


def test_it_does_not_open_in_another_row_or_column() -> None:
    token = seal("13800001234", context="people.person.phone:1")
    for elsewhere in ("people.person.phone:2", "people.person.id_number:1"):
        with pytest.raises(Unreadable):
            open_sealed(token, context=elsewhere)


@pytest.mark.parametrize("spoil", [lambda t: t[:-4] + "AAAA", lambda t: "2" + t[1:], lambda t: "", lambda t: "a.b"])
def test_it_does_not_open_a_damaged_token(spoil: object) -> None:
    with pytest.raises(Unreadable):
        open_sealed(spoil(seal("x", context="c")), context="c")  # type: ignore[operator]


def test_it_says_when_the_key_is_not_in_the_file() -> None:
    _version, _key, body = seal("x", context="c").split(".")
    with pytest.raises(KeysMissing):
        open_sealed(f"1.fields-gone.{body}", context="c")


def test_it_keeps_the_keys_in_a_file_only_the_owner_reads() -> None:
    seal("x", context="c")
    path = Path(settings.LINLI_KEYS) / "linli.keys"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_makes_the_key_file_once_and_reads_it_after(tmp_path: Path) -> None:
    first, second = load(tmp_path / "k" / "linli.keys"), load(tmp_path / "k" / "linli.keys")
    assert first == second
    assert sorted(first.current) == sorted(PURPOSES)


def test_it_says_when_the_key_file_is_broken(tmp_path: Path) -> None:
    (tmp_path / "linli.keys").write_text("{")
    with pytest.raises(KeysMissing):
        load(tmp_path / "linli.keys")


def test_it_keeps_the_old_key_when_a_new_one_comes(tmp_path: Path) -> None:
    path = tmp_path / "linli.keys"
    old = load(path).current["fields"]
    new = rotate(path, "fields")
    assert (load(path).current["fields"], old in json.loads(path.read_text())["keys"]) == (new, True)


def test_it_adds_a_key_for_a_purpose_that_an_older_file_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "linli.keys"
    before = load(path)
    raw = json.loads(path.read_text())
    del raw["current"]["slips"]
    path.write_text(json.dumps(raw))
    after = load(path)
    assert sorted(after.current) == sorted(PURPOSES)
    assert {after.current[name] for name in PURPOSES if name != "slips"} <= set(before.current.values())
    assert before.current["slips"] != after.current["slips"]


def test_it_finds_by_keyed_hash_and_not_by_a_plain_one() -> None:
    import hashlib

    assert fingerprint("13800001234") == fingerprint("13800001234")
    assert fingerprint("13800001234") != hashlib.sha256(b"13800001234").hexdigest()
    assert fingerprint("x", purpose="lookup") != fingerprint("x", purpose="slips")


def test_it_signs_with_the_key_a_row_names() -> None:
    key_id, mac = sign(b"row", purpose="audit")
    assert sign(b"row", purpose="audit", key_id=key_id) == (key_id, mac)


@pytest.mark.django_db
def test_it_makes_everything_of_an_owner_unreadable_at_once() -> None:
    tokens = [seal_for("person:1", text, context="c") for text in ("甲", "乙")]
    other = seal_for("person:2", "丙", context="c")
    assert open_for("person:1", tokens[0], context="c") == "甲"
    assert (destroy_key("person:1"), destroy_key("person:1")) == (True, False)
    for token in tokens:
        with pytest.raises(Unreadable):
            open_for("person:1", token, context="c")
    assert open_for("person:2", other, context="c") == "丙"


@pytest.mark.django_db
def test_it_seals_nothing_more_for_an_owner_whose_key_was_destroyed() -> None:
    seal_for("person:1", "甲", context="c")
    destroy_key("person:1")
    with pytest.raises(Unreadable):
        seal_for("person:1", "乙", context="c")


@pytest.mark.django_db
def test_it_stores_owners_keys_wrapped_and_names_the_wrapping_key() -> None:
    seal_for("person:1", "甲", context="c")
    assert key_id_of(OwnedKey.objects.get().wrapped).startswith("owners-")


@pytest.mark.django_db
def test_it_lets_the_database_refuse_a_key_both_there_and_destroyed() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnedKey.objects.create(owner="x", wrapped="")
