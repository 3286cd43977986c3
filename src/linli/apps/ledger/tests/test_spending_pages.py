"""The pages of spending: an organization enters it with a photo, the street checks, approves and pays; papers."""

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Commitment, Expenditure, Voucher
from linli.apps.ledger.services import Line
from linli.apps.ledger.tests.factories import (
    a_paper,
    make_approved,
    make_commitment,
    make_expenditure,
    make_fund,
    make_plan,
    make_voucher,
    yuan,
)
from linli.apps.ledger.tests.invoices import photo
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
DAY = date(2026, 3, 2)
HERE = "/desk/ledger/"


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def finance(here: District) -> Client:
    return client_of(make_user(Role.FINANCE_OFFICER, here.street, password=None))


@pytest.fixture
def promised(here: District) -> Commitment:
    lines = [Line("物资", yuan(600)), Line("场地", yuan(400))]
    fund = make_fund(here.street, 10_000, code="创投26")
    return make_commitment(fund, 1_000, lines=lines, bearer="暖邻社会工作服务中心")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def an_upload(body: BytesIO, name: str, kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body.getvalue(), kind)


def test_an_organization_spends_and_the_street_pays(promised: Commitment, here: District, finance: Client) -> None:
    agency = make_organization(here.community)
    services.set_terms(promised, spenders=[agency], actor=None)
    manager = client_of(make_user(Role.ORGANIZATION_MANAGER, organization=agency, password=None))
    of = f"{HERE}commitments/{promised.pk}/spending/"
    assert promised.title in text_of(manager.get(f"{HERE}spending/"))
    typed = {
        "line": str(promised.lines.get(item="物资").pk), "kind": "goods", "amount": "318", "purpose": "助餐用餐具",
        "spent_on": "2026-03-02", "payee": "和安百货商行", "paid_to": "bearer",
    }  # fmt: skip
    assert manager.post(f"{of}new/", {**typed, "amount": "-5"}).status_code == 422
    assert manager.post(f"{of}new/", typed).status_code == 302
    row = Expenditure.objects.get()
    one = f"{HERE}spending/{row.pk}/"
    page = text_of(manager.get(one))
    assert ("发票（票据）：缺少" in page, "还缺这些材料" in page) == (True, True)
    taken = manager.post(f"{one}invoice/", {"file": an_upload(photo(), "发票.png", "image/png")})
    shown = text_of(manager.get(taken["Location"]))
    assert ('value="26112000000012345678"' in shown, "318.00" in shown, "<img" in shown) == (True, True, True)
    invoice = {"number": "26112000000012345678", "amount": "318", "issued_on": "2026-03-02", "seller": "和安百货商行"}
    assert "与填写内容一致" in text_of(manager.post(taken["Location"], invoice, follow=True))
    assert manager.post(f"{one}step/submit/", {"explanation": ""}).status_code == 422
    for code in ("list", "signed_for"):
        upload = an_upload(a_paper(), "材料.pdf", "application/pdf")
        assert manager.post(f"{one}paper/{code}/", {"upload": upload}).status_code == 302
    assert manager.post(f"{one}step/submit/", {"explanation": ""}).status_code == 302
    assert "待审核" in text_of(finance.get("/desk/"))
    assert manager.post(f"{one}step/check/", {"note": ""}).status_code == 422
    assert finance.post(f"{one}step/check/", {"note": ""}).status_code == 302
    assert finance.post(f"{one}step/approve/").status_code == 422
    leader = client_of(make_user(Role.LEADER, here.street, password=None))
    assert leader.post(f"{one}step/approve/").status_code == 302
    paid = finance.post(f"{one}step/paid/", {"receipt": "国库-88", "paid_on": "2026-03-20"}, follow=True)
    assert ("国库-88" in text_of(paid), queries.paid_under(promised)) == (True, yuan(318))


