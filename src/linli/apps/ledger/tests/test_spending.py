"""Spending: entered by whoever carries it out, checked and approved by two hands, paid once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Commitment, Expenditure, ExpenditureState, Payment, Voucher
from linli.apps.ledger.queries.vouchers import standing
from linli.apps.ledger.services import Line
from linli.apps.ledger.tables.papers import ACCOUNT, account_rows
from linli.apps.ledger.tests.factories import (
    SPENT_ON,
    make_approved,
    make_commitment,
    make_expenditure,
    make_fund,
    make_ready,
    make_voucher,
    yuan,
)
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
PAID_ON = date(2026, 4, 1)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def finance(here: District) -> User:
    return make_user(Role.FINANCE_OFFICER, here.street, password=None)


@pytest.fixture
def promised(here: District) -> Commitment:
    return make_commitment(make_fund(here.street, 10_000, code="创投26"), 1_000)


@pytest.fixture
def budgeted(here: District) -> Commitment:
    lines = [Line("物资", yuan(600)), Line("场地", yuan(400))]
    return make_commitment(make_fund(here.street, 10_000, code="创投26"), 1_000, lines=lines)


def test_it_goes_from_the_draft_over_two_hands_to_the_treasurys_receipt(
    promised: Commitment, here: District, finance: User
) -> None:
    row = make_ready(promised, 300)
    leader = make_user(Role.LEADER, here.street, password=None)
    services.submit(row, actor=None)
    services.check(row, actor=finance)
    services.approve(row, actor=leader)
    payment = services.record_paid(row, receipt="国库-1", paid_on=PAID_ON, actor=finance)
    assert payment is not None
    assert (payment.amount, row.payment_id, row.state) == (yuan(300), payment.pk, ExpenditureState.PAID)
    assert queries.paid_under(promised) == yuan(300)


def test_nobody_approves_what_he_checked_or_entered(promised: Commitment, finance: User) -> None:
    row = make_ready(promised, 300, actor=finance)
    services.submit(row, actor=finance)
    with pytest.raises(Refusal) as refused:
        services.check(row, actor=finance)
    assert refused.value.code == "same-hand"
    other = make_ready(promised, 200)
    services.submit(other, actor=None)
    services.check(other, actor=finance)
    with pytest.raises(Refusal) as again:
        services.approve(other, actor=finance)
    assert (again.value.code, other.state) == ("same-hand", ExpenditureState.CHECKED)


def test_it_is_sent_back_with_a_reason_and_handed_in_again(promised: Commitment, finance: User) -> None:
    row = make_ready(promised, 300)
    services.submit(row, actor=None)
    with pytest.raises(Refusal):
        services.send_back(row, reason=" ", actor=finance)
    services.send_back(row, reason="清单没有单价", actor=finance)
    assert (row.state, row.returned_reason) == (ExpenditureState.RETURNED, "清单没有单价")
    services.submit(row, actor=None)
    assert (row.state, row.returned_reason) == (ExpenditureState.SUBMITTED, "")


def test_a_missing_paper_bars_it_and_is_named(promised: Commitment) -> None:
    row = make_expenditure(promised, 300)
    with pytest.raises(Refusal) as refused:
        services.submit(row, actor=None)
    assert (refused.value.code, str(refused.value)) == (
        "papers-missing",
        "还缺这些材料：发票（票据）、清单（品名、数量、单价）、签领表或资产登记卡。",
    )
    row.refresh_from_db()
    assert row.state == ExpenditureState.DRAFTED


def test_the_papers_grow_with_the_amount() -> None:
    kind = queries.expense_kinds()["goods"]
    asked = {amount: [one.code for one in kind.required(Decimal(amount))] for amount in ("999.99", "1000", "10000")}
    assert asked == {
        "999.99": ["invoice", "list", "signed_for"],
        "1000": ["invoice", "list", "signed_for", "acceptance"],
        "10000": ["invoice", "list", "signed_for", "acceptance", "quotes", "contract"],
    }


def test_every_kind_of_expense_asks_for_papers() -> None:
    kinds = queries.expense_kinds()
    assert list(kinds) == ["goods", "service", "labour", "works", "printing", "rent", "training"]
    assert [code for code, kind in kinds.items() if not kind.required(Decimal(1))] == []


def test_an_invoice_is_entered_once_over_all_commitments(promised: Commitment, here: District) -> None:
    first = make_voucher(make_expenditure(promised, 300))
    other = make_expenditure(make_commitment(make_fund(here.street), 1_000), 300)
    with pytest.raises(Refusal) as refused:
        make_voucher(other, number=first.number)
    assert (refused.value.code, Voucher.objects.count(), other.shares.count()) == ("voucher-known", 1, 0)


def test_where_an_invoice_stands_is_told_only_as_far_as_one_may_see(promised: Commitment, here: District) -> None:
    agency = make_organization(here.community)
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=agency, password=None)
    street = make_user(Role.STREET_OFFICER, here.street, password=None)
    voucher = make_voucher(make_expenditure(promised, 300))
    own = make_commitment(make_fund(here.street), 1_000, title="槐荫夜校")
    services.set_terms(own, spenders=[agency], actor=None)
    row = make_expenditure(own, 300, actor=manager)
    told = []
    for actor in (manager, street):
        with pytest.raises(Refusal) as refused:
            make_voucher(row, number=voucher.number, actor=actor)
        told.append("银龄助餐" in str(refused.value))
    assert told == [False, True]


def test_the_duplicate_check_asks_twice(promised: Commitment, finance: User) -> None:
    voucher = make_voucher(make_expenditure(promised, 300))
    finance.roles()
    with CaptureQueriesContext(connection) as asked:
        [found] = queries.vouchers_alike([voucher.key, "x"], ["0" * 64], actor=finance)
    assert (found.voucher, len(found.where), len(asked)) == (voucher, 1, 2)


@pytest.mark.sqlite_only
def test_the_duplicate_check_reads_no_whole_table() -> None:
    plan = standing(["26112000000012345678"], ["0" * 64]).order_by("entered_at", "id").explain()
    assert ("SCAN" in plan, plan.count("SEARCH")) == (False, 2)


def test_an_organization_enters_spending_of_its_own_commitments_only(promised: Commitment, here: District) -> None:
    agency = make_organization(here.community)
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=agency, password=None)
    with pytest.raises(NotAllowed):
        make_expenditure(promised, 300, actor=manager)
    services.set_terms(promised, spenders=[agency], actor=None)
    row = make_expenditure(promised, 300, actor=manager)
    assert list(queries.expenditures_visible_to(manager)) == [row]
    stranger = make_user(
        Role.ORGANIZATION_MANAGER, organization=make_organization(here.community, name="另一家中心"), password=None
    )
    assert list(queries.expenditures_visible_to(stranger)) == []
    with pytest.raises(NotAllowed):
        services.check(row, actor=manager)


def test_it_sums_what_is_spent_of_each_line_and_month(budgeted: Commitment) -> None:
    goods, rent = budgeted.lines.all()
    paid = make_approved(budgeted, 250, line=goods)
    services.record_paid(paid, receipt="国库-1", paid_on=PAID_ON, actor=None)
    make_approved(budgeted, 100, line=goods)
    services.submit(make_ready(budgeted, 150, line=rent), actor=None)
    make_expenditure(budgeted, 70, line=rent)
    found = queries.spending_of(budgeted)
    shown = [(one.planned, one.drafted, one.submitted, one.approved, one.paid, one.left) for one in found.lines]
    assert shown == [
        (yuan(600), yuan(0), yuan(0), yuan(100), yuan(250), yuan(250)),
        (yuan(400), yuan(70), yuan(150), yuan(0), yuan(0), yuan(250)),
    ]
    assert (found.total.planned, found.total.left, found.total.vouchers) == (yuan(1_000), yuan(500), 3)
    assert queries.spent_by_month([budgeted]) == {budgeted.pk: {(2026, 4): yuan(250)}}
    assert queries.spending_totals([budgeted])[budgeted.pk].used == yuan(500)


def test_spending_of_many_commitments_asks_once(here: District) -> None:
    fund = make_fund(here.street)
    rows = [make_commitment(fund, 100) for _ in range(3)]
    with CaptureQueriesContext(connection) as asked:
        queries.spent_by_month(rows)
    assert len(asked) == 1


def test_it_never_passes_the_commitment(promised: Commitment) -> None:
    make_approved(promised, 800)
    row = make_ready(promised, "200.01")
    with pytest.raises(Refusal) as refused:
        services.submit(row, actor=None)
    assert str(refused.value) == "本项经费还剩¥200.00，本次支出¥200.01。"


@pytest.mark.parametrize("amount", ["0", "-1", "0.001"])
def test_it_takes_no_amount_that_is_not_money(promised: Commitment, amount: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.draft_expenditure(
            promised, kind="goods", amount=Decimal(amount), purpose="餐具", payee="商行", spent_on=SPENT_ON, actor=None
        )
    assert (refused.value.field, Expenditure.objects.count()) == ("amount", 0)


def test_one_receipt_pays_several_and_the_second_press_pays_nothing(promised: Commitment) -> None:
    rows = [make_approved(promised, 100), make_approved(promised, 200)]
    services.record_paid_together(rows, receipt="国库-7", paid_on=PAID_ON, actor=None)
    with pytest.raises(Conflict):
        services.record_paid(rows[0], receipt="国库-8", paid_on=PAID_ON, actor=None)
    assert [payment.amount for payment in Payment.objects.all()] == [yuan(300)]


def test_money_paid_out_before_is_not_paid_again(here: District) -> None:
    row = make_commitment(make_fund(here.street), 1_000)
    services.set_terms(row, mode="disburse", actor=None)
    spent = make_approved(row, 300)
    assert services.record_paid(spent, receipt="网银-1", paid_on=PAID_ON, actor=None) is None
    assert (spent.state, spent.receipt, Payment.objects.count()) == (ExpenditureState.PAID, "网银-1", 0)


def test_what_is_taken_back_frees_its_invoice(promised: Commitment) -> None:
    row = make_expenditure(promised, 300)
    voucher = make_voucher(row)
    services.drop_expenditure(row, actor=None)
    again = make_voucher(make_expenditure(promised, 300), number=voucher.number)
    assert list(Voucher.objects.all()) == [again]


def test_a_new_budget_keeps_the_spending_at_its_item(budgeted: Commitment) -> None:
    row = make_expenditure(budgeted, 300, line=budgeted.lines.get(item="物资"))
    lines = [Line("场地", yuan(300)), Line("物资", yuan(600))]
    services.adjust(budgeted, amount=yuan(900), grounds=budgeted.grounds, reason="核减", lines=lines, actor=None)
    row.refresh_from_db()
    assert row.line == budgeted.lines.get(item="物资")


def test_the_final_account_shows_the_budget_before_and_after_its_changes(budgeted: Commitment) -> None:
    first = {line.item: line.amount for line in budgeted.lines.all()}
    for lines in ([Line("场地", yuan(250)), Line("物资", yuan(650))], [Line("物资", yuan(900))]):
        services.adjust(budgeted, amount=yuan(900), grounds=budgeted.grounds, reason="核减", lines=lines, actor=None)
    assert ACCOUNT[1:4] == ("预算", "调整后", "决算")
    lines, total = account_rows(Commitment.objects.get(pk=budgeted.pk))
    assert [one[:3] for one in lines] == [("物资", first["物资"], yuan(900)), ("场地", first["场地"], 0)]
    assert (lines[1][6], total[1:4]) == ("已调出", (sum(first.values()), yuan(900), 0))


def test_the_database_repeats_that_paid_has_a_receipt(promised: Commitment) -> None:
    row = make_expenditure(promised, 300)
    with pytest.raises(IntegrityError), transaction.atomic():
        Expenditure.objects.filter(pk=row.pk).update(state="paid")
