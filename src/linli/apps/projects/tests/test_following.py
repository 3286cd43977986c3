"""Projects follow what happens elsewhere: a later decision, a halt that bars payments, a signature, a survey."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from linli.apps.agreements import services as agreements
from linli.apps.agreements.tests.factories import CODE, a_scan, a_text, choose_party, review
from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Commitment, ExpenditurePaper
from linli.apps.ledger.tests.factories import make_commitment, make_expenditure, make_ready
from linli.apps.people.tests.factories import make_user
from linli.apps.projects import queries, services
from linli.apps.projects.jobs import follow_later_decision
from linli.apps.projects.models import Project
from linli.apps.projects.tests.awarded import Awarded, make_awarded
from linli.apps.projects.tests.factories import make_project
from linli.apps.rounds import services as rounds
from linli.apps.rounds.models import Award, Decision
from linli.apps.rounds.services import Change
from linli.apps.rounds.tests.judged import DECIDING, sitting
from linli.apps.surveys import services as surveys
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import Event
from linli.kernel.files import photos
from linli.kernel.refs import new_key, ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
LATER, NOW = "〔2026〕12号", datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def table(module_db: None) -> Awarded:
    return make_awarded()


@pytest.fixture
def project(table: Awarded) -> Project:
    award = Award.objects.select_related("proposal__place", "proposal__round", "line__decision").get()
    return services.begin_from_award(award, actor=None, at=DECIDING)


def amend(table: Awarded, project: Project, amount: str | int, reason: str) -> Decision:
    assert project.proposal is not None
    change = Change(project.proposal, amount, reason)
    decision = rounds.amend(
        table.intake, sitting=sitting(minutes_number=LATER), changes=[change], actor=None, at=DECIDING
    )
    for _time in range(2):  # an event is brought at least once
        follow_later_decision(Event(new_key(), "rounds.decision.amend", ref_of(decision), None, "", {}))
    project.refresh_from_db()
    return decision


def test_another_amount_of_a_later_decision_is_that_of_the_project(table: Awarded, project: Project) -> None:
    decision = amend(table, project, "3200", "缩减场次")
    assert project.award is not None
    assert (project.amount, project.award.line.decision, project.state) == (Decimal(3200), decision, "running")


def test_a_project_whose_support_is_taken_back_is_halted(table: Awarded, project: Project) -> None:
    amend(table, project, 0, "申报人放弃")
    assert (project.state, project.reason) == ("suspended", f"立项已由{LATER}决定撤回：申报人放弃")


def test_a_halt_bars_approval_and_payment_until_the_project_goes_on(table: Awarded) -> None:
    place = table.district.community
    own = make_project(place, amount=Decimal(3000), fund=table.fund, grounds=ref_of(place))
    assert own.commitment is not None
    row = make_ready(own.commitment, explanation="开工前采购")
    ledger.submit(row, actor=None)
    ledger.check(row, actor=None)
    services.suspend(own, reason="场地漏水", actor=None)
    with pytest.raises(Refusal) as refusal:
        ledger.approve(row, actor=None)
    assert (refusal.value.code, "场地漏水" in str(refusal.value)) == ("held", True)
    services.resume(own, reason="已修好", actor=None)
    ledger.approve(row, actor=None)
    row.refresh_from_db()
    assert row.state == "approved"


def test_signing_lets_the_contractor_spend(table: Awarded) -> None:
    award = Award.objects.select_related("proposal__place", "commitment", "line__decision").get()
    contractor = award.proposal.shares.get().organization
    assert contractor is not None
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=contractor)
    commitment = Commitment.objects.get(pk=award.commitment_id)
    with pytest.raises(NotAllowed):
        make_expenditure(commitment, actor=manager)
    choose_party(table.district.street)
    text = a_text(contractor, amount=award.amount)
    draft = agreements.draw_up(
        street=table.district.street, subject=ref_of(award.proposal), grounds=ref_of(award.line.decision), text=text,
        commitment=commitment, actor=None,
    )  # fmt: skip
    agreements.sign(review(draft), scan=a_scan(), signed_on=date(2026, 5, 10), actor=None, at=NOW)
    assert make_expenditure(commitment, actor=manager).spender == commitment.spenders.get(organization=contractor)
    assert text.parties[0].credit_code == CODE


def asked(project: Project, grades: list[int]) -> None:
    """A survey about the project whose slips came back with these grades."""
    survey = surveys.draft_survey(
        title="满意度", place=project.place, subjects=[ref_of(project)], last_day=date(2026, 11, 16), actor=None, at=NOW
    )
    group = surveys.add_group(survey, name="参加的居民", count=len(grades), actor=None, at=NOW)
    codes = surveys.issue_slips(group, actor=None, at=NOW)
    surveys.open(survey, actor=None, at=NOW)
    for code, grade in zip(codes, grades, strict=True):
        surveys.answer(survey, code=code, answers=surveys.grades(survey, grade), at=NOW)
    surveys.close(survey, actor=None, at=NOW)


def test_the_lamp_of_satisfaction_tells_the_rate_of_the_slips(table: Awarded) -> None:
    lit = []
    for good, poor in ((28, 2), (20, 10), (10, 20), (9, 0)):
        one = make_project(table.district.community, title=f"项目{good}")
        asked(one, [5] * good + [2] * poor)
        lamp = queries.lamps([one], day=NOW.date())[one.pk]["satisfaction"]
        lit.append((lamp.colour, lamp.word))
    assert lit == [
        ("green", "93.3%（30份）"), ("amber", "66.7%（30份）"), ("red", "33.3%（30份）"), ("amber", "100.0%（9份）"),
    ]  # fmt: skip


def picture(name: str) -> BytesIO:
    """Something with shapes, so that it has a likeness."""
    image = Image.new("RGB", (320, 240), "#cfe3ef")
    ImageDraw.Draw(image).polygon([(20, 220), (160, 30), (300, 180)], fill="#446644")
    body = BytesIO()
    image.save(body, "JPEG")
    body.seek(0)
    body.name = name
    return body


def test_a_picture_of_spending_is_a_photo_that_tells_where_else_it_is_used(table: Awarded, client: Client) -> None:
    officer = make_user(Role.STREET_OFFICER, table.district.street)
    first, second = (make_project(table.district.community, title=title) for title in ("银龄助餐", "楼门花箱"))
    photos.take_in(picture("现场.jpg"), owner=ref_of(first), actor=None)
    commitment = make_commitment(table.fund, 900, subject=ref_of(second))
    row = make_expenditure(commitment, kind="service")
    paper = ledger.attach_paper(row, paper="photos", upload=picture("照片.jpg"), actor=None)
    ledger.attach_paper(row, paper="photos", upload=BytesIO(b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n"), actor=None)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("ledger:expenditure", args=[row.pk])).content.decode()
    assert ("另用 1 次" in shown, list(ExpenditurePaper.objects.values_list("is_photo", flat=True))) == (
        True,
        [True, False],
    )
    ledger.remove_paper(paper, actor=None)
    assert photos.of(ref_of(row)).count() == 0


def test_the_page_of_a_project_leads_to_its_photos(table: Awarded, client: Client) -> None:
    officer = make_user(Role.STREET_OFFICER, table.district.street)
    one = make_project(table.district.community)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("projects:project", args=[one.pk]) + "?tab=results").content.decode()
    assert reverse("ui:photos", args=["projects.project", one.pk]) in shown