def test_of_two_tabs_the_second_reads_what_the_first_changed(promised: Commitment, finance: Client) -> None:
    line = promised.lines.first()
    row = make_expenditure(promised, 200, line=line)
    address = f"{HERE}spending/{row.pk}/change/"
    shown = text_of(finance.get(address))
    assert 'name="version" value="0"' in shown
    typed = {
        "line": str(line.pk), "kind": row.kind, "amount": "200", "purpose": row.purpose, "payee": row.payee,
        "spent_on": str(row.spent_on), "paid_to": row.paid_to, "version": "0",
    }  # fmt: skip
    assert finance.post(address, {**typed, "amount": "210"}).status_code == 302
    late = finance.post(address, {**typed, "payee": "和安五金店"})
    told = text_of(late)
    row.refresh_from_db()
    assert (late.status_code, "210.00" in told, "和安五金店" in told) == (409, True, True)
    assert (row.amount, row.payee == typed["payee"]) == (yuan(210), True)
    chosen = {**typed, "payee": "和安五金店", "version": "1", "_keep_amount": "theirs", "_keep_payee": "mine"}
    assert finance.post(address, chosen).status_code == 302
    row.refresh_from_db()
    assert (row.amount, row.payee, row.version) == (yuan(210), "和安五金店", 2)


def test_a_duplicate_is_shown_before_anything_is_typed(promised: Commitment, finance: Client) -> None:
    line = promised.lines.first()
    make_voucher(make_expenditure(promised, 318, line=line), number="26112000000012345678")
    other = make_expenditure(promised, 100, line=line)
    one = f"{HERE}spending/{other.pk}/invoice/"
    taken = finance.post(one, {"file": an_upload(photo(), "发票.png", "image/png")})
    told = text_of(finance.get(taken["Location"]))
    assert ("这张发票已经登记过" in told, "银龄助餐（创投26-001-01）" in told) == (True, True)
    sent = {"number": "26112000000012345678", "amount": "318", "issued_on": "2026-03-02"}
    assert (finance.post(taken["Location"], sent).status_code, Voucher.objects.count()) == (422, 1)


def test_an_invoice_is_shared_out_red_lettered_and_taken_off_on_pages(promised: Commitment, finance: Client) -> None:
    line = promised.lines.first()
    first, second = make_expenditure(promised, 200, line=line), make_expenditure(promised, 100, line=line)
    voucher = make_voucher(first, amount=yuan(300), share=yuan(200))
    share = first.shares.get()
    wrong = {"shares": f"{first.number} 200\n{second.number} 99.99", "elsewhere": ""}
    assert finance.post(f"{HERE}shares/{share.pk}/split/", wrong).status_code == 422
    right = {"shares": f"{first.number} 200\n{second.number} 100", "elsewhere": ""}
    assert finance.post(f"{HERE}shares/{share.pk}/split/", right).status_code == 302
    red = {"number": "26112000000000000999", "amount": "-300", "issued_on": "2026-03-03"}
    told = finance.post(f"{HERE}shares/{share.pk}/take-back/", red, follow=True)
    assert "已被红字发票全额冲红" in text_of(told)
    assert finance.post(f"{HERE}shares/{share.pk}/detach/").status_code == 302
    assert (first.shares.count(), voucher.shares.count()) == (0, 1)


def words(answer: Any) -> str:
    with pdfium.PdfDocument(answer.getvalue()) as paper:
        return "".join(page.get_textpage().get_text_bounded() for page in paper).replace("\r\n", "").replace(" ", "")


def cells(answer: Any) -> list[tuple[Any, ...]]:
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert sheet is not None
    return [tuple(cell for cell in row if cell is not None) for row in sheet.iter_rows(values_only=True)]


