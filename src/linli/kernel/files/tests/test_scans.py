"""Scanned papers: pages bound to one PDF, the inbox of a place, and what is no page."""

import pypdfium2 as pdfium
import pytest
from django.core.files.base import ContentFile
from tests.playground.models import Binder

from linli.kernel.errors import Refusal, TooMany
from linli.kernel.files import StoredFile, opened, scans
from linli.kernel.files.scans import binding
from linli.kernel.files.tests.samples import everything_stored, photo, upload
from linli.kernel.files.tests.scenes import PAGE, camera_words, jpeg, scene
from linli.kernel.refs import Ref, ref_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Ref:
    return ref_of(Binder.objects.create())


def sizes(stored: StoredFile) -> list[tuple[int, int]]:
    """Width and height of each page in points."""
    with opened(stored) as file, pdfium.PdfDocument(file.read()) as book:
        return [(round(page.get_width()), round(page.get_height())) for page in book]


def locked() -> bytes:
    """A PDF that asks for a password: RC4 of 40 bits with values of no meaning opens for nobody."""
    return PAGE.replace(
        b"trailer<</Root 1 0 R>>",
        b"trailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">>>"
        b"/ID[<00><00>]>>",
    )


def test_it_binds_pictures_and_papers_to_one_pdf_in_order(owner: Ref) -> None:
    wide = jpeg(scene(1), exif=camera_words())
    tall = jpeg(scene(2, (240, 320)))
    pages = [upload(wide, "1.jpg"), upload(PAGE, "2.pdf"), upload(tall, "3.jpg"), upload(photo("PNG"), "4.png")]
    stored = scans.bind(pages, owner=owner, title="活动签到表", actor=None)
    assert (stored.name, stored.content_type) == ("活动签到表.pdf", "application/pdf")
    assert sizes(stored) == [(842, 595), (300, 400), (595, 842), (842, 595)]
    with opened(stored) as file:
        assert b"Secretcam" not in file.read()
    assert everything_stored() == [stored.key]


def test_it_draws_a_page_as_it_was_scanned(owner: Ref) -> None:
    stored = scans.bind([upload(photo(size=(400, 200)), "1.jpg")], owner=owner, title="扫描", actor=None)
    with opened(stored) as file, pdfium.PdfDocument(file.read()) as book:
        drawn = book[0].render(scale=0.2).to_pil().convert("RGB")
    left, right = drawn.getpixel((30, drawn.height // 2)), drawn.getpixel((drawn.width - 30, drawn.height // 2))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[0] > 200, left[2] < 60, right[0] < 60, right[2] > 200) == (True, True, True, True)


@pytest.mark.parametrize(
    ("body", "name", "sentence"),
    [
        (b"%PDF-1.4\nnothing of a paper\n%%EOF", "签到表.pdf", "PDF 已损坏"),
        (PAGE[:120], "签到表.pdf", "文件已损坏或不完整"),
        (locked(), "签到表.pdf", "密码"),
        (b"MZ" + bytes(200), "签到表.pdf", "文件名以 .pdf 结尾，但内容并非如此"),
        (jpeg(scene(1))[:300], "1.jpg", "图片已损坏"),
        (b"", "1.pdf", "0 字节"),
    ],
    ids=["no paper inside", "cut off", "locked", "program", "cut picture", "empty"],
)
def test_it_refuses_what_is_no_page_with_a_sentence(body: bytes, name: str, sentence: str, owner: Ref) -> None:
    with pytest.raises(Refusal, match=sentence):
        scans.bind([upload(PAGE, "1.pdf"), upload(body, name)], owner=owner, title="签到表", actor=None)
    assert (StoredFile.objects.count(), everything_stored()) == (0, [])


def test_it_binds_no_more_pages_than_can_be_read(owner: Ref, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "MOST_PAGES", 3)
    with pytest.raises(TooMany, match="超过 3 页"):
        scans.bind([upload(PAGE, f"{n}.pdf") for n in range(4)], owner=owner, title="签到表", actor=None)


def test_it_binds_nothing_of_no_pages(owner: Ref) -> None:
    with pytest.raises(Refusal, match="至少选择一页"):
        scans.bind([], owner=owner, title="签到表", actor=None)


@pytest.mark.parametrize(("body", "count"), [(PAGE, 1), (jpeg(scene(1)), 1)], ids=["pdf", "picture"])
def test_it_counts_the_pages_of_a_scan(body: bytes, count: int) -> None:
    assert scans.pages_in(ContentFile(body)) == count
