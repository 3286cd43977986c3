"""Limits over rows: eight desks at once, rings of locks, exactly used limits."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.playground import pots
from tests.playground.models import Pot, Spend

from linli.kernel import money
from linli.kernel.errors import Missing, Refusal

DESK = """
import sys
from decimal import Decimal
from linli.kernel.errors import Refusal
from tests.playground import pots
from tests.playground.models import Pot
served = 0
for _ in range(10):
    try:
        pots.spend(*Pot.objects.order_by(sys.argv[1]), amount=Decimal("3.00"))
        served += 1
    except Refusal:
        pass
print(served)
"""
Race = Callable[[str, list[tuple[str, ...]]], list[str]]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_never_lets_eight_desks_pass_a_limit_of_100(race: Race) -> None:
    pot = Pot.objects.create(limit=Decimal("100.00"))
    served = race(DESK, [("id",)] * 8)
    assert sum(map(int, served)) == 33
    assert pots.used(pot) == Decimal("99.00")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_never_makes_desks_wait_for_each_other_in_a_ring(race: Race) -> None:
    wide = Pot.objects.create(limit=Decimal("100.00"))
    narrow = Pot.objects.create(limit=Decimal("60.00"))
    served = race(DESK, [("id",), ("-id",), ("id",), ("-id",)])
    assert sum(map(int, served)) == 20
    assert [pots.used(wide), pots.used(narrow)] == [Decimal("60.00"), Decimal("60.00")]


@pytest.mark.django_db
def test_it_finds_300_exactly_used_limits_equal() -> None:
    chance = random.Random(20260101)
    for number in range(300):
        limit = Decimal(chance.randint(1, 10_000_000)).scaleb(-2)
        pot = Pot.objects.create(limit=limit)
        parts = money.largest_remainder(limit, [chance.randint(1, 1000) for _ in range(number % 12 + 1)])
        Spend.objects.bulk_create(Spend(pot=pot, amount=part) for part in parts if part)
    used = [pots.used(pot) == pot.limit for pot in Pot.objects.all()]
    assert used == [True] * 300


@pytest.mark.django_db
def test_it_lets_the_last_fen_go_and_refuses_the_next() -> None:
    pot = Pot.objects.create(limit=Decimal("0.03"))
    for _ in range(3):
        pots.spend(pot, amount=Decimal("0.01"))
    with pytest.raises(Refusal) as refused:
        pots.spend(pot, amount=Decimal("0.01"))
    assert str(refused.value) == "额度¥0.03，剩余¥0.00，本次申请¥0.01，超出额度。"
    assert refused.value.code == "above-limit"


@pytest.mark.django_db
def test_it_writes_nothing_where_one_of_two_limits_is_passed() -> None:
    wide, narrow = Pot.objects.create(limit=Decimal(10)), Pot.objects.create(limit=Decimal(1))
    with pytest.raises(Refusal):
        pots.spend(wide, narrow, amount=Decimal("5.00"))
    assert Spend.objects.count() == 0
    wide.refresh_from_db()
    assert wide.version == 0


@pytest.mark.django_db
def test_it_reads_the_row_afresh_once_it_is_taken() -> None:
    pot = Pot.objects.create(limit=Decimal("10.00"))
    Pot.objects.filter(pk=pot.pk).update(limit=Decimal("2.00"))
    with money.locked(pot):
        assert pot.limit == Decimal("2.00")


@pytest.mark.django_db
def test_it_says_when_the_limit_is_gone() -> None:
    pot = Pot.objects.create(limit=Decimal("10.00"))
    Pot.objects.all().delete()
    with pytest.raises(Missing), money.locked(pot):
        pass
