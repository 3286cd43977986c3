"""PDF: official layout without system fonts, with a bold, from data that is never run."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from linli.kernel import documents
from linli.kernel.documents import PaperFault
from linli.kernel.documents.printing import plain

CARD = {
    "title": "居家养老服务咨询",
    "office": "养老服务专岗",
    "phone": "010-5550 0101",
    "hours": "周一至周五 9:00–17:30",
    "body": "",
}


def card_list(cards: list[dict[str, str]]) -> dict[str, Any]:
    communities = [{"name": "槐荫社区", "cards": cards}, {"name": "泉北社区", "cards": []}]
    return {"street": "清河里街道", "as_of": date(2026, 3, 2), "communities": communities}


def text_of(content: bytes) -> list[str]:
    """The text of each page, without spaces and line ends."""
    paper = pdfium.PdfDocument(content)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in paper]
    finally:
        paper.close()


def test_it_prints_the_contact_cards_of_a_street() -> None:
    (page,) = text_of(documents.render_pdf("people/contact_cards.typ", card_list([CARD])))
    assert page == (
        "清河里街道社区联系卡（截至2026年3月2日）槐荫社区序号联系事项联系岗位办公电话服务时间"
        "1居家养老服务咨询养老服务专岗010-55500101周一至周五9:00–17:30泉北社区暂无公开的联系卡。"
        "联系卡公布的是岗位和办公电话，不含个人号码。内容有误或打不通，请向所在社区或街道反映。"
        "清河里街道2026年3月2日—1—"
    )


def test_it_repeats_the_head_on_every_page() -> None:
    pages = text_of(documents.render_pdf("people/contact_cards.typ", card_list([CARD] * 60)))
    assert len(pages) > 1
    assert [page.count("序号联系事项") for page in pages] == [1] * len(pages)


def test_it_prints_on_a4() -> None:
    paper = pdfium.PdfDocument(documents.render_pdf("people/contact_cards.typ", card_list([CARD])))
    width, height = paper[0].get_size()
    paper.close()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


def test_it_embeds_a_regular_and_a_bold_cjk_face_and_no_system_face() -> None:
    content = documents.render_pdf("people/contact_cards.typ", card_list([CARD]))
    assert b"NotoSansCJKjp-Regular" in content
    assert b"NotoSansCJKjp-Bold" in content
    assert b"DejaVu" not in content


def test_it_never_runs_what_stands_in_the_data() -> None:
    nasty = {**CARD, "title": '#panic("x") $x$ *b* #read("/etc/passwd") <a> \\'}
    (page,) = text_of(documents.render_pdf("people/contact_cards.typ", card_list([nasty])))
    assert '#panic("x")$x$*b*#read("/etc/passwd")<a>\\' in page


def test_it_prints_rare_characters_of_names() -> None:
    (page,) = text_of(documents.render_pdf("people/contact_cards.typ", card_list([{**CARD, "office": "㐂𠮷"}])))
    assert "㐂𠮷" in page


def test_a_template_cannot_read_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    curious = tmp_path / "curious.typ"
    curious.write_text(f'#read("{secret}")', encoding="utf-8")
    monkeypatch.setattr("linli.kernel.documents.printing.paper", lambda name: curious)
    with pytest.raises(PaperFault):
        documents.render_pdf("people/contact_cards.typ", {})


def test_it_says_which_official_faces_are_missing() -> None:
    assert documents.substituted() == ("小标宋", "仿宋", "楷体", "黑体", "宋体")


def test_it_looks_into_the_configured_folder_first(settings: Any, tmp_path: Path) -> None:
    settings.LINLI_FONTS = str(tmp_path)
    assert documents.font_folders()[0] == tmp_path


def test_it_names_a_template_that_does_not_fit_the_data() -> None:
    with pytest.raises(PaperFault, match="contact_cards"):
        documents.render_pdf("people/contact_cards.typ", {})


@pytest.mark.parametrize("name", ["nobody/x.typ", "people/none.typ", "people/../models/card.py", "people"])
def test_it_finds_papers_only_in_their_folder(name: str) -> None:
    with pytest.raises(PaperFault):
        documents.paper(name)


def test_it_takes_plain_data_only() -> None:
    assert plain({"a": [Decimal("1.50"), date(2026, 3, 1), None, True]}) == {"a": ["1.50", "2026-03-01", None, True]}
    with pytest.raises(TypeError, match="object"):
        plain({"a": object()})
    with pytest.raises(TypeError, match="float"):
        plain(1.5)
