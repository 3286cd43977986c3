"""Tickets on the desk: exports asked about and taken over, answers copied, returns asked for, call-backs settled."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from linli.apps.needs import services
from linli.apps.needs.models import AttemptWay, ColumnMapping, FileState, NeedState, Ticket, TicketFile, TicketRequest
from linli.apps.needs.services import importing
from linli.apps.needs.tests.factories import make_category
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.pages]

EXPORT = (
    "工单编号,派单时间,诉求内容,办理时限,河流\nA1,2026-03-02 08:00,路灯不亮,24小时,清河\n"
    "A2,2026-03-02 09:00,井盖破了,尽快,\n"
)


@pytest.fixture
def officer() -> User:
    return make_user(Role.STREET_OFFICER, make_district().street)


@pytest.fixture
def desk(officer: User) -> Client:
    """The officer's browser."""
    client = Client()
    client.force_login(officer)
    return client


def upload(desk: Client, text: str, name: str = "ticket_upload") -> Any:
    body = SimpleUploadedFile("导出.csv", text.encode(), content_type="text/csv")
    street = Place.objects.get(name="清河里街道")
    return desk.post(reverse(f"needs:{name}"), {"file": body, "street": street.pk, "mapping": "", "whole": "1"})


def a_ticket(officer: User) -> Ticket:
    """A ticket that was taken over."""
    street = Place.objects.get(name="清河里街道")
    body = SimpleUploadedFile("导出.csv", "工单编号,诉求内容,联系电话\nA1,路灯不亮,13800010001\n".encode())
    file = services.upload_export(body, street=street, purpose="tickets", name="导出.csv", actor=officer)
    services.take_over_export_now(file, actor=officer)
    return Ticket.objects.select_related("need__street", "need__place").get()


def test_it_takes_an_export_over_that_asks_about_a_column(desk: Client) -> None:
    sent = upload(desk, EXPORT)
    file = TicketFile.objects.get()
    page = reverse("needs:ticket_file", args=[file.pk])
    assert (sent.url, file.state) == (page, FileState.ASKS)
    assert "河流" in desk.get(page).content.decode()
    desk.post(page, {"heading_0": "point", "day_order": "untold", "name": "市平台"})
    shown = desk.get(page).content.decode()
    assert ("尽快" in shown, ColumnMapping.objects.get().headings) == (True, {"河流": "point"})
    desk.post(reverse("needs:ticket_file_take_over", args=[file.pk]))
    file.refresh_from_db()
    assert file.state == FileState.RUNNING
    importing.run(file.pk, actor=None)
    assert desk.get(page).status_code == 200
    assert Ticket.objects.get().point == "清河"


def test_it_explains_a_file_that_is_no_export(desk: Client) -> None:
    answer = upload(desk, "甲,乙\n1,2\n")
    assert (answer.status_code, TicketFile.objects.count()) == (422, 0)


def test_it_gives_an_export_up(desk: Client) -> None:
    upload(desk, EXPORT)
    file = TicketFile.objects.get()
    desk.post(reverse("needs:ticket_file_give_up", args=[file.pk]))
    file.refresh_from_db()
    assert (file.state, Ticket.objects.count()) == (FileState.CANCELLED, 0)


def answered(ticket: Ticket, officer: User) -> None:
    """The ticket's need, driven to its answer."""
    need = ticket.need
    services.analyse(need, category=make_category(), route="forward", actor=officer)
    if need.state == NeedState.ANALYSED:
        services.dispatch(need, unit=need.place, actor=officer)
    services.record_contact(need, way=AttemptWay.PHONE, reached=True, actor=officer)
    services.answer(need, text="已修好，谢谢您。", outcome="solved", ways=["running"], actor=officer)


def test_it_gives_answers_out_by_number_and_field_by_field(desk: Client, officer: User) -> None:
    ticket = a_ticket(officer)
    answered(ticket, officer)
    page = desk.get(reverse("needs:ticket", args=[ticket.pk])).content.decode()
    book = load_workbook(BytesIO(b"".join(desk.get(reverse("needs:ticket_answers")).streaming_content)))  # type: ignore[attr-defined]  # a file
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert ('aria-controls="copy-answer"' in page, "13800010001" in page) == (True, False)
    assert [row[:2] for row in rows] == [["工单编号", "答复内容"], ["A1", "已修好，谢谢您。"]]


def test_it_writes_the_ledger_with_the_columns_of_the_export_and_no_person(desk: Client, officer: User) -> None:
    a_ticket(officer)
    book = load_workbook(BytesIO(b"".join(desk.get(reverse("needs:ticket_ledger")).streaming_content)))  # type: ignore[attr-defined]  # a file
    head, row = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert (len(head), head[0], row[0], row[5]) == (26, "工单编号", "A1", "路灯不亮")
    assert not any("13800010001" in str(cell) for cell in row)


def test_it_asks_for_an_exclusion_with_evidence_and_prints_the_form(desk: Client, officer: User) -> None:
    ticket = a_ticket(officer)
    evidence = SimpleUploadedFile("证据.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    ask = {"kind": "exclude", "ground": "no_ground", "reason": "不在政策范围内", "evidence": evidence}
    desk.post(reverse("needs:ticket_ask", args=[ticket.pk]), ask)
    row = TicketRequest.objects.get()
    pdf, docx = (desk.get(reverse(f"needs:ticket_request_{form}", args=[row.pk])) for form in ("pdf", "docx"))
    desk.post(reverse("needs:ticket_request_decide", args=[row.pk]), {"granted": "1", "decision": "同意"})
    ticket.refresh_from_db()
    assert (pdf.status_code, docx.status_code, ticket.excluded) == (200, 200, True)


def test_it_opens_a_closed_need_again_only_by_a_person(desk: Client, officer: User) -> None:
    ticket = a_ticket(officer)
    answered(ticket, officer)
    services.rate(ticket.need, via="phone", solved=True, satisfied="satisfied", actor=officer)
    Ticket.objects.update(waits=True, solved=False)
    assert "A1" in desk.get(reverse("needs:tickets"), {"waits": "1"}).content.decode()
    desk.post(reverse("needs:ticket_again", args=[ticket.pk]), {"again": "1", "reason": "居民表示没有解决"})
    ticket = Ticket.objects.select_related("need").get()
    assert (ticket.waits, ticket.need.state, ticket.need.reopened) == (False, NeedState.HANDLING, 1)


def test_it_closes_and_opens_answered_needs_by_the_call_back(officer: User) -> None:
    ticket = a_ticket(officer)
    answered(ticket, officer)
    at = timezone.now() + timedelta(seconds=1)
    street = Place.objects.get(name="清河里街道")
    for solved, content in (("未解决", "不满意"), ("已解决", "满意")):
        text = f"工单编号,诉求内容,是否联系,是否解决,是否满意\nA1,路灯不亮,是,{solved},{content}\n"
        file = services.upload_export(
            SimpleUploadedFile("回访.csv", text.encode()),
            street=street,
            purpose="tickets",
            name="回访.csv",
            actor=officer,
        )
        services.take_over_export_now(file, actor=officer, at=at)
        ticket.need.refresh_from_db()
        state = ticket.need.state
        assert state == {"未解决": NeedState.HANDLING, "已解决": NeedState.CLOSED}[solved]
        if solved == "未解决":
            services.record_contact(ticket.need, way=AttemptWay.PHONE, reached=True, actor=officer)
            services.answer(ticket.need, text="再次修好。", outcome="solved", ways=["running"], actor=officer)
