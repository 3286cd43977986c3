"""Honours, facilities and partners: before, during and after their days, found by place, kept by whoever may."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from linli.apps.organizations import queries, services
from linli.apps.organizations.models import Facility, Honour, HonourLevel, Organization, Partnership
from linli.apps.organizations.tests.factories import make_facility, make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.errors import Missing, NotAllowed, Refusal
from linli.kernel.files import StoredFile, file_for
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
ONE = timedelta(days=1)


@pytest.fixture
def here() -> District:
    return make_district()


def add_honour(**columns: Any) -> Honour:
    given = {
        "title": "民主法治社区",
        "level": HonourLevel.PROVINCE,
        "year": 2025,
        "given_by": "省司法厅",
        "actor": None,
    }
    return services.add_honour(**{"actor": None, **given, **columns})


def test_an_honour_belongs_to_one_organization_or_one_place(here: District) -> None:
    agency = make_organization(here.street)
    for wrong in ({}, {"organization": agency, "place": here.community}):
        with pytest.raises(Refusal):
            add_honour(**wrong)
    holders = [add_honour(place=here.community).holder, add_honour(organization=agency).holder]
    assert holders == [here.community, agency]


@pytest.mark.parametrize(
    "wrong",
    [{"year": 2199}, {"year": 1900}, {"title": " "}, {"given_by": ""}, {"valid_to": date(2024, 1, 1)}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_honour_that_cannot_be_is_refused(here: District, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        add_honour(place=here.community, **wrong)
    assert Honour.objects.count() == 0


def test_the_same_honour_is_entered_once(here: District) -> None:
    add_honour(place=here.community)
    with pytest.raises(Refusal):
        add_honour(place=here.community)
    add_honour(place=here.community, year=2024)
    assert Honour.objects.count() == 2


def test_an_honour_counts_until_its_day_and_warns_ninety_days_before(here: District) -> None:
    last = DAY + timedelta(days=90)
    honour = add_honour(place=here.community, valid_to=last)
    days = (date(2024, 12, 31), DAY - ONE, DAY, last - ONE, last)
    assert [list(queries.counting(day)) for day in days] == [[], [honour], [honour], [honour], []]
    assert [list(queries.expiring(day)) for day in days] == [[], [], [honour], [honour], []]
    services.end_honour(honour, on=DAY, reason="复查未通过", actor=None)
    assert list(queries.counting(DAY)) == []


def test_the_paper_of_an_honour_is_opened_by_whoever_sees_its_holder(
    here: District, settings: Any, tmp_path: Path
) -> None:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    picture = BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    picture.seek(0)
    add_honour(place=here.community, evidence=picture)
    stored = StoredFile.objects.get()
    officer, neighbour = (make_user(Role.STREET_OFFICER, place) for place in (here.street, here.neighbour_street))
    assert file_for(stored.pk, actor=officer) == stored
    with pytest.raises(Missing):
        file_for(stored.pk, actor=neighbour)


def test_facilities_are_found_by_place_kind_and_day(here: District) -> None:
    ours = make_facility(here.community, valid_from=DAY, valid_to=DAY + 5 * ONE)
    streets = make_facility(here.street, "清河里残疾人之家", kind="disabled_home")
    make_facility(here.other_community, "南里食堂", kind="canteen")
    make_facility(here.neighbour_community, "桥头食堂", kind="canteen")
    days = (DAY - ONE, DAY, DAY + 4 * ONE, DAY + 5 * ONE)
    assert [list(queries.facilities_at(here.community, day)) for day in days] == [
        [streets], [streets, ours], [streets, ours], [streets],
    ]  # fmt: skip
    assert [one.name for one in queries.facilities_at(here.street, DAY, kind="canteen")] == ["南里食堂"]
    assert list(queries.facilities_at(here.grid, DAY)) == [streets]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "castle"},
        {"name": ""},
        {"address": " "},
        {"hours": ""},
        {"phone": "13800001234"},
        {"valid_to": FIRST_DAY},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_facility_that_cannot_be_is_refused(here: District, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        make_facility(here.community, **{"name": "食堂", **wrong})
    assert Facility.objects.count() == 0


def test_a_facility_is_corrected_and_closed(here: District) -> None:
    row = make_facility(here.community)
    agency = make_organization(here.street)
    columns = {"kind": "canteen", "name": "槐荫食堂", "address": "槐荫路6号", "hours": "每天", "phone": "010-62880011"}
    services.correct_facility(
        row, place=here.street, operator=agency, valid_from=FIRST_DAY, valid_to=None, actor=None, **columns
    )
    services.close_facility(row, on=DAY, reason="搬迁", actor=None)
    row.refresh_from_db()
    assert (row.name, row.kind_title, row.operator, row.place, row.valid_to) == (
        "槐荫食堂",
        "社区食堂（助餐点）",
        agency,
        here.street,
        DAY,
    )


def test_a_partner_stands_in_the_register_or_outside_it(here: District) -> None:
    agency = make_organization(here.street)
    inside = services.sign_partnership(
        place=here.street, kind="law_firm", organization=agency, subject="法律顾问", valid_from=DAY, actor=None
    )
    outside = services.sign_partnership(
        place=here.community, kind="research", partner="东岭大学社会治理研究院", subject="共同研究",
        valid_from=DAY, valid_to=DAY + 5 * ONE, actor=None,
    )  # fmt: skip
    days = (DAY - ONE, DAY, DAY + 5 * ONE)
    running = [list(queries.holding(Partnership.objects.order_by("id"), day)) for day in days]
    assert running == [[], [inside, outside], [inside]]
    services.end_partnership(inside, on=DAY + ONE, reason="协议解除", actor=None)
    assert (inside.partner, list(queries.holding(Partnership.objects.all(), DAY + 5 * ONE))) == (agency.name, [])


@pytest.mark.parametrize("wrong", [{"partner": ""}, {"subject": ""}, {"kind": "friend"}, {"valid_to": DAY}])
def test_a_partner_that_cannot_be_is_refused(here: District, wrong: dict[str, Any]) -> None:
    given = {"partner": "某律所", "subject": "法律顾问", "kind": "law_firm", "valid_from": DAY, **wrong}
    with pytest.raises(Refusal):
        services.sign_partnership(place=here.street, actor=None, **given)
    assert Partnership.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "at", "allowed"),
    [
        (Role.STREET_OFFICER, "street", True),
        (Role.STREET_OFFICER, "neighbour_street", False),
        (Role.SYSTEM_ADMINISTRATOR, "district", True),
        (Role.COMMUNITY_SECRETARY, "community", False),
        (Role.AUDIT_ADMINISTRATOR, "district", False),
    ],
)
def test_who_keeps_the_registers(here: District, role: Role, at: str, allowed: bool) -> None:
    actor = make_user(role, getattr(here, at))
    verbs = (
        lambda: add_honour(place=here.community, actor=actor),
        lambda: services.open_facility(
            place=here.community, kind="canteen", name="食堂", address="1号", hours="每天", valid_from=DAY, actor=actor
        ),
        lambda: services.sign_partnership(
            place=here.community, kind="other", partner="某社", subject="合作", valid_from=DAY, actor=actor
        ),
    )
    for verb in verbs:
        if allowed:
            verb()
        else:
            with pytest.raises(NotAllowed):
                verb()
    assert [rows.objects.count() for rows in (Honour, Facility, Partnership)] == [allowed] * 3


def test_what_is_seen_follows_the_posts(here: District) -> None:
    for place in (here.community, here.neighbour_community):
        add_honour(place=place)
        make_facility(place, "食堂", kind="canteen")
        services.sign_partnership(place=place, kind="other", partner="某社", subject="合作", valid_from=DAY, actor=None)
    officer = make_user(Role.STREET_OFFICER, here.street)
    seen = (queries.honours_visible_to, queries.facilities_visible_to, queries.partnerships_visible_to)
    assert [[row.place for row in rows(officer)] for rows in seen] == [[here.community]] * 3
    assert [list(rows(None)) for rows in seen] == [[]] * 3
    assert Organization.objects.count() == 0
