"""Files that are not what they seem: cut off, packed like a bomb, named after something else; a sentence for each."""

import io
import zipfile

import pytest
from django.utils.translation import override

from linli.kernel.errors import Refusal, TooMany
from linli.kernel.files import IMAGES, PAPERS, images, soundness
from linli.kernel.files.accepting import check_type
from linli.kernel.files.media import DOCX, JPEG, PDF, PNG
from linli.kernel.files.tests.samples import archive, upload
from linli.kernel.files.tests.scenes import PAGE, jpeg, scene

pytestmark = pytest.mark.sqlite_only

BOMB = archive(word__document_xml=b"\0" * 40_000_000)
DOTS = (99).to_bytes(4, "big") + b"IDAT" + bytes(99)
CASES = {
    "broken pdf": (PAGE[:150], "协议.pdf", "文件已损坏或不完整", "The file is damaged or incomplete"),
    "zip bomb": (BOMB, "协议.docx", "文件解压后远超一份文档所需", "The file would unpack to far more"),
    "program named pdf": (
        b"MZ" + bytes(99), "协议.pdf",
        "文件名以 .pdf 结尾，但内容并非如此", "The name ends in .pdf, but the content is something else",
    ),
    "web page named xlsx": (b"<html><table>", "表.xlsx", "网页", "web page"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "name", "chinese", "english"), CASES.values(), ids=CASES.keys())
def test_it_refuses_with_a_sentence_in_both_languages(body: bytes, name: str, chinese: str, english: str) -> None:
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language), pytest.raises(Refusal) as refused:
            check_type(upload(body), PAPERS, name=name)
        with override(language):
            assert words in str(refused.value)


def test_it_refuses_a_picture_of_more_than_sixty_megapixels_in_both_languages() -> None:
    out = io.BytesIO()
    out.write(_header_of_a_png(9000, 9000))
    for language, words in (("zh-hans", "图片超过 60 百万像素"), ("en", "more than 60 million pixels")):
        with override(language), pytest.raises(TooMany, match=words):
            images.drawn(out, PNG)


def _header_of_a_png(width: int, height: int) -> bytes:
    """The first bytes of a picture that says it is so large; its dots never come."""
    from zlib import crc32

    size = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + size + crc32(size).to_bytes(4, "big") + DOTS


def test_it_takes_an_ordinary_paper_and_a_photo_whatever_it_is_named() -> None:
    ordinary = archive(word__document_xml=bytes(range(256)) * 6000)
    assert check_type(upload(ordinary), PAPERS, name="协议.docx") == DOCX
    assert check_type(upload(PAGE), PAPERS, name="协议.jpg") == PDF
    assert check_type(upload(jpeg(scene(1))), IMAGES, name="照片.png") == JPEG


def test_it_refuses_a_package_of_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "MOST_PARTS", 20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("word/document.xml", "<document/>")
        for number in range(20):
            zipped.writestr(f"word/{number}.xml", "")
    with pytest.raises(Refusal, match="解压后远超"):
        check_type(upload(out.getvalue()), PAPERS)
