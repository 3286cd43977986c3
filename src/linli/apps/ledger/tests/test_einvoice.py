"""What is read off invoices in every form seen, whole and damaged; nothing that comes in makes the reader fall over."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from linli.apps.ledger.queries import einvoice
from linli.apps.ledger.queries.einvoice import Reading, differences, joined, restored
from linli.apps.ledger.tests.invoices import DIGITAL, OLDER, OLDER_XML, PAPER, SPECIAL, XML, ofd, photo
from linli.kernel.documents import Layout, Paper, Text, print_paper

pytestmark = pytest.mark.sqlite_only
DAY, NUMBER = date(2026, 3, 2), "26112000000012345678"


def read(text: str) -> tuple[str, str, Decimal | None, Decimal | None, date | None]:
    found = einvoice.read_qr(text)
    return found.code, found.number, found.amount, found.net, found.issued_on


def test_it_reads_the_qr_text_of_every_form_seen() -> None:
    assert [read(text) for text in (DIGITAL, OLDER, PAPER, SPECIAL)] == [
        ("", NUMBER, Decimal("318.00"), None, DAY),
        ("011002600111", "12345678", None, Decimal("300.00"), DAY),
        ("1100261130", "87654321", None, Decimal("1000.00"), date(2026, 1, 5)),
        ("011002600104", "00012345", None, Decimal("2654.87"), date(2026, 6, 11)),
    ]


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("01，32，，26112000000012345678，318.00，20260302，，A1B2", ("", NUMBER, Decimal("318.00"), None, DAY)),
        ("\ufeff 01,32, ,26112000000012345678, ¥318.00,2026-03-02", ("", NUMBER, Decimal("318.00"), None, DAY)),
        ("01,31,,26112000000012345678,318,20260302,,A1B2", ("", NUMBER, Decimal("318.00"), None, DAY)),
        ("01,32,,26112000000012345678,,20261340,,", ("", NUMBER, None, None, None)),
        ("01,32,,26112000000012345678,31a.00,20260302,,", ("", NUMBER, None, None, DAY)),
        ("32,,26112000000012345678,318.00,20260302,,A1B2", ("", NUMBER, Decimal("318.00"), None, DAY)),
        (
            "10,011002600111,12345678,300.00,20260302,12345678901234567890",
            ("011002600111", "12345678", None, Decimal("300.00"), DAY),
        ),
        ("01,32,,2611200000001234567,318.00,20260302,,", ("", "", None, None, None)),
        ("01,32,,26112000000012345678,-318.00,20260302,,A1B2", ("", NUMBER, Decimal("-318.00"), None, DAY)),
    ],
)
def test_it_reads_what_is_left_of_a_damaged_one(damaged: str, expected: tuple[Any, ...]) -> None:
    assert read(damaged) == expected


@pytest.mark.parametrize(
    "text", ["", "01", "https://example.cn/,,,,", "wxp://f2f0,1,2,3,4,5", "a,b,c,d,e,f", "9" * 600, "01,32,,,,,,"]
)
def test_it_takes_no_other_code_for_an_invoice(text: str) -> None:
    assert not einvoice.read_qr(text)


def test_it_reads_xml_of_both_standards() -> None:
    digital, older = einvoice.read_xml(XML), einvoice.read_xml(OLDER_XML)
    assert digital == Reading(
        source="xml", number=NUMBER, amount=Decimal("318.00"), net=Decimal("300.00"), issued_on=DAY,
        buyer="暖邻社会工作服务中心", seller="和安百货商行", items="*日用杂品*餐具、*日用杂品*围裙",
    )  # fmt: skip
    assert (older.code, older.number, older.amount, older.issued_on, older.seller, older.items) == (
        "011002600111", "12345678", Decimal("309.00"), DAY, "清河文印社", "*印刷品*折页",
    )  # fmt: skip


def test_it_reads_an_ofd_by_its_data_and_by_its_words() -> None:
    assert einvoice.read_file(ofd()).code == "011002600111"
    by_words = einvoice.read_ofd(ofd(attached=None))
    assert (by_words.source, by_words.number, by_words.amount, by_words.issued_on, by_words.buyer) == (
        "ofd", NUMBER, Decimal("318.00"), DAY, "暖邻社会工作服务中心",
    )  # fmt: skip


def test_it_reads_the_words_of_a_pdf_and_the_data_attached_to_it() -> None:
    said = "发票号码：26112000000012345678 开票日期：2026年03月02日 名称：槐荫社区 名称：清河文印社 （小写）¥318.00"
    paper = print_paper(Paper(Layout.PLAIN, "电子发票", "和安区", DAY, "1", [Text(said)]))
    found = einvoice.read_file(paper)
    assert (found.number, found.amount, found.issued_on) == (NUMBER, Decimal("318.00"), DAY)
    with pypdfium2.PdfDocument(paper) as opened:
        opened.new_attachment("invoice.xml").set_data(XML)
        attached = io.BytesIO()
        opened.save(attached)
    assert einvoice.read_pdf(attached.getvalue()).seller == "和安百货商行"


def test_it_reads_the_code_on_a_photo() -> None:
    found = einvoice.read_file(photo().getvalue())
    assert (found.source, found.number, found.amount) == ("qr", NUMBER, Decimal("318.00"))
    assert not einvoice.read_file(photo("https://example.cn/").getvalue())


def a_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("OFD.xml", b"<a/>")
        box.writestr("Doc_0/Pages/Page_0/Content.xml", b" " * (12 * 2**20))
    return packed.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "1"><!ENTITY c "&b;&b;">]><a><InvoiceNumber>&c;</InvoiceNumber></a>'
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4 broken",
        b"PK\x03\x04 broken",
        ofd()[:200],
        a_bomb(),
        ENTITIES,
        XML[:300],
        photo().getvalue()[:90],
    ],
    ids=["empty", "pdf", "zip", "cut ofd", "bomb", "entities", "cut xml", "cut photo"],
)
def test_a_broken_file_reads_as_nothing(content: bytes) -> None:
    assert not einvoice.read_file(content)


def test_it_shows_every_difference_between_typed_and_read() -> None:
    typed: dict[str, Any] = {
        "number": NUMBER,
        "amount": Decimal("318.00"),
        "issued_on": DAY,
        "buyer": "暖邻社会工作服务中心",
    }
    found = einvoice.read_xml(XML)
    assert differences(found, **typed) == []
    wrong = {"number": NUMBER[:-1] + "9", "amount": Decimal("381.00"), "issued_on": date(2026, 3, 3), "buyer": "某单位"}
    assert {(one.field, one.read) for one in differences(found, **wrong)} == {
        ("number", NUMBER), ("amount", Decimal("318.00")), ("issued_on", DAY), ("buyer", "暖邻社会工作服务中心"),
    }  # fmt: skip
    assert differences(Reading(), **wrong) == []


@pytest.mark.parametrize(
    ("total", "differs"), [("300.00", False), ("339.00", False), ("299.99", True), ("352.00", True)]
)
def test_an_amount_without_tax_fits_every_total_a_rate_can_make(
    total: str, differs: bool
) -> None:  # a column of the table
    found = differences(
        einvoice.read_qr(OLDER), number="12345678", code="011002600111", amount=Decimal(total), issued_on=DAY
    )
    assert bool(found) == differs


def test_a_reading_is_kept_and_restored_and_gaps_are_filled() -> None:
    full = einvoice.read_xml(XML)
    assert restored(full.kept()) == full
    assert joined(einvoice.read_qr(DIGITAL), full).buyer == "暖邻社会工作服务中心"
    assert restored({"amount": "x", "issued_on": "never"}) == Reading()


def test_the_words_of_a_page_may_stand_in_any_order() -> None:
    text = "¥300.00 ¥18.00 26112000000012345678 2026 年03月02 日 ¥318.00"
    found = einvoice.read_text(text, source="pdf")
    assert (found.number, found.amount, found.issued_on) == (NUMBER, Decimal("318.00"), DAY)
