"""The pages of the ledger: who reads, who writes, how many queries; receipts come in by table, the ledger goes out."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Commitment, Fund, Payment
from linli.apps.ledger.tables import HEADINGS, PAYMENTS
from linli.apps.ledger.tests.factories import make_commitment, make_fund, make_plan, yuan
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
DAY = date(2026, 3, 2)


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.FINANCE_OFFICER, here.street, password=None)


@pytest.fixture
def finance(officer: User) -> Client:
    return client_of(officer)


@pytest.fixture
def fund(here: District) -> Fund:
    return make_fund(here.street, code="创投26")


def full(fund: Fund, here: District, number: int) -> Commitment:
    row = make_commitment(fund, 1_000, bearer="暖邻社会工作服务中心")
    parts = make_plan(row, (50, 50))
    services.record_payment(parts[0], receipt=f"国库-{number}", paid_on=DAY, amount=yuan(100), actor=None)
    return row


def counted(client: Client, addresses: tuple[str, ...]) -> list[int]:
    found = []
    for address in addresses:
        with CaptureQueriesContext(connection) as told:
            assert client.get(address).status_code == 200
        found.append(len(told))
    return found


def test_lists_and_pages_ask_as_often_for_one_row_as_for_thirty(here: District, finance: Client, fund: Fund) -> None:
    first = full(fund, here, 0)
    services.set_quota(fund, holder=here.community, amount=yuan(500), actor=None)
    addresses = (
        "/desk/ledger/",
        "/desk/ledger/commitments/",
        "/desk/ledger/payments/",
        f"/desk/ledger/funds/{fund.pk}/",
        f"/desk/ledger/commitments/{first.pk}/",
    )
    counted(finance, addresses)
    one = counted(finance, addresses)
    services.set_quota(fund, holder=here.other_community, amount=yuan(500), actor=None)
    for number in range(1, 12):
        full(fund, here, number)
        make_fund(here.street, 10)
    assert counted(finance, addresses) == one
    assert one == [7, 6, 6, 10, 11]


def test_a_fund_is_opened_set_aside_and_closed_by_the_finance_officer(here: District, finance: Client) -> None:
    given = {
        "street": str(here.street.pk), "name": "公益创投专项资金", "code": "创投26", "year": "2026",
        "source": "venture",
        "amount": "¥200,000.00", "document": "清财〔2026〕3号", "on": "2026-01-05",
    }  # fmt: skip
    assert finance.post("/desk/ledger/funds/new/", {**given, "amount": "200000.001"}).status_code == 422
    assert finance.post("/desk/ledger/funds/new/", given).status_code == 302
    fund = Fund.objects.get()
    base = f"/desk/ledger/funds/{fund.pk}/"
    assert finance.post(f"{base}quota/", {"place": str(here.community.pk), "amount": "200000.01"}).status_code == 422
    assert finance.post(f"{base}quota/", {"place": str(here.community.pk), "amount": "80000"}).status_code == 302
    added = {"amount": "5000", "document": "清财〔2026〕9号", "reason": "追加", "on": "2026-03-01"}
    assert finance.post(f"{base}change/", added).status_code == 302
    assert finance.post(f"{base}close/", {"reason": "年度终了"}).status_code == 302
    figures = queries.standing_of(fund)
    assert (figures.amount, figures.quotas) == (yuan(205_000), yuan(80_000))


def test_a_commitment_is_planned_paid_struck_out_and_released_on_its_page(finance: Client, fund: Fund) -> None:
    row = make_commitment(fund, "1000.01")
    base = f"/desk/ledger/commitments/{row.pk}/"
    refused = finance.post(f"{base}plan/", {"parts": "50 签约后\n40% 中期评估后"})
    assert (refused.status_code, "各期比例合计为90%，不是100%。" in refused.content.decode()) == (422, True)
    assert finance.post(f"{base}plan/", {"parts": "50 签约后\n50％ 验收后"}).status_code == 302
    first, second = queries.instalments_of(row)
    assert finance.post(f"/desk/ledger/instalments/{first.pk}/met/", {"on": "2026-03-01"}).status_code == 302
    paid = {"receipt": "国库-7", "paid_on": "2026-03-02", "amount": "500.01"}
    assert finance.post(f"/desk/ledger/instalments/{first.pk}/pay/", paid).status_code == 302
    assert finance.post(f"/desk/ledger/instalments/{second.pk}/pay/", paid).status_code == 422
    payment = Payment.objects.get()
    assert finance.post(f"/desk/ledger/payments/{payment.pk}/strike/", {"reason": "录错"}).status_code == 302
    assert finance.post(f"{base}release/", {"reason": "项目终止"}).status_code == 302
    page = finance.get(base).content.decode()
    assert ("已收回" in page, "录错" in page, queries.room_in(fund)) == (True, True, yuan(100_000))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER])
def test_auditor_and_leader_read_and_write_nothing_of_funds(role: Role, here: District, fund: Fund) -> None:
    reader = client_of(make_user(role, here.street, password=None))
    base = f"/desk/ledger/funds/{fund.pk}/"
    assert [reader.get(base).status_code, reader.get(f"{base}quota/").status_code] == [200, 403]
    assert reader.get("/desk/ledger/funds/new/").status_code == 403


def test_receipts_come_in_by_table_and_the_same_table_twice_changes_nothing(fund: Fund, officer: User) -> None:
    row = make_commitment(fund, 1_000)
    make_plan(row, (50, 50))
    good = {"receipt": "国库-1", "number": "创投26-001", "part": "1", "paid_on": "2026-03-02", "amount": "500.00"}
    rows = [
        good,
        {**good, "receipt": "国库-2", "amount": "0.01"},
        {**good, "receipt": "国库-3", "number": "别的-001"},
        {**good, "receipt": "国库-4", "part": "2", "paid_on": "2999-01-01"},
        {**good, "receipt": "国库-5", "part": "2", "amount": "0.00"},
    ]
    assert PAYMENTS.review is not None
    found = PAYMENTS.review(rows, actor=officer)
    codes = [[problem.code for problem in problems] for problems in found]
    assert codes == [[], ["payment-above"], ["instalment-unknown"], ["payment-ahead"], ["payment-nothing"]]
    assert services.take_over_payments(rows[:1], actor=officer) == 1
    assert services.take_over_payments(rows[:1], actor=officer) == 0
    changed = [dict(good), {**good, "amount": "400.00"}]
    again = [[problem.code for problem in problems] for problems in PAYMENTS.review(changed, actor=officer)]
    assert again == [[], ["receipt-other"]]


def test_the_ledger_goes_out_as_a_workbook(here: District, finance: Client, fund: Fund) -> None:
    full(fund, here, 1)
    make_commitment(fund, 500, title="楼门议事")
    answer = finance.get("/desk/ledger/export/")
    body = b"".join(answer)
    sheet: Iterator[tuple[object, ...]] = load_workbook(BytesIO(body)).worksheets[0].iter_rows(values_only=True)
    rows = [tuple(row) for row in sheet]
    head = rows.index(tuple(HEADINGS))
    assert [(row[4], row[5], row[11], row[15], row[16]) for row in rows[head + 1 :]] == [
        ("创投26-001", "银龄助餐", 1, 100, "国库-1"),
        ("创投26-001", "银龄助餐", 2, 0, None),
        ("创投26-002", "楼门议事", None, None, None),
    ]


def test_what_is_ready_to_be_paid_waits_on_the_finance_officers_desk(finance: Client, fund: Fund) -> None:
    part = make_plan(make_commitment(fund, 1_000))[0]
    assert "银龄助餐第1期" not in finance.get("/desk/").content.decode()
    services.mark_met(part, on=DAY, actor=None)
    assert "银龄助餐第1期" in finance.get("/desk/").content.decode()


def test_the_blank_table_of_receipts_is_handed_to_the_finance_officer(finance: Client) -> None:
    assert finance.get("/desk/imports/template/ledger.payments/").status_code == 200


def test_money_that_came_back_and_another_amount_are_entered_on_its_page(finance: Client, fund: Fund) -> None:
    row = make_commitment(fund, 1_000)
    part = make_plan(row, (50, 50))[0]
    payment = services.record_payment(part, receipt="国库-9", paid_on=DAY, amount=yuan(500), actor=None)
    page, back = f"/desk/ledger/commitments/{row.pk}/", f"/desk/ledger/payments/{payment.pk}/refund/"
    sent = {"receipt": "退库-9", "paid_on": DAY.isoformat(), "amount": "500.01"}
    assert finance.post(back, sent).status_code == 422
    text = finance.post(back, {**sent, "amount": "120"}, follow=True).content.decode()
    assert ("退库-9" in text, "-¥120.00" in text, "已退回" in text) == (True, True, True)
    change = {"amount": "900", "document": "清财〔2026〕8号", "reason": "结算核减"}
    told = finance.post(f"{page}adjust/", change, follow=True).content.decode()
    assert ("¥900.00" in told, "结算核减（清财〔2026〕8号）" in told, "¥1,000.00" in told) == (
        True, True, True,
    )  # fmt: skip
    assert [str(one.amount) for one in row.instalments.order_by("number")] == ["450.00", "450.00"]
