"""Checklists: items ticked with evidence, n of so many on a day, taken back with a reason."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from linli.apps.organizations import queries, services
from linli.apps.organizations.models import ChecklistTick, Organization
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
ONE = timedelta(days=1)
LINK = "https://example.cn/photo"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def agency(here: District) -> Organization:
    return make_organization(here.community)


def tick(agency: Organization, item: str = "venue", **columns: Any) -> ChecklistTick:
    given = {"checklist": "six_haves", "item": item, "on": DAY, "link": LINK, "actor": None}
    return services.tick(agency, **{**given, **columns})


@pytest.mark.sqlite_only
def test_the_two_lists_of_the_reports_are_shipped_with_source_and_grade() -> None:
    shown = {known.title: [item.title for item in known.items] for known in queries.checklists().values()}
    assert shown == {
        "四建一创": ["建机制", "建队伍", "建场所", "建经费保障", "五星级创建"],
        "六有": ["有场所", "有标志", "有设施", "有党旗", "有书报", "有制度"],
    }
    assert [(bool(known.source), known.grade) for known in queries.checklists().values()] == [(True, "本地")] * 2


def test_it_counts_the_items_there_are_on_a_day(agency: Organization) -> None:
    first = tick(agency)
    tick(agency, "sign", on=DAY + ONE)
    services.untick(first, on=DAY + 3 * ONE, reason="场所已收回", actor=None)
    days = (DAY - ONE, DAY, DAY + ONE, DAY + 2 * ONE, DAY + 3 * ONE)
    assert [str(queries.results_of(agency, day)[1]) for day in days] == ["0/6", "1/6", "2/6", "2/6", "1/6"]
    assert queries.results_of(agency, DAY + ONE)[1].missing == ["有设施", "有党旗", "有书报", "有制度"]
    assert str(queries.results_of(agency, DAY)[0]) == "0/5"


def test_a_file_is_evidence_and_stays_with_the_tick(agency: Organization, settings: Any, tmp_path: Path) -> None:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    picture = BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    picture.seek(0)
    row = tick(agency, link="", evidence=picture)
    assert [stored.owner_id for stored in StoredFile.objects.all()] == [row.pk]


@pytest.mark.parametrize(
    "wrong", [{"link": ""}, {"item": "garage"}, {"checklist": "seven"}, {"on": date(2199, 1, 1)}], ids=str
)
def test_a_tick_without_evidence_item_or_day_is_refused(agency: Organization, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        tick(agency, **wrong)
    assert ChecklistTick.objects.count() == 0


def test_an_item_is_ticked_once_and_taken_back_once(agency: Organization) -> None:
    row = tick(agency)
    with pytest.raises(Refusal):
        tick(agency)
    services.untick(row, on=DAY, reason="误勾", actor=None)
    with pytest.raises(Conflict):
        services.untick(row, on=DAY, reason="误勾", actor=None)
    tick(agency)
    assert ChecklistTick.objects.filter(valid_to=None).count() == 1


@pytest.mark.parametrize(
    ("role", "at", "allowed"),
    [
        (Role.STREET_OFFICER, "street", True),
        (Role.COMMUNITY_SECRETARY, "community", True),
        (Role.COMMUNITY_SECRETARY, "other_community", False),
        (Role.COMMUNITY_WORKER, "community", False),
        (Role.RESIDENT, "community", False),
    ],
)
def test_who_ticks(agency: Organization, here: District, role: Role, at: str, allowed: bool) -> None:
    actor = make_user(role, getattr(here, at))
    if allowed:
        assert tick(agency, actor=actor).ticked_by == actor.pk
    else:
        with pytest.raises(NotAllowed):
            tick(agency, actor=actor)
    assert ChecklistTick.objects.count() == allowed
