"""The consistency report: who reads it, what it says of marks, and that the official score stays as it is."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews.queries.consistency import consistency_of
from linli.apps.reviews.tests.factories import Review, make_review, make_session
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
TOTALS = ((90, 80, 85), (70, 60, 65), (82, 72, 77))
"""Of three entries by three judges: the same order, the second judge ten points stricter than the first."""


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def review(here: District) -> Review:
    made = make_review(here.street, judges=3, entries=3).start()
    for number, totals in enumerate(TOTALS):
        made.hand_in(number, dict(enumerate(totals)))
        made.finish(number)
    return made.reload()


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_it_tells_strictness_agreement_and_what_leaving_one_out_changes(review: Review) -> None:
    report = consistency_of(review.session)
    assert report is not None
    assert (report.w, report.parts) == (Decimal("1.00"), 1)
    strict = [(line.strict > 0, line.strict < 0, line.changed) for line in report.judges]
    assert sorted(strict) == [(False, False, 0), (False, True, 0), (True, False, 0)]
    assert [(line.even_rank, line.entry.rank) for line in report.entries] == [(1, 1), (2, 2), (3, 3)]


def test_without_marks_there_is_no_report(here: District) -> None:
    assert consistency_of(make_session(here.street, title="尚未开始")) is None


@pytest.mark.parametrize(("role", "status"), [(Role.STREET_OFFICER, 200), (Role.LEADER, 403), (Role.GRID_WORKER, 403)])
def test_only_organizer_and_supervisor_read_it(review: Review, here: District, role: Role, status: int) -> None:
    client = client_of(make_user(role, here.street, password=None))
    answer = client.get(reverse("reviews:consistency", args=[review.session.pk]))
    assert answer.status_code == status
    assert ("评分一致性" in answer.content.decode()) is (status == 200)
