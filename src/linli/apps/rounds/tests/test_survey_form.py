"""The need survey goes out to every community of a round and comes back into its collection."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.apps.rounds.contributions.forms import SURVEY
from linli.apps.rounds.tests.factories import make_programme, make_round
from linli.kernel.notices.models import Notice
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role
from linli.kernel.slips.codes import show
from linli.kernel.tables import collecting
from linli.kernel.tables.bound import write_docx
from linli.kernel.tables.collecting import Collection

pytestmark = pytest.mark.django_db


def test_it_asks_every_community_of_the_round_and_takes_the_survey_back(client: Client) -> None:
    area = make_district()
    intake = make_round(make_programme(area.street))
    officer, secretary = (
        make_user(Role.STREET_OFFICER, area.street),
        make_user(Role.COMMUNITY_SECRETARY, area.community),
    )
    client.force_login(officer)
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    address = f"/desk/collections/new/rounds.survey/?about={ref_of(intake)}"
    led = client.post(address, {"place": area.street.pk, "title": "问需", "note": "", "due_on": due})
    made = Collection.objects.get()
    assert (led.status_code, made.about) == (302, ref_of(intake))
    assert list(made.units.order_by("id").values_list("label", flat=True)) == ["槐荫社区", "南里社区"]
    assert list(Notice.objects.values_list("recipient", flat=True)) == [secretary.pk]
    unit = made.units.get(place_id=area.community.pk)
    values = {"method": "questionnaire", "held_on": "2026-02-20", "count": 60}
    problems = [{"problem": "停车难", "needing": 40, "order": 1}]
    body = write_docx(SURVEY, code=show(unit.code), values={**values, "problems": problems})
    collecting.hand_in(unit, io.BytesIO(body), name="问需.docx", actor=secretary)
    collecting.accept(unit, actor=officer)
    assert (unit.state, unit.values["count"], unit.grids) == ("accepted", 60, {"problems": problems})
