"""Instalments sum to the commitment to the fen; payments are recorded, never made, never above what is due."""

from datetime import date
from decimal import Decimal

import pytest

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Commitment, Instalment, Payment
from linli.apps.ledger.tests.factories import make_commitment, make_fund, make_plan, yuan
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit import timeline
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.refs import ref_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def commitment() -> Commitment:
    return make_commitment(make_fund(make_district().street), "10000.01")


def pay(part: Instalment, amount: str | int, receipt: str = "国库-1") -> Payment:
    return services.record_payment(part, receipt=receipt, paid_on=DAY, amount=yuan(amount), actor=None)


def test_instalments_sum_to_the_commitment_to_the_fen(commitment: Commitment) -> None:
    shares = ("33.33", "33.33", "33.34")
    amounts = [part.amount for part in make_plan(commitment, shares)]
    assert amounts == [yuan("3333.00"), yuan("3333.00"), yuan("3334.01")]
    assert sum(amounts) == commitment.amount


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ((), "请选择各期比例：没有规定给出比例。"),
        ((50, 40), "各期比例合计为90%，不是100%。"),
        (("33.33", "33.33", "33.33"), "各期比例合计为99.99%，不是100%。"),
        ((50, 0, 50), "比例须为大于零、至多两位小数的百分数。"),
        (("33.333", "66.667"), "比例须为大于零、至多两位小数的百分数。"),
        ((150, -50), "比例须为大于零、至多两位小数的百分数。"),
    ],
)
def test_shares_are_chosen_and_sum_to_exactly_one_hundred(
    commitment: Commitment, shares: tuple[int | str, ...], sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        make_plan(commitment, shares)
    assert str(refused.value) == sentence
    assert queries.instalments_of(commitment) == []


def test_a_plan_is_drawn_up_anew_until_something_is_paid(commitment: Commitment) -> None:
    make_plan(commitment)
    parts = make_plan(commitment, (60, 40))
    assert [part.share for part in queries.instalments_of(commitment)] == [Decimal("60.00"), Decimal("40.00")]
    pay(parts[0], 1)
    with pytest.raises(Refusal) as refused:
        make_plan(commitment)
    assert refused.value.code == "paid-already"


def test_a_payment_never_passes_its_instalment(commitment: Commitment) -> None:
    part = make_plan(commitment, (50, 50))[0]
    pay(part, 3_000)
    with pytest.raises(Refusal) as refused:
        pay(part, "2000.02", "国库-2")
    assert refused.value.code == "above-limit"
    pay(part, "2000.01", "国库-2")
    assert [(row.paid, row.state) for row in queries.instalments_of(commitment)] == [
        (yuan("5000.01"), "paid"),
        (yuan(0), "planned"),
    ]


def test_a_receipt_is_entered_once_in_a_street(commitment: Commitment) -> None:
    parts = make_plan(commitment)
    pay(parts[0], 100)
    with pytest.raises(Refusal) as refused:
        pay(parts[1], 100)
    assert str(refused.value) == "本街道已登记过回单号国库-1。"


def test_a_wrong_payment_is_struck_out_and_its_receipt_may_be_entered_again(commitment: Commitment) -> None:
    part = make_plan(commitment, (100,))[0]
    wrong = pay(part, "10000.01")
    services.strike_out(wrong, reason="金额录错", actor=None)
    assert [(row.paid, row.state) for row in queries.instalments_of(commitment)] == [(yuan(0), "planned")]
    with pytest.raises(Conflict):
        services.strike_out(wrong, reason="金额录错", actor=None)
    pay(part, 9_000)
    assert Payment.objects.count() == 2


def test_a_wrong_payment_of_a_released_commitment_can_be_put_right(commitment: Commitment) -> None:
    part = make_plan(commitment, (100,))[0]
    wrong = pay(part, 4_000)
    services.release(commitment, reason="项目终止", actor=None)
    services.strike_out(wrong, reason="回单号录错", actor=None)
    part.refresh_from_db()
    with pytest.raises(Refusal):
        pay(part, "4000.01", "国库-9")
    pay(part, 4_000, "国库-9")
    assert [row.state for row in queries.instalments_of(commitment)] == ["dropped"]


def test_a_condition_is_met_once(commitment: Commitment) -> None:
    part = make_plan(commitment)[0]
    services.mark_met(part, on=DAY, actor=None)
    assert [row.state for row in queries.instalments_of(commitment)] == ["ready", "planned", "planned"]
    with pytest.raises(Conflict):
        services.mark_met(part, on=DAY, actor=None)


def back(payment: Payment, amount: str | int, receipt: str = "退库-1") -> Payment:
    return services.record_refund(payment, receipt=receipt, paid_on=DAY, amount=yuan(amount), actor=None)


def test_what_came_back_may_be_paid_again_and_never_passes_what_was_paid(commitment: Commitment) -> None:
    part = make_plan(commitment)[0]
    payment = pay(part, part.amount)
    came = back(payment, 1000)
    part.refresh_from_db()
    paid = part.amount - yuan(1000)
    assert (came.amount, queries.paid_of(part), part.state) == (yuan(-1000), paid, "planned")
    with pytest.raises(Refusal) as refused:
        back(payment, paid + yuan("0.01"), "退库-2")
    assert (refused.value.code, Payment.objects.count()) == ("above-limit", 2)
    with pytest.raises(Refusal, match="国库-1"):
        back(payment, 1, "国库-1")
    pay(part, 1000, "国库-2")
    assert queries.paid_of(part) == part.amount


def test_a_payment_of_which_money_came_back_is_not_struck_out_first(commitment: Commitment) -> None:
    payment = pay(make_plan(commitment)[0], 1000)
    came = back(payment, 400)
    with pytest.raises(Refusal) as refused:
        services.strike_out(payment, reason="录错", actor=None)
    assert refused.value.code == "refunded"
    with pytest.raises(Conflict):
        back(came, 1, "退库-3")
    services.strike_out(came, reason="录错", actor=None)
    services.strike_out(payment, reason="录错", actor=None)
    assert queries.paid_under(commitment) == 0


def test_what_comes_back_of_a_released_commitment_goes_into_the_fund(commitment: Commitment) -> None:
    payment = pay(make_plan(commitment)[0], 1000)
    services.release(commitment, reason="项目终止", actor=None)
    back(payment, 400)
    commitment.refresh_from_db()
    assert (commitment.binding, queries.paid_under(commitment)) == (yuan(600), yuan(600))
    assert [one.actor for one in timeline(ref_of(commitment))][-1] == "系统时钟"
    assert dict(timeline(ref_of(commitment))[-1].facts)["金额"] == "¥400.00"
