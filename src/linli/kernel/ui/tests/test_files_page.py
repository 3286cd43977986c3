"""Handing a file out."""

from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.playground.models import Binder

from linli.kernel.files import IMAGES, PAPERS, Accept, StoredFile, keep
from linli.kernel.files.media import TEXT
from linli.kernel.files.tests.samples import photo, upload
from linli.kernel.refs import ref_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Any:
    return get_user_model().objects.create_user("reader", name="李一")


def kept(reader: Any, body: bytes, name: str, accept: Accept) -> StoredFile:
    binder = Binder.objects.create(reader_id=reader.pk)
    return keep(upload(body, name), accept=accept, owner=ref_of(binder), actor=reader)


def test_it_hands_the_owners_reader_the_bytes_under_the_full_name(reader: Any, client: Client) -> None:
    client.force_login(reader)
    stored = kept(reader, "姓名\n李一\n".encode(), "社区名册" * 10 + ".csv", Accept("t", frozenset({TEXT}), 100))
    answer = client.get(f"/files/{stored.pk}/")
    assert b"".join(answer.streaming_content).decode() == "姓名\n李一\n"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(stored.name)}"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("sandbox")


def test_it_shows_pictures_in_place(reader: Any, client: Client) -> None:
    client.force_login(reader)
    answer = client.get(f"/files/{kept(reader, photo(), 'a.jpg', IMAGES).pk}/")
    assert answer["Content-Disposition"] == 'inline; filename="a.jpg"'
    assert answer["Content-Type"] == "image/jpeg"
    answer.close()


def test_it_saves_a_picture_when_asked_to(reader: Any, client: Client) -> None:
    client.force_login(reader)
    answer = client.get(f"/files/{kept(reader, photo(), 'a.jpg', IMAGES).pk}/?save=1")
    assert answer["Content-Disposition"] == 'attachment; filename="a.jpg"'
    answer.close()


def test_it_lets_the_browsers_viewer_draw_a_pdf_and_nothing_else(reader: Any, client: Client) -> None:
    client.force_login(reader)
    answer = client.get(f"/files/{kept(reader, b'%PDF-1.7 x %%EOF', 'a.pdf', PAPERS).pk}/")
    assert answer["Content-Disposition"] == 'inline; filename="a.pdf"'
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; object-src 'self'")
    answer.close()


def test_it_tells_a_stranger_that_there_is_no_such_file(reader: Any, client: Client) -> None:
    stored = kept(reader, photo(), "a.jpg", IMAGES)
    assert client.get(f"/files/{stored.pk}/").status_code == 404
    client.force_login(get_user_model().objects.create_user("stranger", name="王二"))
    assert client.get(f"/files/{stored.pk}/").status_code == 404
    assert client.post(f"/files/{stored.pk}/").status_code == 405
