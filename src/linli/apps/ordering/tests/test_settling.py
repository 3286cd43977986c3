"""Settlement within the commitment, paid through the ledger; the chain both ways; what waits for its money."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.support.remembering import remembered

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Expenditure, Fund
from linli.apps.ledger.tests.factories import give_papers, make_commitment, make_fund, make_voucher
from linli.apps.ordering import queries, services
from linli.apps.ordering.models import (
    Account,
    Contractor,
    Order,
    OrderState,
    Settlement,
    SheetOrder,
    SheetState,
    WorkSheet,
)
from linli.apps.ordering.services import Lack
from linli.apps.ordering.tests.factories import make_contractor, make_item, make_order, make_sheet
from linli.apps.organizations.services import give_standing
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db]

NOON = datetime(2026, 3, 31, 4, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@remembered
def promised(orders: int = 3) -> tuple[District, Contractor]:
    """A sheet under way out of the Party-service fund, ¥1,200 promised to one organization, with orders on it."""
    here = make_district()
    fund = make_fund(here.street, code="党群1", name="党组织服务群众经费", source="party_service")
    sheet = make_sheet(here.community, state=SheetState.UNDER_WAY, fund=fund)
    item = make_item(here.community)
    for number in range(1, orders + 1):
        SheetOrder.objects.create(sheet=sheet, order=make_order(item, number))
    Order.objects.filter(item=item).update(state=OrderState.ON_SHEET)
    row = make_contractor(sheet, make_organization(here.community))
    row.commitment = make_commitment(fund, 1200, subject=ref_of(sheet), grounds=ref_of(sheet), title="3月理发")
    row.save(update_fields=["commitment"])
    return here, row


def accepted(contractor: Contractor, since: date = FIRST, until: date = LAST, **more: Any) -> Any:
    return services.accept_delivery(contractor, since=since, until=until, delivered=60, actor=None, at=NOON, **more)


def paid(row: Settlement) -> Expenditure:
    """Its expenditure, carried through the ledger to the treasury's receipt."""
    spent = row.expenditure
    assert spent is not None
    make_voucher(spent)
    give_papers(spent)
    for step in (ledger.submit, ledger.check, ledger.approve):
        step(spent, actor=None)
    ledger.record_paid(spent, receipt="国库0331", paid_on=LAST, actor=None)
    spent.refresh_from_db()
    return spent


def test_a_settlement_is_paid_through_the_ledger_out_of_the_fund_of_the_sheet() -> None:
    _here, contractor = promised()
    row = services.draw_settlement(accepted(contractor), amount=Decimal("1000.01"), actor=None, at=NOON)
    assert (row.state, str(row.expenditure)) == ("drawn", "党群1-001-01 Z2026-0001 3月理发")
    spent = paid(row)
    row.refresh_from_db()
    assert (row.state, spent.commitment.fund.source) == ("paid", "party_service")
    services.close_delivery(contractor.sheet, actor=None, at=NOON)
    assert services.settle_paid([contractor.sheet], at=NOON) == 1
    assert WorkSheet.objects.get().state == SheetState.SETTLED


def test_a_contract_under_way_goes_on_though_its_contractor_may_take_on_nothing_new() -> None:
    _here, contractor = promised()
    give_standing(
        contractor.organization, kind=queries.UNDERTAKING, value=queries.MAY_NOT, valid_from=FIRST, source="退出决定",
        actor=None,
    )  # fmt: skip
    assert queries.what_bars(contractor.organization, "sharpening", LAST) == ["该组织目前不具备承接资格。"]
    row = services.draw_settlement(accepted(contractor), amount=Decimal(1200), actor=None, at=NOON)
    paid(row)
    services.close_delivery(contractor.sheet, actor=None, at=NOON)
    assert services.settle_paid([contractor.sheet], at=NOON) == 1
    row.refresh_from_db()
    assert (row.state, WorkSheet.objects.get().state) == ("paid", SheetState.SETTLED)


def test_a_settlement_above_the_commitment_is_refused() -> None:
    _here, contractor = promised()
    first = accepted(contractor, until=date(2026, 3, 15))
    second = accepted(contractor, since=date(2026, 3, 16))
    services.draw_settlement(first, amount=Decimal(1000), actor=None, at=NOON)
    with pytest.raises(Refusal) as refused:
        services.draw_settlement(second, amount=Decimal("200.01"), actor=None, at=NOON)
    assert refused.value.code == "above-commitment"
    assert "¥200.00" in str(refused.value)
    services.draw_settlement(second, amount=Decimal(200), actor=None, at=NOON)
    assert Account.objects.get().settled == 1200


