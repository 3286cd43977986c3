"""The demo on any day: the same names and figures, weeks that were worked, each step told."""

import hashlib
import pickle
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from tests.support.sites import looking_into, shared

from linli.apps.organizations.models import Organization, PartyOrganization
from linli.apps.people.models import Person, RollEntry
from linli.apps.places.models import Estate, Figure, Place
from linli.apps.rounds.models import Award, Proposal
from linli.demo.build import build, silence
from linli.demo.proposing import YEAR
from linli.kernel.audit.models import AuditRow
from linli.kernel.deadlines import calendar_for

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]
DAY = date(2026, 11, 12)
"""In its weeks lies the holiday of October."""


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
def one(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Built:
    """The demo of ``DAY``, built once for all processes of this run."""
    with shared(tmp_path_factory, "built") as (kept, made):
        if not made.exists():
            with override_settings(LINLI_HOME=tmp_path_factory.mktemp("one")), django_db_blocker.unblock():
                kept.write_bytes(pickle.dumps(built(DAY)))
            made.touch()
        found: Built = pickle.loads(kept.read_bytes())
    return found


def test_it_began_on_a_monday_some_weeks_before_and_ends_before_today(one: Built) -> None:
    lived = [day for day in one.days if day.year == 2026]
    assert (one.founded, one.founded.weekday(), lived[-1] < DAY) == (date(2026, 9, 28), 0, True)
    assert {day.year for day in one.days} == {2017, 2018, 2019, 2020, 2023, 2024, 2025, 2026}


@pytest.mark.django_db
def test_everything_happens_in_working_hours(one: Built) -> None:
    assert {moment.hour for moment in one.moments} == {9, 14}
    assert [moment.date() for moment in one.moments if not calendar_for().is_working(moment.date())] == []


def test_it_is_the_same_every_time(
    one: Built, demo_home: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """The one built for the journeys, today and by a command, is the one built here on a day of its own."""
    home = Path(shutil.copytree(demo_home, tmp_path / "home"))
    with looking_into(home, django_db_blocker):
        assert digest() == one.digest


def test_it_tells_each_of_its_steps(one: Built) -> None:
    steps = [line.split("：")[0] for line in one.progress]
    assert len(steps) > 22
    assert steps == [f"第{number}步，共{len(steps)}步" for number in range(1, len(steps) + 1)]
