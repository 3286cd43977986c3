"""Members are numbers of a day with a source: nobody is named, nothing comes from or goes to the national system."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from linli.apps.organizations import queries, services
from linli.apps.organizations.models import (
    InstructorAssignment,
    MemberCount,
    PartyCover,
    PartyKind,
    PartyOrganization,
    PartyStatus,
)
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.organizations.tests.party_factories import count, make_party
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.contributions.starting import holds_personal_data
from linli.kernel.errors import Refusal

DAY = date(2026, 6, 30)
PARTY_TABLES = (PartyOrganization, PartyStatus, PartyCover, InstructorAssignment, MemberCount)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.mark.django_db
def test_a_community_reports_129_on_the_books_in_three_branches_and_605_who_reported(here: District) -> None:
    party = make_party(here.community)
    for number, members in enumerate((50, 43, 36), 1):
        branch = make_party(here.community, f"第{number}党支部", PartyKind.BRANCH, parent=party)
        count(branch, DAY, registered=members)
    count(here.community, DAY, reported=605)
    found = queries.latest_counts(list(party.children.all()), DAY)
    total = sum(queries.members(counts) or 0 for counts in found.values())
    reported = queries.latest_counts([here.community], DAY)[here.community.pk]["reported"]
    assert (len(found), total, reported.count) == (3, 129, 605)


@pytest.mark.django_db
def test_a_park_reports_five_branches_80_members_5_cadres_and_8_full_time_workers(here: District) -> None:
    park = make_party(here.street, "产业园党委")
    for number in range(1, 6):
        make_party(here.street, f"产业园第{number}党支部", PartyKind.BRANCH, parent=park)
    count(park, DAY, registered=80, branch_cadre=5, full_time=8)
    counts = queries.counted_days(park)[0].counts
    assert (park.children.count(), dict(counts)) == (5, {"registered": 80, "branch_cadre": 5, "full_time": 8})


@pytest.mark.django_db
def test_the_count_of_a_day_is_the_newest_until_then_kind_by_kind(here: District) -> None:
    party = make_party(here.community)
    count(party, FIRST_DAY, full=40, probationary=2)
    count(party, DAY, full=44)
    days = (date(2025, 12, 31), FIRST_DAY, date(2026, 6, 29), DAY)
    told = [queries.latest_counts([party], day).get(party.pk, {}) for day in days]
    assert [{kind: row.count for kind, row in one.items()} for one in told] == [
        {},
        {"full": 40, "probationary": 2},
        {"full": 40, "probationary": 2},
        {"full": 44, "probationary": 2},
    ]


@pytest.mark.django_db
def test_a_second_count_of_a_day_corrects_the_first(here: District) -> None:
    party = make_party(here.community)
    count(party, DAY, full=40, probationary=2)
    count(party, DAY, full=41)
    assert [(one.as_of, dict(one.counts)) for one in queries.counted_days(party)] == [
        (DAY, {"full": 41, "probationary": 2})
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"counts": {"full": None}},
        {"counts": {"saints": 3}},
        {"counts": {"full": -1}},
        {"counts": {"full": 1_000_001}},
        {"counts": {"full": 3}, "as_of": date(2199, 1, 1)},
        {"counts": {"full": 3}, "source": " "},
    ],
)
def test_a_count_that_cannot_be_is_refused(here: District, wrong: dict[str, Any]) -> None:
    party = make_party(here.community)
    with pytest.raises(Refusal):
        services.count_members(party, **{"as_of": DAY, "source": "统计", "actor": None, **wrong})
    assert MemberCount.objects.count() == 0


@pytest.mark.django_db
def test_units_and_places_count_too(here: District) -> None:
    unit = make_organization(here.community)
    count(unit, full=2, probationary=1)
    count(here.community, reported=605)
    assert sorted((str(row.holder), row.title, row.count) for row in MemberCount.objects.all()) == sorted(
        [(unit.name, "正式党员", 2), (unit.name, "预备党员", 1), (str(here.community), "在职党员报到", 605)]
    )


@pytest.mark.sqlite_only
def test_no_table_joins_a_person_to_party_membership() -> None:
    persons = {get_user_model(), *(model for model in apps.get_models() if holds_personal_data(model))}
    ties = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and {model, field.related_model} & set(PARTY_TABLES)
        and {model, field.related_model} & persons
    ]
    assert (ties, [model for model in PARTY_TABLES if holds_personal_data(model)]) == ([], [])


@pytest.mark.sqlite_only
def test_no_table_of_a_person_has_a_column_about_the_party() -> None:
    words = ("party_member", "party_organization", "political", "probationary", "membership")
    columns = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model not in PARTY_TABLES and holds_personal_data(model)
        for field in model._meta.concrete_fields
        if any(word in field.name for word in words)
    ]
    assert columns == []


@pytest.mark.sqlite_only
def test_the_tables_of_the_party_hold_numbers_and_names_of_organizations_only() -> None:
    texts = {
        model.__name__: [field.name for field in model._meta.concrete_fields if isinstance(field, models.CharField)]
        for model in PARTY_TABLES
    }
    assert texts == {
        "PartyOrganization": ["name", "kind"],
        "PartyStatus": ["name", "kind", "source"],
        "PartyCover": [],
        "InstructorAssignment": ["source"],
        "MemberCount": ["kind", "source"],
    }
