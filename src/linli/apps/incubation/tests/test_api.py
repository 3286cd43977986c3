"""Months and stars in the interface: each within reach, the organization's own once they were shown, no rater named."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.test import Client

from linli.apps.incubation import services
from linli.apps.incubation.models import MonthSheet, StarRating
from linli.apps.incubation.tests.factories import make_member, rated, settled
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.api import issue
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
MONTHS, STARS = "/api/v1/organization-months", "/api/v1/organization-stars"
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture(scope="module")
def club(here: District, officer: User) -> Organization:
    """March is settled, April a draft; rated with four stars that nobody was told of."""
    club = make_member(here.street)
    settled(club, MARCH, "5.50", officer)
    rated(club, APRIL, "8", officer)
    row = services.open_stars(here.street, year=2026, actor=None)
    StarRating.objects.create(
        round=row, organization=club, months=12, mean=D("8.20"), party=D("1.80"), review=D(86), passed=True,
        points=D("83.60"), stars=4, steps=["通过"],
    )  # fmt: skip
    return club


def client_of(user: User) -> Client:
    secret = issue(name="x", owner=user, scopes=["incubation:read"], actor=user).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def items(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(address).json()["items"]
    return found


def test_it_gives_months_with_total_line_and_what_they_mean(club: Organization, officer: User) -> None:
    (row,) = items(client_of(officer), f"{MONTHS}?organization={club.pk}&state=final")
    assert (row["month"], row["total"], row["line"], row["below"]) == ("2026-03-01", "5.50", "6.00", True)


def test_a_month_tells_its_seven_criteria_and_no_rater(club: Organization, officer: User) -> None:
    sheet = MonthSheet.objects.get(month=MARCH)
    answer = client_of(officer).get(f"{MONTHS}/{sheet.pk}")
    assert [row["number"] for row in answer.json()["marks"]] == [1, 2, 3, 4, 5, 6, 7]
    assert not any(word in answer.content.decode() for word in (str(officer.pk), officer.name, "rater"))


def test_an_organization_reads_its_own_once_it_was_shown(club: Organization) -> None:
    client = client_of(make_user(Role.ORGANIZATION_MANAGER, organization=club))
    assert [row["month"] for row in items(client, MONTHS)] == ["2026-03-01"]
    assert items(client, STARS) == []
    draft = MonthSheet.objects.get(month=APRIL)
    assert client.get(f"{MONTHS}/{draft.pk}").status_code == 404


def test_it_gives_stars_with_every_step(club: Organization, officer: User) -> None:
    (row,) = items(client_of(officer), f"{STARS}?year=2026")
    assert (row["year"], row["formula"], row["stars"], row["points"], row["steps"], row["state"]) == (
        2026, "2026-1", 4, "83.60", ["通过"], "drafted",
    )  # fmt: skip
