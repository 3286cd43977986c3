"""The desk around a closing review: opened, filled with projects, attended, taken over; slides; reminders."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.projects.contributions import tasks
from linli.apps.projects.models import ClosingFile, OpinionSheet, ReviewAttendee, ReviewEntry, SlideTemplate
from linli.apps.projects.queries.closing.deck import plain_deck
from linli.apps.projects.queries.closing.reviews import files_to_enter
from linli.apps.projects.services import closing as services
from linli.apps.projects.services.closing import AdviceText
from linli.apps.projects.services.closing.panels import names_for
from linli.apps.projects.tests.factories import make_project
from linli.apps.projects.tests.test_closing import NOW, Case, accepted
from linli.apps.reviews.models import ReviewSession
from linli.apps.surveys.tests.factories import Street
from linli.kernel.files.media import PPTX
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
HERE = "/desk/projects/"
MARKS = {"title": "2026年度结项评审会", "venue": "三层会议室", "last_day": ""}


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def street(module_db: None) -> Street:
    return Street()


@pytest.fixture(scope="module")
def files(street: Street) -> list[ClosingFile]:
    """Three projects of two classes, with accepted files."""
    made = []
    for number, kind in enumerate(("professional", "hardware", "professional")):
        project = make_project(street.community, title=f"项目{number}", kind=kind)
        project.indicators.update(actual=Decimal(6100), actual_on=NOW.date())
        made.append(accepted(Case(project, services.open_closing(project, actor=None, at=NOW))).closing)
    return made


@pytest.fixture(scope="module")
def officer(street: Street) -> User:
    return make_user(Role.STREET_OFFICER, street.district.street, password=None)


@pytest.fixture
def desk(officer: User) -> Client:
    return client_of(officer)


def opened(desk: Client, street: Street) -> ReviewSession:
    """A closing review of today, opened through its page."""
    day = timezone.localdate().isoformat()
    shown = desk.get(f"{HERE}reviews/new/").context["form"]
    given = {
        **MARKS,
        "place": street.district.street.pk,
        "first_day": day,
        "rubric": shown.fields["rubric"].choices[0][0],
    }
    answer = desk.post(f"{HERE}reviews/new/", given)
    session = ReviewSession.objects.get(purpose="closing")
    assert answer["Location"] == f"{HERE}reviews/{session.pk}/"
    return session


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_review_is_opened_by_the_shipped_sheet_and_says_what_to_do(desk: Client, street: Street) -> None:
    assert ["还没有开过结项评审会" in text(desk, f"{HERE}reviews/"), "结项评审会" in text(desk, HERE)] == [True, True]
    session = opened(desk, street)
    assert session.rubric is not None
    assert (session.rubric.rubric.name, session.closing_meeting.activity.occurrences.count()) == ("closing_review", 1)
    shown = text(desk, f"{HERE}reviews/{session.pk}/")
    assert ["还没有项目参评" in shown, "这一天还没有登记出席人员" in shown] == [True, True]
    assert f"{HERE}reviews/{session.pk}/" in text(desk, f"/desk/reviews/{session.pk}/")


@pytest.mark.parametrize(
    ("by", "groups", "panels"),
    [("groups", "2", ["第一组", "第一组", "第二组"]), ("kind", "", ["专业服务类", "专业服务类", "硬件改造类"])],
)
def test_accepted_projects_are_divided_into_panels(
    desk: Client, street: Street, files: list[ClosingFile], by: str, groups: str, panels: list[str]
) -> None:
    session = opened(desk, street)
    page = f"{HERE}reviews/{session.pk}/enter/"
    sent = {"projects": [str(one.pk) for one in files], "by": by, "groups": groups}
    answer = desk.post(page, sent)
    assert answer.status_code == 302, answer.content.decode()
    rows = ReviewEntry.objects.filter(entry__session=session)
    assert sorted(row.entry.panel.name for row in rows if row.entry.panel) == panels
    assert (list(files_to_enter(session)), desk.post(page, sent).status_code) == ([], 422)
    assert "项目1" in text(desk, f"{HERE}reviews/{session.pk}/")


def test_groups_differ_by_one_project_at_most() -> None:
    names = names_for([ClosingFile()] * 9, "groups", groups=4)
    assert [names.count(one) for one in ("第一组", "第二组", "第三组", "第四组")] == [3, 2, 2, 2]


def test_a_panel_is_chosen_or_the_form_says_so(desk: Client, street: Street, files: list[ClosingFile]) -> None:
    session = opened(desk, street)
    answer = desk.post(f"{HERE}reviews/{session.pk}/enter/", {"projects": [str(files[0].pk)], "by": "panel"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["panel"])


def test_attendance_is_entered_by_part_and_unit(desk: Client, street: Street) -> None:
    session = opened(desk, street)
    page = f"{HERE}reviews/{session.pk}/attend/"
    day = timezone.localdate().isoformat()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    session.closing_meeting.activity.occurrences.update(starts=midnight, ends=midnight + timedelta(hours=24))
    sent = {"day": day, "part": "secretary", "unit": "槐荫社区", "name": "赵某"}
    assert desk.post(page, {**sent, "day": "2020-01-01"}).status_code == 422
    assert (desk.post(page, sent).status_code, desk.post(page, sent).status_code) == (302, 302)
    row = ReviewAttendee.objects.get()
    assert (row.part, row.unit, row.signup.name) == ("secretary", "槐荫社区", "赵某")
    shown = text(desk, f"{HERE}reviews/{session.pk}/")
    assert ["书记" in shown, "赵某" in shown] == [True, True]


def test_only_the_streets_own_officer_opens_and_fills_a_review(desk: Client, street: Street) -> None:
    session = opened(desk, street)
    worker = client_of(make_user(Role.COMMUNITY_WORKER, street.community, password=None))
    neighbour = client_of(make_user(Role.STREET_OFFICER, street.district.neighbour_street, password=None))
    pages = ("reviews/new/", f"reviews/{session.pk}/enter/", f"reviews/{session.pk}/attend/")
    assert [worker.get(HERE + page).status_code for page in pages] == [403, 403, 403]
    assert [neighbour.get(HERE + page).status_code for page in pages] == [200, 404, 404]


def test_results_are_taken_over_once_the_review_ran(desk: Client, street: Street) -> None:
    session = opened(desk, street)
    assert desk.post(f"{HERE}reviews/{session.pk}/results/").status_code == 302


def test_a_street_takes_in_its_slides_at_the_desk(desk: Client, street: Street) -> None:
    assert "自带模板" in text(desk, f"{HERE}slides/")
    shipped = b"".join(desk.get(f"{HERE}slides/shipped/"))
    assert shipped[:4] == plain_deck()[:4]
    upload: Any = SimpleUploadedFile("模板.pptx", shipped, content_type=PPTX)
    place = street.district.street.pk
    assert desk.post(f"{HERE}slides/new/", {"street": place, "upload": upload}).status_code == 302
    bad: Any = SimpleUploadedFile("模板.pptx", BytesIO(b"PK\x03\x04").getvalue(), content_type=PPTX)
    assert desk.post(f"{HERE}slides/new/", {"street": place, "upload": bad}).status_code == 422
    assert SlideTemplate.objects.get().street == street.district.street
    assert "使用中" in text(desk, f"{HERE}slides/")


def test_overdue_opinions_remind_both_sides(street: Street, files: list[ClosingFile], officer: User) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, street.community, password=None)
    sheet = services.hand_over_opinions(
        files[0].project, items=[AdviceText("数据少", "做前后对比")], source="第一组", actor=None
    )
    who = SimpleNamespace(worker=worker, officer=officer)
    assert [len(list(tasks.find_opinions(one))) for one in (who.worker, who.officer)] == [1, 0]
    OpinionSheet.objects.filter(pk=sheet.pk).update(due=timezone.localdate() - timedelta(days=1))
    late = [[task.verb for task in tasks.find_opinions(one)] for one in (who.worker, who.officer)]
    assert late == [["答复评审意见"], ["催办评审意见答复"]]
    one = sheet.items.get()
    until = timezone.localdate() + timedelta(days=7)
    services.answer_advice(one, taken="adopted", measure="补做前测", until=until, actor=worker)
    assert [len(list(tasks.find_opinions(each))) for each in (worker, officer)] == [0, 0]
    assert [task.why for task in tasks.find_advice(worker)] == ["补做前测"]
    services.finish_advice(one, done_on=timezone.localdate(), note="已补做", actor=worker)
    assert list(tasks.find_advice(worker)) == []
