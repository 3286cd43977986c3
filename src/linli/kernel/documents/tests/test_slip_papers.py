"""A5 sheets: a page a code, a QR code a phone can read, a code a person can type."""

from datetime import datetime

import pypdfium2 as pdfium
import zxingcpp

from linli.kernel import documents

EXPIRES = datetime.fromisoformat("2026-03-09T17:30+08:00")
CODES = ["ABCDEFGH", "23456789"]


def sheets() -> bytes:
    return documents.slip_sheets(
        CODES,
        title="居民满意度问卷",
        lines=["用手机扫码，或打开网页输入下面的码。", "不需要登录，不记录您是谁。"],
        address="https://linli.invalid/s/",
        expires=EXPIRES,
        issuer="清河里街道",
    )


def test_it_prints_a_page_a_code_on_a5() -> None:
    paper = pdfium.PdfDocument(sheets())
    sizes = [tuple(round(edge / 72 * 25.4) for edge in page.get_size()) for page in paper]
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in paper]
    paper.close()
    assert sizes == [(148, 210)] * 2
    assert texts == [
        f"居民满意度问卷1.用手机扫码，或打开网页输入下面的码。2.不需要登录，不记录您是谁。{code}"
        "本码只能使用一次，2026年3月9日17:30前有效清河里街道"
        for code in ("ABCD-EFGH", "2345-6789")
    ]


def test_its_qr_codes_can_be_read() -> None:
    paper = pdfium.PdfDocument(sheets())
    read = [zxingcpp.read_barcode(page.render(scale=2).to_pil()) for page in paper]
    paper.close()
    assert [found.text for found in read if found] == [f"https://linli.invalid/s/{code}" for code in CODES]
