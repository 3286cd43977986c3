"""When a proposal is presented: on its own page, and for the calendar of whoever makes it."""

from datetime import time

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Conditions
from linli.apps.reviews.tests.factories import DAY, make_review
from linli.apps.rounds.tests.factories import accepted, make_programme, make_proposal, make_round
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def test_a_proposer_reads_the_own_time_and_takes_it_along() -> None:
    here = make_district()
    intake = make_round(make_programme(here.street), "contest", sealed=False)
    proposal = accepted(make_proposal(intake, here.community, title="银铃助浴"))
    review = make_review(here.street, judges=3, entries=1, venue="街道会议室")
    reviews.enter(review.session, title=proposal.title, subject=ref_of(proposal), actor=None)
    client = Client()
    proposer = make_user(Role.COMMUNITY_SECRETARY, here.community, password=None)
    client.force_login(proposer, backend="django.contrib.auth.backends.ModelBackend")
    page, calendar = (reverse(f"rounds:{name}", args=[proposal.pk]) for name in ("proposal", "calendar"))
    assert ("汇报时间" in client.get(page).content.decode(), client.get(calendar).status_code) == (False, 404)
    reviews.plan_timetable(review.session, asked=Conditions((DAY,), time(9), time(12), 20, 10), actor=None)
    shown = client.get(page).content.decode()
    assert ["2026年11月22日 周日 09:30" in shown, "第一组 · 街道会议室" in shown, "项目1" in shown] == [
        True,
        True,
        False,
    ]
    body = b"".join(client.get(calendar).streaming_content)  # type: ignore[arg-type]  # a file's pieces
    [event] = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert str(event["SUMMARY"]) == "第一组：银铃助浴"
