"""The list of fees, money that comes back, the end of the year, and the sums that ``linli ledger verify`` adds anew."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Commitment, Expenditure, ExpenditureState, LabourFee, Voucher, VoucherShare
from linli.apps.ledger.tests.factories import (
    give_papers,
    make_approved,
    make_commitment,
    make_expenditure,
    make_fund,
    make_ready,
    make_voucher,
    yuan,
)
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def promised(here: District) -> Commitment:
    return make_commitment(make_fund(here.street, 10_000), 1_000)


def paid(promised: Commitment, amount: int, receipt: str) -> Expenditure:
    row = make_approved(promised, amount)
    services.record_paid(row, receipt=receipt, paid_on=DAY, actor=None)
    return row


def test_fees_are_sealed_and_opened_by_the_finance_officer_alone(promised: Commitment, here: District) -> None:
    row = make_expenditure(promised, 600, kind="labour", payee="专家三人")
    given: dict[str, Any] = {"occasion": "健康讲座", "times": 1, "actor": None}
    services.add_fee(row, name="卫长青", each=yuan(400), tax=yuan("32.00"), account="和安银行 6222", **given)
    give_papers(row)
    with pytest.raises(Refusal) as refused:
        services.submit(row, actor=None)
    assert refused.value.code == "fees-differ"
    services.add_fee(row, name="安若宁", each=yuan(200), **given)
    services.submit(row, actor=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, account FROM ledger_labourfee")
        assert [any(word in text for text in line for word in ("卫", "6222")) for line in cursor.fetchall()] == [
            False
        ] * 2
    finance = make_user(Role.FINANCE_OFFICER, here.street, password=None)
    opened = services.open_fees(row, reason="制作发放表", actor=finance)
    assert [(name, account) for _fee, name, _number, account in opened] == [("卫长青", "和安银行 6222"), ("安若宁", "")]
    with pytest.raises(NotAllowed):
        services.open_fees(row, reason="想看看名单", actor=make_user(Role.STREET_OFFICER, here.street, password=None))


@pytest.mark.parametrize("wrong", [{"tax": "400"}, {"tax": "-1"}, {"times": 0}, {"each": "-5"}, {"name": " "}])
def test_a_fee_that_is_none_is_refused(promised: Commitment, wrong: dict[str, Any]) -> None:
    row = make_expenditure(promised, 400, kind="labour")
    given: dict[str, Any] = {"name": "卫长青", "occasion": "讲座", "times": 1, "each": "400", "tax": "0", **wrong}
    given |= {name: Decimal(given[name]) for name in ("each", "tax")}
    with pytest.raises(Refusal):
        services.add_fee(row, actor=None, **given)
    assert LabourFee.objects.count() == 0


def test_money_that_comes_back_lowers_what_was_spent(promised: Commitment) -> None:
    row = paid(promised, 300, "国库-1")
    assert row.payment is not None
    refund = services.record_refund(row.payment, receipt="退-1", paid_on=DAY, amount=yuan(100), actor=None)
    row.refresh_from_db()
    assert (row.came_back, row.spent, queries.paid_under(promised)) == (yuan(100), yuan(200), yuan(200))
    assert queries.spending_of(promised).total.left == yuan(800)
    services.strike_out(refund, reason="录入有误", actor=None)
    row.refresh_from_db()
    assert row.came_back == yuan(0)


def test_of_several_expenditures_it_is_said_which_one_money_came_back_of(promised: Commitment) -> None:
    rows = [make_approved(promised, 100), make_approved(promised, 200)]
    payment = services.record_paid_together(rows, receipt="国库-1", paid_on=DAY, actor=None)
    assert payment is not None
    with pytest.raises(Refusal):
        services.record_refund(payment, receipt="退-1", paid_on=DAY, amount=yuan(50), actor=None)
    with pytest.raises(Refusal):
        services.record_refund(payment, receipt="退-1", paid_on=DAY, amount=yuan(101), expenditure=rows[0], actor=None)
    services.record_refund(payment, receipt="退-1", paid_on=DAY, amount=yuan(50), expenditure=rows[1], actor=None)
    assert [row.came_back for row in Expenditure.objects.order_by("serial")] == [yuan(0), yuan(50)]


def test_a_payment_struck_out_is_to_be_paid_again(promised: Commitment) -> None:
    row = paid(promised, 300, "国库-1")
    services.strike_out_paid(row, reason="回单录错", actor=None)
    row.refresh_from_db()
    assert (row.state, row.payment, queries.paid_under(promised)) == (ExpenditureState.APPROVED, None, yuan(0))
    services.record_paid(row, receipt="国库-1", paid_on=DAY, actor=None)
    assert row.state == ExpenditureState.PAID


def test_what_is_left_is_carried_over_by_a_paper(promised: Commitment) -> None:
    paid(promised, 300, "国库-1")
    given: dict[str, Any] = {"year": 2026, "reason": "项目跨年", "actor": None}
    with pytest.raises(Refusal):
        services.close_year(promised, decision="carry", document=" ", **given)
    row = services.close_year(promised, decision="carry", document="清财〔2026〕40号", **given)
    assert (row.balance, queries.room_in(promised.fund)) == (yuan(700), yuan(9_000))
    with pytest.raises(Conflict):
        services.close_year(promised, decision="carry", document="清财〔2026〕41号", **given)


def test_what_is_left_is_given_back_by_a_paper(promised: Commitment) -> None:
    paid(promised, 300, "国库-1")
    waiting = make_ready(promised, 100)
    services.submit(waiting, actor=None)
    given: dict[str, Any] = {
        "year": 2026,
        "decision": "give_back",
        "document": "清财〔2026〕40号",
        "reason": "年终清理",
    }
    with pytest.raises(Refusal) as refused:
        services.close_year(promised, actor=None, **given)
    assert refused.value.code == "under-way"
    services.send_back(waiting, reason="来不及付款", actor=None)
    assert services.close_year(promised, actor=None, **given).balance == yuan(700)
    promised.refresh_from_db()
    assert (promised.released, queries.room_in(promised.fund)) == (yuan(700), yuan(9_700))


def test_money_paid_out_and_not_spent_comes_back_first(promised: Commitment) -> None:
    services.set_terms(promised, mode="disburse", actor=None)
    [part] = services.plan_instalments(promised, parts=[services.Part(Decimal(100), "签约后")], actor=None)
    services.mark_met(part, on=DAY, actor=None)
    payment = services.record_payment(part, receipt="国库-1", paid_on=DAY, amount=yuan(1_000), actor=None)
    paid(promised, 300, "网银-1")
    given: dict[str, Any] = {
        "year": 2026,
        "decision": "give_back",
        "document": "清财〔2026〕40号",
        "reason": "年终清理",
    }
    with pytest.raises(Refusal) as refused:
        services.close_year(promised, actor=None, **given)
    assert refused.value.code == "money-out"
    services.record_refund(payment, receipt="退-1", paid_on=DAY, amount=yuan(700), actor=None)
    assert services.close_year(promised, actor=None, **given).balance == yuan(700)


def test_an_instalment_waits_for_its_condition_where_money_is_paid_out(promised: Commitment) -> None:
    services.set_terms(promised, mode="disburse", actor=None)
    [part] = services.plan_instalments(promised, parts=[services.Part(Decimal(100), "中期评估合格后")], actor=None)
    with pytest.raises(Refusal) as refused:
        services.record_payment(part, receipt="国库-1", paid_on=DAY, amount=yuan(1_000), actor=None)
    assert str(refused.value) == "本期的拨付条件还没有达成：中期评估合格后。"
    services.mark_met(part, on=DAY, actor=None)
    services.record_payment(part, receipt="国库-1", paid_on=DAY, amount=yuan(1_000), actor=None)


@pytest.mark.parametrize(
    ("model", "columns", "rules"),
    [
        (Expenditure, {}, []),
        (VoucherShare, {"amount": yuan(299)}, ["shares-sum-to-expenditure"]),
        (Voucher, {"amount": yuan(299)}, ["shares-within-voucher"]),
        (Voucher, {"key": "26112000000000000001"}, ["voucher-key"]),
        (Expenditure, {"came_back": yuan(1)}, ["returns-sum-to-expenditure"]),
        (
            Expenditure,
            {"amount": yuan(1_001)},
            ["shares-sum-to-expenditure", "spent-within-commitment", "spending-sums-to-payment"],
        ),
    ],
)
def test_the_check_finds_spending_that_was_tampered_with(
    promised: Commitment, model: type[Any], columns: dict[str, Any], rules: list[str]
) -> None:
    paid(promised, 300, "国库-1")
    if columns:
        model.objects.update(**columns)
    assert [one.what for one in queries.discrepancies()] == rules


def test_a_voucher_that_is_no_invoice_is_known_by_who_issued_it(promised: Commitment) -> None:
    make_voucher(make_expenditure(promised, 300), number="0007", seller="清河里收据")
    make_voucher(make_expenditure(promised, 300), number="0007", seller="另一家")
    with pytest.raises(Refusal):
        make_voucher(make_expenditure(promised, 300), number="0007", seller="清河里收据")