def test_the_database_itself_holds_the_limit() -> None:
    _here, contractor = promised()
    services.draw_settlement(accepted(contractor), amount=Decimal(1200), actor=None, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.update(settled=Decimal("1200.01"))


def test_what_cannot_be_settled_is_refused_with_its_reason() -> None:
    here, contractor = promised()
    row = accepted(contractor, defects=[Lack("少一次", LAST)])
    with pytest.raises(Refusal) as refused:
        services.draw_settlement(row, amount=Decimal(1), actor=None, at=NOON)
    assert refused.value.code == "defects"
    services.redeliver(row.defects.get(), on=LAST, actor=None, at=NOON)
    for amount, code in ((Decimal(0), "refused"), (Decimal("0.001"), "inexact")):
        with pytest.raises(Refusal) as refused:
            services.draw_settlement(row, amount=amount, actor=None, at=NOON)
        assert (refused.value.field, code in ("refused", refused.value.code)) == ("amount", True)
    with pytest.raises(NotAllowed):
        services.draw_settlement(
            row, amount=Decimal(1), actor=make_user(Role.COMMUNITY_WORKER, here.community), at=NOON
        )
    services.draw_settlement(row, amount=Decimal(1), actor=None, at=NOON)
    with pytest.raises(Conflict):
        services.draw_settlement(row, amount=Decimal(1), actor=None, at=NOON)
    Contractor.objects.update(commitment=None)
    other = accepted(Contractor.objects.get(), since=date(2026, 2, 1), until=date(2026, 2, 2))
    with pytest.raises(Refusal) as refused:
        services.draw_settlement(other, amount=Decimal(1), actor=None, at=NOON)
    assert refused.value.code == "no-money"


def test_a_settlement_taken_back_frees_its_amount() -> None:
    _here, contractor = promised()
    row = services.draw_settlement(accepted(contractor), amount=Decimal(1200), actor=None, at=NOON)
    services.drop_settlement(row, actor=None, at=NOON)
    assert (Account.objects.get().settled, Expenditure.objects.count()) == (0, 0)


def test_one_payment_leads_to_its_orders_and_an_order_to_its_yuan() -> None:
    here, contractor = promised()
    officer, stranger = (make_user(Role.STREET_OFFICER, place) for place in (here.street, here.neighbour_street))
    row = services.draw_settlement(accepted(contractor), amount=Decimal(1000), actor=None, at=NOON)
    spent = paid(row)
    order = Order.objects.order_by("serial")[0]
    commitment = contractor.commitment
    assert commitment is not None
    for number in (spent.receipt, spent.number, commitment.number, contractor.sheet.number, order.number):
        assert list(queries.sheets_by(number, officer)) == [contractor.sheet], number
        assert list(queries.sheets_by(number, stranger)) == []
    found = queries.chain(contractor.sheet)
    assert (found.orders, found.promised, found.settled, found.paid) == (3, 1200, 1000, 1000)
    assert [fund.name for fund in found.funds] == ["党组织服务群众经费"]
    parts = found.weights.parts(found.paid)
    assert sorted(parts.values()) == [Decimal("333.33"), Decimal("333.33"), Decimal("333.34")]
    assert queries.ledger_rows(officer, 2026)[0][-5:] == [
        Decimal(1000),
        spent.number,
        "已支付",
        "2026-03-31",
        "国库0331",
    ]


@pytest.mark.pages
def test_the_page_of_a_chain_asks_as_often_whatever_its_size(django_assert_max_num_queries: Any) -> None:
    here, contractor = promised()
    client = Client()
    client.force_login(make_user(Role.STREET_OFFICER, here.street))
    row = services.draw_settlement(accepted(contractor), amount=Decimal(1000), actor=None, at=NOON)
    paid(row)
    address = f"/desk/ordering/chain/{contractor.sheet.number}/"
    client.get(address)
    item = make_item(here.community, title="修脚")
    sheet = contractor.sheet
    for number in range(10, 40):
        SheetOrder.objects.create(sheet=sheet, order=make_order(item, number))
    fund = Fund.objects.get()
    for number in range(4):
        other = make_contractor(sheet, make_organization(here.community, f"第{number}家"), share=1)
        other.commitment = make_commitment(fund, 100, subject=ref_of(other), grounds=ref_of(sheet))
        other.save(update_fields=["commitment"])
        services.draw_settlement(accepted(other), amount=Decimal(50), actor=None, at=NOON)
    with django_assert_max_num_queries(15):
        page = client.get(address).content.decode()
    assert ("第3家" in page, "国库0331" in page, "1,200.00" in page or "1,600.00" in page) == (True, True, True)


def test_what_is_accepted_ages_until_it_is_paid(django_assert_num_queries: Any) -> None:
    here, contractor = promised()
    officer = make_user(Role.STREET_OFFICER, here.street)
    accepted(contractor, until=date(2026, 3, 15))
    row = services.draw_settlement(
        accepted(contractor, since=date(2026, 3, 16)), amount=Decimal(700), actor=None, at=NOON
    )
    list(queries.unpaid(officer, LAST))
    with django_assert_num_queries(1):
        bands = queries.unpaid(officer, date(2026, 5, 15))
    assert [(len(band.rows), band.amount) for band in bands] == [(0, 0), (2, 700), (0, 0), (0, 0)]
    paid(row)
    assert sum(len(band.rows) for band in queries.unpaid(officer, date(2026, 5, 15))) == 1
