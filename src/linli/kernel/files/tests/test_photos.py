"""Photos: what is read before stripping, what is sealed, what is shown, and who opens what."""

import hashlib
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.utils import timezone
from PIL import Image
from tests.playground.actors import Somebody
from tests.playground.models import Binder

from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.files import Photo, StoredFile, file_for, opened, photos, sweep
from linli.kernel.files.keeping import GRACE
from linli.kernel.files.photos import taking
from linli.kernel.files.photos.exif import Taken, taken
from linli.kernel.files.tests.samples import everything_stored, upload
from linli.kernel.files.tests.scenes import camera_words, jpeg, scene
from linli.kernel.refs import Ref, new_key, ref_of
from linli.kernel.scope import Anchor, Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
THEN = datetime(2026, 5, 1, 1, 30, tzinfo=UTC)
BOTH = Anchor()
REASON = "核对活动日期"


@pytest.fixture
def reader() -> Somebody:
    return Somebody("李一")


@pytest.fixture
def auditor() -> Somebody:
    return Somebody("审计", held=frozenset({(Role.AUDITOR, BOTH)}))


@pytest.fixture
def owner(reader: Somebody) -> Ref:
    return ref_of(Binder.objects.create(reader_id=reader.actor_id))


def take(owner: Ref, seed: int = 1, actor: Any = None, **words: Any) -> Photo:
    raw = jpeg(scene(seed), exif=camera_words(**words))
    return photos.take_in(upload(raw, "植树.jpg"), owner=owner, actor=actor)


def shown(stored: StoredFile) -> bytes:
    with opened(stored) as file:
        body: bytes = file.read()
    return body


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({}, Taken(THEN, Decimal("39.907500"), Decimal("116.397222"))),
        ({"letters": ("S", "W")}, Taken(THEN, Decimal("-39.907500"), Decimal("-116.397222"))),
        ({"offset": ""}, Taken(THEN, Decimal("39.907500"), Decimal("116.397222"))),
        ({"taken": "2031:05:01 09:30:00", "latitude": (0.0, 0.0, 0.0), "longitude": (0.0, 0.0, 0.0)}, Taken()),
        ({"taken": "    :  :     :  :  ", "latitude": (95.0, 0.0, 0.0)}, Taken()),
        ({"taken": "0000:00:00 00:00:00", "latitude": (1.0, 2.0)}, Taken()),
    ],
    ids=["as phones write it", "south and west", "without a zone", "tomorrow at 0, 0", "off the earth", "nonsense"],
)  # fmt: skip
def test_it_reads_time_and_place_before_stripping(words: dict[str, Any], found: Taken) -> None:
    assert taken(jpeg(scene(1), exif=camera_words(**words)), now=NOW) == found


@pytest.mark.sqlite_only
def test_it_reads_nothing_from_what_is_no_picture() -> None:
    assert taken(b"no picture", now=NOW) == Taken()


def test_it_keeps_time_and_place_in_fields_and_out_of_every_shown_copy(owner: Ref, reader: Somebody) -> None:
    photo = Photo.objects.get(pk=take(owner, actor=reader).pk)
    assert photo.taken_at == THEN
    assert (photo.latitude, photo.longitude) == (Decimal("39.907500"), Decimal("116.397222"))
    for stored in (photo.stored, photo.small):
        body = shown(stored)
        assert b"Secretcam" not in body
        assert dict(Image.open(io.BytesIO(body)).getexif()) == {}


def test_it_keeps_the_same_file_once_for_a_record(owner: Ref, monkeypatch: pytest.MonkeyPatch) -> None:
    first, audited = take(owner), AuditRow.objects.count()
    stored = len(everything_stored())
    assert take(owner).pk == first.pk
    real = taking._standing
    seen = iter((None, first))
    monkeypatch.setattr(taking, "_standing", lambda _owner, _digest: next(seen))  # the other tab is faster by a breath
    assert take(owner).pk == first.pk
    assert (len(everything_stored()), AuditRow.objects.count(), Photo.objects.count()) == (stored, audited, 1)
    monkeypatch.setattr(taking, "_standing", real)
    photos.withdraw(first, reason=REASON, actor=None)
    assert take(owner).pk != first.pk


