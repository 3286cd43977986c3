"""Word files that are refused before they are opened."""

import pytest

from linli.kernel.documents import check_package
from linli.kernel.documents.tests.packing import docx_of, part_of, repacked
from linli.kernel.errors import Refusal

GOOD = docx_of("{{ title }}")
BODY = part_of(GOOD, "word/document.xml")
RELATIONSHIPS = part_of(GOOD, "word/_rels/document.xml.rels")
TYPES = part_of(GOOD, "[Content_Types].xml")


def with_body(inside: bytes) -> bytes:
    return repacked(GOOD, {"word/document.xml": BODY.replace(b"<w:body>", b"<w:body>" + inside)})


def field(*pieces: bytes) -> bytes:
    text = b"".join(b"<w:r><w:instrText>" + piece + b"</w:instrText></w:r>" for piece in pieces)
    begin = b'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return b"<w:p>" + begin + text + b'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def outside(kind: bytes) -> bytes:
    row = b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    row += kind + b'" Target="http://example.invalid/x" TargetMode="External"/></Relationships>'
    return repacked(GOOD, {"word/_rels/document.xml.rels": RELATIONSHIPS.replace(b"</Relationships>", row)})


BOMB = {"word/media/big.xml": b"<a>" + b" " * 50_000_000 + b"</a>"}
DOCTYPE = BODY.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document', 1)
SIXTEEN = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
MACRO = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
BAD = {
    "vbaProject": (repacked(GOOD, {"word/vbaProject.bin": b"\xd0\xcf"}), "宏"),
    "macro type": (
        repacked(
            GOOD,
            {
                "[Content_Types].xml": TYPES.replace(
                    b"</Types>", f'<Override PartName="/x" ContentType="{MACRO}"/></Types>'.encode()
                )
            },
        ),
        "宏",
    ),
    "activeX": (repacked(GOOD, {"word/activeX/activeX1.xml": b"<a/>"}), "宏"),
    "embedded": (repacked(GOOD, {"word/embeddings/oleObject1.bin": b"x"}), "宏"),
    "chunk": (repacked(GOOD, {"word/afchunk.mht": b"x"}), "宏"),
    "attached template": (outside(b"attachedTemplate"), "外部"),
    "outside picture": (outside(b"image"), "外部"),
    "link": (outside(b"hyperlink"), "外部"),
    "frame": (outside(b"frame"), "外部"),
    "DDE": (with_body(field(b" DDE cmd /c calc ")), "“DDE”"),
    "DDEAUTO in pieces": (with_body(field(b" DD", b"EAUTO", b" c:\\x ")), "“DDEAUTO”"),
    "INCLUDETEXT": (with_body(field(b' INCLUDETEXT "c:/x" ')), "“INCLUDETEXT”"),
    "simple DDE": (with_body(b'<w:p><w:fldSimple w:instr="ddeauto x y"/></w:p>'), "“DDEAUTO”"),
    "entities": (repacked(GOOD, {"word/document.xml": DOCTYPE}), "实体"),
    "entities in UTF-16": (repacked(GOOD, {"word/styles.xml": SIXTEEN}), "实体"),
    "bomb": (repacked(GOOD, BOMB), "解压"),
    "many parts": (repacked(GOOD, {f"word/x{number}.txt": b"" for number in range(500)}), "解压"),
    "no zip": (b"PK\x03\x04 rubbish", "docx"),
    "old Word": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "docx"),
    "empty": (b"", "docx"),
    "broken XML": (repacked(GOOD, {"word/document.xml": b"<w:document"}), "损坏"),
    "too large": (b"\0" * (10 * 1024 * 1024 + 1), "10 MB"),
}


@pytest.mark.parametrize(("content", "word"), BAD.values(), ids=BAD.keys())
def test_it_refuses_the_file_with_a_sentence(content: bytes, word: str) -> None:
    with pytest.raises(Refusal, match=word):
        check_package(content)


def test_it_takes_a_harmless_file() -> None:
    check_package(GOOD)


@pytest.mark.parametrize("code", [b" PAGE ", b" NUMPAGES \\* MERGEFORMAT ", b' TOC \\o "1-3" '])
def test_it_takes_page_numbers_and_contents(code: bytes) -> None:
    check_package(with_body(field(code)))


def test_it_refuses_a_file_that_lies_about_its_size() -> None:
    content = bytearray(repacked(GOOD, {"word/media/a.txt": b"a" * 2000}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Refusal):
        check_package(bytes(content))
