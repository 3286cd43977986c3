"""Photos on the desk: several at once, bad ones by name, boxes drawn or typed, withdrawn, the auditor's original."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.playground.models import Binder

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.files import Photo, photos
from linli.kernel.files.tests.samples import upload
from linli.kernel.files.tests.scenes import camera_words, jpeg, scene
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    own = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": own}


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def reader(district: District) -> Any:
    return make_user(Role.STREET_OFFICER, district.street)


@pytest.fixture
def desk(reader: Any) -> Client:
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def binder(reader: Any) -> Binder:
    return Binder.objects.create(reader_id=reader.pk)


def at(binder: Binder) -> str:
    return f"/desk/photos/playground.binder/{binder.pk}/"


def a_photo(binder: Binder, seed: int = 1) -> Photo:
    raw = jpeg(scene(seed), exif=camera_words())
    return photos.take_in(upload(raw, "植树.jpg"), owner=ref_of(binder), actor=None)


def chosen(*files: tuple[str, bytes]) -> dict[str, Any]:
    return {"photos": [SimpleUploadedFile(name, body) for name, body in files], "whole": "1"}


def test_it_takes_the_good_ones_and_names_the_bad_one(desk: Client, binder: Binder) -> None:
    good, bad = jpeg(scene(1)), b"MZ" + bytes(99)
    answer = desk.post(at(binder), chosen(("1.jpg", good), ("2.jpg", bad), ("3.jpg", jpeg(scene(2)))), follow=True)
    page = answer.content.decode()
    assert "已添加 2 张照片。" in page
    assert "2.jpg：文件名以 .jpg 结尾，但内容并非如此" in page
    assert [row.name for row in photos.of(ref_of(binder))] == ["1.jpg", "3.jpg"]


@pytest.mark.parametrize(
    ("given", "chinese", "english"),
    [
        (chosen(), "请至少选择一张照片", "Choose at least one photo"),
        (chosen(("a.jpg", jpeg(scene(1))[:300])), "a.jpg：图片已损坏", "a.jpg: The picture is damaged"),
        ({"photos": [SimpleUploadedFile("a.jpg", b"x")]}, "上传中断", "The upload was interrupted"),
    ],
    ids=["none", "damaged", "cut by the network"],
)
def test_it_says_why_nothing_was_taken(
    given: dict[str, Any], chinese: str, english: str, desk: Client, binder: Binder
) -> None:
    for language, sentence in (("zh-hans", chinese), ("en", english)):
        for file in given["photos"]:
            file.seek(0)
        with override(language):
            answer = desk.post(at(binder), given, headers={"accept-language": language})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert Photo.objects.count() == 0


def test_it_shows_the_grid_with_a_lamp_where_a_picture_is_used_twice(desk: Client, binder: Binder) -> None:
    first, second = a_photo(binder), a_photo(binder, 2)
    a_photo(Binder.objects.create())
    page = desk.get(at(binder)).content.decode()
    assert [str(photo.small_id) in page for photo in (first, second)] == [True, True]
    assert page.count("另用 1 次") == 1


def test_it_asks_as_many_questions_for_nine_photos_as_for_one(desk: Client, binder: Binder) -> None:
    a_photo(binder)
    desk.get(at(binder))
    with CaptureQueriesContext(connection) as one:
        desk.get(at(binder))
    for seed in range(2, 10):
        a_photo(binder, seed)
    with CaptureQueriesContext(connection) as nine:
        desk.get(at(binder))
    assert len(one) == len(nine)


def test_it_tells_of_one_photo_when_where_and_where_else(desk: Client, binder: Binder) -> None:
    photo = a_photo(binder)
    a_photo(Binder.objects.create())
    page = desk.get(f"/desk/photos/{photo.pk}/").content.decode()
    for words in ("39.907500, 116.397222", "已用于其他记录", photo.original_sha256):
        assert words in page


def test_it_blurs_the_boxes_that_were_typed(desk: Client, binder: Binder) -> None:
    photo = a_photo(binder)
    address = f"/desk/photos/{photo.pk}/blur/"
    numbers = {"box0_left": "10", "box0_top": "10", "box0_width": "20.5", "box0_height": "20"}
    assert desk.post(address, numbers).status_code == 302
    later = Photo.objects.get(pk=photo.pk)
    assert (later.blurred, later.stored_id == photo.stored_id) == (1, False)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({}, "请至少框出一处"),
        ({"box0_left": "10"}, "有一处框在图片之外，或大小为零"),
        ({"box0_left": "400"}, "100"),
    ],
    ids=["none", "half filled in", "outside"],
)
def test_it_explains_boxes_that_cannot_be(numbers: Any, sentence: str, desk: Client, binder: Binder) -> None:
    answer = desk.post(f"/desk/photos/{a_photo(binder).pk}/blur/", numbers)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_it_withdraws_a_photo_with_its_reason(desk: Client, binder: Binder) -> None:
    photo = a_photo(binder)
    assert desk.post(f"/desk/photos/{photo.pk}/withdraw/", {"reason": "当事人撤回同意"}).status_code == 302
    assert desk.get(f"/desk/photos/{photo.pk}/").status_code == 404
    assert "植树.jpg" not in desk.get(at(binder)).content.decode()


def test_it_lets_nobody_change_what_he_may_only_see(
    desk: Client, binder: Binder, reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = a_photo(binder)
    monkeypatch.setattr("linli.kernel.files.allowing._allowed", {})
    assert desk.get(f"/desk/photos/{photo.pk}/").status_code == 200
    for address in (at(binder), f"/desk/photos/{photo.pk}/blur/", f"/desk/photos/{photo.pk}/withdraw/"):
        assert desk.post(address, {"reason": "无"}).status_code == 403
    assert "multipart/form-data" not in desk.get(at(binder)).content.decode()


def test_it_says_that_a_photo_sent_twice_is_kept_once(desk: Client, binder: Binder) -> None:
    for _tab in range(2):
        answer = desk.post(at(binder), chosen(("植树.jpg", jpeg(scene(1)))), follow=True)
    told = answer.content.decode()
    assert ("植树.jpg已经在这里了，只保留一份。" in told, "张照片" in told.split("<main")[1].split("</h1>")[0]) == (
        True,
        False,
    )
    assert photos.of(ref_of(binder)).count() == 1


def test_it_hands_the_original_to_the_auditor_who_says_why(desk: Client, binder: Binder, district: District) -> None:
    raw = jpeg(scene(1), exif=camera_words())
    photo = photos.take_in(upload(raw, "植树.jpg"), owner=ref_of(binder), actor=None)
    address = f"/desk/photos/{photo.pk}/original/"
    assert desk.get(address).status_code == 404
    auditor = Client()
    auditor.force_login(make_user(Role.AUDITOR, district.district))
    assert auditor.get(address).status_code == 200
    assert auditor.post(address, {"reason": "看"}).status_code == 422
    answer = auditor.post(address, {"reason": "核对活动日期"})
    assert b"".join(answer.streaming_content) == raw  # type: ignore[attr-defined]  # a file


def test_it_tells_the_module_where_to_go_instead_of_leading_it_there(desk: Client, binder: Binder) -> None:
    answer = desk.post(at(binder), chosen(("1.jpg", jpeg(scene(1)))), headers={"x-upload": "1"})
    assert (answer.status_code, answer["X-Go"], "Location" in answer) == (204, at(binder), False)
    stranger = Client().post(at(binder), chosen(("1.jpg", b"x")), headers={"x-upload": "1"})
    assert (stranger.status_code, stranger["X-Signed-Out"]) == (204, "1")