def test_the_papers_say_what_the_rows_say(promised: Commitment, finance: Client) -> None:
    goods = promised.lines.get(item="物资")
    row = make_approved(promised, 300, line=goods)
    services.record_paid(row, receipt="国库-1", paid_on=DAY, actor=None)
    services.close_year(promised, year=2026, decision="carry", document="清财〔2026〕40号", reason="跨年", actor=None)
    form = words(finance.get(f"{HERE}spending/{row.pk}/approval.pdf"))
    wanted = ("经费支出（报账）审批单", "创投26-001-01", "叁佰元整", "¥300.00", "领导审批", "以税务机关查验平台为准")
    assert [word for word in wanted if word not in form] == []
    account = words(finance.get(f"{HERE}commitments/{promised.pk}/account.pdf"))
    wanted = ("经费决算表", "物资", "¥600.00", "-50.0%", "¥1,000.00", "结转下年继续使用（清财〔2026〕40号）")
    assert [word for word in wanted if word not in account] == []
    found = cells(finance.get(f"{HERE}commitments/{promised.pk}/account.xlsx"))
    assert found[-1] == ("合计", 1000, 1000, 300, -700, "-70.0%", 1)
    assert ("物资", 600, 600, 300, -300, "-50.0%", 1) in found
    assert "助餐用餐具" in words(finance.get(f"{HERE}commitments/{promised.pk}/register.pdf"))
    [line] = [line for line in cells(finance.get(f"{HERE}spending/register.xlsx")) if line[0] == row.number]
    assert (line[4], line[7]) == ("助餐用餐具", 300)
    [invoice] = [line for line in cells(finance.get(f"{HERE}spending/invoices.xlsx")) if row.number in line]
    assert 300 in invoice


def test_the_application_says_whether_the_condition_is_met(promised: Commitment, finance: Client) -> None:
    part = make_plan(promised, (100,))[0]
    address = f"{HERE}instalments/{part.pk}/application/"
    assert "尚未达成" in words(finance.get(address))
    services.mark_met(part, on=DAY, actor=None)
    assert ("2026年3月2日" in words(finance.get(address)), "壹仟元整" in words(finance.get(address))) == (True, True)


def test_the_list_of_fees_opens_for_finance_with_a_reason(
    promised: Commitment, here: District, finance: Client
) -> None:
    row = make_expenditure(promised, 400, kind="labour", line=promised.lines.first(), payee="专家")
    given = {"name": "卫长青", "occasion": "讲座", "times": "1", "each": "400", "tax": "0", "account": "和安银行6222"}
    officer = client_of(make_user(Role.STREET_OFFICER, here.street, password=None))
    assert officer.post(f"{HERE}spending/{row.pk}/fee/", given).status_code == 302
    assert ["卫长青" in text_of(one.get(f"{HERE}spending/{row.pk}/")) for one in (officer, finance)] == [False, False]
    address = f"{HERE}spending/{row.pk}/fees/"
    assert (officer.get(address).status_code, finance.post(address, {"reason": ""}).status_code) == (403, 422)
    told = words(finance.post(address, {"reason": "制作发放表"}))
    assert ("卫长青" in told, "和安银行6222" in told) == (True, True)


def test_lists_and_pages_ask_as_often_for_one_row_as_for_twelve(promised: Commitment, finance: Client) -> None:
    line = promised.lines.first()
    make_voucher(make_expenditure(promised, 10, line=line))
    addresses = (f"{HERE}spending/", f"{HERE}commitments/{promised.pk}/spending/", f"{HERE}spending/invoices.xlsx")

    def counted() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                assert finance.get(address).status_code == 200
            found.append(len(asked))
        return found

    counted()
    one = counted()
    for _ in range(11):
        make_voucher(make_expenditure(promised, 10, line=line))
    assert counted() == one


def test_a_broken_file_is_told_in_a_sentence_and_loses_nothing(promised: Commitment, finance: Client) -> None:
    row = make_expenditure(promised, 10, line=promised.lines.first())
    broken = SimpleUploadedFile("发票.jpg", b"\xff\xd8\xff\xe0 cut", "image/jpeg")
    answer = finance.post(f"{HERE}spending/{row.pk}/invoice/", {"file": broken})
    assert (answer.status_code, "error" in text_of(answer)) == (422, True)
    assert Expenditure.objects.filter(pk=row.pk).exists()
