"""The pages of agreements: offices give opinions, the sealed paper is entered, the papers say what was agreed."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from linli.apps.agreements.models import Agreement, AgreementTemplate, Mode, Side
from linli.apps.agreements.services import Party
from linli.apps.agreements.tests.factories import CODE, a_scan, choose_party, make_agreement, review
from linli.apps.ledger.tests.factories import make_commitment, make_fund, yuan
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def street() -> Place:
    return make_district().street


@pytest.fixture
def head(street: Place) -> Client:
    return client_of(make_user(Role.SECTION_HEAD, street, password=None))


def body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    parts: Iterator[bytes] = answer.streaming_content  # type: ignore[attr-defined]  # a file, streamed
    return b"".join(parts)


def pdf_text(content: bytes) -> str:
    sheet = pdfium.PdfDocument(content)
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in sheet)
    finally:
        sheet.close()


def words_of(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


def test_lists_and_pages_ask_as_often_for_one_row_as_for_thirty(street: Place, head: Client) -> None:
    first = review(make_agreement(street))
    addresses = ("/desk/agreements/", f"/desk/agreements/{first.pk}/")

    def counted() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as told:
                assert head.get(address).status_code == 200
            found.append(len(told))
        return found

    counted()
    one = counted()
    for _ in range(6):
        make_agreement(street)
    assert counted() == one
    assert one == [5, 14]


def test_it_is_drawn_up_reviewed_signed_and_archived_on_its_page(street: Place, head: Client) -> None:
    choose_party(street)
    contractor = make_organization(street, credit_code="")
    commitment = make_commitment(make_fund(street), 80_000)
    query = f"street={street.pk}&subject=places.place:{street.pk}&grounds=places.place:{street.pk}"
    address = f"/desk/agreements/new/?{query}&commitment={commitment.pk}"
    form = {
        "title": "银龄助餐", "second": contractor.name, "content": "午间助餐", "amount": "80000", "mode": "disburse",
        "begins_on": "2026-04-01", "ends_on": "2026-12-31", "indicators": "助餐人次|6000|人次|2026-12-20",
    }  # fmt: skip
    assert head.get("/desk/agreements/new/").status_code == 404
    refused = head.post(address, {**form, "parts": "50 签约后"})
    assert (refused.status_code, "各期比例合计为50%" in refused.content.decode()) == (422, True)
    refused = head.post(address, {**form, "parts": "50 签约后\n50 验收后"})
    assert "没有法人资格的团队须写明资金代管主体" in refused.content.decode()
    contractor.credit_code = CODE
    contractor.save()
    assert head.post(address, {**form, "parts": "50 签约后\n50 验收后"}).status_code == 302
    row = Agreement.objects.get()
    base = f"/desk/agreements/{row.pk}/"
    assert head.post(f"{base}review/").status_code == 302
    desks = {
        "section": head,
        "finance": client_of(make_user(Role.FINANCE_OFFICER, street, password=None)),
        "legal": client_of(make_user(Role.STREET_OFFICER, street, password=None)),
        "leader": client_of(make_user(Role.LEADER, street, password=None)),
    }
    assert desks["finance"].get(f"{base}opinion/leader/").status_code == 403
    assert "等待会签：财务" in desks["finance"].get("/desk/").content.decode()
    for office, desk in desks.items():
        assert desk.post(f"{base}opinion/{office}/", {"view": "agree"}).status_code == 302
    sign = {"signed_on": str(timezone.localdate()), "copies": "3"}
    assert head.post(f"{base}sign/", sign).status_code == 422
    scan = SimpleUploadedFile("盖章.pdf", a_scan().read())
    assert head.post(f"{base}sign/", {**sign, "scan": scan}).status_code == 302
    assert head.post(f"{base}archive/", {"shelf": "档案室2柜"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.shelf, commitment.instalments.count()) == ("signed", "档案室2柜", 2)
    assert row.number in head.get(f"/desk/ledger/commitments/{commitment.pk}/").content.decode()


def test_the_papers_say_what_was_agreed(street: Place, head: Client) -> None:
    row = review(make_agreement(street))
    base = f"/desk/agreements/{row.pk}/"
    text = pdf_text(body(head, f"{base}pdf/"))
    words = ("捌万元整", "¥80,000.00", "清河里街道办事处", CODE, "拨付制", "40%", "32,000.00", "6000", "肖像与个人信息")
    assert [word for word in words if word not in text] == []
    told = words_of(body(head, f"{base}docx/"))
    assert "本项目经费为人民币¥80,000.00（大写：捌万元整），采用拨付制。" in told
    assert "第2期：40%，即人民币¥32,000.00，拨付条件为中期评估合格后；" in told
    sheet = pdf_text(body(head, f"{base}countersign/"))
    assert [word in sheet for word in ("合同审核会签单", "业务科室", "财务", "法律顾问", "同意")] == [True] * 5


def test_three_parties_and_vouchers_have_their_own_words(street: Place, head: Client) -> None:
    contractor = make_organization(street)
    parties = [Party(Side.SECOND, name="书画队"), Party(Side.THIRD, contractor, credit_code=CODE)]
    row = make_agreement(street, mode=Mode.REIMBURSE, parts=(), parties=parties, indicators=(), amount=yuan("1000.05"))
    text = pdf_text(body(head, f"/desk/agreements/{row.pk}/pdf/"))
    assert [word in text for word in ("丙方：暖邻社会工作服务中心", "报账制", "壹仟元零伍分")] == [True] * 3
    told = words_of(body(head, f"/desk/agreements/{row.pk}/docx/"))
    assert ("丙方：暖邻社会工作服务中心" in told, any("拨付条件" in line for line in told)) == (True, False)


def test_the_file_for_the_archive_lists_its_papers_with_their_hashes(street: Place, head: Client) -> None:
    row = review(make_agreement(street))
    packed = zipfile.ZipFile(BytesIO(body(head, f"/desk/agreements/{row.pk}/bundle/")))
    assert packed.namelist() == ["01协议书.docx", "02协议书.pdf", "03合同审核会签单.pdf", "00归档目录.txt"]


def test_the_streets_own_template_is_uploaded_and_a_dangerous_one_refused(street: Place, head: Client) -> None:
    blank = body(head, "/desk/agreements/templates/blank/")
    upload = SimpleUploadedFile("模板.docx", blank)
    assert head.post("/desk/agreements/templates/", {"upload": upload}).status_code == 302
    wrong = SimpleUploadedFile("模板.docx", b"PK\x03\x04 not a document")
    assert head.post("/desk/agreements/templates/", {"upload": wrong}).status_code == 422
    assert AgreementTemplate.objects.count() == 1


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.LEADER, 200)])
def test_auditor_and_leader_read(role: Role, status: int, street: Place) -> None:
    reader = client_of(make_user(role, street, password=None))
    assert reader.get("/desk/agreements/").status_code == status


def test_the_register_goes_out_as_a_workbook(street: Place, head: Client) -> None:
    make_agreement(street)
    assert body(head, "/desk/agreements/export/")[:2] == b"PK"
