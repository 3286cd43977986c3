"""Changing keys: everything stays readable, everything is written anew, nobody's change is lost."""

from pathlib import Path
from typing import Any

import pytest
from tests.playground.models import Contact

from linli.kernel.privacy import PHONE, fingerprints, reseal, rotate
from linli.kernel.privacy.rotation import _columns, _write
from linli.kernel.seals import KeysMissing, current_keyring
from linli.kernel.seals.sealing import key_id_of
from linli.site import cli

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> None:
    settings.LINLI_KEYS = tmp_path


def key_ids() -> set[str]:
    return {key_id_of(row.phone.sealed_token()) for row in Contact.objects.all()}


def make(count: int) -> None:
    Contact.objects.bulk_create([Contact(phone=f"139{n:08d}", name="张三", remark=str(n)) for n in range(count)])


def test_it_keeps_the_keys_in_a_file_of_its_owner_outside_the_database(tmp_path: Path) -> None:
    current_keyring()
    assert (tmp_path / "linli.keys").stat().st_mode & 0o777 == 0o600


def test_it_reads_old_values_and_writes_new_ones_under_the_new_key() -> None:
    make(1)
    old = key_ids()
    new = rotate("fields")
    assert Contact.objects.get().phone.for_machine(because="test") == "13900000000"
    assert old != {new}
    Contact.objects.create(phone="13900000001", remark="later")
    assert key_ids() == {*old, new}


def test_it_writes_every_value_anew_and_then_has_nothing_left_to_do() -> None:
    make(450)
    new = rotate("fields")
    assert reseal() == (900, [])
    assert key_ids() == {new}
    assert [row.phone.for_machine(because="test") for row in Contact.objects.order_by("remark")[:2]] == [
        "13900000000",
        "13900000001",
    ]
    assert reseal() == (0, [])


def test_it_finds_rows_all_through_a_change_of_the_look_up_key() -> None:
    make(2)
    rotate("lookup")
    looked_for = fingerprints(PHONE, "13900000001")
    assert Contact.objects.filter(phone_print__in=looked_for).count() == 1
    assert reseal() == (2, [])
    assert Contact.objects.filter(phone_print=looked_for[0]).count() == 1


def test_it_lets_a_change_made_meanwhile_win() -> None:
    make(1)
    row = Contact.objects.get()
    changed = Contact.objects.get()
    changed.phone = "13700000000"
    changed.save()
    rotate("fields")
    column = next((column, prints) for model, column, prints in _columns() if column.name == "phone")
    assert _write(row, *column) == 0
    assert Contact.objects.get().phone.for_machine(because="test") == "13700000000"


def test_it_names_what_cannot_be_opened_and_goes_on() -> None:
    make(2)
    broken, whole = Contact.objects.order_by("id")
    Contact.objects.filter(pk=broken.pk).update(phone=whole.phone)
    new = rotate("fields")
    assert reseal() == (3, [f"playground.Contact.phone:{broken.pk}"])
    whole.refresh_from_db()
    assert key_id_of(whole.phone.sealed_token()) == new


def test_it_says_which_key_is_missing_when_the_file_is_lost(tmp_path: Path) -> None:
    make(1)
    (tmp_path / "linli.keys").unlink()
    with pytest.raises(KeysMissing):
        Contact.objects.get().phone.for_machine(because="test")


def test_it_rotates_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    make(3)
    assert cli.main(["keys", "rotate"]) == 0
    assert key_ids() == {current_keyring().key_for("fields")[0]}
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_opens_in_a_process_that_was_running_before_the_key_changed(start_child: Any, tmp_path: Path) -> None:
    make(1)
    child = start_child(
        """
        from tests.playground.models import Contact
        print(Contact.objects.get().phone.for_machine(because="test"), flush=True)
        input()
        print(Contact.objects.get().phone.for_machine(because="test"), flush=True)
        """,
        LINLI_KEYS=str(tmp_path),
    )
    assert child.stdout.readline() == "13900000000\n"
    rotate("fields")
    reseal()
    out, _ = child.communicate("\n", timeout=60)
    assert out == "13900000000\n"
