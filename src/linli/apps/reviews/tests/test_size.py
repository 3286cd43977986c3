"""The board of a thousand entries with five thousand sheets: as many questions as for one."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.apps.reviews.models import Entry, EntryState, Panel, ScoreSheet, SessionState
from linli.apps.reviews.tests.factories import NOW, make_review
from linli.kernel.refs import new_key
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only]
ENTRIES, JUDGES, SHOWN = 1000, 5, 250


def test_it_shows_250_of_a_thousand_entries_in_thirteen_questions(django_assert_num_queries: Any) -> None:
    here = make_district()
    review = make_review(here.street, judges=JUDGES, entries=1)
    panel = Panel.objects.get(pk=review.panel.pk)
    rows = Entry.objects.bulk_create(
        Entry(
            session=review.session,
            panel=panel,
            number=number,
            position=number,
            title=f"项目{number}",
            subject_kind="organizations.organization",
            subject_id=new_key(),
            state=EntryState.SCORING,
        )
        for number in range(2, ENTRIES + 1)
    )
    ScoreSheet.objects.bulk_create(
        ScoreSheet(entry=entry, seat=seat, marks={}, total=Decimal(80), changed_at=NOW, handed_in_at=NOW)
        for entry in [*rows, review.entries[0]]
        for seat in review.judges
    )
    type(review.session).objects.filter(pk=review.session.pk).update(state=SessionState.RUNNING)
    client = Client()
    client.force_login(make_user(Role.STREET_OFFICER, here.street), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("reviews:session", args=[review.session.pk])
    client.get(address)
    with django_assert_num_queries(13):
        page = client.get(address).content.decode()
    assert (ScoreSheet.objects.count(), page.count("5 / 5")) == (ENTRIES * JUDGES, SHOWN)
