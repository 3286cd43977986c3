"""Building the demo: through the verbs, in working hours, in an empty house only."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.people.models import User
from linli.apps.places.tests.factories import make_district
from linli.demo.build import accounts, build
from linli.kernel.audit.models import AuditRow
from linli.kernel.deadlines import calendar_for
from linli.kernel.errors import Refusal
from linli.kernel.notices.models import Delivery, DeliveryState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.LINLI_HOME = tmp_path
    return tmp_path


def test_it_refuses_a_house_with_real_places() -> None:
    make_district()
    with pytest.raises(Refusal):
        build(print=lambda line: None)
    assert accounts() == []


def test_it_began_on_a_monday_some_weeks_before_and_ends_before_today(home: Path) -> None:
    build(print=lambda line: None, today=date(2026, 8, 12))
    days = sorted({timezone.localdate(row.at) for row in AuditRow.objects.exclude(action="audit.chain.anchor")})
    assert (days[0], days[0].weekday(), days[-1]) == (date(2026, 6, 29), 0, date(2026, 7, 27))


def test_everything_happens_in_working_hours(home: Path) -> None:
    build(print=lambda line: None, today=date(2026, 11, 12))  # it began in the week after the holiday of October
    moments = [timezone.localtime(row.at) for row in AuditRow.objects.filter(kind="people.contact_card")]
    assert {moment.hour for moment in moments} == {9, 14}
    assert [moment.date() for moment in moments if not calendar_for().is_working(moment.date())] == []


def test_its_outbox_shows_what_was_told(home: Path, settings: Any, client: Client) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    build(print=lambda line: None)
    client.force_login(User.objects.get(username="xitong"), backend="django.contrib.auth.backends.ModelBackend")
    rows = client.get("/desk/notices/outbox/").context["page"].rows
    assert (len(rows), {row.state for row in rows}) == (Delivery.objects.count(), {DeliveryState.OFF})
