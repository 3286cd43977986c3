"""Changes by their bands, the mid-term evaluation, and breaking off."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Commitment, Fund
from linli.apps.ledger.tests.factories import a_subject, make_fund, make_plan
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.projects import queries, services
from linli.apps.projects.forms import ChangeForm
from linli.apps.projects.models import ChangeRequest, MidTerm, Project, Recovery
from linli.apps.projects.services import ChangeText, IndicatorText, Line
from linli.apps.projects.tests.factories import LAST, NOW, make_project
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
JULY = datetime(2026, 7, 20, 1, 0, tzinfo=UTC)
DAY = date(2026, 7, 20)
BUDGET = (("餐费", 800), ("物料", 200))


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def fund(here: District) -> Fund:
    return make_fund(here.street, 50_000)


@pytest.fixture(scope="module")
def people(here: District) -> dict[str, User]:
    roles = {"officer": Role.STREET_OFFICER, "head": Role.SECTION_HEAD, "leader": Role.LEADER}
    found = {name: make_user(role, here.street, password=None) for name, role in roles.items()}
    return {**found, "worker": make_user(Role.COMMUNITY_WORKER, here.community, password=None)}


def lines(**amounts: int) -> list[Line]:
    return [Line(item, D(amounts.get(item, amount))) for item, amount in {**dict(BUDGET), **amounts}.items()]


@pytest.fixture
def project(here: District, fund: Fund) -> Project:
    return make_project(
        here.community, fund=fund, grounds=a_subject(), amount=D(1000), lines=lines(), money_from="",
        indicators=[IndicatorText("助餐人次", D(100), unit="人次")],
    )  # fmt: skip


def ask(project: Project, **amounts: int) -> ChangeRequest:
    text = ChangeText("物价上涨", "居民代表会议2026年7月18日", lines(**amounts))
    return services.request_change(project, text, actor=None, at=JULY)


@pytest.mark.parametrize(
    ("moved", "band", "answers"),
    [(50, "small", {"officer", "head"}), (100, "middle", {"head", "leader"}), (101, "large", {"leader"})],
)
def test_the_band_says_who_answers(
    project: Project, people: dict[str, User], moved: int, band: str, answers: set[str]
) -> None:
    change = ask(project, 餐费=800 - moved, 物料=200 + moved)
    assert (change.band, change.moved, change.percent) == (band, moved, D(moved) / 10)
    for name in sorted(people.keys() - answers):
        with pytest.raises(NotAllowed):
            services.approve_change(change, actor=people[name], at=JULY)
    services.approve_change(change, actor=people[min(answers)], at=JULY)
    budget = [(row.item, row.amount) for row in Commitment.objects.get(project=project).lines.all()]
    assert budget == [("餐费", 800 - moved), ("物料", 200 + moved)]


def test_nobody_answers_his_own_request(project: Project, people: dict[str, User]) -> None:
    text = ChangeText("顺延", ends_on=date(2026, 12, 25))
    change = services.request_change(project, text, actor=people["head"], at=JULY)
    with pytest.raises(NotAllowed) as no:
        services.approve_change(change, actor=people["head"], at=JULY)
    assert (no.value.code, ChangeRequest.objects.get().state) == ("own-change", "asked")


def test_a_large_change_needs_the_communitys_resolution(project: Project) -> None:
    with pytest.raises(Refusal) as no:
        services.request_change(project, ChangeText("调整", lines=lines(餐费=600, 物料=400)), actor=None, at=JULY)
    assert (no.value.code, ChangeRequest.objects.count()) == ("resolution", 0)


def test_one_change_waits_at_a_time_and_is_filed_under_a_number(project: Project, people: dict[str, User]) -> None:
    change = ask(project, 餐费=780, 物料=220)
    with pytest.raises(Conflict) as no:
        ask(project, 餐费=770, 物料=230)
    assert no.value.code == "change-waits"
    services.approve_change(change, actor=people["officer"], at=JULY)
    services.file_change(change, number="清变〔2026〕3号", on=DAY, actor=people["officer"], at=JULY)
    assert (change.state, change.filing_number) == ("filed", "清变〔2026〕3号")
    refused = ask(project, 餐费=770, 物料=230)
    services.refuse_change(refused, answer="理由不足", actor=people["officer"], at=JULY)
    assert queries.changed_percent(project) == D(2)


def test_an_approved_change_moves_targets_days_and_the_promise(project: Project) -> None:
    row = project.indicators.get()
    text = ChangeText("经费核减", "居民代表会议", lines(餐费=700), {row.pk: D(80)}, date(2026, 12, 31))
    services.approve_change(services.request_change(project, text, actor=None, at=JULY), actor=None, at=JULY)
    fresh = Project.objects.select_related("commitment").get(pk=project.pk)
    row.refresh_from_db()
    assert fresh.commitment is not None
    assert (fresh.amount, fresh.commitment.amount, fresh.ends_on, fresh.first_end) == (
        900, 900, date(2026, 12, 31), LAST,
    )  # fmt: skip
    assert (row.target, row.due, fresh.milestones.get(code="close").due) == (80, fresh.ends_on, fresh.ends_on)


def test_the_form_shows_a_target_as_people_write_it(project: Project) -> None:
    first = project.indicators.all()[0]
    project.indicators.filter(pk=first.pk).update(target=D("260.00"))
    assert 'value="260"' in str(ChangeForm(project=project)[f"target_{first.number}"])


def test_a_change_of_nothing_is_none(project: Project) -> None:
    for text in (ChangeText("无"), ChangeText("无", lines=lines()), ChangeText(" ", ends_on=date(2026, 12, 20))):
        with pytest.raises(Refusal):
            services.request_change(project, text, actor=None, at=JULY)


def warned(midterm: MidTerm, *days: int) -> MidTerm:
    """The clock's mornings, so many days from the last day."""
    for day in days:
        services.run_midterms(at=datetime(2026, 8, 1, 1, 0, tzinfo=UTC) + timedelta(days=day))
    midterm.refresh_from_db()
    return midterm


