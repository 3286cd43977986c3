"""A change of keys while people work: killed in the middle it goes on, and no write of a person is lost."""

import time
from typing import Any

import pytest
from tests.playground.models import Contact

from linli.kernel.jobs import Job
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.privacy import rotate
from linli.kernel.privacy.jobs import write_anew
from linli.kernel.seals.sealing import key_id_of

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROWS = 400

WRITER = """
from tests.playground.models import Contact
written = 0
print("begun", flush=True)
while not Contact.objects.filter(remark="stop").exists():
    for row in Contact.objects.filter(remark__startswith="mine"):
        written += 1
        row.phone, row.remark = f"137{written:08d}", f"mine {written}"
        row.save()
"""
RESEALING = "from linli.kernel.privacy import reseal; print(reseal(), flush=True)"


def _sealed_under(key_id: str) -> int:
    return sum(key_id_of(row.phone.sealed_token()) == key_id for row in Contact.objects.exclude(phone=""))


def test_a_killed_job_goes_on_and_a_writers_values_stay(start_child: Any) -> None:
    Contact.objects.bulk_create([Contact(phone=f"139{n:08d}", remark=str(n)) for n in range(ROWS)])
    Contact.objects.bulk_create([Contact(phone=f"136{n:08d}", remark=f"mine {n}") for n in range(5)])
    new = rotate("fields")
    writer, killed = start_child(WRITER), start_child(RESEALING)
    assert writer.stdout.readline() == "begun\n"
    until = time.monotonic() + 60
    while _sealed_under(new) < ROWS // 10:
        assert time.monotonic() < until
        time.sleep(0.005)
    killed.kill()
    killed.wait()
    left = ROWS - _sealed_under(new)
    queued = write_anew.enqueue()
    assert run_waiting() == 1
    Contact.objects.create(remark="stop")
    assert writer.wait() == 0

    assert left > 0
    assert Job.objects.get(pk=queued.id).result["unreadable"] == 0
    assert _sealed_under(new) == ROWS + 5
    plain = [row.phone.for_machine(because="test") for row in Contact.objects.filter(remark__regex=r"^\d+$")]
    assert sorted(plain) == [f"139{n:08d}" for n in range(ROWS)]
    written = Contact.objects.filter(remark__startswith="mine")
    mine = {row.remark: row.phone.for_machine(because="test") for row in written}
    assert {f"mine {int(phone[3:])}": phone for phone in mine.values()} == mine
