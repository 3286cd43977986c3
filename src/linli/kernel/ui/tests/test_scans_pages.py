"""The inbox of scanned papers on the desk: who sees what, filed as one PDF, found again at the record, discarded."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.playground.models import Binder

from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict
from linli.kernel.files import InboxScan, StoredFile, files_of, scans
from linli.kernel.files.tests.samples import upload
from linli.kernel.files.tests.scenes import PAGE, jpeg, scene
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
def place(district: District) -> Place:
    return district.community


@pytest.fixture
def reader(place: Place) -> Any:
    return make_user(Role.COMMUNITY_WORKER, place)


@pytest.fixture
def desk(reader: Any) -> Client:
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def binder(reader: Any) -> Binder:
    return Binder.objects.create(reader_id=reader.pk)


def came(place: Place, name: str, body: bytes = PAGE) -> InboxScan:
    tray = scans.Tray(place.pk, place.name, place.street_id)
    return scans.file_in(upload(body), tray=tray, folder="scans", name=name, actor=None)[0]


def test_it_shows_what_waits_for_the_readers_place_and_no_other(desk: Client, place: Place, district: District) -> None:
    came(place, "签到表.pdf")
    came(district.neighbour_community, "邻社区.pdf")
    page = desk.get("/desk/scans/").content.decode()
    assert ("签到表.pdf" in page, "邻社区.pdf" in page) == (True, False)


def test_it_files_several_scans_as_one_pdf_with_a_record(desk: Client, place: Place, binder: Binder) -> None:
    rows = [came(place, "1.jpg", jpeg(scene(1))), came(place, "2.pdf")]
    record = str(ref_of(binder))
    keys = [str(row.pk) for row in rows]
    page = desk.get("/desk/scans/file/", {"scan": keys, "record": record}).content.decode()
    assert f'value="{record}"' in page
    answer = desk.post("/desk/scans/file/", {"scan": keys, "record": record, "title": "第三次活动签到表"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/scans/")
    (stored,) = files_of(ref_of(binder))
    assert (stored.name, StoredFile.objects.count()) == ("第三次活动签到表.pdf", 1)
    assert set(InboxScan.objects.values_list("state", "owner_id")) == {("attached", binder.pk)}
    assert AuditRow.objects.filter(action="files.scan.attach", chain=f"street:{place.street_id}").count() == 2


def test_it_files_one_pdf_as_it_is(desk: Client, place: Place, binder: Binder) -> None:
    row = came(place, "协议.pdf")
    before = row.file
    desk.post("/desk/scans/file/", {"scan": [str(row.pk)], "record": str(ref_of(binder))})
    assert list(files_of(ref_of(binder))) == [before]


def test_it_files_nothing_with_a_record_that_takes_no_papers_from_the_reader(desk: Client, place: Place) -> None:
    row = came(place, "协议.pdf")
    for record in ("", "nonsense", f"places.place:{place.pk}", str(ref_of(Binder.objects.create()))):
        answer = desk.post("/desk/scans/file/", {"scan": [str(row.pk)], "record": record})
        assert answer.status_code == 422
    assert InboxScan.objects.get().state == "waiting"


def test_it_discards_scans_with_their_bytes(desk: Client, place: Place) -> None:
    row = came(place, "空白.pdf")
    assert desk.post("/desk/scans/file/", {"scan": [str(row.pk)], "do": "discard"}).status_code == 302
    assert (InboxScan.objects.get().state, StoredFile.objects.count()) == ("discarded", 0)


def test_it_leaves_alone_what_belongs_to_another_place_or_nobody_chose(desk: Client, district: District) -> None:
    row = came(district.neighbour_community, "邻社区.pdf")
    answer = desk.post("/desk/scans/file/", {"scan": [str(row.pk), "nonsense"], "do": "discard"})
    assert (answer.status_code, InboxScan.objects.get().state) == (422, "waiting")
    assert desk.get("/desk/scans/file/").status_code == 302


def test_it_lets_one_of_two_file_the_same_scan(reader: Any, place: Place, binder: Binder) -> None:
    row = came(place, "协议.pdf")
    late = InboxScan.objects.select_related("file").get(pk=row.pk)
    scans.attach([row], owner=ref_of(binder), title="", actor=reader)
    with pytest.raises(Conflict, match="刚被他人处理"):
        scans.discard([late], actor=reader)
