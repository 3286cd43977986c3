"""Building the demo: through the verbs, in working hours, in an empty house only."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from linli.apps.organizations.models import Organization, PartyOrganization
from linli.apps.people.models import Person, RollEntry
from linli.apps.places.models import Estate, Figure, Place
from linli.apps.places.tests.factories import make_district
from linli.apps.rounds.models import Award, Proposal
from linli.demo.build import accounts, build, silence
from linli.demo.proposing import YEAR
from linli.kernel.audit.models import AuditRow
from linli.kernel.deadlines import calendar_for
from linli.kernel.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.LINLI_HOME = tmp_path
    return tmp_path


def test_it_refuses_a_house_with_real_places() -> None:
    make_district()
    with pytest.raises(Refusal):
        build(print=lambda line: None)
    assert accounts() == []


@dataclass(frozen=True)
class Built:
    """What a build on one day left behind before it was taken back."""

    digest: str
    days: list[date]
    founded: date
    moments: list[datetime]
    progress: list[str]


def digest() -> str:
    """Names, codes and figures of the demo, whatever ids they have and on whichever day it was built."""
    rows = [
        Place.objects.order_by("code", "valid_from").values_list("code", "name", "valid_to"),
        Estate.objects.order_by("community__code", "name").values_list("community__code", "name", "kind", "address"),
        Person.objects.order_by("community__code", "name", "household__room").values_list(
            "community__code", "name", "gender", "household__room"
        ),
        Organization.objects.order_by("name").values_list("name", "credit_code", "place__code", "is_public"),
        PartyOrganization.objects.order_by("name").values_list("name", "kind", "valid_from"),
        Figure.objects.order_by("place__code", "kind", "as_of").values_list("place__code", "kind", "value", "as_of"),
        RollEntry.objects.order_by("community__code", "kind", "person__name").values_list("kind", "person__name"),
        Proposal.objects.filter(round__year=YEAR).order_by("serial").values_list("serial", "title", "state", "asked"),
        Award.objects.order_by("proposal__serial").values_list("proposal__serial", "amount", "line__reason"),
    ]
    return hashlib.sha256("\n".join(str(row) for part in rows for row in part).encode()).hexdigest()


def built(today: date) -> Built:
    """Build on ``today``, look, and take it all back."""
    progress: list[str] = []
    with transaction.atomic():
        build(print=silence, progress=progress.append, today=today)
        chained = AuditRow.objects.exclude(action="audit.chain.anchor")
        moments = AuditRow.objects.filter(kind="people.contact_card").values_list("at", flat=True)
        found = Built(
            digest(),
            sorted({timezone.localdate(at) for at in chained.values_list("at", flat=True)}),
            timezone.localdate(
                AuditRow.objects.filter(kind="places.place").order_by("at").values_list("at", flat=True)[0]
            ),
            [timezone.localtime(at) for at in moments],
            progress,
        )
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, module_db: None) -> tuple[Built, Built]:
    """The demo of two days, one of them in the week after the holiday of October."""
    with override_settings(LINLI_HOME=tmp_path_factory.mktemp("twice")):
        return built(date(2026, 8, 12)), built(date(2026, 11, 12))


def test_it_began_on_a_monday_some_weeks_before_and_ends_before_today(twice: tuple[Built, Built]) -> None:
    days = twice[0].days
    lived = [day for day in days if day.year == 2026]
    founded = twice[0].founded
    assert (founded, founded.weekday(), lived[-1] < date(2026, 8, 12)) == (date(2026, 6, 29), 0, True)
    assert {day.year for day in days} == {2017, 2018, 2023, 2026}


def test_everything_happens_in_working_hours(twice: tuple[Built, Built]) -> None:
    moments = twice[1].moments
    assert {moment.hour for moment in moments} == {9, 14}
    assert [moment.date() for moment in moments if not calendar_for().is_working(moment.date())] == []


def test_it_is_the_same_every_time(twice: tuple[Built, Built]) -> None:
    assert twice[0].digest == twice[1].digest


def test_it_tells_each_of_its_steps(twice: tuple[Built, Built]) -> None:
    steps = [line.split("：")[0] for line in twice[0].progress]
    assert steps == [f"第{number}步，共21步" for number in range(1, 22)]
