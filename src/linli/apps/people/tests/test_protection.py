"""The registers of data protection: which case, until when, who was told and by when, on paper."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.people import services
from linli.apps.people.forms import AssessmentForm
from linli.apps.people.models import DataIncident, ImpactAssessment, User
from linli.apps.people.tables.protection import assessment_paper, incident_paper
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.documents import print_paper
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.privacy.rounds import carry_out
from linli.kernel.scope import Role
from linli.kernel.settings import choose

pytestmark = pytest.mark.django_db
FIELDS = ("title", "lawful", "effects", "measures", "conclusion")


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def keeper(here: District) -> User:
    return make_user(Role.SECURITY_ADMINISTRATOR, here.district)


def incident(keeper: User, **given: Any) -> DataIncident:
    asked = {
        "title": "名单误发",
        "found_at": timezone.now() - timedelta(hours=5),
        "kinds": "姓名、手机",
        "cause": "误发",
    }
    return services.report_incident(**asked, measures="已撤回", why_not_told="正在核实", **given, actor=keeper)


def test_an_assessment_says_which_case_and_until_when_it_is_kept(keeper: User) -> None:
    row = services.assess(
        **dict.fromkeys(FIELDS, "上门服务名单"), made_on=date(2024, 2, 29), ground="sensitive", actor=keeper
    )
    assert (row.get_ground_display(), row.kept_until) == ("处理敏感个人信息", date(2027, 3, 1))
    assert ImpactAssessment(made_on=date(2026, 5, 4)).kept_until == date(2029, 5, 4)


def test_the_form_asks_which_case() -> None:
    form = AssessmentForm({**dict.fromkeys(FIELDS, "一"), "made_on": "2026-01-05"})
    assert list(form.errors) == ["ground"]


def test_nothing_is_removed_before_and_after_three_years(keeper: User) -> None:
    services.assess(**dict.fromkeys(FIELDS, "一"), made_on=date(2024, 1, 5), ground="other", actor=keeper)
    incident(keeper)
    carry_out(at=timezone.now() + timedelta(days=4000))
    assert (ImpactAssessment.objects.count(), DataIncident.objects.count()) == (1, 1)


def test_who_was_told_is_noted_once(keeper: User) -> None:
    row, now = incident(keeper), timezone.now()
    services.tell_incident(row, authority_told_at=now - timedelta(hours=1), actor=keeper)
    with pytest.raises(Conflict):
        services.tell_incident(row, authority_told_at=now, actor=keeper)
    services.tell_incident(row, people_told_at=now, actor=keeper)
    row.refresh_from_db()
    assert (row.authority_told_at, row.people_told_at) == (now - timedelta(hours=1), now)


def test_a_moment_before_the_finding_or_ahead_is_refused(keeper: User, here: District) -> None:
    row = incident(keeper)
    for moment in (row.found_at - timedelta(minutes=1), timezone.now() + timedelta(hours=1)):
        with pytest.raises(Refusal):
            services.tell_incident(row, authority_told_at=moment, actor=keeper)
    with pytest.raises(Refusal):
        services.tell_incident(row, actor=keeper)
    with pytest.raises(NotAllowed):
        services.tell_incident(
            row, authority_told_at=timezone.now(), actor=make_user(Role.SYSTEM_ADMINISTRATOR, here.district)
        )


def test_the_list_shows_by_when_the_authority_is_told_once_somebody_chose_the_hours(keeper: User) -> None:
    row = incident(keeper)
    client = Client()
    client.force_login(keeper, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/desk/incidents/").content.decode()
    assert ("法规未规定通知主管部门的小时数" in page, "通知主管部门的时限" in page) == (True, False)
    choose("people.incident_hours", 4, actor=None)
    page = client.get("/desk/incidents/").content.decode()
    assert ("lamp-red" in page, "通知主管部门的时限" in page) == (True, True)
    services.tell_incident(row, authority_told_at=timezone.now(), actor=keeper)
    assert "lamp-red" not in client.get("/desk/incidents/").content.decode()


def test_both_registers_come_as_forms_to_sign(keeper: User) -> None:
    made = services.assess(
        **dict.fromkeys(FIELDS, "上门服务名单"), made_on=date(2026, 1, 5), ground="abroad", actor=keeper
    )
    papers = (assessment_paper(made, unit="青禾区"), incident_paper(incident(keeper), unit="青禾区"))
    assert [paper.title for paper in papers] == ["个人信息保护影响评估报告", "个人信息安全事件报告"]
    assert [print_paper(paper)[:4] for paper in papers] == [b"%PDF", b"%PDF"]
    client = Client()
    client.force_login(keeper, "django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/desk/assessments/{made.pk}/print/")["Content-Type"] == "application/pdf"
