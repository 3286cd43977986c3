"""Codes: read easily, used once, gone when expired, and for a secret purpose joined to nobody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from linli.kernel import slips
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.refs import Ref, new_key
from linli.kernel.slips import Slip

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-03-02T10:00+08:00")
LATER = NOW + timedelta(days=7)


def test_it_issues_codes_nobody_misreads() -> None:
    codes = slips.issue("survey", count=200, expires=LATER, at=NOW)
    assert len(set(codes)) == 200
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) & set("0O1IL") == set()
    assert len(slips.ALPHABET) == 31


def test_it_keeps_no_code() -> None:
    (code,) = slips.issue("survey", expires=LATER, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM slips_slip")
        stored = str(cursor.fetchall())
    assert code not in stored
    assert slips.show(code) not in stored


def test_it_is_used_once() -> None:
    (code,) = slips.issue("survey", expires=LATER, at=NOW)
    slips.use(code, "survey", at=NOW)
    with pytest.raises(Conflict, match="已被使用"):
        slips.use(code, "survey", at=NOW)
    assert slips.left("survey") == (1, 1)


def test_it_says_whether_a_code_is_still_good_and_uses_nothing_up() -> None:
    (code,) = slips.issue("survey", expires=LATER, at=NOW)
    assert slips.check(code, ["ballot", "survey"], at=NOW) == "survey"
    slips.use(code, "survey", at=NOW)
    with pytest.raises(Conflict):
        slips.check(code, ["survey"], at=NOW)
    (other,) = slips.issue("survey", expires=LATER, at=NOW)
    with pytest.raises(Refusal) as refused:
        slips.check(other, ["survey"], at=LATER)
    assert refused.value.code == "expired"


@pytest.mark.parametrize(
    "wear",
    [
        str.lower,
        slips.show,
        lambda code: f" {code[:4]} {code[4:]} ",
        lambda code: code.translate({n: n + 0xFEE0 for n in range(0x30, 0x5B)}),
    ],
)
def test_it_takes_a_code_however_it_is_typed(wear: Callable[[str], str]) -> None:
    (code,) = slips.issue("survey", expires=LATER, at=NOW)
    slips.use(wear(code), "survey", at=NOW)
    assert slips.left("survey") == (1, 1)


def test_it_expires() -> None:
    (code,) = slips.issue("survey", expires=LATER, at=NOW)
    with pytest.raises(Refusal, match="已过期"):
        slips.use(code, "survey", at=LATER)
    slips.use(code, "survey", at=LATER - timedelta(seconds=1))


@pytest.mark.parametrize("wrong", ["", "ABCD", "ABCDEFGHJ", "!!!!", "二" * 8, "x" * 10_000])
def test_it_knows_no_other_code(wrong: str) -> None:
    slips.issue("survey", expires=LATER, at=NOW)
    with pytest.raises(Missing):
        slips.use(wrong, "survey", at=NOW)


def test_it_opens_only_what_it_was_issued_for() -> None:
    (code,) = slips.issue("survey", expires=LATER, at=NOW)
    with pytest.raises(Missing):
        slips.use(code, "ballot", at=NOW)


def test_it_gives_the_record_it_was_issued_for() -> None:
    refs = [Ref("playground.pot", new_key()) for _ in range(5)]
    codes = slips.issue("sign-in", refs=refs, expires=LATER, at=NOW)
    assert [slips.use(code, "sign-in", at=NOW) for code in codes] == refs
    assert set(Slip.objects.values_list("used_at", flat=True)) == {NOW}


def test_it_stays_unused_where_the_verb_is_refused() -> None:
    (code,) = slips.issue("survey", expires=LATER, at=NOW)
    with pytest.raises(Refusal, match="no"), transaction.atomic():
        slips.use(code, "survey", at=NOW)
        raise Refusal("no")
    assert slips.left("survey") == (1, 0)


def test_a_secret_slip_is_joined_to_nobody() -> None:
    codes = slips.issue("ballot", count=40, secret=True, expires=LATER, at=NOW)
    for code in codes[:20]:
        assert slips.use(code, "ballot", at=NOW + timedelta(hours=1)) is None
    rows = list(Slip.objects.values("ref_kind", "ref_id", "used_at", "expires"))
    assert rows == [{"ref_kind": "", "ref_id": None, "used_at": None, "expires": LATER}] * 40
    assert {field.name for field in Slip._meta.get_fields()} == {
        "id", "fingerprint", "purpose", "is_secret", "ref_kind", "ref_id", "expires", "is_used", "used_at",
    }  # fmt: skip


def test_the_key_of_a_slip_tells_neither_time_nor_order() -> None:
    slips.issue("ballot", count=50, secret=True, expires=LATER, at=NOW)
    keys = list(Slip.objects.values_list("id", flat=True))
    assert {key.version for key in keys} == {4}
    by_hash = list(Slip.objects.order_by("fingerprint").values_list("id", flat=True))
    assert by_hash != sorted(by_hash)


def test_it_refuses_a_secret_slip_for_a_record() -> None:
    with pytest.raises(Refusal):
        slips.issue("ballot", refs=[Ref("playground.pot", new_key())], secret=True, expires=LATER, at=NOW)


@pytest.mark.parametrize(
    "columns", [{"used_at": NOW, "is_used": True}, {"ref_id": new_key()}, {"ref_kind": "playground.pot"}]
)
def test_the_database_keeps_a_secret_slip_secret(columns: dict[str, Any]) -> None:
    slips.issue("ballot", secret=True, expires=LATER, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.update(**columns)


@pytest.mark.parametrize(("count", "expires"), [(0, LATER), (20_001, LATER), (1, NOW)])
def test_it_refuses_to_issue_nonsense(count: int, expires: datetime) -> None:
    with pytest.raises(Refusal):
        slips.issue("survey", count=count, expires=expires, at=NOW)
    assert Slip.objects.count() == 0


BOTH = """
import sys
from linli.kernel import slips
from linli.kernel.errors import Refusal
said = ""
for code in sys.argv[1].split():
    try:
        slips.use(code, "ballot")
        said += "y"
    except Refusal:
        said += "n"
print(said)
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_is_used_once_when_two_processes_race(race: Callable[..., list[str]]) -> None:
    codes = slips.issue("ballot", count=60, secret=True, expires=timezone.now() + timedelta(hours=1))
    first, second = (text.strip() for text in race(BOTH, [(" ".join(codes),)] * 2))
    assert [{a, b} for a, b in zip(first, second, strict=True)] == [{"y", "n"}] * 60
