"""How many pages a kept file has."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from linli.kernel import files
from linli.kernel.files.tests.samples import photo
from linli.kernel.refs import Ref, new_key

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def pdf(pages: int) -> bytes:
    body, sheets = BytesIO(), [Image.new("1", (40, 60), 1) for _page in range(pages)]
    sheets[0].save(body, "PDF", save_all=True, append_images=sheets[1:])
    return body.getvalue()


def word(*, said: int | None) -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as parts:
        parts.writestr("word/document.xml", "<document/>")
        if said is not None:
            parts.writestr("docProps/app.xml", f"<Properties><Pages>{said}</Pages></Properties>")
    return body.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        ("签到表.pdf", pdf(3), 3),
        ("报告.docx", word(said=12), 12),
        ("草稿.docx", word(said=None), None),
        ("现场.jpg", photo(), 1),
    ],
)
def test_it_counts_pages_where_the_file_tells_them(name: str, content: bytes, pages: int | None) -> None:
    upload = BytesIO(content)
    upload.name = name
    stored = files.keep(upload, accept=files.PAPERS, owner=Ref("places.place", new_key()), actor=None)
    assert files.page_count(stored) == pages
