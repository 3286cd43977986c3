"""What a file is, by its bytes."""

import io

import pytest

from linli.kernel.files import content_type_of, media
from linli.kernel.files.naming import clean_name
from linli.kernel.files.tests.samples import archive, photo, spoken

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SAMPLES = {
    "jpeg": (photo(), media.JPEG),
    "png": (photo("PNG"), media.PNG),
    "webp": (photo("WEBP"), media.WEBP),
    "gif": (photo("GIF"), media.GIF),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\n", media.PDF),
    "xlsx": (archive(xl__workbook_xml=b"<workbook/>"), media.XLSX),
    "docx": (archive(word__document_xml=b"<document/>"), media.DOCX),
    "ofd": (archive(OFD_xml=b"<OFD/>"), media.OFD),
    "xlsm": (archive(xl__workbook_xml=b"<workbook/>", xl__vbaProject_bin=b"macros"), media.MACROS),
    "ods": (archive(mimetype=media.ODS.encode()), media.ODS),
    "zip": (archive(notes_txt=b"hello"), media.ZIP),
    "cut zip": (archive(xl__workbook_xml=b"<workbook/>")[:40], media.BROKEN_ZIP),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0\0", media.LOCKED),
    "xls": (OLE + "Workbook".encode("utf-16-le") + b"\0\0", media.XLS),
    "utf-8": ("姓名,电话\n李一,1\n".encode(), media.TEXT),
    "utf-8 with mark": ("姓名\n".encode("utf-8-sig"), media.TEXT),
    "gb18030": ("姓名,电话\n李一,1\n".encode("gb18030"), media.TEXT),
    "utf-16": ("姓名\n".encode("utf-16"), media.TEXT),
    "cut character": (("a" + "名" * 2000).encode(), media.TEXT),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', media.SVG),
    "html": (b"\n <HTML><table><tr><td>1</td></tr></table>", media.HTML),
    "html named xls": (b"<meta charset=utf-8><table></table>", media.HTML),
    "text with nul": (b"a,b\n\0,1\n", media.UNKNOWN),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(100), media.UNKNOWN),
    "nothing": (b"", media.UNKNOWN),
    "webm": (spoken(5), media.WEBM),
    "webm with pictures": (spoken(5).replace(b"A_OPUS", b"V_VP8\0"), media.UNKNOWN),
    "ogg": (b"OggS\0\2" + bytes(22) + b"OpusHead", media.OGG),
    "m4a": (b"\0\0\0\x1cftypM4A " + bytes(40) + b"soun", media.M4A),
    "film": (b"\0\0\0\x1cftypisom" + bytes(40) + b"vide", media.UNKNOWN),
    "mp3": (b"ID3\4\0\0" + bytes(40), media.MP3),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_it_tells_a_file_by_its_content(name: str) -> None:
    body, expected = SAMPLES[name]
    assert content_type_of(io.BytesIO(body)) == expected


def test_it_leaves_the_file_at_its_start() -> None:
    file = io.BytesIO(photo())
    content_type_of(file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("名册.xlsx", media.XLSX, "名册.xlsx"),
        ("../../etc/passwd", media.PDF, "passwd.pdf"),
        ("C:\\temp\\报告.exe", media.PDF, "报告.pdf"),
        ("a\r\nSet-Cookie: b.png", media.PNG, "a_Set-Cookie_ b.png"),
        ("gnp.\u202eexe.png", media.PNG, "gnp._exe.png"),
        ("...", media.PDF, "file.pdf"),
        ("", media.TEXT, "file.txt"),
        ("数据.CSV", media.TEXT, "数据.csv"),
        ("页面.html", media.TEXT, "页面.txt"),
        ("第3.2版说明文件草稿", media.DOCX, "第3.2版说明文件草稿.docx"),
    ],
)
def test_it_makes_a_name_harmless_and_true(given: str, kind: str, kept: str) -> None:
    assert clean_name(given, kind) == kept


def test_it_cuts_a_long_chinese_name_between_characters() -> None:
    name = clean_name("社" * 300 + ".pdf", media.PDF)
    assert name == "社" * 78 + ".pdf"
    assert len(name.encode()) == 238