def test_it_seals_the_original_with_its_hash(owner: Ref) -> None:
    raw = jpeg(scene(1), exif=camera_words())
    photo = photos.take_in(upload(raw, "植树.jpg"), owner=owner, actor=None)
    assert photo.original_sha256 == hashlib.sha256(raw).hexdigest()
    with default_storage.open(photo.sealed_key) as file:
        sealed = file.read()
    assert b"Secretcam" not in sealed
    assert len(everything_stored()) == 3


def test_it_opens_the_original_to_the_auditor_with_a_reason_on_record(owner: Ref, auditor: Somebody) -> None:
    raw = jpeg(scene(1), exif=camera_words())
    photo = photos.take_in(upload(raw, "植树.jpg"), owner=owner, actor=None)
    assert photos.open_original(photo, reason=REASON, actor=auditor) == raw
    row = AuditRow.objects.get(action="files.photo.open_original")
    assert (row.actor_id, row.ref_id) == (auditor.actor_id, owner.id)


def test_it_opens_the_original_to_nobody_else(owner: Ref, reader: Somebody) -> None:
    photo = take(owner)
    for actor in (reader, None, Somebody(held=frozenset({(Role.STREET_OFFICER, BOTH)}))):
        with pytest.raises(NotAllowed):
            photos.open_original(photo, reason=REASON, actor=actor)


def test_it_opens_no_original_without_a_reason(owner: Ref, auditor: Somebody) -> None:
    with pytest.raises(Refusal, match="为什么"):
        photos.open_original(take(owner), reason="  看 ", actor=auditor)


def test_it_tells_when_the_sealed_original_was_exchanged(owner: Ref, auditor: Somebody) -> None:
    photo, other = take(owner), take(owner, 2)
    photo.sealed_key = other.sealed_key
    with pytest.raises(Refusal) as refused:
        photos.open_original(photo, reason=REASON, actor=auditor)
    assert refused.value.code == "original-damaged"
    assert not AuditRow.objects.filter(action="files.photo.open_original").exists()


def test_it_shows_a_photo_to_those_who_see_its_record(owner: Ref, reader: Somebody) -> None:
    photo = take(owner)
    assert photos.photo_for(photo.pk, actor=reader) == photo
    assert file_for(photo.stored.pk, actor=reader) == photo.stored
    for stranger in (Somebody(), None):
        with pytest.raises(Missing):
            photos.photo_for(photo.pk, actor=stranger)
        with pytest.raises(Missing):
            file_for(photo.stored.pk, actor=stranger)


def test_it_lists_the_photos_of_a_record_in_order(owner: Ref, reader: Somebody) -> None:
    kept = [take(owner, seed) for seed in range(2)]
    take(ref_of(Binder.objects.create(reader_id=reader.actor_id)), 5)
    assert list(photos.of(owner)) == kept


def test_it_leaves_nothing_behind_when_the_picture_is_damaged(owner: Ref) -> None:
    with pytest.raises(Refusal, match="图片已损坏"):
        photos.take_in(upload(jpeg(scene(1))[:400], "植树.jpg"), owner=owner, actor=None)
    assert (Photo.objects.count(), everything_stored()) == (0, [])


def test_it_leaves_nothing_behind_when_the_row_is_refused(owner: Ref) -> None:
    with pytest.raises(IntegrityError):
        photos.take_in(upload(jpeg(scene(1)), "植树.jpg"), owner=Ref(owner.kind, None), actor=None)  # type: ignore[arg-type]
    assert everything_stored() == []


def test_it_shows_a_large_photo_smaller_and_keeps_all_of_its_original(owner: Ref, auditor: Somebody) -> None:
    raw = jpeg(scene(3, (4000, 1000)))
    photo = photos.take_in(upload(raw, "全景.jpg"), owner=owner, actor=None)
    assert (photo.width, photo.height, photo.original_size) == (3000, 750, len(raw))
    assert Image.open(io.BytesIO(shown(photo.small))).size == (640, 160)
    assert photos.open_original(photo, reason=REASON, actor=auditor) == raw


