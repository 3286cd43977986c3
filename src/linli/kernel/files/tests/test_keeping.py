"""Keeping files: limits, stripping, nothing left over, nobody but the owner's readers."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image
from tests.playground.models import Binder

from linli.kernel.errors import Missing, Refusal, TooMany
from linli.kernel.files import IMAGES, PAPERS, Accept, StoredFile, file_for, files_of, forget, keep, opened, sweep
from linli.kernel.files.media import PDF, PNG, TEXT
from linli.kernel.files.tests.samples import archive, everything_stored, photo, size_limit, upload
from linli.kernel.refs import Ref, ref_of

PAPER = b"%PDF-1.7\n" + b"x" * 2000 + b"\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Any:
    return get_user_model().objects.create_user("reader", name="李一")


@pytest.fixture
def owner(reader: Any) -> Ref:
    return ref_of(Binder.objects.create(reader_id=reader.pk))


def test_it_keeps_size_digest_and_bytes(owner: Ref, reader: Any) -> None:
    stored = keep(upload(PAPER, "申报书.pdf"), accept=PAPERS, owner=owner, actor=reader)
    assert (stored.name, stored.content_type, stored.size) == ("申报书.pdf", PDF, len(PAPER))
    assert stored.sha256 == hashlib.sha256(PAPER).hexdigest()
    assert stored.uploader_id == reader.pk
    with opened(stored) as file:
        assert file.read() == PAPER


def test_it_keeps_the_bytes_under_a_key_that_tells_nothing(owner: Ref) -> None:
    first = keep(upload(PAPER, "申报书.pdf"), accept=PAPERS, owner=owner, actor=None)
    second = keep(upload(PAPER, "申报书.pdf"), accept=PAPERS, owner=owner, actor=None)
    assert first.key != second.key
    assert everything_stored() == sorted([first.key, second.key])
    assert "pdf" not in first.key


def test_it_lists_the_files_of_a_record_in_order(owner: Ref) -> None:
    kept = [keep(upload(PAPER, f"{n}.pdf"), accept=PAPERS, owner=owner, actor=None) for n in range(3)]
    assert list(files_of(owner)) == kept


@pytest.mark.parametrize(
    ("body", "accept", "kind", "code"),
    [
        (b"", PAPERS, Refusal, "file-empty"),
        (PAPER, Accept("small", frozenset({PDF}), 1000), TooMany, "file-too-large"),
        (b"MZ" + bytes(100), PAPERS, Refusal, "file-type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", IMAGES, Refusal, "file-type"),
        (PAPER, IMAGES, Refusal, "file-type"),
        (archive(xl__workbook_xml=b"", xl__vbaProject_bin=b""), PAPERS, Refusal, "file-type"),
        (photo()[:300], IMAGES, Refusal, "file-damaged"),
    ],
    ids=["empty", "too large", "program", "svg", "paper among pictures", "macros", "cut picture"],
)
def test_it_refuses_and_leaves_nothing(body: bytes, accept: Accept, kind: Any, code: str, owner: Ref) -> None:
    with pytest.raises(kind) as refused:
        keep(upload(body, "照片.jpg"), accept=accept, owner=owner, actor=None)
    assert refused.value.code == code
    assert (StoredFile.objects.count(), everything_stored()) == (0, [])


def test_it_believes_the_content_and_not_the_suffix(owner: Ref) -> None:
    stored = keep(upload(photo("PNG"), "报告.pdf"), accept=PAPERS, owner=owner, actor=None)
    assert (stored.content_type, stored.name) == (PNG, "报告.png")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_it_strips_place_camera_and_comment_from_pictures(kind: str, owner: Ref) -> None:
    body = photo(kind)
    stored = keep(upload(body, "照片"), accept=IMAGES, owner=owner, actor=None)
    with opened(stored) as file:
        kept = file.read()
    assert stored.stripped
    assert b"Secretcam" not in kept
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}


def test_it_turns_a_picture_upright_before_it_forgets_how_the_camera_was_held(owner: Ref) -> None:
    stored = keep(upload(photo(size=(40, 20), orientation=6), "竖.jpg"), accept=IMAGES, owner=owner, actor=None)
    with opened(stored) as file:
        picture = Image.open(file)
        assert picture.size == (20, 40)
        top, bottom = picture.getpixel((10, 5)), picture.getpixel((10, 35))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


def test_it_cuts_off_what_was_hidden_behind_a_picture(owner: Ref) -> None:
    body = photo() + archive(evil_html=b"<script>alert(1)</script>")
    stored = keep(upload(body, "两面.jpg"), accept=IMAGES, owner=owner, actor=None)
    with opened(stored) as file:
        assert b"PK\x03\x04" not in file.read()


def test_it_refuses_a_picture_that_would_not_fit_into_memory(owner: Ref) -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(TooMany) as refused:
        keep(upload(out.getvalue(), "炸弹.png"), accept=IMAGES, owner=owner, actor=None)
    assert refused.value.code == "file-too-large"


def test_it_says_that_the_disk_is_full_and_leaves_nothing(owner: Ref, settings: Any, store: Path) -> None:
    full = {"BACKEND": "linli.kernel.files.tests.samples.FullDisk", "OPTIONS": {"location": store}}
    settings.STORAGES = {**settings.STORAGES, "default": full}
    with pytest.raises(Refusal) as refused:
        keep(upload(PAPER, "a.pdf"), accept=PAPERS, owner=owner, actor=None)
    assert refused.value.code == "no-room"
    assert (StoredFile.objects.count(), everything_stored()) == (0, [])


def test_it_says_so_when_the_system_allows_no_larger_file(owner: Ref) -> None:
    body = b"%PDF-1.7\n" + b"x" * 40_000_000 + b"%%EOF"
    with size_limit(30_000_000), pytest.raises(Refusal) as refused:
        keep(upload(body, "a.pdf"), accept=PAPERS, owner=owner, actor=None)
    assert refused.value.code == "no-room"
    assert everything_stored() == []


def test_it_sweeps_bytes_that_lost_their_row_but_only_old_ones(owner: Ref) -> None:
    with transaction.atomic():
        lost = keep(upload(PAPER, "a.pdf"), accept=PAPERS, owner=owner, actor=None)
        transaction.set_rollback(True)
    kept = keep(upload(PAPER, "b.pdf"), accept=PAPERS, owner=owner, actor=None)
    assert everything_stored() == sorted([lost.key, kept.key])
    assert sweep() == 0
    assert sweep(at=timezone.now() + timedelta(hours=25)) == 1
    assert everything_stored() == [kept.key]


def test_it_forgets_the_bytes_only_when_the_row_is_gone_for_good(
    owner: Ref, django_capture_on_commit_callbacks: Any
) -> None:
    stored = keep(upload(PAPER, "a.pdf"), accept=PAPERS, owner=owner, actor=None)
    with transaction.atomic():
        forget(stored.pk)
        transaction.set_rollback(True)
    assert everything_stored() == [stored.key]
    with django_capture_on_commit_callbacks(execute=True):
        assert forget(stored.pk)
    assert (everything_stored(), forget(stored.pk)) == ([], False)


def test_it_opens_a_file_only_for_who_may_see_its_owner(owner: Ref, reader: Any) -> None:
    stored = keep(upload(PAPER, "a.pdf"), accept=PAPERS, owner=owner, actor=reader)
    stranger = get_user_model().objects.create_user("stranger", name="王二")
    assert file_for(stored.pk, actor=reader) == stored
    for actor in (stranger, None):
        with pytest.raises(Missing):
            file_for(stored.pk, actor=actor)


def test_it_says_that_the_store_has_lost_a_file(owner: Ref, store: Path) -> None:
    stored = keep(upload(PAPER, "a.pdf"), accept=PAPERS, owner=owner, actor=None)
    (store / stored.key).unlink()
    with pytest.raises(Missing):
        opened(stored)


def test_the_database_refuses_a_picture_that_was_not_stripped(owner: Ref) -> None:
    stored = keep(upload(photo(), "a.jpg"), accept=IMAGES, owner=owner, actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(stripped=False)


def test_it_takes_text_where_text_is_wanted(owner: Ref) -> None:
    plain = Accept("notes", frozenset({TEXT}), 1000)
    stored = keep(upload("一".encode("gb18030"), "notes.csv"), accept=plain, owner=owner, actor=None)
    assert (stored.content_type, stored.name) == (TEXT, "notes.csv")