def test_late_material_fails_after_two_warnings(project: Project, people: dict[str, User]) -> None:
    midterm = services.call_midterm(project, due=date(2026, 8, 1), actor=None, at=JULY)
    assert warned(midterm, -8).warnings == 0
    assert warned(midterm, -7, -7, -5).warnings == 1
    assert (warned(midterm, -1, 0).warnings, midterm.state) == (2, "called")
    assert Notice.objects.filter(recipient=people["worker"].pk).count() == 2
    warned(midterm, 1)
    assert (midterm.state, midterm.verdict, midterm.total) == ("failed", "stop", 0)


def test_nobody_fails_unwarned_and_late_material_counts_until_then(project: Project) -> None:
    midterm = services.call_midterm(project, due=date(2026, 8, 1), actor=None, at=JULY)
    assert (warned(midterm, 3).warnings, midterm.state) == (1, "called")
    late = datetime(2026, 8, 5, 1, 0, tzinfo=UTC)
    services.hand_in_midterm(midterm, progress="按计划推进", actor=None, at=late)
    assert midterm.state == "handed_in"


def test_what_comes_after_two_warnings_comes_too_late(project: Project) -> None:
    midterm = warned(services.call_midterm(project, due=date(2026, 8, 1), actor=None, at=JULY), -7, -1)
    with pytest.raises(Refusal) as no:
        services.hand_in_midterm(midterm, progress="按计划", actor=None, at=datetime(2026, 8, 2, 1, 0, tzinfo=UTC))
    assert no.value.code == "late"


def test_the_records_propose_the_marks_and_a_person_marks_the_rest(project: Project) -> None:
    indicator = project.indicators.get()
    services.record_actual(indicator, value=D(60), on=DAY, actor=None, at=JULY)
    midterm = services.call_midterm(project, due=date(2026, 8, 1), actor=None, at=JULY)
    services.hand_in_midterm(midterm, progress="按计划推进", actor=None, at=JULY)
    proposed = {row.criterion.code: row.mark for row in queries.proposed_marks(project, DAY)}
    assert proposed == {
        "schedule": 0, "output": 20, "quality": None, "money": 20, "files": 6, "risk": None,
    }  # fmt: skip
    with pytest.raises(Refusal) as no:
        services.score_midterm(midterm, marks={}, actor=None, at=JULY)
    assert no.value.field == "quality"
    marks = {"quality": (D(12), "走访反映良好"), "risk": (D(8), "有预案")}
    services.score_midterm(midterm, marks=marks, actor=None, at=JULY)
    assert (midterm.total, midterm.verdict, midterm.fix_by) == (66, "fix", DAY + timedelta(days=15))
    services.confirm_fixed(midterm, on=date(2026, 7, 30), actor=None)
    assert MidTerm.objects.get().fixed_on == date(2026, 7, 30)


def test_misuse_of_money_is_zero(project: Project) -> None:
    midterm = services.call_midterm(project, due=date(2026, 8, 1), actor=None, at=JULY)
    services.hand_in_midterm(midterm, progress="按计划推进", actor=None, at=JULY)
    full = {code: (top, "合格") for code, top in (("schedule", D(25)), ("quality", D(15)), ("risk", D(10)))}
    services.score_midterm(midterm, marks=full, misuse="餐费用于办公", actor=None, at=JULY)
    assert (midterm.total, midterm.verdict) == (0, "stop")


def test_breaking_off_releases_and_recovers(here: District, project: Project) -> None:
    commitment = Commitment.objects.get(project=project)
    first = make_plan(commitment, (50, 50))[0]
    ledger.record_payment(first, receipt="国库1", paid_on=DAY, amount=D(500), actor=None, at=JULY)
    project = Project.objects.select_related("commitment__fund").get(pk=project.pk)
    with pytest.raises(Refusal):
        services.terminate(project, reason="主体注销", accepted=D(501), actor=None, at=JULY)
    recovery = services.terminate(project, reason="主体注销", accepted=D(120), actor=None, at=JULY)
    commitment.refresh_from_db()
    assert recovery is not None
    assert (recovery.amount, commitment.released, project.state) == (380, 500, "terminated")
    finance = make_user(Role.FINANCE_OFFICER, here.street, password=None)
    with pytest.raises(Refusal):
        services.record_recovery(recovery, receipt="退1", paid_on=DAY, amount=D(381), actor=finance, at=JULY)
    services.record_recovery(recovery, receipt="退1", paid_on=DAY, amount=D(380), actor=finance, at=JULY)
    commitment.refresh_from_db()
    assert (Recovery.objects.get().came, commitment.released, commitment.binding) == (380, 880, 120)


def test_what_is_broken_off_is_worked_on_no_more(here: District) -> None:
    project = make_project(here.community)
    services.terminate(project, reason="居民反对", accepted=D(0), actor=None, at=NOW)
    with pytest.raises(Conflict):
        services.request_change(project, ChangeText("顺延", ends_on=date(2026, 12, 31)), actor=None, at=JULY)