@pytest.mark.slow
def test_it_takes_a_phone_picture_of_fifty_megapixels(owner: Ref) -> None:
    large = Image.new("L", (8192, 6144), 90)
    large.paste(200, (0, 0, 4000, 3000))
    photo = photos.take_in(upload(jpeg(large, quality=30), "大图.jpg"), owner=owner, actor=None)
    assert (photo.width, photo.height, photo.original_dots) == (3000, 2250, 8192 * 6144)


def test_it_blurs_for_good_what_is_shown_and_leaves_the_original(owner: Ref, auditor: Somebody) -> None:
    photo = take(owner)
    before = photo.stored
    original = photos.open_original(photo, reason=REASON, actor=auditor)
    plain = Image.open(io.BytesIO(shown(before))).convert("RGB")
    photo = photos.blur(photo, boxes=[photos.Box(50, 0, 50, 50)], actor=auditor)
    blurred = Image.open(io.BytesIO(shown(photo.stored))).convert("RGB")
    assert blurred.crop((0, 130, 320, 240)).tobytes() != b""
    changed = [
        sum(abs(a - b) for a, b in zip(plain.getpixel(dot), blurred.getpixel(dot), strict=True)) for dot in _dots()
    ]  # type: ignore[arg-type]  # RGB
    assert max(changed[:20]) < 60
    assert sum(change > 40 for change in changed[20:]) > 3
    assert not StoredFile.objects.filter(pk=before.pk).exists()
    assert Photo.objects.get(pk=photo.pk).blurred == 1
    assert photos.open_original(photo, reason=REASON, actor=auditor) == original


def _dots() -> list[tuple[int, int]]:
    """Twenty dots in the left half, then twenty in the blurred quarter."""
    left = [(8 * step + 4, 12 * step + 2) for step in range(20)]
    return left + [(164 + 8 * step, 4 + 6 * step) for step in range(20)]


@pytest.mark.parametrize(
    "numbers", [(0, 0, 0, 5), (100, 0, 5, 5), (-1, 0, 5, 5), (0, 0, 101, 5), (float("nan"), 0, 5, 5)]
)
def test_it_refuses_boxes_that_lie_outside_or_are_empty(numbers: Any, owner: Ref) -> None:
    photo = Photo(pk=new_key(), owner_kind=owner.kind, owner_id=owner.id)
    with pytest.raises(Refusal) as refused:
        photos.blur(photo, boxes=[photos.Box(*numbers)], actor=None)
    assert refused.value.field == "boxes"


def test_it_lets_one_of_two_blur_the_same_picture(owner: Ref) -> None:
    photo = take(owner)
    late = Photo.objects.select_related("stored").get(pk=photo.pk)
    photos.blur(photo, boxes=[photos.Box(0, 0, 20, 20)], actor=None)
    with pytest.raises(Conflict):
        photos.blur(late, boxes=[photos.Box(40, 40, 20, 20)], actor=None)


def test_it_shows_a_withdrawn_photo_to_nobody(owner: Ref, reader: Somebody) -> None:
    photo = photos.withdraw(take(owner), reason="当事人撤回同意", actor=reader)
    assert list(photos.of(owner)) == []
    with pytest.raises(Missing):
        file_for(photo.stored.pk, actor=reader)
    with pytest.raises(Conflict):
        photos.withdraw(photo, reason="再撤一次", actor=reader)


@pytest.mark.django_db(transaction=True)
def test_it_erases_a_photo_with_everything_that_was_stored(owner: Ref) -> None:
    photo = take(owner)
    photos.forget(photo, actor=None)
    assert (Photo.objects.count(), StoredFile.objects.count(), everything_stored()) == (0, 0, [])


def test_it_sweeps_no_sealed_original(owner: Ref) -> None:
    take(owner)
    before = everything_stored()
    assert sweep(at=timezone.now() + 2 * GRACE) == 0
    assert everything_stored() == before
