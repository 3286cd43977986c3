"""The same or nearly the same picture used twice: what counts as near, how many queries it takes, what is told."""

import io
from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image, ImageEnhance
from tests.playground.actors import Somebody
from tests.playground.models import Binder

from linli.kernel.files import Photo, StoredFile, photos
from linli.kernel.files.photos.likeness import NEAR, bands_of, distance, likeness_of
from linli.kernel.files.tests.samples import upload
from linli.kernel.files.tests.scenes import jpeg, scene
from linli.kernel.refs import Ref, new_key, ref_of

pytestmark = pytest.mark.django_db


def likeness(picture: Image.Image) -> int:
    found = likeness_of(picture)
    assert found is not None
    return found


def saved_anew(picture: Image.Image) -> Image.Image:
    return Image.open(io.BytesIO(jpeg(picture, quality=40)))


CHANGES = {
    "saved anew": saved_anew,
    "half the size": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
    "brighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.15),
    "without colour": lambda picture: picture.convert("L"),
    "small and saved anew": lambda picture: saved_anew(picture.resize((200, 150))),
}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_it_knows_a_picture_again_that_was(change: Any) -> None:
    gaps = [distance(likeness(scene(seed)), likeness(change(scene(seed)))) for seed in range(12)]
    assert max(gaps) <= NEAR


@pytest.mark.sqlite_only
def test_it_takes_no_two_of_forty_pictures_for_the_same() -> None:
    found = [likeness(scene(seed)) for seed in range(40)]
    assert min(distance(one, other) for one, other in combinations(found, 2)) > NEAR


@pytest.mark.sqlite_only
def test_it_recognises_nothing_in_a_plain_picture() -> None:
    assert [likeness_of(Image.new("RGB", (90, 60), colour)) for colour in ("white", "black", (120, 130, 120))] == [
        None
    ] * 3


@pytest.mark.sqlite_only
def test_it_cuts_a_hash_into_four_quarters_that_fit_their_columns() -> None:
    assert bands_of(-2) == {"band0": 0xFFFE, "band1": 0xFFFF, "band2": 0xFFFF, "band3": 0xFFFF}
    assert bands_of(None) == {"band0": None, "band1": None, "band2": None, "band3": None}


@pytest.fixture
def reader() -> Somebody:
    return Somebody("李一")


@pytest.fixture
def owner(reader: Somebody) -> Ref:
    return ref_of(Binder.objects.create(reader_id=reader.actor_id))


def take(owner: Ref, picture: Image.Image) -> Photo:
    return photos.take_in(upload(jpeg(picture), "照片.jpg"), owner=owner, actor=None)


def test_it_shows_where_else_a_picture_is_used_the_closest_first(owner: Ref, reader: Somebody) -> None:
    elsewhere = ref_of(Binder.objects.create(reader_id=reader.actor_id))
    photo, same = take(owner, scene(1)), take(elsewhere, scene(1))
    near = take(owner, CHANGES["small and saved anew"](scene(1)))
    take(elsewhere, scene(2))
    assert near.original_sha256 != photo.original_sha256 == same.original_sha256
    found = photos.alike(photo, actor=reader)
    assert [(hit.is_same_file, hit.is_here, hit.label) for hit in found] == [
        (True, False, str(elsewhere.id)),
        (False, True, str(owner.id)),
    ]


def test_it_names_no_record_the_reader_may_not_see(owner: Ref, reader: Somebody) -> None:
    photo = take(owner, scene(1))
    take(ref_of(Binder.objects.create(reader_id=new_key())), scene(1))
    (hit,) = photos.alike(photo, actor=reader)
    assert (hit.used, hit.label, hit.address) == (None, "已用于其他记录", "")


def test_it_counts_no_withdrawn_picture(owner: Ref, reader: Somebody) -> None:
    photo = take(owner, scene(1))
    photos.withdraw(take(owner, scene(1)), reason="重复上传", actor=None)
    assert photos.alike(photo, actor=reader) == []


def test_it_finds_the_very_same_plain_picture_and_no_other(owner: Ref, reader: Somebody) -> None:
    white = Image.new("RGB", (90, 60), "white")
    photo, _other = take(owner, white), take(owner, Image.new("RGB", (90, 60), "black"))
    take(ref_of(Binder.objects.create(reader_id=reader.actor_id)), white)
    assert [hit.is_same_file for hit in photos.alike(photo, actor=reader)] == [True]


def many(owner: Ref, count: int, *, seed: int) -> None:
    """Rows as ``take_in`` writes them, without their bytes; every hash is one of its own."""
    now = timezone.now()
    files = [
        StoredFile(
            pk=new_key(), key=f"k{seed}-{n}", name="p.jpg", content_type="image/jpeg", size=1, sha256="0" * 64,
            owner_kind="files.photo", owner_id=new_key(), made_at=now, stripped=True,
        )
        for n in range(2 * count)
    ]  # fmt: skip
    StoredFile.objects.bulk_create(files)
    hashes = [(seed + n) * 0x9E3779B97F4A7C15 % 2**64 - 2**63 for n in range(count)]
    Photo.objects.bulk_create(
        Photo(
            owner_kind=owner.kind, owner_id=owner.id, name="p.jpg", stored=files[2 * n], small=files[2 * n + 1],
            width=9, height=9, sealed_key=f"s{seed}-{n}", sealed_with="k", original_type="image/jpeg",
            original_size=1, original_dots=81, original_sha256=f"{seed + n:064d}", likeness=likeness,
            made_at=now, **bands_of(likeness),
        )
        for n, likeness in enumerate(hashes)
    )  # fmt: skip


def test_it_asks_two_queries_for_two_hundred_photos_among_two_thousand(owner: Ref, reader: Somebody) -> None:
    elsewhere = ref_of(Binder.objects.create(reader_id=reader.actor_id))
    many(elsewhere, 2000, seed=1)
    many(owner, 200, seed=500_000)
    twin = Photo.objects.filter(owner_id=elsewhere.id).first()
    mine = Photo.objects.filter(owner_id=owner.id).first()
    assert twin is not None and twin.likeness is not None and mine is not None  # noqa: PT018  # for the type checker
    flipped = (twin.likeness & (2**64 - 1)) ^ 0b1000_0000_0000_0001_0000_0000_0000_0011_0000_0000_0000_0001
    near = flipped - 2**64 if flipped >= 2**63 else flipped
    Photo.objects.filter(pk=mine.pk).update(likeness=near, **bands_of(near))
    rows = list(photos.of(owner))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = photos.alike_all(rows, actor=reader)
    assert len(asked) == 2
    assert {key: [hit.distance for hit in hits] for key, hits in found.items() if hits} == {mine.pk: [5]}
