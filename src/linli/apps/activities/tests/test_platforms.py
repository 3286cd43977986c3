"""Hours from volunteers' platforms: by project and day, the file and its numbers forgotten; ours out by number."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation
from openpyxl import load_workbook

from linli.apps.activities import queries, services
from linli.apps.activities.models import Activity, VolunteerHours
from linli.apps.activities.tests.factories import make_activity, make_date
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.scope import Role
from linli.kernel.tables import write_csv

pytestmark = pytest.mark.django_db

HEAD = ("项目编号", "项目名称", "活动日期", "志愿者编号", "姓名", "身份证号", "服务时长")
NUMBERS = ("1101000000001", "1101000000002")
ROWS = (
    ("BJ-1", "清河守护", "2026-04-01", NUMBERS[0], "何建国", "x", "2"),
    ("BJ-1", "清河守护", "2026-04-01", NUMBERS[1], "李秀英", "x", "1.25"),
    ("BJ-1", "清河守护", "2026-04-01", NUMBERS[0], "何建国", "x", "1.5"),
    ("BJ-1", "清河守护", "2026-04-02", NUMBERS[0], "何建国", "x", "3"),
)


@pytest.fixture
def here() -> District:
    return make_district()


def bring(
    here: District, tmp_path: Path, rows: Sequence[Sequence[Any]] = ROWS, head: Sequence[str] = HEAD, **given: Any
) -> services.Taken:
    """What became of an export with these rows."""
    path = tmp_path / "时长.csv"
    write_csv(path, head, rows)
    said = {"platform": "beijing", "place": here.community, "kind": "patrol", "actor": None, **given}
    return services.take_platform_hours(ContentFile(path.read_bytes(), name=path.name), **said)


def figures() -> list[tuple[Any, ...]]:
    rows = VolunteerHours.objects.order_by("source", "project_number", "day")
    return list(rows.values_list("source", "project_number", "day", "people", "hours"))


def test_hours_come_in_by_project_and_day_and_the_same_file_changes_nothing(here: District, tmp_path: Path) -> None:
    first = bring(here, tmp_path)
    before = list(VolunteerHours.objects.order_by("pk").values())
    again = bring(here, tmp_path, ROWS[::-1])
    assert [(one.new, one.changed, one.same, one.left) for one in (first, again)] == [(2, 0, 0, []), (0, 0, 2, [])]
    assert list(VolunteerHours.objects.order_by("pk").values()) == before
    assert figures() == [
        ("beijing", "BJ-1", date(2026, 4, 1), 2, Decimal("4.5")), ("beijing", "BJ-1", date(2026, 4, 2), 1, Decimal(3)),
    ]  # fmt: skip
    more = bring(here, tmp_path, [*ROWS, ("BJ-1", "", "2026-04-02", NUMBERS[1], "", "", "2")])
    assert ((more.new, more.changed, more.same), figures()[1][3:]) == ((0, 1, 1), (2, Decimal(5)))


def test_nothing_of_a_volunteer_is_kept_neither_file_nor_number(here: District, tmp_path: Path) -> None:
    bring(here, tmp_path)
    kept = json.dumps(
        [list(model.objects.values()) for model in (VolunteerHours, AuditRow, StoredFile)],
        default=str, ensure_ascii=False,
    )  # fmt: skip
    assert [word for word in (*NUMBERS, "何建国", "李秀英") if word in kept] == []
    assert StoredFile.objects.count() == 0


def test_sums_of_a_platform_are_taken_and_what_is_unclear_is_left_out_in_words(here: District, tmp_path: Path) -> None:
    head = ("项目编号", "活动日期", "志愿者编号", "服务时长", "人数", "时长合计")
    tomorrow = timezone.localdate() + timedelta(days=1)
    rows = [
        ("A", "2026-04-01", "", "", "6", "12.5"), ("B", "2026-04-01", "", "2", "6", ""),
        ("C", "2026-04-01", "", "2", "", ""), ("D", "四月", "1", "2", "", ""), ("E", "2026-04-01", "1", "25", "", ""),
        ("F", tomorrow.isoformat(), "1", "2", "", ""), ("G", "2026-04-01", "1", "0.25", "", ""),
        ("H", "2026-04-01", "1", "", "", ""),
    ]  # fmt: skip
    told = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            told[language] = bring(here, tmp_path, rows, head).left
    assert [row[:2] for row in figures()] == [("beijing", "A")]
    assert sorted(row for row, _why in told["en"]) == [3, 4, 5, 6, 7, 8, 9]
    assert "时长合计" in dict(told["zh-hans"])[3]
    assert (dict(told["en"])[7], dict(told["zh-hans"])[7]) == ("This day has not come yet.", "这一天还没到。")
    assert all(dict(told["zh-hans"])[row] != why for row, why in told["en"])


def test_an_activity_with_the_number_says_for_whom_and_hours_by_hand_are_written_over(
    here: District, tmp_path: Path
) -> None:
    team = make_organization(here.street, "清河志愿服务队")
    starts = datetime(2026, 4, 1, 1, tzinfo=UTC)
    row = make_date(here.community, organization=team, starts=starts)
    services.name_project(row.activity, platform="beijing", number=" BJ-1 ", actor=None)
    services.record_hours(
        hours=Decimal(2), people=1, day=date(2026, 4, 1), kind="environment", place=here.community, team=team,
        occurrence=row, actor=None,
    )  # fmt: skip
    taken = bring(here, tmp_path, place=here.other_community)
    found = [
        (one.place.name, one.team, one.kind, one.occurrence, one.people, one.hours)
        for one in VolunteerHours.objects.order_by("day")
    ]
    assert (taken.new, taken.changed) == (1, 1)
    assert found == [
        (here.community.name, team, "environment", row, 2, Decimal("4.5")),
        (here.community.name, team, "environment", None, 1, Decimal(3)),
    ]  # fmt: skip
    services.name_project(row.activity, platform="beijing", number="BJ-9", actor=None)
    renamed = bring(here, tmp_path, [("BJ-9", *one[1:]) for one in ROWS[:3]])
    assert ((renamed.new, renamed.changed), VolunteerHours.objects.count()) == ((0, 1), 2)


def test_only_who_runs_activities_there_brings_hours_in_and_no_other_street_sees_them(
    here: District, tmp_path: Path
) -> None:
    stranger = make_user(Role.COMMUNITY_WORKER, here.neighbour_community)
    activity = make_activity(here.community)
    with pytest.raises(NotAllowed):
        bring(here, tmp_path, actor=stranger)
    with pytest.raises(NotAllowed):
        services.name_project(activity, platform="zyh", number="1", actor=stranger)
    services.name_project(activity, platform="beijing", number="BJ-1", actor=None)
    bring(here, tmp_path, place=here.neighbour_community, actor=stranger)
    assert set(VolunteerHours.objects.values_list("place", flat=True)) == {here.neighbour_community.pk}
    bring(here, tmp_path)
    assert VolunteerHours.objects.count() == 4
    assert set(queries.hours_visible_to(stranger).values_list("place", flat=True)) == {here.neighbour_community.pk}


def test_a_number_needs_its_platform_and_hours_of_a_platform_their_number(here: District, tmp_path: Path) -> None:
    activity = make_activity(here.community)
    for given in ({"platform": "zyh", "number": " "}, {"platform": "", "number": "1"}):
        with pytest.raises(Refusal):
            services.name_project(activity, actor=None, **given)
    with pytest.raises(Refusal):
        bring(here, tmp_path, [("A", "2")], ("项目编号", "服务时长"))
    with pytest.raises(Refusal):
        bring(here, tmp_path, kind="nothing")
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(platform="zyh")
    assert StoredFile.objects.count() == 0


@pytest.mark.pages
def test_hours_come_in_at_the_desk_and_ours_go_out_by_project_number(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    starts = timezone.now() - timedelta(days=3)
    row = make_date(here.community, starts=starts)
    client = Client()
    client.force_login(worker, "django.contrib.auth.backends.ModelBackend")
    address = f"/desk/activities/{row.activity.pk}/"
    client.post(f"{address}project/", {"platform": "beijing", "number": "BJ-7"})
    assert "BJ-7" in client.get(address).content.decode()
    day = timezone.localdate(starts)
    entered = {"place": here.community.pk, "team": "", "kind": "patrol", "people": "3", "hours": "6"}
    entered |= {"day": (day - timedelta(days=1)).isoformat(), "occurrence": row.pk, "remark": ""}
    assert client.post("/desk/activities/hours/new/", entered).status_code == 422
    client.post("/desk/activities/hours/new/", {**entered, "day": day.isoformat()})
    body = f"项目编号,活动日期,志愿者编号,服务时长\nBJ-1,2026-04-01,{NUMBERS[0]},2\nBJ-1,四月,{NUMBERS[0]},2\n"
    sent = {"file": SimpleUploadedFile("时长.csv", body.encode()), "platform": "beijing", "place": here.community.pk,
            "team": "", "kind": "patrol"}  # fmt: skip
    told = client.post("/desk/activities/hours/import/", sent).content.decode()
    shown = client.get("/desk/activities/hours/").content.decode()
    assert ("四月" in told, NUMBERS[0] in told + shown, "BJ-1" in shown) == (True, False, True)

    def rows(platform: str) -> list[Any]:
        answer: Any = client.get(f"/desk/activities/hours/export/{platform}/")
        book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
        return list(book.active.iter_rows(min_row=2, values_only=True))

    (out,) = rows("beijing")
    assert (out[:2], out[3:5], rows("zyh")) == (("BJ-7", row.activity.title), (3, 6), [])
